"""An owner that does not answer is lost: the request begins anew, or says that its world moves."""

import json
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from process import Emulator, emulator, free_port
from rawhttp import TIMEOUT_S, Wire, request
from team import Member, member, seen, until_the_end
from tt_emulator.client import Client
from tt_emulator.domain.deed import Batch
from tt_emulator.domain.model import Settle
from tt_emulator.errors import Elsewhere
from tt_emulator.wire import forward

THERE = "X-Emulator-World: there"
ID = "X-Emulator-Call: c-1"
LAST = "Connection: close"
JSON = "Content-Type: application/json"
SAVE = "/tt/setUserCloudStorage"
SET = b'{"KVDataList":[{"key":"score","value":"1"}]}'
FAULT = b'{"error":"network-unavailable"}'


@pytest.fixture
def alone() -> Iterator[Member]:
    """A server that believes another one to have the world `there`, where nobody listens."""
    with member(there=f"http://127.0.0.1:{free_port()}") as made:
        yield made


ALL = {
    "a call": request("POST", SAVE, SET, THERE, LAST),
    "a state": request("GET", "/tt/state", None, THERE, LAST),
    "a fault": request("POST", "/__emulator/v1/faults", FAULT, THERE, JSON, LAST),
}


@pytest.mark.parametrize("sent", ALL.values(), ids=ALL)
def test_what_was_never_sent_is_answered_by_who_takes_the_world_over(alone, sent):
    url = alone.storage.owners["there"]
    alone.takes_over("there")

    received, _, _ = seen(alone.port, sent)

    assert received.startswith(b"HTTP/1.1 20")
    assert alone.told == [url]


@pytest.mark.parametrize("sent", ALL.values(), ids=ALL)
def test_if_nobody_takes_it_over_the_world_moves(alone, sent):
    received, _, _ = seen(alone.port, sent)

    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: 1" in head.lower()
    assert json.loads(body)["code"] == "world-moving"
    assert len(alone.told) == forward.MAX_TRIES


def test_a_connection_goes_on_after_a_world_has_moved(alone):
    with Wire(alone.port) as wire:
        wire.send(request("POST", SAVE, SET, THERE))
        assert wire.answer().status == 503
        alone.takes_over("there")
        wire.send(request("POST", SAVE, SET, THERE))
        assert wire.answer().status == 200


def test_who_goes_to_another_owner_each_time_is_asked_on_new_connections(monkeypatch):
    monkeypatch.setattr(forward, "MAX_IDLE_S", -1)
    with member() as one, member() as two, member(there=one.me) as other, Wire(other.port) as wire:
        for owner in (one, one, two, one):
            other.storage.owners["there"] = owner.me
            wire.send(request("POST", SAVE, SET, THERE))
            assert wire.answer().status == 200

        made = [Client(owner.me, "there").count(api="setUserCloudStorage") for owner in (one, two)]
        assert made == [3, 1]


def test_an_owner_that_ended_between_two_requests_is_not_missed():
    with member() as owner, member(there=owner.me) as other, Wire(other.port) as wire:
        other.takes_over("there")
        with emulator("--ephemeral") as first:
            other.storage.owners["there"] = first.url
            wire.send(request("POST", SAVE, SET, THERE))
            assert wire.answer().status == 200
            first.stop()
        wire.send(request("POST", SAVE, SET, THERE))

        assert wire.answer().status == 200
        assert set(other.told) <= {first.url}


@contextmanager
def asked(owner: Emulator, other: Member, sent: bytes, **fault: Any) -> Iterator[socket.socket]:
    """A connection whose request has come to the owner, and is struck there."""
    other.storage.owners["there"] = owner.url
    client = Client(owner.url, "there")
    client.replace([fault | {"times": 1}])
    with socket.create_connection(("127.0.0.1", other.port), timeout=TIMEOUT_S) as opened:
        opened.sendall(sent)
        while client.faults()[0]["remaining"]:
            pass  # each look is a request of its own: the server gets its turn
        yield opened


@pytest.fixture
def killed() -> Iterator[Emulator]:
    """A process that the test may kill."""
    with emulator("--ephemeral") as running:
        yield running


