import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from fed_connection import Transport
from tt_emulator.wire.hot.cork import LARGE_BYTES, MAX_HELD, Cork, CorkedTransport


class Loop:
    """A loop whose turns a test ends."""

    def __init__(self) -> None:
        self._due: list[Callable[[], None]] = []

    def call_soon(self, act: Callable[[], None]) -> None:
        self._due.append(act)

    def end_turn(self) -> None:
        due, self._due = self._due, []
        for act in due:
            act()


class Server:
    """Connections with one cork; `sent` is what has left, in order."""

    def __init__(self) -> None:
        self.loop = Loop()
        self.cork = Cork()
        self.sent: list[tuple[int, bytes]] = []
        self._connections: set[int] = set()

    def connect(self) -> tuple[Any, "Line"]:
        number = len(self._connections) + 1
        self._connections.add(number)
        line = Line(number, self.sent)
        transport = CorkedTransport(line, self.cork, self._connections, self.loop)  # type: ignore[arg-type]
        return transport, line

    def leave(self, number: int) -> None:
        self._connections.remove(number)


class Line(Transport):
    """Where a connection leads."""

    def __init__(self, number: int, sent: list[tuple[int, bytes]]) -> None:
        super().__init__()
        self.number = number
        self._sent = sent

    def write(self, data: Any) -> None:
        self._sent.append((self.number, bytes(data)))

    def abort(self) -> None:
        self._sent.append((self.number, b"RST"))


@pytest.fixture
def server() -> Server:
    return Server()


def test_what_is_answered_in_one_turn_leaves_at_its_end_in_order(server):
    (first, _), (second, _) = server.connect(), server.connect()

    second.write_in_turn(b"a")
    first.write_in_turn(b"b")
    assert server.sent == []

    server.loop.end_turn()
    assert server.sent == [(2, b"a"), (1, b"b")]


def test_the_next_turn_is_held_back_like_the_first(server):
    (first, _), _ = server.connect(), server.connect()
    first.write_in_turn(b"a")
    server.loop.end_turn()

    first.write_in_turn(b"b")
    assert server.sent == [(1, b"a")]

    server.loop.end_turn()
    assert server.sent == [(1, b"a"), (1, b"b")]


def test_who_is_alone_on_the_server_waits_for_nobody(server):
    only, _ = server.connect()

    only.write_in_turn(b"a")

    assert server.sent == [(1, b"a")]


def test_what_is_held_back_leaves_first_also_when_the_others_have_gone(server):
    (first, _), _ = server.connect(), server.connect()
    first.write_in_turn(b"a")
    server.leave(2)

    first.write_in_turn(b"b")
    server.loop.end_turn()

    assert server.sent == [(1, b"ab")]


def test_what_else_is_written_leaves_at_once_after_what_is_held_back(server):
    (first, _), _ = server.connect(), server.connect()
    first.write_in_turn(b"a")

    first.write(b"b")
    first.write(b"c")
    server.loop.end_turn()

    assert server.sent == [(1, b"ab"), (1, b"c")]


def test_answers_to_requests_that_came_together_are_sent_together(server):
    (first, _), _ = server.connect(), server.connect()

    first.write_in_turn(b"a")
    first.write_in_turn(b"b")
    server.loop.end_turn()

    assert server.sent == [(1, b"ab")]


def test_a_connection_that_closes_sends_what_it_has_before(server):
    (first, line), _ = server.connect(), server.connect()
    first.write_in_turn(b"a")

    first.close()

    assert server.sent == [(1, b"a")]
    assert line.closed
    assert first.is_closing()


def test_a_connection_that_is_reset_has_sent_what_was_written_before(server):
    (first, _), _ = server.connect(), server.connect()
    first.write_in_turn(b"a")

    first.abort()
    server.loop.end_turn()

    assert server.sent == [(1, b"a"), (1, b"RST")]


def test_a_large_answer_leaves_at_once_so_that_it_is_known_whether_it_is_read(server):
    (first, _), _ = server.connect(), server.connect()
    first.write_in_turn(b"a")
    large = b"b" * (LARGE_BYTES + 1)

    first.write_in_turn(large)

    assert server.sent == [(1, b"a" + large)]


@pytest.fixture
def write(server, monkeypatch):
    """Has something to be written first; what is written stands among what has left."""
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: server.loop)
    return lambda text: server.cork.write_first(lambda: server.sent.append((0, text)))


def leaves_with_the_turn(server, transport):
    transport.write_in_turn(b"a")
    server.loop.end_turn()


@pytest.mark.parametrize(
    "leave",
    [
        leaves_with_the_turn,
        lambda _, transport: transport.write_in_turn(b"a" * (LARGE_BYTES + 1)),
        lambda _, transport: transport.write(b"a"),
        lambda _, transport: transport.abort(),
    ],
)
def test_what_is_to_be_written_first_is_before_anything_leaves(server, write, leave):
    (transport, _), _ = server.connect(), server.connect()
    write(b"line")

    leave(server, transport)

    assert [number for number, _ in server.sent] == [0, 1]


def test_what_is_to_be_written_is_when_nothing_leaves(server, write):
    server.connect()
    write(b"line")
    write(b"other")

    server.loop.end_turn()
    server.loop.end_turn()

    assert sorted(server.sent) == [(0, b"line"), (0, b"other")]


def test_nobody_waits_for_more_calls_than_some(server):
    transports = [server.connect()[0] for _ in range(MAX_HELD + 1)]
    for transport in transports[:-2]:
        transport.write_in_turn(b"a")
    assert server.sent == []

    transports[-2].write_in_turn(b"a")
    assert len(server.sent) == MAX_HELD

    transports[-1].write_in_turn(b"b")
    assert len(server.sent) == MAX_HELD
    server.loop.end_turn()
    assert server.sent[-1] == (MAX_HELD + 1, b"b")


def test_everything_else_is_the_transports_own(server):
    corked, line = server.connect()

    corked.pause_reading()

    assert not line.reads
