"""Busy polling: between calls that follow each other closely the event loop does not sleep.

To wake a sleeping processor takes as long as to answer a call, on a virtual machine above all.
"""

from asyncio import AbstractEventLoop
from collections.abc import Callable
from time import perf_counter_ns

CLOSELY_NS = 1_000_000
TAKEN_NS = 100_000
REST_NS = 5_000_000


class BusyPoll:
    """Looks for the next call without a pause if the last two came within `CLOSELY_NS`.

    `give_way` lets others have the processor, once `send` has sent what is held back; when somebody
    took it, the loop sleeps for `REST_NS` as it would without this.
    """

    def __init__(
        self,
        give_way: Callable[[], None],
        send: Callable[[], None],
        tick_ns: Callable[[], int] = perf_counter_ns,
    ) -> None:
        self._give_way = give_way
        self._send = send
        self._tick_ns = tick_ns
        self._answered_ns = -CLOSELY_NS
        self._rests_until_ns = 0
        self._polling = False

    def answered(self, loop: AbstractEventLoop) -> None:
        """A call was answered."""
        now_ns = self._tick_ns()
        closely = now_ns - self._answered_ns < CLOSELY_NS
        self._answered_ns = now_ns
        if closely and not self._polling and now_ns >= self._rests_until_ns:
            self._polling = True
            loop.call_soon(self._poll, loop)

    def _poll(self, loop: AbstractEventLoop) -> None:
        self._send()
        before_ns = self._tick_ns()
        self._polling = before_ns - self._answered_ns < CLOSELY_NS
        if not self._polling:
            return
        self._give_way()
        after_ns = self._tick_ns()
        if after_ns - before_ns < TAKEN_NS:
            loop.call_soon(self._poll, loop)
        else:
            self._polling = False
            self._rests_until_ns = after_ns + REST_NS