def test_an_owner_killed_within_its_answer_cuts_it_short(killed):
    with member() as other:
        sent = request("POST", SAVE, SET, THERE)
        with asked(killed, other, sent, wire="drip", duration_ms=120_000) as opened:
            first = opened.recv(65536)
            killed.kill()
            rest, _, _ = until_the_end(opened)

    assert (first + rest).startswith(b"HTTP/1.1 200 OK\r\n")
    assert not (first + rest).endswith(b"}")
    assert other.told == []


def hangs(killed: Emulator, other: Member, lose: Callable[[], object], *lines: str) -> bytes:
    """What comes for a call whose owner is lost while it hangs."""
    sent = request("POST", SAVE, SET, THERE, LAST, *lines)
    other.takes_over("there")
    with asked(killed, other, sent, wire="hang", duration_ms=120_000) as opened:
        lose()
        return until_the_end(opened)[0]


def test_a_call_with_an_id_is_made_again_when_its_owner_is_killed(killed):
    with member() as other:
        received = hangs(killed, other, killed.kill, ID)

        assert received.startswith(b"HTTP/1.1 200 OK\r\n")
        assert other.told == [killed.url]
        assert Client(other.me, "there").count(api="setUserCloudStorage") == 1


def test_a_call_without_one_is_not(killed):
    with member() as other:
        received = hangs(killed, other, killed.kill)

        assert received.startswith(b"HTTP/1.1 503 ")
        assert other.told == [killed.url]
        assert Client(other.me, "there").reset() is None
        assert Client(other.me, "there").count(api="setUserCloudStorage") == 0


@pytest.mark.skipif(os.name != "posix", reason="a process is stopped by a signal")
def test_an_owner_that_stands_still_is_lost_when_it_is_known_to_be(killed):
    def stop() -> None:
        os.kill(killed.child.pid, signal.SIGSTOP)
        other.dead.add(killed.url)

    with member() as other:
        received = hangs(killed, other, stop, ID)

    assert received.startswith(b"HTTP/1.1 200 OK\r\n")
    assert other.told == [killed.url]


def test_a_stream_of_an_owner_that_is_lost_ends(killed):
    with member(there=killed.url) as other, Wire(other.port) as wire:
        Client(killed.url, "there").reset()
        wire.send(request("GET", "/__emulator/v1/events", None, THERE))
        assert wire.until(b": listening")
        other.dead.add(killed.url)

        assert wire.until(b"id: 1000") is False


def refusing(other: Member, owner: Member, goes_well: int) -> None:
    """Have the world `there`, which nobody has used yet, be the other's until it is taken over:
    while a call waits for its settling, after those that go well.
    """
    store = other.storage.open_world("there")
    left = [goes_well]

    def end(_: Batch | None = None) -> Settle:
        store.lock.release()  # type: ignore[attr-defined]  # the lock of a world in memory
        left[0] -= 1

        def settle() -> None:
            if left[0] < 0:
                other.storage.owners["there"] = owner.me
                made.refused = Elsewhere(owner.me)

        made = Settle(settle)
        return made

    store.end = end  # type: ignore[misc,method-assign,assignment]  # an attribute there


def test_a_call_whose_world_is_taken_over_meanwhile_is_answered_by_its_new_owner():
    with member() as owner, member() as other:
        refusing(other, owner, goes_well=0)
        received, _, _ = seen(other.port, request("POST", SAVE, SET, THERE, LAST, ID))

        assert received.startswith(b"HTTP/1.1 200 OK\r\n")
        assert Client(owner.me, "there").count(api="setUserCloudStorage") == 1


def test_an_answer_that_has_begun_before_is_cut_short():
    with member() as owner, member() as other:
        refusing(other, owner, goes_well=1)
        Client(other.me, "there").replace([{"wire": "drip", "duration_ms": 10}])
        received, end, _ = seen(other.port, request("POST", SAVE, SET, THERE, ID))

        assert received.startswith(b"HTTP/1.1 200 OK\r\n")
        assert not received.endswith(b"}")
        assert end == "closed"
        assert Client(owner.me, "there").reset() is None
        assert Client(owner.me, "there").count(api="setUserCloudStorage") == 0
