"""Answers that wait until what they tell of is durable: all of one turn of the loop together."""

import asyncio
from collections.abc import Callable

from tt_emulator.domain.model import Settle

EMPTY_POLLS = 3


class Outbox:
    """The waiting answers of all connections; `go_on` is called for each when its turn is over.

    A turn goes on as long as calls come, and for some polls more while it has fewer than the last:
    who was answered together calls again together, and to flush the disk takes longer than that.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[Settle, Callable[[], None]]] = []
        self._seen = 0
        self._last = 0
        self._empty = 0

    def add(
        self,
        settle: Settle,
        go_on: Callable[[], None],
        loop: asyncio.AbstractEventLoop,
        *,
        alone: bool,
    ) -> None:
        """Call `go_on` once it is known whether all that came in this turn is durable; who is
        `alone` on the server waits for nobody.
        """
        if not self._waiting and not alone:
            self._seen = self._empty = 0
            loop.call_soon(self._look, loop)
        self._waiting.append((settle, go_on))
        if alone:
            self._settle()

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        came, seen = len(self._waiting), self._seen
        self._seen = came
        self._empty = 0 if came > seen else self._empty + 1
        if came < self._last and self._empty < EMPTY_POLLS:
            loop.call_soon(self._look, loop)
        else:
            self._settle()

    def _settle(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._last = len(waiting)
        for settle in dict.fromkeys(settle for settle, _ in waiting):
            settle.settle()
        for _, go_on in waiting:
            go_on()
