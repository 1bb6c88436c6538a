import json
import threading
from typing import Any

import pytest

from process import Emulator, emulator
from tt_emulator.client import Client, Event
from tt_emulator.client.events import parsed
from tt_emulator.errors import NotReached

STREAM = {"Content-Type": "text/event-stream"}


def test_lines_become_events_and_a_comment_is_a_sign_of_life() -> None:
    lines = [": listening", "", "id: 7", "event: exchange", 'data: {"a":"b: c"}', "", ""]

    assert list(parsed(lines)) == [None, Event(7, "exchange", {"a": "b: c"})]


def test_an_event_without_its_end_is_none_yet() -> None:
    assert list(parsed(["id: 7", "event: state", "data: {}"])) == []


@pytest.fixture
def client(server: Emulator, new_world: str) -> Client:
    return Client(server.url, new_world)


def test_history_comes_first_and_then_what_happens(client: Client) -> None:
    client.fault(error="network-unavailable", api="login")
    events = client.events()
    armed = next(events)
    client.call("login", player="alice")
    received, answered = next(events), next(events)

    assert (armed.kind, armed.data[0]["error"]) == ("faults", "network-unavailable")
    assert (received.kind, received.data["player"]) == ("exchange", "alice")
    assert answered.data["reply"]["errMsg"] == "login:fail network unavailable"
    assert armed.id < received.id < answered.id


def test_a_listener_that_knows_an_id_gets_what_came_after_it(client: Client) -> None:
    client.call("login")
    client.call("checkSession")
    events = client.events()
    seen = [next(events) for _ in range(4)]

    assert next(client.events(after=seen[2].id)) == seen[3]


class Broken:
    """A stub whose streams end after one event each."""

    def __init__(self, stub: Any) -> None:
        self.stub = stub

    def publish(self, number: int) -> None:
        event = f"id: {number}\nevent: state\ndata: {json.dumps(number)}\n\n"
        self.stub.answer = (200, STREAM, event.encode())


def test_a_stream_that_breaks_is_taken_up_again_where_it_broke(stub: Any) -> None:
    broken = Broken(stub)
    broken.publish(5)
    events = Client(stub.url).events(after=4)
    first = next(events)
    broken.publish(6)

    assert [first.id, next(events).id] == [5, 6]
    assert [seen.headers["Last-Event-ID"] for seen in stub.seen] == ["4", "5"]


def test_a_stream_that_cannot_be_taken_up_again_is_an_error(stub: Any) -> None:
    Broken(stub).publish(5)
    events = Client(stub.url).events()
    next(events)
    stub.answer = (200, STREAM, b"")

    with pytest.raises(NotReached):
        next(events)


def test_the_end_of_the_server_ends_its_listeners() -> None:
    received: list[Event] = []

    def listen(events: Any) -> None:
        with pytest.raises(NotReached):
            received.extend(events)

    with emulator("--ephemeral") as running:
        client = Client(running.url)
        client.call("login")
        events = client.events()
        received.append(next(events))
        listener = threading.Thread(target=listen, args=(events,))
        listener.start()
        running.stop()
        listener.join()

    assert [event.kind for event in received] == ["exchange"] * 2
