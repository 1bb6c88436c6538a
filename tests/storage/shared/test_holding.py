"""An event loop waits a moment for who has a world, and once in vain."""

import asyncio
from collections.abc import Callable

import pytest

from tt_emulator.errors import WouldWait
from tt_emulator.storage.shared.holding import BRIEF_S, Holding

FOR_EVER = -1.0


class Lock:
    """A lock that somebody has for so long; it knows how long others waited for it."""

    def __init__(self, held_s: float) -> None:
        self.held_s = held_s
        self.waits_s: list[float] = []

    def acquire(self, timeout: float = FOR_EVER) -> bool:
        self.waits_s.append(timeout)
        return timeout == FOR_EVER or self.held_s <= timeout


def holding(lock: Lock) -> Holding:
    return Holding(lock)  # type: ignore[arg-type]


def on_a_loop(act: Callable[[], object]) -> None:
    async def acting() -> None:
        act()

    asyncio.run(acting())


def test_a_loop_waits_for_who_needs_a_moment() -> None:
    lock = Lock(held_s=BRIEF_S / 2)

    on_a_loop(holding(lock).take)

    assert lock.waits_s == [BRIEF_S]


def test_a_loop_does_not_wait_until_a_fleet_some_ms_away_has_answered_others() -> None:
    with pytest.raises(WouldWait):
        on_a_loop(holding(Lock(held_s=0.005)).take)


def test_a_loop_waits_once_for_who_needs_longer() -> None:
    lock = Lock(held_s=10)
    world = holding(lock)

    for _ in range(3):
        with pytest.raises(WouldWait):
            on_a_loop(world.take)

    assert lock.waits_s == [BRIEF_S, 0, 0]


def test_who_got_it_at_last_has_loops_wait_again() -> None:
    lock = Lock(held_s=10)
    world = holding(lock)
    assert not world.take_soon()

    world.take()  # a thread waits until it has it
    lock.held_s = 0
    on_a_loop(world.take)

    assert lock.waits_s == [BRIEF_S, 0, FOR_EVER, BRIEF_S]
