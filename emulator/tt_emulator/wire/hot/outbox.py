"""Answers that wait until what they tell of is durable: all of one turn of the loop together."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from socket import socket

from tt_emulator.domain.model import Settle, Settling
from tt_emulator.errors import WouldWait
from tt_emulator.wire.aside import Aside
from tt_emulator.wire.hot.ears import Ears

EMPTY_POLLS = 3
UNHEARD_S = 5.0
"""Then whoever waits asks what has become of it, or up to `LOOK_S` later."""
LOOK_S = 1.0

GoOn = Callable[[], None]
Waiting = list[tuple[Settle, GoOn]]
Answers = dict[Settle, list[GoOn]]


class Outbox:
    """The waiting answers of all connections; `go_on` is called for each when its turn is over.

    While one turn is under way elsewhere the next one comes together. If none can be, a turn goes
    on as long as calls come, and for some polls more while it has fewer than the last: who was
    answered together calls again together, and to flush the disk takes longer than that.

    What nothing can be heard of, as of a connection that is lost, is waited for aside, and so is
    what becomes of a world whose turn was refused; that keeps no other world's answers.
    """

    def __init__(self) -> None:
        self._waiting: Waiting = []
        self._under_way: list[tuple[Settle, Settling]] = []
        self._answers: Answers = {}  # of the turn that is under way
        self._slow: Answers = {}  # of worlds that are finished aside
        self._aside = Aside()
        self._ears = Ears(self._heard)
        self._hears = False
        self._waits = False
        self._begun_s = 0.0
        self._timed = False
        self._looks = False
        self._seen = 0
        self._last = 0
        self._empty = 0

    def add(
        self,
        settle: Settle,
        go_on: GoOn,
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
        """Begin to settle what waits."""
        waiting, self._waiting = self._waiting, []
        self._last = len(waiting)
        for settle, go_on in waiting:
            self._answers.setdefault(settle, []).append(go_on)
        wake = partial(_soon, loop, partial(self._finish, loop))
        for settle in list(self._answers):
            if settle.begin is None:
                settle.settle()
                continue
            try:
                settling = settle.begin(wake)
            except WouldWait:
                self._finish_aside(settle, settle.settle, loop)
                continue
            if settling is not None:
                self._under_way.append((settle, settling))
        self._hears = bool(self._under_way) and self._listens(loop)
        if not self._hears:
            self._finish(loop)

    def _listens(self, loop: asyncio.AbstractEventLoop) -> bool:
        self._begun_s = loop.time()
        if not self._timed:
            self._timed = True
            loop.call_later(LOOK_S, self._ask, loop)
        ears = [settling.ear for _, settling in self._under_way]
        return all(ear is not None and self._ears.listen(ear, loop) for ear in ears)

    def _heard(self, ear: socket, loop: asyncio.AbstractEventLoop) -> bool:
        there = [settling for _, settling in self._under_way if settling.ear is ear]
        if there:
            self._finish(loop)
        return any(settling.ear is ear for settling in there)

    def _ask(self, loop: asyncio.AbstractEventLoop) -> None:
        """What has become of it, if it is under way for long; one timer, and none a turn."""
        if self._under_way and loop.time() - self._begun_s >= UNHEARD_S:
            self._hears = False
            self._finish(loop)
        self._timed = bool(self._under_way)
        if self._timed:
            loop.call_later(LOOK_S, self._ask, loop)

    def _finish(self, loop: asyncio.AbstractEventLoop) -> None:
        """Answer if it is known what became of all, and have the next turn under way meanwhile."""
        if self._waits:
            return
        unknown = [settling for _, settling in self._under_way if not settling.is_known()]
        if unknown:
            if not self._hears or any(settling.ear is None for settling in unknown):
                self._waits = True
                self._aside.do(partial(_wait, unknown), partial(self._known, loop), loop)
            return
        under_way, self._under_way = self._under_way, []
        for settle, settling in under_way:
            if not settling.finish_now():
                self._finish_aside(settle, settling.finish, loop)
        answers, self._answers = self._answers, {}
        if self._waiting and not self._looks:
            self._settle(loop)
        _go_on(answers)

    def _known(self, loop: asyncio.AbstractEventLoop, waited: Callable[[], None]) -> None:
        self._waits = False
        waited()
        self._finish(loop)

    def _finish_aside(
        self, settle: Settle, finish: Callable[[], object], loop: asyncio.AbstractEventLoop
    ) -> None:
        """Those who wait for that are answered when a thread has finished it."""
        answers = self._answers.pop(settle)
        if settle in self._slow:  # it is finished with them
            self._slow[settle] += answers
        else:
            self._slow[settle] = answers
            self._aside.do(finish, partial(self._finished, settle), loop)

    def _finished(self, settle: Settle, outcome: Callable[[], object]) -> None:
        answers = self._slow.pop(settle)
        try:
            outcome()
        except Exception as error:
            settle.refused = settle.refused or error
        _go_on({settle: answers})


def _wait(unknown: list[Settling]) -> None:
    for settling in unknown:
        settling.wait()


def _go_on(answers: Answers) -> None:
    for each in answers.values():
        for go_on in each:
            go_on()


def _soon(loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the loop has ended
        loop.call_soon_threadsafe(act)
