"""Worlds in memory: gone with the process."""

from collections.abc import Iterable, Iterator
from threading import RLock

from emulator.storage.base import Change, Record, Shelf, WorldStore, apply, dropped
from emulator.storage.shelf import MemoryShelf


class MemoryStorage:
    """The `Storage` of `--ephemeral`."""

    def __init__(self) -> None:
        self._worlds: dict[str, MemoryWorld] = {}
        self._lock = RLock()

    def worlds(self) -> list[str]:
        """Names of the worlds, sorted."""
        with self._lock:
            return sorted(self._worlds)

    def open_world(self, world: str) -> WorldStore:
        """The world's players; the same object each time."""
        with self._lock:
            if world not in self._worlds:
                self._worlds[world] = MemoryWorld(world)
            return self._worlds[world]

    def drop_world(self, world: str) -> None:
        """Forget a world and its players."""
        with self._lock:
            store = self._worlds.pop(world, None)
        if store is not None:
            store.drop()

    def set_aside(self) -> list[str]:
        """Nothing: there are no files."""
        return []

    def close(self) -> None:
        """Nothing is pending."""


class MemoryWorld:
    """The `WorldStore` of `MemoryStorage`."""

    def __init__(self, world: str) -> None:
        self.lock = RLock()
        self.snapshots: Shelf = MemoryShelf()
        self.writes = 0
        self._world = world
        self._records: dict[str, Record] = {}
        self._dropped = False

    def get(self, openid: str) -> Record | None:
        """The player's record, or `None`."""
        return self._records.get(openid)

    def openids(self) -> list[str]:
        """Every stored player, sorted."""
        with self.lock:
            return sorted(self._records)

    def items(self) -> Iterator[tuple[str, Record]]:
        """Every stored player with their record."""
        return iter(self._records.items())

    def commit(self, openid: str, change: Change) -> None:
        """Apply the change; raises `StorageError` once the world was dropped."""
        with self.lock:
            self._count()
            record = self._records.get(openid)
            if record is None:
                record = self._records[openid] = Record()
            apply(change, record)

    def delete(self, openid: str) -> None:
        """Forget one player."""
        with self.lock:
            self._records.pop(openid, None)

    def clear(self) -> None:
        """Forget every player."""
        with self.lock:
            self._records.clear()

    def replace(self, players: Iterable[tuple[str, Record]]) -> None:
        """Put these players in the place of all; raises `StorageError` once it was dropped."""
        records = dict(players)
        with self.lock:
            self._count()
            self._records = records
            pairs = (pair for record in records.values() for pair in record.pairs.values())
            self.writes = max(self.writes, max((pair.order for pair in pairs), default=0))

    def drop(self) -> None:
        """Forget every player and take no more."""
        with self.lock:
            self._dropped = True
            self._records.clear()

    def _count(self) -> None:
        if self._dropped:
            raise dropped(self._world)
        self.writes += 1
