"""The connection to an owner, fed by hand."""

import asyncio
from collections.abc import Iterator

import pytest
from uvicorn.protocols.http.flow_control import FlowControl

from fed_connection import Transport
from rawhttp import request
from tt_emulator.wire.original import Original
from tt_emulator.wire.upstream import Upstream

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class Client:
    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.transport = Transport()
        self.flow = FlowControl(self.transport)


class Connected:
    """An upstream connection, and what was heard of it."""

    def __init__(self) -> None:
        self.client = Client()
        self.answered: list[bool] = []
        self.ended: list[bool] = []
        self.moved: list[bool] = []
        self.transport = Transport()
        self.upstream = Upstream(
            "http://127.0.0.1:1",
            self.client,
            self.answered.append,
            self.ended.append,
            lambda: self.moved.append(True),
        )
        self.upstream.connection_made(self.transport)

    def ask(self, method: str = "POST") -> None:
        head, _, body = request(method, "/tt/login", b"{}").partition(b"\r\n\r\n")
        self.upstream.ask(Original(head, body), "http://here:1")

    def turn(self) -> None:
        """A turn of the loop."""
        self.client.loop.run_until_complete(asyncio.sleep(0))


@pytest.fixture
def connected() -> Iterator[Connected]:
    made = Connected()
    yield made
    made.client.loop.close()


def test_a_request_says_who_has_passed_it_on(connected):
    connected.ask()

    head, _, body = connected.transport.written.partition(b"\r\n\r\n")
    assert head.endswith(b"\r\nX-Emulator-Forwarded: http://here:1")
    assert body == b"{}"


@pytest.mark.parametrize("length", [13, 20, len(OK)])
def test_pieces_go_on_as_they_come_until_the_response_is_over(connected, length):
    connected.ask()
    pieces = [OK[begin : begin + length] for begin in range(0, len(OK), length)]
    for piece in pieces:
        assert connected.answered == []
        connected.upstream.data_received(piece)

    assert connected.client.transport._written == pieces
    assert connected.answered == [True]


def test_what_has_no_length_ends_with_the_connection(connected):
    connected.ask()
    connected.upstream.data_received(b"HTTP/1.1 200 OK\r\n\r\n{}")
    assert connected.answered == []

    connected.upstream.connection_lost(None)
    assert connected.ended == [False]


def test_what_is_no_http_goes_on_until_the_connection_ends(connected):
    connected.ask()
    for piece in (b"\0\1\2", OK):
        connected.upstream.data_received(piece)
    connected.upstream.connection_lost(ConnectionResetError())

    assert connected.client.transport.written == b"\0\1\2" + OK
    assert (connected.answered, connected.ended) == ([], [True])


def test_the_response_to_a_head_ends_with_its_head(connected):
    connected.ask("HEAD")
    connected.upstream.data_received(b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r")
    assert connected.answered == []
    connected.upstream.data_received(b"\n")
    connected.ask()
    connected.upstream.data_received(OK)

    assert connected.answered == [True, True]


def test_a_connection_that_is_to_end_takes_no_more(connected):
    for method in ("POST", "HEAD"):
        connected.ask(method)
        connected.upstream.data_received(OK.replace(b"Content", b"Connection: close\r\nContent"))

    assert connected.answered == [False, False]


def test_nothing_is_read_for_a_client_that_does_not_read(connected):
    connected.ask()
    connected.client.flow.pause_writing()
    connected.upstream.data_received(OK[:20])
    connected.turn()
    assert not connected.transport.reads

    connected.client.flow.resume_writing()
    connected.turn()
    assert connected.transport.reads
    connected.upstream.data_received(OK[20:])
    assert connected.answered == [True]


UNAVAILABLE = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n"
MOVED = UNAVAILABLE + b"x-emulator-moving: 1\r\n\r\n{}"


@pytest.mark.parametrize("length", [1, 7, len(MOVED)])
def test_nothing_goes_on_of_what_says_that_the_world_is_not_there(connected, length):
    connected.ask()
    pieces = [MOVED[begin : begin + length] for begin in range(0, len(MOVED), length)]
    while not connected.moved:
        connected.upstream.data_received(pieces.pop(0))

    assert connected.client.transport._written == []
    assert (connected.upstream.begun, connected.answered) == (False, [])


@pytest.mark.parametrize("length", [1, 7, 1_000])
def test_another_response_of_that_status_goes_on(connected, length):
    sent = UNAVAILABLE + b"\r\n{}"
    connected.ask()
    for begin in range(0, len(sent), length):
        connected.upstream.data_received(sent[begin : begin + length])

    assert connected.client.transport.written == sent
    assert (connected.moved, connected.answered) == ([], [True])
