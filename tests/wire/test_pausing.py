import asyncio
import threading
from time import monotonic
from typing import Any

import pytest

from tt_emulator.domain.hold import Hold
from tt_emulator.domain.model import Wait
from tt_emulator.wire.pausing import block, pause

DURATION_MS = 20


class EarlyLoop(asyncio.SelectorEventLoop):
    """A loop whose timers end early, as uvloop's do."""

    def call_later(self, delay: float, callback: Any, *args: Any, context: Any = None) -> Any:
        return super().call_later(delay * 0.9, callback, *args, context=context)


class NotedHold(Hold):
    """Says when somebody waits on it, and who has not left."""

    def __init__(self) -> None:
        super().__init__()
        self.began = threading.Event()
        self.waiting: list[Any] = []

    def add(self, wake: Any) -> None:
        super().add(wake)
        self.waiting.append(wake)
        self.began.set()

    def remove(self, wake: Any) -> None:
        super().remove(wake)
        self.waiting.remove(wake)


def paused(wait: Wait) -> None:
    asyncio.run(pause(wait))


@pytest.mark.parametrize("wait_out", [paused, block])
def test_a_pause_is_never_shorter_than_asked(wait_out):
    begun_s = monotonic()
    wait_out(Wait(DURATION_MS))

    assert monotonic() - begun_s >= DURATION_MS / 1000


def test_nor_is_it_if_timers_end_early():
    with asyncio.Runner(loop_factory=EarlyLoop) as runner:
        begun_s = monotonic()
        runner.run(pause(Wait(DURATION_MS)))

    assert monotonic() - begun_s >= DURATION_MS / 1000


@pytest.mark.parametrize("wait_out", [paused, block])
def test_a_pause_that_was_released_before_it_began_is_none(wait_out):
    hold = Hold()
    hold.release()

    wait_out(Wait(10**7, ((10**7, hold),)))


@pytest.mark.parametrize("wait_out", [paused, block])
def test_a_release_ends_a_pause_in_whatever_thread_it_comes(wait_out):
    hold = NotedHold()
    waiting = threading.Thread(target=wait_out, args=(Wait(10**7, ((10**7, hold),)),))
    waiting.start()
    assert hold.began.wait(30)

    hold.release()

    waiting.join(30)
    assert not waiting.is_alive()


@pytest.mark.parametrize("wait_out", [paused, block])
def test_what_is_not_released_goes_on_holding(wait_out):
    released, holds = Hold(), Hold()
    released.release()
    begun_s = monotonic()

    wait_out(Wait(10**7, ((10**7 - DURATION_MS, released), (DURATION_MS, holds))))

    assert monotonic() - begun_s >= DURATION_MS / 1000


@pytest.mark.parametrize("wait_out", [paused, block])
def test_who_has_waited_leaves_nothing_behind(wait_out):
    hold = NotedHold()

    wait_out(Wait(1, ((1, hold),)))

    assert hold.began.is_set()
    assert hold.waiting == []
