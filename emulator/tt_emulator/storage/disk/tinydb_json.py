"""Worlds on disk in JSON files that TinyDB reads and a person can: one file a player.

TinyDB's own `JSONStorage` rewrites a file in place, which a crash tears, and TinyDB knows no
threads; so here it meets whole files only, in one thread at a time (see disk_world.py).
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any
from zlib import crc32

import msgspec
import tinydb

from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.domain.brief import NOTHING_SURVEYED, AtRest, Survey
from tt_emulator.domain.record import Pair, Record
from tt_emulator.domain.store import Finding, Rules, WorldStore, closed
from tt_emulator.errors import Elsewhere
from tt_emulator.storage.disk.directory import DataDirectory
from tt_emulator.storage.disk.disk_world import DiskWorld
from tt_emulator.storage.disk.files import replace_file
from tt_emulator.storage.disk.flusher import FLUSH_AFTER_S, Flusher, Late
from tt_emulator.storage.disk.judging import NO_RULES, judge_by
from tt_emulator.storage.disk.player_file import PlayerFile, read, render, to_tables
from tt_emulator.storage.disk.player_files import Loaded


class TinyDBStorage:
    """The `Storage` in a directory. It claims `root`, so that no second server can.

    `sync` lets a write survive a power cut, too, not only the end of the process. `rules` say what
    a stored record of a platform may hold. Raises `StorageError` if the directory cannot be used.
    """

    def __init__(
        self,
        root: Path,
        *,
        sync: bool = False,
        rules: Callable[[str], Rules] | None = None,
        flush_after_s: float = FLUSH_AFTER_S,
    ) -> None:
        self._data_directory = DataDirectory(
            root, sync=sync, judge_of=lambda name: judge_by(rules(name)) if rules else NO_RULES
        )
        self._files = TinyDBFiles(sync=sync)
        self._worlds: dict[str, DiskWorld] = {}
        self._lock = Lock()
        self._closed = False
        self._flusher = Flusher(self._flush, flush_after_s)
        try:
            with self._data_directory.storage_errors():
                for world in self._data_directory.worlds():
                    self._worlds[world] = self._disk_world(world, DEFAULT_PLATFORM)
        except BaseException:
            self.close()
            raise
        self._flusher.wake()

    def worlds(self) -> list[str]:
        """Names of the stored worlds, sorted."""
        with self._lock:
            return sorted(self._worlds)

    def open_world(self, world: str, platform: str = DEFAULT_PLATFORM) -> WorldStore:
        """The world's players; the same object each time. Made for that platform on first use."""
        with self._lock:
            if world not in self._worlds:
                if self._closed:
                    raise closed()
                self._worlds[world] = self._disk_world(world, platform)
            return self._worlds[world]

    def before_opening(self, world: str) -> None:
        """There are no others."""

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

    def when_lost(self, tell: Callable[[str], object]) -> None:
        """Nobody else has any: the directory is locked."""

    def survey(self) -> Survey:
        """None, as above: whoever wants to tell of a world opens it."""
        return NOTHING_SURVEYED

    def drop_at_rest(self, world: AtRest) -> bool:
        """As above."""
        return False

    def lost(self, elsewhere: Elsewhere) -> None:
        """As above."""

    def settle(self) -> None:
        """Flush the logs that were written to, if they are to survive a power cut."""
        if self._data_directory.sync:
            for store in list(self._worlds.values()):
                if store.unsettled is not None:
                    store.unsettled.settle()

    def set_aside(self) -> list[Finding]:
        """What this process did not take as true and keeps aside, oldest first."""
        return self._data_directory.quarantine.quarantined.all()

    def edited(self) -> list[Finding]:
        """What was changed outside, as far as this process has seen it, oldest first."""
        return self._data_directory.quarantine.edited.all()

    def trouble(self) -> str | None:
        """That the directory is not ours any more, if so."""
        return self._data_directory.trouble()

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
        self._data_directory.release()

    def _disk_world(self, world: str, platform: str) -> DiskWorld:
        return DiskWorld(world, platform, self._data_directory, self._files, self._flusher.wake)

    def _flush(self, late: Late) -> bool:
        with self._lock:
            stores = list(self._worlds.values())
        done = [store.flush(late) for store in stores]
        self._data_directory.sweep()
        return all(done)


class TinyDBFiles:
    """Players' files, through TinyDB."""

    def __init__(self, *, sync: bool) -> None:
        self._sync = sync

    def load(self, path: Path) -> Loaded:
        """What the file holds; raises `Damaged`."""
        whole = WholeFile(path)
        with tinydb.TinyDB(storage=lambda: whole) as database:
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
        forgotten = player.get("forgotten", False)
        return Loaded(
            PlayerFile(player["openid"], player.get("seq", 0), record, forgotten), whole.crc
        )

    def save(self, path: Path, player_file: PlayerFile) -> int:
        """Replace the file whole; the CRC-32 of its bytes."""
        whole = WholeFile(path, sync=self._sync)
        with tinydb.TinyDB(storage=lambda: whole) as database:
            database.storage.write(to_tables(player_file))
        return whole.crc


class WholeFile(tinydb.Storage):
    """TinyDB's seam to the disk: a file is read whole and replaced whole.

    `crc` is the CRC-32 of the bytes that were last read or written.
    """

    def __init__(self, path: Path, *, sync: bool = False) -> None:
        self.crc = 0
        self._path = path
        self._sync = sync

    def read(self) -> dict[str, dict[str, Any]]:
        """The tables of the file; raises `Damaged`."""
        data = self._path.read_bytes()
        self.crc = crc32(data)
        read(data)
        return msgspec.json.decode(data, type=dict[str, dict[str, Any]])

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Put the tables in place of the file."""
        text = render(data)
        replace_file(self._path, text, sync=self._sync)
        self.crc = crc32(text)
