"""Worlds in memory: gone with the process."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from threading import RLock
from typing import Any

from msgspec.msgpack import Decoder, encode

from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.domain.brief import NOTHING_SURVEYED, AtRest, Survey
from tt_emulator.domain.clock import Clock
from tt_emulator.domain.deed import Batch, Life, Unwritten
from tt_emulator.domain.record import Change, Record, apply
from tt_emulator.domain.store import EMPTY, Blobs, Finding, WorldStore, dropped, nothing
from tt_emulator.domain.user_files import UserFiles
from tt_emulator.errors import Elsewhere
from tt_emulator.storage.blobs import MemoryBlobs, Room
from tt_emulator.storage.memory_files import MemoryFiles, room_for_files


class MemoryStorage:
    """The `Storage` of `--ephemeral`."""

    def __init__(self) -> None:
        self._worlds: dict[str, MemoryWorld] = {}
        self._room = Room()
        self._files_room = room_for_files()
        self._lock = RLock()

    def worlds(self) -> list[str]:
        """Names of the worlds, sorted."""
        with self._lock:
            return sorted(self._worlds)

    def open_world(self, world: str, platform: str = DEFAULT_PLATFORM) -> WorldStore:
        """The world's players; the same object each time. Made for that platform."""
        with self._lock:
            if world not in self._worlds:
                self._worlds[world] = MemoryWorld(world, platform, self._room, self._files_room)
            return self._worlds[world]

    def before_opening(self, world: str) -> None:
        """There are no others."""

    def drop_world(self, world: str) -> None:
        """Forget a world and its players."""
        with self._lock:
            store = self._worlds.pop(world, None)
        if store is not None:
            store.drop()

    def when_lost(self, tell: Callable[[str], object]) -> None:
        """Nobody else has any."""

    def survey(self) -> Survey:
        """None, as above: whoever wants to tell of a world opens it."""
        return NOTHING_SURVEYED

    def drop_at_rest(self, world: AtRest) -> bool:
        """As above."""
        return False

    def lost(self, elsewhere: Elsewhere) -> None:
        """As above."""

    def settle(self) -> None:
        """It is as durable as it gets."""

    def set_aside(self) -> list[Finding]:
        """Nothing: there are no files."""
        return []

    def edited(self) -> list[Finding]:
        """Nothing, as above."""
        return []

    def trouble(self) -> str | None:
        """None, ever."""
        return None

    def close(self) -> None:
        """Nothing is pending."""


_decode = Decoder(Record).decode


class _Step(Unwritten):
    """A step that nothing comes between."""

    def __init__(self, lock: AbstractContextManager[object]) -> None:
        super().__init__()
        self._lock = lock

    def __enter__(self) -> None:
        self._lock.__enter__()

    def __exit__(self, *error: Any) -> None:
        self._lock.__exit__(*error)


class MemoryWorld:
    """The `WorldStore` of `MemoryStorage`.

    Who came by `replace` stays packed until their first use: of a million players hardly any is
    ever looked at by name, and a packed one takes a fifth of the memory.
    """

    def __init__(self, world: str, platform: str, room: Room, files_room: Room) -> None:
        self.platform = platform
        self.lock = RLock()
        self.deed = _Step(self.lock)
        self.begin: Callable[[], object] = self.lock.acquire
        self.go_on = self.begin
        self._snapshots = MemoryBlobs(room, self._check)
        self._scenarios = MemoryBlobs(room, self._check)
        self.snapshots: Blobs = self._snapshots
        self.scenarios: Blobs = self._scenarios
        self.files: UserFiles = MemoryFiles(files_room, self._check)
        self.writes = 0
        self._world = world
        self._meta = Record()
        self._records: dict[str, Record] = {}
        self._packed: dict[str, bytes] = {}
        self._dropped = False

    @property
    def used_at_ms(self) -> None:
        """Unknown: it is not stored."""

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever stored here."""
        return not self.writes

    @property
    def has_set_aside(self) -> bool:
        """Nothing: there are no files."""
        return False

    def end(self, batch: Batch | None = None) -> None:
        """Leave the step."""
        self.lock.release()

    def clock_over(self, clock: Clock) -> Clock:
        """The computer's."""
        return clock

    def attach(self, life: Life) -> None:
        """It is in memory, too."""

    def meta(self) -> Mapping[str, Any]:
        """What is stored of the world itself."""
        return self._meta.profile

    def set_meta(self, fields: Mapping[str, Any]) -> None:
        """Lay the fields over it; raises `WorldDropped` once it was."""
        with self.lock:
            self._count()
            apply(Change(profile=fields), self._meta)

    def get(self, openid: str) -> Record | None:
        """The player's record, or `None`."""
        record = self._records.get(openid)
        return self._unpack(openid) if record is None else record

    def openids(self) -> list[str]:
        """Every stored player, sorted."""
        with self.lock:
            return sorted([*self._records, *self._packed])

    def player_count(self) -> int:
        """How many they are."""
        with self.lock:
            return len(self._records) + len(self._packed)

    def items(self) -> Iterator[tuple[str, Record]]:
        """Every stored player with their record; one that was packed stays so."""
        yield from self._records.items()
        for openid, packed in self._packed.items():
            yield openid, _decode(packed)

    def commit(self, openid: str, change: Change) -> None:
        """Apply the change; raises `WorldDropped` once it was."""
        with self.lock:
            self._count()
            record = self.get(openid)
            if record is None:
                record = self._records[openid] = Record()
            apply(change, record)

    def delete(self, openid: str) -> None:
        """Forget one player."""
        with self.lock:
            self._records.pop(openid, None)
            self._packed.pop(openid, None)
            self.files.forget(openid)

    def clear(self) -> None:
        """Forget every player, and what is stored of the world itself."""
        with self.lock:
            self._meta = Record()
            self._records.clear()
            self._packed.clear()
            self.files.clear()

    def replace(
        self,
        players: Iterable[tuple[str, Record]],
        then: Callable[[], None] = nothing,
        *,
        meta: Mapping[str, Any] = EMPTY,
        keeps_files: bool = False,
    ) -> None:
        """Put these players in the place of all; raises `WorldDropped` once it was."""
        packed, order = {}, 0
        for openid, record in players:
            packed[openid] = encode(record)
            order = max(order, *(pair.order for pair in record.pairs.values()), 0)
        with self.lock:
            self._count()
            self._meta = Record(profile=dict(meta))
            self._records, self._packed = {}, packed
            if not keeps_files:
                self.files.clear()
            self.writes = max(self.writes, order)
            then()

    def drop(self) -> None:
        """Forget everything and take no more."""
        with self.lock:
            self._dropped = True
            self.clear()
        self._snapshots.clear()
        self._scenarios.clear()

    def _unpack(self, openid: str) -> Record | None:
        with self.lock:
            packed = self._packed.pop(openid, None)
            if packed is not None:
                self._records[openid] = _decode(packed)
            return self._records.get(openid)

    def _count(self) -> None:
        if self._dropped:
            raise dropped(self._world)
        self.writes += 1

    def _check(self) -> None:
        if self._dropped:
            raise dropped(self._world)
