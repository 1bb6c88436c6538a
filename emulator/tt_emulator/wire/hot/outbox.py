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
"""Then whoever waits asks what has become of it."""

Waiting = list[tuple[Settle, Callable[[], None]]]


class _Turn:
    """Answers that wait for the same."""

    def __init__(self, waiting: Waiting) -> None:
        self.waiting = waiting
        self.settling: list[Settling] = []
        self.timer: asyncio.TimerHandle | None = None

    def begin(self, wake: Callable[[], object]) -> bool:
        """Begin to settle them; whether it can be waited for."""
        for settle in dict.fromkeys(settle for settle, _ in self.waiting):
            if settle.begin is None:
                settle.settle()
            elif (settling := settle.begin(wake)) is not None:
                self.settling.append(settling)
        return bool(self.settling)


class Outbox:
    """The waiting answers of all connections; `go_on` is called for each when its turn is over.

    A turn goes on as long as calls come, and for some polls more while it has fewer than the last:
    who was answered together calls again together, and to make it durable takes longer than that.
    If that can be waited for elsewhere, the next turn comes together meanwhile.
    """

    def __init__(self) -> None:
        self._waiting: Waiting = []
        self._under_way: _Turn | None = None
        self._ears = Ears(self._heard)
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
        if self._under_way is None and not self._looks:
            if alone:
                self._settle(loop, waits=False)
            else:
                self._look_soon(loop)

    @property
    def is_under_way(self) -> bool:
        """Whether a turn is, elsewhere."""
        return self._under_way is not None

    def _look_soon(self, loop: asyncio.AbstractEventLoop) -> None:
        self._seen = self._empty = 0
        self._looks = True
        loop.call_soon(self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        came, seen = len(self._waiting), self._seen
        self._seen = came
        self._empty = 0 if came > seen else self._empty + 1
        if came < self._last and self._empty < EMPTY_POLLS:
            loop.call_soon(self._look, loop)
        else:
            self._looks = False
            self._settle(loop, waits=True)

    def _settle(self, loop: asyncio.AbstractEventLoop, *, waits: bool) -> None:
        turn = self._under_way = _Turn(self._waiting)
        self._waiting = []
        self._last = len(turn.waiting)
        finish = partial(self._finish, turn, loop)
        begun = turn.begin(partial(_soon, loop, finish))
        if begun and waits and self._listens(turn, loop):
            turn.timer = loop.call_later(UNHEARD_S, finish)
        else:
            finish()

    def _listens(self, turn: _Turn, loop: asyncio.AbstractEventLoop) -> bool:
        ears = [settling.ear for settling in turn.settling]
        return all(ear is not None and self._ears.listen(ear, loop) for ear in ears)

    def _heard(self, ear: socket, loop: asyncio.AbstractEventLoop) -> bool:
        turn = self._under_way
        if turn is None or all(settling.ear is not ear for settling in turn.settling):
            return False
        self._finish(turn, loop)
        return True

    def _finish(self, turn: _Turn, loop: asyncio.AbstractEventLoop) -> None:
        """Answer, and look after the next turn."""
        if self._under_way is not turn:  # somebody else has heard of it
            return
        self._under_way = None
        if turn.timer is not None:
            turn.timer.cancel()
        for settling in turn.settling:
            settling.finish()
        for _, go_on in turn.waiting:
            go_on()
        if self._waiting and not self._looks:
            self._look_soon(loop)


def _soon(loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the loop has ended
        loop.call_soon_threadsafe(act)
