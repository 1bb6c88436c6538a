"""Files that games keep for their players, which the fleet keeps: of each player an index, and
contents under names of their own, so that what the index names is always whole.
"""

from collections.abc import Iterable, Mapping
from threading import RLock
from uuid import uuid4

from msgspec import Struct, json

from tt_emulator.domain.user_files import Entry
from tt_emulator.fleet import Fleet
from tt_emulator.storage.shared.blobs import Fenced, FleetBlobs
from tt_emulator.storage.shared.fenced_log import FencedLog

INDEXES, CONTENTS = "files", "contents"


class _Kept(Struct, frozen=True, omit_defaults=True):
    """An entry, and under what its content stands."""

    entry: Entry
    name: str = ""


_Index = dict[str, _Kept]
_index = json.Decoder(_Index).decode


class FleetFiles:
    """The `UserFiles` of a world that this server owns; `fenced` as of `FleetBlobs`."""

    def __init__(self, fleet: Fleet, log: FencedLog, fenced: Fenced) -> None:
        self.forgotten = 0
        self._indexes = FleetBlobs(fleet, log, INDEXES, fenced)
        self._contents = FleetBlobs(fleet, log, CONTENTS, fenced)
        self._lock = RLock()
        self._read: dict[str, _Index] = {}
        self._is_dropped = False

    def entries(self, openid: str) -> Mapping[str, Entry]:
        """What the player has, by path."""
        with self._lock:
            return {path: kept.entry for path, kept in self._of(openid).items()}

    def read(self, openid: str, path: str) -> bytes | None:
        """What is in the file, or `None`."""
        with self._lock:
            kept = self._of(openid).get(path)
        return self._contents.get(kept.name) if kept is not None and kept.name else None

    def write(
        self, openid: str, path: str, data: bytes, modified_ms: int, *, saved: bool = False
    ) -> None:
        """Put the file there."""
        with self._lock:
            name = uuid4().hex
            self._contents.put(name, data)
            kept = _Kept(Entry(modified_ms, len(data), saved), name)
            self._store(openid, self._of(openid) | {path: kept})

    def make_folders(self, openid: str, paths: Iterable[str], modified_ms: int) -> None:
        """Make these folders."""
        with self._lock:
            made = {path: _Kept(Entry(modified_ms)) for path in paths}
            self._store(openid, self._of(openid) | made)

    def remove(self, openid: str, paths: Iterable[str]) -> None:
        """Remove these files and folders."""
        gone = set(paths)
        with self._lock:
            files = self._of(openid)
            self._store(openid, {path: files[path] for path in files if path not in gone})

    def move(self, openid: str, paths: Mapping[str, str]) -> None:
        """Give these files and folders other paths."""
        with self._lock:
            files = self._of(openid)
            stay = {path: files[path] for path in files if path not in paths}
            self._store(openid, stay | {new: files[old] for old, new in paths.items()})

    def forget(self, openid: str) -> None:
        """The player has none any more."""
        with self._lock:
            self.forgotten += bool(self._of(openid))
            self._store(openid, {})

    def clear(self) -> None:
        """Nobody has any more."""
        with self._lock:
            self.forgotten += len(self._indexes.names())
            self._indexes.clear()
            self._contents.clear()
            self._read.clear()

    def forget_read(self) -> None:
        """What the fleet has of them may be less than it was."""
        with self._lock:
            self.forgotten += 1
            self._read.clear()

    def drop(self) -> None:
        """The world is gone."""
        with self._lock:
            self.forgotten += 1
            self._is_dropped = True

    def _of(self, openid: str) -> _Index:
        if self._is_dropped:
            return {}
        if openid not in self._read:
            text = self._indexes.get(openid)
            self._read[openid] = {} if text is None else _index(text)
        return self._read[openid]

    def _store(self, openid: str, files: _Index) -> None:
        before = {kept.name for kept in self._of(openid).values() if kept.name}
        if files:
            self._indexes.put(openid, json.encode(files))
        else:
            self._indexes.delete(openid)
        self._read[openid] = files
        for name in before - {kept.name for kept in files.values()}:
            self._contents.delete(name)
