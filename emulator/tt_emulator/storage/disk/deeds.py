"""The step under way in one world: one line of its log, or none of what it did.

The step works on memory, and its line follows at its end. If the disk refuses the line, the world
is what its log says, played again. A call that changed no player is answered all the same: what is
to be written of it waits here for the next line that the disk takes.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from operator import call
from threading import RLock

from msgspec import Raw

from tt_emulator.domain.deed import Batch, Life, Moved
from tt_emulator.domain.model import Settle
from tt_emulator.domain.store import nothing
from tt_emulator.errors import EmulatorError, StorageError
from tt_emulator.language.logs import logger
from tt_emulator.storage.disk.log import End, Log
from tt_emulator.storage.effects import EverybodyForgotten, OnPlayers, encode

EVERYBODY = "\n"
"""Stands for all players: no openid has a control character, nor is it the world's own name."""

MAX_WAITING = 1000
MAX_WAITING_BYTES = 4_000_000
"""Effects whose line the disk refused, and that wait for the next one."""

MAX_BATCHED_BYTES = 64_000
"""Effects that are written with those of the next call: so long a line costs little more than two,
and a disk that refuses it leaves no more waiting than there may be.
"""

_AGAIN = "Start the server again."

log = logger(__name__)


class Deeds:
    """The `Deed` of one world, and of its lines those that are not durable yet: `unsettled`.

    It is in `depth` deeds, each within the other. `undo(openids)` brings back, from files and log,
    these players and all else; it raises `StorageError` while it cannot. `mark(openids, seq)` is
    called when that line is on them, and `wake()` when the log has grown long.
    """

    def __init__(
        self,
        lock: RLock,
        log: Log,
        undo: Callable[[set[str], list[bytes]], None],
        mark: Callable[[list[str], int], None],
        wake: Callable[[], None],
        *,
        sync: bool,
    ) -> None:
        self.moved: Moved = {}
        self.depth = 0
        self.unsettled: Settle | None = None
        self.refuse: Callable[[], EmulatorError] | None = None
        self.life: Life | None = None
        self._lock = lock
        self._log = log
        self._undo = undo
        self._mark = mark
        self._wake = wake
        self._sync = sync
        self._show = nothing
        self._effects: list[OnPlayers] = []
        self._openids: list[str] = []
        self._then: list[Callable[[], None]] = []
        self._unsettled_openids: set[str] = set()
        self._settled_end = log.end
        self.waiting: list[bytes] = []  # effects, as JSON
        self._batched_bytes = 0  # of them, if they are those of calls whose answers wait as well
        self._held_waiting: list[bytes] = []  # those in lines that the disk may not keep
        self._due: set[str] | None = None  # whose changes are to be undone, and all else
        self._why: StorageError | None = None  # that could not be done yet

    def attach(self, life: Life) -> None:
        """Write that as well."""
        self.life = life
        self._show = life.show

    def begin(self) -> None:
        """Enter the step. Whatever could not be undone yet is undone first; raises if it cannot."""
        self._lock.acquire()
        self.depth += 1
        if self._due is not None and self.depth == 1:
            try:
                self.require_whole()
            except StorageError:
                self._leave()
                raise

    def go_on(self) -> None:
        """Enter the next step of what has begun; it never raises."""
        self._lock.acquire()
        self.depth += 1

    def end(self, batch: Batch | None = None, *, can_wait: bool = True) -> Settle | None:
        """Leave the step; raises `StorageError` if its line was refused. That of a call `can_wait`,
        if it changed no player.
        """
        settle = None
        try:
            if self.depth == 1:
                if self._effects or (self.moved and (batch is None or not self._joins(batch))):
                    settle = self._write(can_wait)
                if self._then:
                    self._act(settle)
        finally:
            self._leave()
        return settle

    def _end(self, *, can_wait: bool) -> None:
        settle = self.end(can_wait=can_wait)
        if settle is not None:
            settle.settle()
            if settle.refused is not None:
                raise settle.refused

    def __enter__(self) -> None:
        self.begin()
        if self._batched_bytes and self.depth == 1:  # what is looked at is written
            self._write_batch()

    def __exit__(self, *_: object) -> None:
        self._end(can_wait=False)

    @property
    @contextmanager
    def of_call(self) -> Iterator[None]:
        """The step of a call that is not one of the engine's."""
        self.begin()
        try:
            yield
        finally:
            self._end(can_wait=True)

    def then(self, act: Callable[[], None]) -> None:
        """Act once the step is written."""
        self._then.append(act)

    def add(self, effect: OnPlayers, openids: Iterable[str]) -> None:
        """The step has this effect on these players, now. Raises if nothing can be stored."""
        if self.refuse is not None:
            raise self.refuse()
        self._effects.append(effect)
        self._openids += openids

    def require_whole(self) -> None:
        """Undo what is to be undone; raise if it cannot be. Hold the lock."""
        if not self.is_whole() and self._why is not None:
            raise self._why

    def is_whole(self) -> bool:
        """Whether nothing is left to be undone, now. Hold the lock."""
        if self._due is not None:
            self._undo_now()
        return self._due is None

    def settle(self) -> None:
        """Have the disk keep all lines; whoever waits for them learns whether it does."""
        with self._lock:
            self._write_batch()
            unsettled, self.unsettled = self.unsettled, None
            if unsettled is None:
                return
            openids, self._unsettled_openids = self._unsettled_openids, set()
            waited, self._held_waiting = self._held_waiting, []
            try:
                self._log.flush(self._settled_end)
            except StorageError as error:
                unsettled.refused = error
                self.waiting = [*waited, *self.waiting]
                self._refused(openids)
            else:
                self._show()

    def _joins(self, batch: Batch) -> bool:
        """Have the next line, or that of the batch, say what the step moved, if it can wait for it;
        whether it can.
        """
        if self.waiting and not 0 < self._batched_bytes < MAX_BATCHED_BYTES:
            return False
        if self._then or self.refuse is not None or self._why is not None:
            return False
        if self._sync and self._is_to_last():
            return False
        try:
            effects = [encode(effect()) for effect in self.moved.values()]
        except Exception:  # what is wrong with it is told where it is written alone
            return False
        if not self._batched_bytes:
            batch.write_first(self._write_batch)
        self._batched_bytes += sum(map(len, effects))
        self.waiting += effects
        self.moved.clear()
        return True

    def _write_batch(self) -> None:
        """What the disk refuses waits for the next line."""
        with self._lock:
            if not self._batched_bytes:
                return
            self._batched_bytes = 0
            try:
                if self._why is None:
                    self._append([], None)
            except StorageError:
                pass
            except Exception:  # all answers of the turn wait for this
                log.exception("What calls did could not be written yet")
            if self._log.size > self._log.long_at_bytes:
                self._wake()
            if not (self.moved or self._effects):  # else the step under way shows it
                self._show()

    def _leave(self) -> None:
        self.depth -= 1
        self._lock.release()

    def _write(self, can_wait: bool) -> Settle | None:  # each call comes by here
        moved, ours = self.moved, self._log
        effects: list[object] = []
        end = None
        try:
            end = self._end_before() if self._sync else None
            if self.refuse is not None or self._why is not None:
                self._require_open()
            effects = [*self._effects, *map(call, moved.values())]
            if end is None and not self.waiting:
                ours.append(effects)
            else:
                self._append(effects, end)
        except BaseException as error:
            if can_wait and isinstance(error, EmulatorError) and self._keep(effects):
                return self.unsettled
            self._refused(self._touched())
            raise
        moved.clear()
        settle = None if end is None else self._to_settle(end)
        if self._effects:
            self._mark(self._openids, ours.seq)
            self._effects, self._openids = [], []
        if ours.size > ours.long_at_bytes:
            self._wake()
        if settle is None:
            self._show()
        return settle

    def _end_before(self) -> End | None:
        """Where the log ends before the line, if that waits for the disk; no batch does."""
        if not self._is_to_last():
            return None
        self._write_batch()
        return self._log.end

    def _append(self, effects: list[object], end: End | None) -> None:
        line = [*map(Raw, self.waiting), *effects] if self.waiting else effects
        held = end is not None and (bool(self._effects) or self._log.holds)
        if held:  # whatever is refused with it is refused
            self._log.hold(line)
        else:
            self._log.append(line)
        if self.waiting:
            self._held_waiting += [] if end is None else self.waiting
            self.waiting, self._batched_bytes = [], 0

    def _require_open(self) -> None:
        if self.refuse is not None:
            raise self.refuse()
        if self._why is not None:  # the step began before that, and has gone on regardless
            raise self._why

    def _is_to_last(self) -> bool:
        """Whether nobody may hear of it before the disk has it: it is more than an exchange, or
        follows what is.
        """
        if self._effects or self.unsettled is not None:
            return True
        return any(type(key) is not int for key in self.moved)

    def _to_settle(self, end: End) -> Settle:
        """What waits for the disk to have the line, before which the log ended there."""
        if self.unsettled is None:
            self.unsettled, self._settled_end = Settle(self.settle), end
        self._unsettled_openids |= self._touched()
        return self.unsettled

    def _keep(self, effects: list[object]) -> bool:
        """Keep them for the next line, if there will be one; whether that can be."""
        if self._effects or self._due is not None:
            return False
        waiting = [*self.waiting, *map(encode, effects)]
        if len(waiting) > MAX_WAITING or sum(map(len, waiting)) > MAX_WAITING_BYTES:
            return False
        if self.refuse is None:
            self.waiting = waiting
        self.moved.clear()
        if self.unsettled is None:
            self._show()
        return True

    def _act(self, settle: Settle | None) -> None:
        acts, self._then = self._then, []
        if settle is not None:
            settle.settle()
        if settle is None or settle.refused is None:
            for act in acts:
                act()

    def _touched(self) -> set[str]:
        """On whom the step had an effect; `EVERYBODY` if it had one on all."""
        everybody = EverybodyForgotten in map(type, self._effects)
        return {EVERYBODY} if everybody else set(self._openids)

    def _refused(self, openids: set[str]) -> None:
        self.moved.clear()
        self._effects, self._openids, self._then = [], [], []
        if self.refuse is not None:
            return
        self._due = openids if self._due is None else self._due | openids
        self._undo_now()

    def _undo_now(self) -> None:
        due, self._due, self._why = self._due, None, None
        try:
            self._undo(due or set(), self.waiting)
        except StorageError as error:
            self._due, self._why = due, error
        except Exception as error:
            log.exception("What a refused write left could not be undone")
            self._due = due
            self._why = StorageError(f"The world could not be brought back: {error!r}.", _AGAIN)
