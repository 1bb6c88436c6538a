"""Pauses of a call: never shorter than requested (uvloop's timers may end a millisecond early), and
over at once when what holds the call is released.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from tt_emulator.domain.model import Wait


async def pause(wait: Wait) -> None:
    """Wait on the running event loop."""
    loop = asyncio.get_running_loop()
    woken = asyncio.Event()
    begun_s = monotonic()
    with _woken_by(wait, lambda: loop.call_soon_threadsafe(woken.set)):
        while (left_s := _left_s(wait, begun_s)) > 0:
            timer = loop.call_later(left_s, woken.set)
            await woken.wait()
            timer.cancel()
            woken.clear()


def block(wait: Wait) -> None:
    """Wait in this thread."""
    woken = threading.Event()
    begun_s = monotonic()
    with _woken_by(wait, woken.set):
        while (left_s := _left_s(wait, begun_s)) > 0:
            woken.wait(left_s)
            woken.clear()


@contextmanager
def _woken_by(wait: Wait, wake: Callable[[], object]) -> Iterator[None]:
    for _, hold in wait.shares:
        hold.add(wake)
    try:
        yield
    finally:
        for _, hold in wait.shares:
            hold.remove(wake)


def _left_s(wait: Wait, begun_s: float) -> float:
    return begun_s + wait.wanted_ms() / 1000 - monotonic()
