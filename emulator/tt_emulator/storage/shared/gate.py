"""The step under way in one world of several servers: nobody hears of it before the fleet has its
line, which it takes from the world's owner alone. So whoever has lost a world answers nothing.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from operator import call
from socket import socket
from threading import RLock
from typing import NamedTuple

from tt_emulator.domain.deed import Batch, Life, Moved, Seen
from tt_emulator.domain.model import Settle, Settling
from tt_emulator.errors import EmulatorError, StorageError, WouldWait
from tt_emulator.fleet import Appending, Away, Fenced, Forgotten, require_thread
from tt_emulator.storage.effects import OnPlayers
from tt_emulator.storage.shared.fenced_log import FencedLog
from tt_emulator.storage.shared.holding import Holding


class _Begun(NamedTuple):
    """What is under way: who waits for it, and what may be seen once it is written."""

    settle: Settle
    seen: Seen
    appending: Appending
    gate: "Gate"
    wake: Callable[[], object]

    @property
    def ear(self) -> socket | None:
        """As `Settling` says, and so do the others."""
        return self.appending.ear

    def is_known(self) -> bool:
        """As above."""
        return self.appending.is_known()

    def wait(self) -> None:
        """As above."""
        self.appending.wait()

    def finish_now(self) -> bool:
        """As above."""
        return self.gate.finish_now(self)

    def finish(self) -> None:
        """As above."""
        self.wait()
        self.gate.finish()


class Gate:
    """The `Deed` of one world. `behind` are the players whose packed form lacks something.

    On an event loop nothing here waits for the fleet, nor for who does but for a moment: then it
    raises `WouldWait`. When the fleet refuses a line, `lose` is called if the world is another
    server's, `rewrite` if the fleet has forgotten it, and `undo`, which brings back what the fleet
    has, if it has no room.
    """

    def __init__(
        self,
        lock: RLock,
        log: FencedLog,
        *,
        lose: Callable[[], None],
        rewrite: Callable[[], None],
        undo: Callable[[], None],
    ) -> None:
        self.moved: Moved = {}
        self.depth = 0
        self.unsettled: Settle | None = None
        self._begun: _Begun | None = None
        self.refuse: Callable[[], EmulatorError] | None = None
        self.is_lost = False  # to another server, which alone can tell anything
        self.life: Life | None = None
        self.behind: set[str] = set()
        self._lock = lock
        self._holding = Holding(lock)
        self._log = log
        self._lose = lose
        self._rewrite = rewrite
        self._undo = undo
        self._show: Callable[[Seen | None], None] = lambda _: None
        self._seen: Callable[[], Seen] = tuple
        self._effects: list[OnPlayers] = []
        self._openids: list[str] = []
        self._then: list[Callable[[], None]] = []
        self._spoilt = False  # memory has what the fleet refused
        self._away = False  # nobody knows whether the fleet has what is held

    def attach(self, life: Life) -> None:
        """Write that as well."""
        self.life = life
        self._show, self._seen = life.show, life.seen

    def begin(self) -> None:
        """Enter the step. Raises `Elsewhere`, `WorldDropped`, `StorageError` if nothing can be
        decided here.
        """
        if not self._lock.acquire(blocking=False):  # each call comes by here
            self._holding.take()
        self.depth += 1
        if self.depth == 1 and (self._away or self._spoilt or self.is_lost):
            try:
                if self._away and not self.is_lost:
                    self._log.require_hope()
                require_thread()
                self.require_ours()
            except EmulatorError:
                self._leave()
                raise

    def go_on(self) -> None:
        """Enter the next step of what has begun; it raises `WouldWait` alone."""
        self._holding.take()
        self.depth += 1
        if self.depth == 1 and self._spoilt:
            try:
                require_thread()
            except WouldWait:
                self._leave()
                raise
            with suppress(EmulatorError):
                self.require_ours()

    def end(self, batch: Batch | None = None) -> Settle | None:
        """Leave the step; raises if its line cannot be written."""
        settle = None
        try:
            if self.depth == 1:
                if self.moved or self._effects:
                    settle = self._write()
                if self._then:
                    self._act(settle)
        finally:
            self._leave()
        return settle

    def __enter__(self) -> None:
        """As `begin`; what is looked at is kept by the fleet and this server's, or it raises."""
        self.begin()
        begun = self._begun
        if begun is not None and self.depth == 1:
            self._leave()
            begun.wait()  # whoever else uses the world goes on meanwhile
            self.begin()
        if self.depth == 1 and self.refuse is None:
            try:
                require_thread()
                self._require_kept()
            except EmulatorError:
                self._leave()
                raise

    def __exit__(self, *_: object) -> None:
        settle = self.end()
        if settle is not None:
            settle.settle()
            if settle.refused is not None:
                raise settle.refused

    @property
    def of_call(self) -> AbstractContextManager[object]:
        """The same: no answer is given that the fleet has not let pass."""
        return self

    def then(self, act: Callable[[], None]) -> None:
        """Act once the step is written."""
        self._then.append(act)

    def add(self, effect: OnPlayers, openids: Iterable[str]) -> None:
        """The step has this effect on these players, now. Raises if nothing can be stored."""
        if self.refuse is not None:
            raise self.refuse()
        self._effects.append(effect)
        self._openids += openids

    @property
    def is_open(self) -> bool:
        """Whether somebody waits to learn what became of a line."""
        return self.unsettled is not None or self._begun is not None

    def settle(self) -> None:
        """Have the fleet keep all lines; whoever waits for them learns whether it does."""
        require_thread()
        begun = self._begun
        if begun is not None:
            begun.wait()  # as above
        with self._lock:
            self.finish()
            unsettled, self.unsettled = self.unsettled, None
            if unsettled is not None:
                self._learn(unsettled, self._log.flush, None)

    def begin_to_settle(self, wake: Callable[[], object]) -> Settling | None:
        """As `settle`, without waiting for the fleet."""
        self._holding.take()
        try:
            if self._begun is not None:
                require_thread()
                self.finish()
            return None if self.unsettled is None else self._begin(self.unsettled, wake)
        finally:
            self._lock.release()

    def _begin(self, unsettled: Settle, wake: Callable[[], object]) -> Settling | None:
        try:
            appending = self._log.begin(wake)
        except StorageError as error:
            self._away = True
            unsettled.refused = error
        else:
            self._begun = _Begun(unsettled, self._seen(), appending, self, wake)
        self.unsettled = None
        return self._begun

    def finish_now(self, begun: _Begun) -> bool:
        """Finish it if that waits for nobody, and whether it has."""
        if not self._holding.take_soon():
            return False
        try:
            if self._begun is begun:
                if not begun.appending.is_plain:
                    return False
                self._finish()
            return True
        finally:
            self._lock.release()

    def finish(self) -> None:
        """Learn what became of the lines that are under way, and tell who waits."""
        with self._lock:
            begun = self._begun
            if begun is not None:
                self._finish()
                begun.wake()

    def _finish(self) -> None:
        begun, self._begun = self._begun, None
        if begun is not None:
            self._learn(begun.settle, self._log.finish, begun.seen)

    def _learn(self, settle: Settle, write: Callable[[], None], seen: Seen | None) -> None:
        try:
            self._write_by(write)
        except EmulatorError as error:
            settle.refused = error
        else:
            self._show(seen)

    def require_ours(self) -> None:
        """Find out how it is, after something went wrong. Hold the lock."""
        if self.is_lost and self.refuse is not None:
            raise self.refuse()
        if self._spoilt:
            self.settle()
            self._bring_back()
        if self._away:
            self._flush()
            self._show(None)

    def _require_kept(self) -> None:
        unsettled = self.unsettled
        if unsettled is None:
            self._flush()
            return
        unsettled.settle()
        if unsettled.refused is not None:
            raise unsettled.refused

    def _flush(self) -> None:
        """Write what is held, after what is under way."""
        self.finish()
        self._write_by(self._log.flush)

    def _leave(self) -> None:
        self.depth -= 1
        self._lock.release()

    def _write(self) -> Settle | None:  # each call comes by here
        if self.refuse is not None:
            self._refuse()
            return None
        try:
            self._log.hold([*self._effects, *map(call, self.moved.values())])
        except StorageError:
            self._forget_step()
            self._spoilt = True
            with suppress(WouldWait):  # then whoever comes next does it
                require_thread()
                self.settle()
                self._bring_back()
            raise
        if self._openids:
            self.behind.update(self._openids)
        self._forget_step()
        if self.unsettled is None:
            self.unsettled = Settle(self.settle, self.begin_to_settle)
        return self.unsettled

    def _refuse(self) -> None:
        """Raise why nothing can be written; a call to a dropped world that changes no player is
        answered all the same.
        """
        matters = self.is_lost or self._effects
        self._forget_step()
        if matters and self.refuse is not None:
            raise self.refuse()

    def _write_by(self, write: Callable[[], None]) -> None:
        try:
            write()
        except Forgotten:
            self._away = True  # until all of it is there again
            self._rewrite()
        except Fenced:
            self._lose()
            self._refuse()
        except Away:
            self._away = True
            raise
        except StorageError as error:
            self._log.discard()
            self._refuse_held(error)
            self._bring_back()
            raise
        self._away = False

    def _refuse_held(self, error: StorageError) -> None:
        """What has come since follows from what was refused."""
        unsettled, self.unsettled = self.unsettled, None
        if unsettled is not None:
            unsettled.refused = error

    def _bring_back(self) -> None:
        """Be what the fleet has."""
        self._spoilt = True
        self._undo()
        self._spoilt = False

    def _forget_step(self) -> None:
        self.moved.clear()
        self._effects.clear()
        self._openids.clear()

    def _act(self, settle: Settle | None) -> None:
        acts, self._then = self._then, []
        if settle is not None:
            settle.settle()
        if settle is None or settle.refused is None:
            for act in acts:
                act()
