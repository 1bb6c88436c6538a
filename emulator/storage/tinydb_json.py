"""Worlds on disk in JSON files that TinyDB reads and a person can: one file a player.

TinyDB's own `JSONStorage` rewrites a file in place, which a crash tears, and TinyDB knows no
threads; so here it meets whole files only, in one thread at a time (see disk_world.py).
"""

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec
import tinydb

from emulator.storage.base import Pair, Record, WorldStore, closed
from emulator.storage.directory import DataDirectory
from emulator.storage.disk_world import DiskWorld
from emulator.storage.files import replace_file
from emulator.storage.flusher import FLUSH_AFTER_S, Flusher, Late
from emulator.storage.image import Image, check, render, to_tables


class TinyDBStorage:
    """The `Storage` in a directory. It claims `root`, so that no second server can.

    `sync` lets a write survive a power cut, too, not only the end of the process. Raises
    `StorageError` if the directory cannot be used.
    """

    def __init__(
        self, root: Path, *, sync: bool = False, flush_after_s: float = FLUSH_AFTER_S
    ) -> None:
        self._ground = DataDirectory(root, sync=sync)
        self._files = TinyDBFiles(sync=sync)
        self._worlds: dict[str, DiskWorld] = {}
        self._lock = Lock()
        self._closed = False
        self._flusher = Flusher(self._flush, flush_after_s)
        try:
            with self._ground.explained():
                for world in self._ground.worlds():
                    self._worlds[world] = self._disk_world(world)
        except BaseException:
            self.close()
            raise
        if any(store.has_long_log for store in self._worlds.values()):
            self.flush()  # or a server that is killed early again and again has ever more to redo
        self._flusher.wake()

    def worlds(self) -> list[str]:
        """Names of the stored worlds, sorted."""
        with self._lock:
            return sorted(self._worlds)

    def open_world(self, world: str) -> WorldStore:
        """The world's players; the same object each time. Made on first use."""
        with self._lock:
            if world not in self._worlds:
                if self._closed:
                    raise closed()
                self._worlds[world] = self._disk_world(world)
            return self._worlds[world]

    def drop_world(self, world: str) -> None:
        """Forget a world and its players; raises `StorageError` if it has to stay."""
        store = self._worlds.get(world)
        if store is None:
            return
        # In this order, as somebody who holds a world's lock may open another world.
        with store.lock, self._lock:
            if self._worlds.get(world) is store:
                store.drop()
                del self._worlds[world]
        self._flusher.wake()

    def set_aside(self) -> list[str]:
        """Damaged files that this process moved or copied out of the way, oldest first."""
        return list(self._ground.aside)

    def flush(self) -> None:
        """Bring all players' files up to date now. Never call it with a world's lock held."""
        self._flusher.flush()

    def close(self) -> None:
        """Bring the files up to date, for two seconds at most, and release the directory."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        self._flusher.close()
        for store in self._worlds.values():
            store.close()
        self._ground.release()

    def _disk_world(self, world: str) -> DiskWorld:
        return DiskWorld(world, self._ground, self._files, self._flusher.wake)

    def _flush(self, late: Late) -> bool:
        with self._lock:
            stores = list(self._worlds.values())
        done = [store.flush(late) for store in stores]
        self._ground.sweep()
        return all(done)


class TinyDBFiles:
    """Players' files, through TinyDB."""

    def __init__(self, *, sync: bool) -> None:
        self._sync = sync

    def load(self, path: Path) -> Image:
        """What the file holds; raises `ValueError` or `RecursionError` if it is damaged."""
        with tinydb.TinyDB(path, storage=WholeFile) as database:
            (player,) = database.table("player").all()
            pairs = {
                document["key"]: Pair(
                    document["value"],
                    document.get("at_ms", 0),
                    document.get("group"),
                    document.get("order", 0),
                )
                for document in database.table("kv")
            }
        record = Record(pairs, player.get("profile", {}))
        return Image(player["openid"], player.get("seq", 0), record)

    def save(self, path: Path, image: Image) -> None:
        """Replace the file whole."""
        with tinydb.TinyDB(path, storage=WholeFile, sync=self._sync) as database:
            database.storage.write(to_tables(image))


class WholeFile(tinydb.Storage):
    """TinyDB's seam to the disk: a file is read whole and replaced whole."""

    def __init__(self, path: Path, *, sync: bool = False) -> None:
        self._path = path
        self._sync = sync

    def read(self) -> dict[str, dict[str, Any]]:
        """The tables of the file; raises `ValueError` or `RecursionError` if it is damaged."""
        data = self._path.read_bytes()
        check(data)
        return msgspec.json.decode(data, type=dict[str, dict[str, Any]])

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Put the tables in place of the file."""
        replace_file(self._path, render(data), sync=self._sync)
