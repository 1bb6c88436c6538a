"""The step under way in one world of several servers: nobody hears of it before the fleet has its
line, which it takes from the world's owner alone. So whoever has lost a world answers nothing.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from operator import call
from threading import RLock

from tt_emulator.domain.deed import Life, Moved
from tt_emulator.domain.model import Settle
from tt_emulator.domain.store import nothing
from tt_emulator.errors import EmulatorError, StorageError
from tt_emulator.fleet import Away, Fenced, Forgotten
from tt_emulator.storage.effects import OnPlayers
from tt_emulator.storage.shared.fenced_log import FencedLog


class Gate:
    """The `Deed` of one world. `behind` are the players whose packed form lacks something.

    When the fleet refuses a line, `lose` is called if the world is another server's, `rewrite` if
    the fleet has forgotten it, and `undo`, which brings back what the fleet has, if it has no room.
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
        self.refuse: Callable[[], EmulatorError] | None = None
        self.is_lost = False  # to another server, which alone can tell anything
        self.life: Life | None = None
        self.behind: set[str] = set()
        self._lock = lock
        self._log = log
        self._lose = lose
        self._rewrite = rewrite
        self._undo = undo
        self._show = nothing
        self._effects: list[OnPlayers] = []
        self._openids: set[str] = set()
        self._then: list[Callable[[], None]] = []
        self._spoilt = False  # memory has what the fleet refused
        self._away = False  # nobody knows whether the fleet has what is held

    def attach(self, life: Life) -> None:
        """Write that as well."""
        self.life = life
        self._show = life.show

    def begin(self) -> None:
        """Enter the step. Raises `Elsewhere`, `WorldDropped`, `StorageError` if nothing can be
        decided here.
        """
        self._lock.acquire()
        self.depth += 1
        if self.depth == 1 and (self._away or self._spoilt or self.is_lost):
            try:
                self.require_ours()
            except EmulatorError:
                self._leave()
                raise

    def go_on(self) -> None:
        """Enter the next step of what has begun; it never raises."""
        self._lock.acquire()
        self.depth += 1

    def end(self) -> Settle | None:
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
        if self.depth == 1 and self.refuse is None:
            try:
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
        self._openids.update(openids)

    def settle(self) -> None:
        """Have the fleet keep all lines; whoever waits for them learns whether it does."""
        with self._lock:
            unsettled, self.unsettled = self.unsettled, None
            if unsettled is None:
                return
            try:
                self._flush()
            except EmulatorError as error:
                unsettled.refused = error
            else:
                self._show()

    def require_ours(self) -> None:
        """Find out how it is, after something went wrong. Hold the lock."""
        if self.is_lost and self.refuse is not None:
            raise self.refuse()
        if self._spoilt:
            self._bring_back()
        if self._away:
            self._flush()
            self._show()

    def _require_kept(self) -> None:
        unsettled = self.unsettled
        if unsettled is None:
            self._flush()
            return
        unsettled.settle()
        if unsettled.refused is not None:
            raise unsettled.refused

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
            self.settle()
            self._bring_back()
            raise
        self.behind |= self._openids
        self._forget_step()
        if self.unsettled is None:
            self.unsettled = Settle(self.settle)
        return self.unsettled

    def _refuse(self) -> None:
        """Raise why nothing can be written; a call to a dropped world that changes no player is
        answered all the same.
        """
        matters = self.is_lost or self._effects
        self._forget_step()
        if matters and self.refuse is not None:
            raise self.refuse()

    def _flush(self) -> None:
        try:
            self._log.flush()
        except Forgotten:
            self._away = True  # until all of it is there again
            self._rewrite()
        except Fenced:
            self._lose()
            self._refuse()
        except Away:
            self._away = True
            raise
        except StorageError:
            self._log.discard()
            self._bring_back()
            raise
        self._away = False

    def _bring_back(self) -> None:
        """Be what the fleet has."""
        self._spoilt = True
        self._undo()
        self._spoilt = False

    def _forget_step(self) -> None:
        self.moved.clear()
        self._effects, self._openids = [], set()

    def _act(self, settle: Settle | None) -> None:
        acts, self._then = self._then, []
        if settle is not None:
            settle.settle()
        if settle is None or settle.refused is None:
            for act in acts:
                act()
