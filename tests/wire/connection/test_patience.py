"""A connection of which nothing comes is ended, in time that a test moves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from fed_connection import Transport, connected
from rawhttp import request
from timers import Timer
from tt_emulator.wire.connection.patience import PatientProtocol
from tt_emulator.wire.connection.pending import Waiting

HEAD_S, PAUSE_S, REQUEST_S = (
    PatientProtocol.HEAD_S,
    PatientProtocol.PAUSE_S,
    PatientProtocol.REQUEST_S,
)
CALL = request("POST", "/tt/login", b"{}")
STATE = request("GET", "/tt/state")
HALF_HEAD, HALF_BODY = CALL[: CALL.index(b"Content-Length")], CALL[:-1]


class Clock:
    """The time of a loop, and its timers."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.timers: list[Timer] = []

    def time(self) -> float:
        return self.now_s

    def call_later(self, delay_s: float, act: Callable[[], None]) -> Timer:
        self.timers.append(Timer(self.now_s + delay_s, act))
        return self.timers[-1]

    def call_soon(self, act: Callable[[], None]) -> None:
        act()

    def pass_s(self, seconds: float) -> None:
        until_s = self.now_s + seconds
        while due := [timer for timer in self.timers if timer.due_s <= until_s]:
            timer = min(due, key=lambda timer: timer.due_s)
            self.timers.remove(timer)
            self.now_s = max(self.now_s, timer.due_s)
            if not timer.cancelled:
                timer.act()
        self.now_s = until_s


@contextmanager
def waited() -> Iterator[tuple[Any, Transport, Clock]]:
    """A connection on a loop whose time a test moves."""
    clock = Clock()
    with connected(loop=clock, busy_poll=None) as (connection, transport, _):
        yield connection, transport, clock


def is_cut(transport: Transport) -> bool:
    assert transport.closed == (b"HTTP/1.1 408 " in transport.written)
    return transport.closed


def test_a_connection_on_which_nothing_comes_is_closed_without_a_word() -> None:
    with waited() as (_, transport, clock):
        clock.pass_s(HEAD_S - 1)
        assert not transport.closed
        clock.pass_s(1)

    assert transport.closed
    assert transport.written == b""


@pytest.mark.parametrize("sent", [b"\r\n", b"\r\n\r\n"])
def test_empty_lines_are_nothing(sent: bytes) -> None:
    with waited() as (connection, transport, clock):
        connection.data_received(sent)
        clock.pass_s(HEAD_S)

    assert transport.closed


@pytest.mark.parametrize("pause_s", [1.0, HEAD_S / 2, HEAD_S - 0.1])
def test_a_head_that_never_ends_is_cut_however_busily_it_comes(pause_s: float) -> None:
    with waited() as (connection, transport, clock):
        connection.data_received(HALF_HEAD)
        began_s = clock.now_s
        while not transport.closed:
            connection.data_received(b"X: y\r\n")
            clock.pass_s(pause_s)

    assert is_cut(transport)
    assert clock.now_s - began_s <= HEAD_S + pause_s
    assert b'"code":"timeout"' in transport.written


def test_a_body_that_pauses_too_long_is_cut() -> None:
    with waited() as (connection, transport, clock):
        connection.data_received(HALF_BODY[:-1])
        clock.pass_s(PAUSE_S - 1)
        connection.data_received(b"{")
        clock.pass_s(PAUSE_S - 1)
        assert not is_cut(transport)
        clock.pass_s(1)

    assert is_cut(transport)


def test_a_body_that_trickles_for_ever_is_cut_in_the_end() -> None:
    chunked = request("POST", "/tt/login", None, "Transfer-Encoding: chunked")
    with waited() as (connection, transport, clock):
        connection.data_received(chunked)
        began_s = clock.now_s
        while not transport.closed:
            connection.data_received(b"1\r\nx\r\n")
            clock.pass_s(PAUSE_S / 2)

    assert is_cut(transport)
    assert clock.now_s - began_s <= REQUEST_S + PAUSE_S


def test_a_slow_request_that_comes_to_its_end_is_answered() -> None:
    with waited() as (connection, transport, clock):
        connection.data_received(HALF_HEAD)
        clock.pass_s(HEAD_S - 1)
        connection.data_received(CALL[len(HALF_HEAD) : -1])
        clock.pass_s(PAUSE_S - 1)
        connection.data_received(CALL[-1:])

    assert transport.written.startswith(b"HTTP/1.1 200 ")
    assert not transport.closed


@pytest.mark.parametrize(("half", "most_s"), [(HALF_HEAD, HEAD_S), (HALF_BODY, PAUSE_S)])
def test_a_connection_that_was_used_has_the_same_limits(half: bytes, most_s: float) -> None:
    with waited() as (connection, transport, clock):
        for _ in range(2):
            connection.data_received(CALL)
            clock.pass_s(HEAD_S * 1.5)
        connection.data_received(half)
        clock.pass_s(most_s - 1)
        assert not is_cut(transport)
        clock.pass_s(1)

    assert is_cut(transport)


def test_while_an_answer_is_owed_nothing_is_cut_and_then_the_time_begins() -> None:
    with waited() as (connection, transport, clock):
        owed = Waiting(keep_alive=True)
        connection.cycle = owed
        connection.data_received(HALF_BODY)
        clock.pass_s(PAUSE_S * 10)
        assert not transport.closed
        owed.response_complete = True
        connection.on_response_complete()
        clock.pass_s(HEAD_S)
        assert not transport.closed
        clock.pass_s(PAUSE_S + HEAD_S)

    assert is_cut(transport)


def test_who_still_reads_earlier_answers_is_not_cut_and_then_the_time_begins() -> None:
    with waited() as (connection, transport, clock):
        connection.data_received(HALF_BODY)
        connection.pause_writing()
        clock.pass_s(PAUSE_S * 10)
        assert not transport.closed
        connection.resume_writing()
        clock.pass_s(HEAD_S)
        assert not transport.closed
        clock.pass_s(PAUSE_S + HEAD_S)

    assert is_cut(transport)


def test_a_refused_body_that_never_ends_is_cut_without_another_word() -> None:
    evil = request("POST", "/tt/login", None, "Content-Length: 500", "Origin: http://evil.example")
    with waited() as (connection, transport, clock):
        connection.data_received(evil)
        clock.pass_s(PAUSE_S)

    assert transport.closed
    assert transport.written.count(b"HTTP/1.1") == 1


def test_what_comes_when_nothing_more_is_read_keeps_no_connection() -> None:
    with waited() as (connection, transport, clock):
        connection.data_received(HALF_HEAD)
        connection._refused = True
        clock.pass_s(HEAD_S)

    assert transport.closed


def test_a_call_costs_no_timer() -> None:
    with waited() as (connection, _, clock):
        for _ in range(100):
            connection.data_received(HALF_BODY)
            connection.data_received(CALL[-1:])

        assert len(clock.timers) <= 2  # this one, and that for idle connections


def test_a_lost_connection_leaves_no_timer() -> None:
    with waited() as (connection, _, clock):
        connection.data_received(HALF_HEAD)
        connection.connection_lost(None)

    assert all(timer.cancelled for timer in clock.timers)
