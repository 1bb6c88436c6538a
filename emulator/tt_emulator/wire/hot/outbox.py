"""Answers that wait until what they tell of is durable: all of one turn of the loop together."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from socket import socket

from tt_emulator.domain.model import Settle, Settling
from tt_emulator.wire.hot.ears import Ears

EMPTY_POLLS = 3
UNHEARD_S = 5.0
"""Then whoever waits asks what has become of it, or up to `LOOK_S` later."""
LOOK_S = 1.0

Waiting = list[tuple[Settle, Callable[[], None]]]


class Outbox:
    """The waiting answers of all connections; `go_on` is called for each when its turn is over.

    While one turn is under way elsewhere the next one comes together. If none can be, a turn goes
    on as long as calls come, and for some polls more while it has fewer than the last: who was
    answered together calls again together, and to flush the disk takes longer than that.
    """

    def __init__(self) -> None:
        self._waiting: Waiting = []
        self._under_way: list[Settling] = []
        self._with_them: Waiting = []  # those that wait for what is under way
        self._ears = Ears(self._heard)
        self._begun_s = 0.0
        self._timed = False
        self._looks = False
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
        self._waiting.append((settle, go_on))
        if not self._under_way and not self._looks:
            if alone:
                self._settle(loop)
            else:
                self._seen = self._empty = 0
                self._looks = True
                loop.call_soon(self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        came, seen = len(self._waiting), self._seen
        self._seen = came
        self._empty = 0 if came > seen else self._empty + 1
        blocks = self._waiting[0][0].begin is None
        if blocks and came < self._last and self._empty < EMPTY_POLLS:
            loop.call_soon(self._look, loop)
        else:
            self._looks = False
            self._settle(loop)

    def _settle(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to settle what waits; it is finished here if it cannot be waited for."""
        self._with_them, self._waiting = self._waiting, []
        self._last = len(self._with_them)
        wake = partial(_soon, loop, partial(self._finish, loop))
        for settle in dict.fromkeys(settle for settle, _ in self._with_them):
            if settle.begin is None:
                settle.settle()
            elif (settling := settle.begin(wake)) is not None:
                self._under_way.append(settling)
        if not (self._under_way and self._listens(loop)):
            self._finish(loop)

    def _listens(self, loop: asyncio.AbstractEventLoop) -> bool:
        self._begun_s = loop.time()
        if not self._timed:
            self._timed = True
            loop.call_later(LOOK_S, self._ask, loop)
        ears = [settling.ear for settling in self._under_way]
        return all(ear is not None and self._ears.listen(ear, loop) for ear in ears)

    def _heard(self, ear: socket, loop: asyncio.AbstractEventLoop) -> bool:
        if all(settling.ear is not ear for settling in self._under_way):
            return False
        self._finish(loop)
        return True

    def _ask(self, loop: asyncio.AbstractEventLoop) -> None:
        """What has become of it, if it is under way for long; one timer, and none a turn."""
        if self._under_way and loop.time() - self._begun_s >= UNHEARD_S:
            self._finish(loop)
        self._timed = bool(self._under_way)
        if self._timed:
            loop.call_later(LOOK_S, self._ask, loop)

    def _finish(self, loop: asyncio.AbstractEventLoop) -> None:
        """Answer, and have the next turn under way meanwhile."""
        under_way, self._under_way = self._under_way, []
        answers, self._with_them = self._with_them, []
        for settling in under_way:
            settling.finish()
        if self._waiting and not self._looks:
            self._settle(loop)
        for _, go_on in answers:
            go_on()


def _soon(loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the loop has ended
        loop.call_soon_threadsafe(act)
