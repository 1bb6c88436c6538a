"""A world that this server owns: players in memory, each step in the fleet's log before anybody
hears of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Lock, RLock
from time import time
from typing import Any

from msgspec import Raw

from tt_emulator.domain.clock import Clock, FlooredClock
from tt_emulator.domain.deed import Deed, Effect, Life
from tt_emulator.domain.model import Settle
from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.store import EMPTY, Blobs, dropped, nothing
from tt_emulator.domain.user_files import UserFiles
from tt_emulator.errors import EmulatorError, StorageAway, StorageError
from tt_emulator.fleet import Claim, Fenced, Fleet, Forgotten
from tt_emulator.language.logs import logger
from tt_emulator.storage.blobs import Room
from tt_emulator.storage.effects import Changed, EverybodyForgotten
from tt_emulator.storage.effects import Forgotten as PlayerForgotten
from tt_emulator.storage.memory import MemoryWorld
from tt_emulator.storage.shared.blobs import SCENARIOS, SNAPSHOTS, FleetBlobs
from tt_emulator.storage.shared.fenced_log import FencedLog
from tt_emulator.storage.shared.files import FleetFiles
from tt_emulator.storage.shared.gate import Gate
from tt_emulator.storage.shared.importing import PARTS_SINCE, Imported, Part, in_parts
from tt_emulator.storage.shared.packed import META, field, packed, text_of, unpacked
from tt_emulator.storage.shared.telling import Telling

log = logger(__name__)

LONG_BYTES = 4_000_000
"""So much of a log, and it begins anew: who takes the world over has to read it."""


class SharedWorld:
    """The `WorldStore` of `SharedStorage`. `moved_to` tells why it is this server's no longer,
    which `lost` hears of.
    """

    def __init__(
        self,
        world: str,
        claim: Claim,
        fleet: Fleet,
        *,
        judge: Callable[[bytes], None],
        moved_to: Callable[[str], EmulatorError],
        lost: Callable[["SharedWorld"], None],
    ) -> None:
        self.name = world
        self.platform = claim.platform
        self.used_at_ms = claim.used_at_ms or None
        self.lock = RLock()
        self._fleet = fleet
        self._judge = judge
        self._moved_to = moved_to
        self._lost = lost
        self._log = FencedLog(fleet, world, claim)
        self._gate = Gate(
            self.lock, self._log, lose=self.lose, rewrite=self._rewrite, undo=self._undo
        )
        self.telling = Telling(self.lock, self._gate, self._log)
        self.deed: Deed = self._gate
        self.begin, self.go_on, self.end = self._gate.begin, self._gate.go_on, self._gate.end
        self.snapshots: Blobs = FleetBlobs(fleet, self._log, SNAPSHOTS, self._fenced)
        self.scenarios: Blobs = FleetBlobs(fleet, self._log, SCENARIOS, self._fenced)
        self._files = FleetFiles(fleet, self._log, self._fenced)
        self.files: UserFiles = self._files
        self._checkpointing = Lock()
        self._times_rewritten = 0
        self._parts = 0
        self._players, self._found = self._read()

    @property
    def epoch(self) -> int:
        """The number of this ownership."""
        return self._log.epoch

    @property
    def unsettled(self) -> Settle | None:
        """What waits for the fleet."""
        return self._gate.unsettled

    @property
    def writes(self) -> int:
        """No order of a pair is greater."""
        return max(self._players.writes, self._log.seq)

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever stored here; what an import began and did not end is nothing."""
        return self._log.seq == self._parts

    @property
    def has_set_aside(self) -> bool:
        """Nothing: there are no files."""
        return False

    def clock_over(self, clock: Clock) -> Clock:
        """This computer's, which does not go below what is written."""
        with self.lock:
            self._log.clock = FlooredClock(clock, self._log.clock.floor_ms)
            return self._log.clock

    def attach(self, life: Life) -> None:
        """Write that as well, once it is what it was."""
        with self.lock:
            life.restore(self._found)
            self._found = []
            self._gate.attach(life)
        if self._log.grown_bytes > LONG_BYTES:  # or one owner after the other reads it, and ends
            with suppress(EmulatorError):  # `keep_up` tries again
                self.checkpoint()

    def meta(self) -> Mapping[str, Any]:
        """What is stored of the world itself."""
        return self._players.meta()

    def set_meta(self, fields: Mapping[str, Any]) -> None:
        """Lay the fields over it."""
        with self._gate:
            self._gate.add(Changed(META, profile=fields), (META,))
            self._players.set_meta(fields)

    def get(self, openid: str) -> Record | None:
        """The player's record, or `None`."""
        return self._players.get(openid)

    def openids(self) -> list[str]:
        """Every stored player, sorted."""
        return self._players.openids()

    def player_count(self) -> int:
        """How many they are."""
        return self._players.player_count()

    def items(self) -> Iterator[tuple[str, Record]]:
        """Every stored player with their record."""
        return self._players.items()

    def commit(self, openid: str, change: Change) -> None:
        """Apply the change."""
        with self.lock:
            if not self._gate.depth:
                with self._gate:
                    self.commit(openid, change)
                return
            changed = Changed(openid, change.put, change.remove, change.profile)
            self._gate.add(changed, (openid,))
            self._players.commit(openid, change)

    def delete(self, openid: str) -> None:
        """Forget one player."""
        if self._is_dropped:
            return
        with self._gate:
            self._gate.then(lambda: self.files.forget(openid))
            if self._players.get(openid) is not None:
                self._gate.add(PlayerForgotten(openid), (openid,))
                self._players.delete(openid)

    def clear(self) -> None:
        """Forget every player, and what is stored of the world itself."""
        if self._is_dropped:
            return
        with self._gate:
            self._gate.then(self.files.clear)
            everybody = self._everybody()
            if everybody:
                self._gate.add(EverybodyForgotten(), everybody)
                self._players.clear()

    def replace(
        self,
        players: Iterable[tuple[str, Record]],
        then: Callable[[], None] = nothing,
        *,
        meta: Mapping[str, Any] = EMPTY,
        keeps_files: bool = False,
    ) -> None:
        """Put these players in the place of all, with the last of some lines of the log; with one
        line, where it is short, or a server lives that reads no parts.
        """
        new = list(players)
        named = [*new, (META, Record(profile=dict(meta)))] if meta else new
        changed = [Changed(openid, each.pairs, (), each.profile) for openid, each in named]
        self._check()  # who has left looks at no servers: it would seem to live
        *parts, last = in_parts(changed) if self._fleet.all_read(PARTS_SINCE) else [Raw()]
        with self._checkpointing:  # which would forget the parts
            with self._gate:
                self._check()
                number, times_rewritten = self._log.seq, self._times_rewritten
            for part in parts:
                self._write_alone(Part(number, part))
            with self._gate:
                self._check()
                if self._times_rewritten != times_rewritten:
                    raise self._forgotten()
                if parts:
                    self._move(Imported(number, last))
                else:
                    self._replace_at_once(changed)
                self._gate.behind.update(self._everybody(), (openid for openid, _ in named))
                self._players.replace(new, meta=meta)
                if not keeps_files:
                    self._gate.then(self.files.clear)
                then()

    def _replace_at_once(self, changed: Iterable[Changed]) -> None:
        """As each version reads it."""
        self._gate.add(EverybodyForgotten(), ())
        for each in changed:
            self._gate.add(each, ())

    def _write_alone(self, effect: Effect) -> None:
        """Others come between this line and the next."""
        with self._gate:
            self._check()
            self._move(effect)
        self._parts += 1

    def _move(self, effect: Effect) -> None:
        self._gate.moved[type(effect)] = lambda: effect

    def checkpoint(self) -> None:
        """Have the fleet keep the world whole as of now, and forget what came before. Raises
        `StorageError`, `Elsewhere`.
        """
        with self._checkpointing:
            self._checkpoint()

    def _checkpoint(self) -> None:
        with self._gate:
            self._gate.settle()
            self._check()
            if self._gate.life is None or self._log.holds:
                return
            seq, behind = self._log.seq, self._gate.behind
            players = {field(openid): self._packed(openid) for openid in behind}
            life = text_of([*self._gate.life.whole()])
            self._gate.behind, self._log.grown_bytes = set(), 0
        try:
            with self._fenced():
                self._fleet.checkpoint(self.name, self.epoch, seq, players, life)
        except Exception:
            with self.lock:
                self._gate.behind |= behind
            raise

    def keep_up(self) -> None:
        """What is to be done from time to time: write what could not be written, and have the log
        begin anew where it is long. Raises as `checkpoint`.
        """
        if self._log.holds and self.unsettled is None:  # it was away
            with self._gate:
                pass
        if self._log.grown_bytes > LONG_BYTES and self._checkpointing.acquire(blocking=False):
            try:
                self._checkpoint()
            finally:
                self._checkpointing.release()

    def settle(self) -> None:
        """Have the fleet keep all until now; who waits for it learns whether it does."""
        if self._gate.is_open:
            self._gate.settle()

    def restore_forgotten(self) -> None:
        """Write all of it again: the fleet has forgotten it. Raises `StorageError`, `Elsewhere`."""
        with self.lock:
            self._gate.finish()
            if self._gate.refuse is None:
                self._rewrite()

    def lose(self) -> None:
        """Another server has the world now: nothing that waits here is answered."""
        with self.lock:
            if self._gate.is_lost:
                return
            self._log.discard()
            self._gate.refuse, self._gate.is_lost = lambda: self._moved_to(self.name), True
            self._lost(self)

    def release(self) -> None:
        """Give the world away, whole. Raises `StorageError`."""
        self.checkpoint()
        with self.lock:
            self._gate.settle()
            with self._fenced():
                self._fleet.release(self.name, self.telling.news(int(time() * 1000)))
            self.lose()

    def drop(self) -> None:
        """Forget everything and take no more. Raises `StorageError`, `Elsewhere`."""
        with self.lock:
            self._gate.settle()
            with self._fenced():
                self._fleet.drop(self.name, self.epoch)
            self._log.discard()
            self._gate.refuse = lambda: dropped(self.name)
            self._players.drop()
            self._files.drop()

    @contextmanager
    def _fenced(self) -> Iterator[None]:
        """Raise if the world is not this server's; what the fleet refuses is told to people."""
        self._check()
        try:
            yield
        except Fenced:
            self.lose()
            self._check()
        except Forgotten as error:
            raise self._forgotten() from error

    def _forgotten(self) -> StorageAway:
        return StorageAway(
            f"The world {self.name!r} was not in Redis any more, and is about to be written again.",
            "Try again in a second.",
        )

    @property
    def _is_dropped(self) -> bool:
        return self._gate.refuse is not None and not self._gate.is_lost

    def _check(self) -> None:
        if self._gate.refuse is not None:
            raise self._gate.refuse()

    def _everybody(self) -> list[str]:
        """Of whom something is stored, the world itself among them."""
        return [*self._players.openids(), *([META] if self._players.meta() else ())]

    def _packed(self, openid: str) -> bytes | None:
        if openid == META:
            return packed(self._log.seq, Record(profile=dict(self._players.meta())))
        return packed(self._log.seq, self._players.get(openid))

    def _read(self) -> tuple[MemoryWorld, list[bytes]]:
        """The players, and effects from which the world's life comes again."""
        stored = self._fleet.read(self.name)
        self._log.grown_bytes = sum(len(text) for _, text in stored.lines)
        try:
            found = unpacked(stored)
            for effect in found.life:
                self._judge(effect)
        except ValueError as error:
            raise StorageError(
                f"The world {self.name!r} cannot be read from Redis: {error}.",
                "Another version may have written it: start that one, or drop the world.",
            ) from error
        players = MemoryWorld(self.name, self.platform, Room(), Room())
        players.replace(found.players.items(), meta=found.meta)
        players.writes = found.order
        self._gate.behind, self._parts = found.behind, found.parts
        return players, found.life

    def _undo(self) -> None:
        self._players, life = self._read()
        if self._gate.life is not None:
            self._gate.life.restore(life)

    def _rewrite(self) -> None:
        life = None if self._gate.life is None else text_of([*self._gate.life.whole()])
        players = {field(each): self._packed(each) or b"" for each in self._everybody()}
        with self._fenced():
            self._fleet.rewrite(self.name, self._log.claim(self.platform), players, life)
        self._files.forget_read()
        self.telling.forget()
        self._log.have()
        self._times_rewritten += 1
        log.warning("The world %r was not in Redis any more, and is written there again", self.name)
