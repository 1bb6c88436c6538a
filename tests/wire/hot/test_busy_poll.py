import sys
from collections.abc import Callable
from typing import Any

import pytest

from fed_connection import connected
from rawhttp import request
from tt_emulator.wire.hot.busy_poll import CLOSELY_NS, REST_NS, TAKEN_NS, BusyPoll

A_POLL_NS = 1_000


class Loop:
    """A loop whose turns a test takes; what is due soon keeps it from sleeping."""

    def __init__(self) -> None:
        self.now_ns = 10 * REST_NS
        self.yield_ns = A_POLL_NS
        self.due: list[Callable[[], None]] = []

    def call_soon(self, act: Callable[..., None], *args: Any) -> None:
        self.due.append(lambda: act(*args))

    def give_way(self) -> None:
        self.now_ns += self.yield_ns

    def turns_until_sleep(self) -> int:
        turns = 0
        while self.due:
            self.due.pop()()
            turns += 1
        return turns


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def poll(loop: Loop) -> BusyPoll:
    return BusyPoll(loop.give_way, lambda: None, lambda: loop.now_ns)


def answer(loop: Any, poll: BusyPoll, after_ns: int) -> None:
    loop.now_ns += after_ns
    poll.answered(loop)


def test_after_one_call_the_loop_sleeps(loop, poll):
    answer(loop, poll, 0)

    assert loop.turns_until_sleep() == 0


def test_after_two_that_come_closely_it_looks_for_the_next_for_as_long(loop, poll):
    answer(loop, poll, 0)
    answer(loop, poll, CLOSELY_NS // 2)

    assert loop.turns_until_sleep() == CLOSELY_NS // A_POLL_NS + 1


def test_a_game_that_calls_once_a_frame_lets_it_sleep(loop, poll):
    turns = 0
    for _ in range(10):
        answer(loop, poll, 16_000_000)
        turns += loop.turns_until_sleep()

    assert turns == 0


def test_calls_while_it_looks_do_not_make_it_look_twice(loop, poll):
    for _ in range(16):
        answer(loop, poll, A_POLL_NS)

    assert len(loop.due) == 1


def test_who_takes_the_processor_has_it_for_a_while(loop, poll):
    loop.yield_ns = TAKEN_NS
    answer(loop, poll, 0)
    answer(loop, poll, A_POLL_NS)
    assert loop.turns_until_sleep() == 1

    loop.yield_ns = A_POLL_NS
    answer(loop, poll, A_POLL_NS)
    assert loop.turns_until_sleep() == 0
    loop.now_ns += REST_NS
    answer(loop, poll, 0)
    answer(loop, poll, A_POLL_NS)
    assert loop.turns_until_sleep() > 1


def test_answers_have_left_before_it_gives_way_and_are_none_of_who_took_the_processor(loop):
    done: list[str] = []

    def send() -> None:
        loop.now_ns += TAKEN_NS
        done.append("sent")

    poll = BusyPoll(lambda: done.append("gave way"), send, lambda: loop.now_ns)
    answer(loop, poll, 0)
    answer(loop, poll, A_POLL_NS)
    loop.due.pop()()

    assert done == ["sent", "gave way"]
    assert len(loop.due) == 1


class Counted:
    """Stands in for busy polling."""

    def __init__(self) -> None:
        self.calls = 0

    def answered(self, loop: Any) -> None:
        self.calls += 1


def test_each_answer_lets_the_loop_look_for_the_next_call():
    with connected() as (connection, _, _):
        assert (connection.busy_poll is not None) == (sys.platform == "linux")
        connection.busy_poll = counted = Counted()
        for _ in range(3):
            connection.data_received(request("POST", "/tt/login", b"{}"))

    assert counted.calls == 3
