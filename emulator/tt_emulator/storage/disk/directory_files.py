"""Files of players, on disk: of each player a directory with what is in the files, each under a
name of ours, and an index that says which file of the game it is.

The index is replaced whole, after new contents are there and before old ones go: at any instant the
directory holds the state before a write or that after it. The first index, of nothing, is there
before any content: what an index does not name is what a crash left, and contents without an index
are damage.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from uuid import uuid4
from zlib import crc32

from msgspec import Struct, field
from msgspec.json import decode, encode

from tt_emulator.domain.user_files import Entry
from tt_emulator.storage.disk.checksum import sealed, unsealed
from tt_emulator.storage.disk.damage import UNREADABLE, Damage, Damaged, damage_of
from tt_emulator.storage.disk.directory import DataDirectory
from tt_emulator.storage.disk.files import (
    make_directory,
    remove_file,
    replace_file,
    sync_directory,
    write_new_file,
)
from tt_emulator.storage.disk.names import JSON_SUFFIX, player_filename

INDEX = "index.json"
CONTENT = ".content"


class Kept(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An entry, and for a file the name of what is in it and its check sum."""

    entry: Entry
    content: str = ""
    crc32: int = 0


class Index(Struct, forbid_unknown_fields=True):
    """All that a player has, by path."""

    openid: str
    files: dict[str, Kept] = field(default_factory=dict)


class DirectoryFiles:
    """The `UserFiles` of a world on disk. `check` and `writing` as those of `DirectoryBlobs`."""

    def __init__(
        self,
        directory: Path,
        data_directory: DataDirectory,
        check: Callable[[], None],
        writing: Lock,
    ) -> None:
        self._directory = directory
        self._data_directory = data_directory
        self._check = check
        self._writing = writing
        self.forgotten = 0
        self._players: dict[str, Index] = {}
        self._is_dropped = False

    def drop(self) -> None:
        """The world is gone, and its directory: nobody has any file here."""
        self._is_dropped = True
        self._players.clear()

    def entries(self, openid: str) -> Mapping[str, Entry]:
        """What the player has, by path."""
        with self._writing, self._data_directory.storage_errors():
            return {path: kept.entry for path, kept in self._index(openid).files.items()}

    def read(self, openid: str, path: str) -> bytes | None:
        """What is in the file, or `None`; one that was damaged meanwhile is quarantined."""
        with self._writing, self._data_directory.storage_errors():
            index = self._index(openid)
            kept = index.files.get(path)
            if kept is None or kept.entry.is_folder:
                return None
            place = self._home(openid) / kept.content
            try:
                data = place.read_bytes()
                if crc32(data) == kept.crc32:
                    return data
                self._data_directory.quarantine.move(place, Damage(None, _ANOTHER))
            except FileNotFoundError:
                self._data_directory.quarantine.leave(place, Damage(None, "it was removed"))
            self._store(openid, {each: of for each, of in index.files.items() if each != path})
            return None

    def write(
        self, openid: str, path: str, data: bytes, modified_ms: int, *, saved: bool = False
    ) -> None:
        """Put the file there."""
        with self._writing, self._data_directory.storage_errors():
            self._check()
            index = self._index(openid)
            name = f"{uuid4().hex}{CONTENT}"
            self._make_home(openid)
            place = self._home(openid) / name
            kept = Kept(Entry(modified_ms, len(data), saved), name, crc32(data))
            try:
                write_new_file(place, data, sync=self._data_directory.sync)
                self._store(openid, index.files | {path: kept})
            except BaseException:
                self._remove_unnamed(place)
                raise

    def make_folders(self, openid: str, paths: Iterable[str], modified_ms: int) -> None:
        """Make these folders."""
        with self._writing, self._data_directory.storage_errors():
            self._check()
            index = self._index(openid)
            self._make_home(openid)
            made = {path: Kept(Entry(modified_ms)) for path in paths}
            self._store(openid, index.files | made)

    def remove(self, openid: str, paths: Iterable[str]) -> None:
        """Remove these files and folders."""
        gone = set(paths)
        with self._writing, self._data_directory.storage_errors():
            self._check()
            files = self._index(openid).files
            self._store(openid, {path: kept for path, kept in files.items() if path not in gone})

    def move(self, openid: str, paths: Mapping[str, str]) -> None:
        """Give these files and folders other paths."""
        with self._writing, self._data_directory.storage_errors():
            self._check()
            files = self._index(openid).files
            stay = {path: kept for path, kept in files.items() if path not in paths}
            self._store(openid, stay | {new: files[old] for old, new in paths.items()})

    def forget(self, openid: str) -> None:
        """The player has none any more."""
        home = self._home(openid)
        with self._writing, self._data_directory.storage_errors(), self._discarding(home):
            self._players.pop(openid, None)

    def clear(self) -> None:
        """Nobody has any more."""
        with self._writing, self._data_directory.storage_errors(), self.clearing():
            pass

    @contextmanager
    def clearing(self) -> Iterator[None]:
        """Nobody has any more after the body, if it does not raise. To be called with `writing`."""
        with self._discarding(self._directory):
            yield
            self._players.clear()

    @contextmanager
    def _discarding(self, place: Path) -> Iterator[None]:
        if not place.is_dir():
            yield
            return
        self._check()
        with self._data_directory.discarding(place):
            yield
        self.forgotten += 1

    def _home(self, openid: str) -> Path:
        return self._directory / player_filename(openid).removesuffix(JSON_SUFFIX)

    def _make_home(self, openid: str) -> None:
        home = self._home(openid)
        if (home / INDEX).exists():
            return
        make_directory(self._directory)
        make_directory(home)
        if self._data_directory.sync:
            sync_directory(self._directory.parent)
            sync_directory(self._directory)
        self._put(self._index(openid))

    def _index(self, openid: str) -> Index:
        if self._is_dropped:
            return Index(openid)
        if openid not in self._players:
            self._players[openid] = self._recovered(openid)
        return self._players[openid]

    def _recovered(self, openid: str) -> Index:
        """The player's index as it was written; what it does not name goes."""
        place = self._home(openid) / INDEX
        data = b""
        try:
            data = place.read_bytes()
            index = decode(unsealed(data), type=Index)
            if index.openid != openid:
                raise Damaged(f"it is that of {index.openid!r}")
        except FileNotFoundError:
            if any(self._contents(openid)):
                self._data_directory.quarantine.move(self._home(openid), Damage(None, _NO_INDEX))
            return Index(openid)
        except UNREADABLE as error:
            self._data_directory.quarantine.move(self._home(openid), damage_of(error, data))
            return Index(openid)
        self._remove_but(openid, index.files)
        return index

    def _store(self, openid: str, files: Mapping[str, Kept]) -> None:
        """Nothing has changed if it raises."""
        index = Index(openid, dict(files))
        if files or self._players[openid].files:
            self._put(index)
        before = self._players[openid].files
        self._players[openid] = index
        wanted = {kept.content for kept in files.values()}
        for kept in before.values():
            if kept.content and kept.content not in wanted:
                self._remove(self._home(openid) / kept.content)

    def _put(self, index: Index) -> None:
        place = self._home(index.openid) / INDEX
        replace_file(place, sealed(encode(index)), sync=self._data_directory.sync)

    def _contents(self, openid: str) -> list[Path]:
        return list(self._home(openid).glob(f"*{CONTENT}"))

    def _remove_but(self, openid: str, files: Mapping[str, Kept]) -> None:
        wanted = {kept.content for kept in files.values()}
        for place in self._contents(openid):
            if place.name not in wanted:
                self._remove(place)

    def _remove_unnamed(self, place: Path) -> None:
        """Remove the content, if the index did not come to name it before something failed."""
        with suppress(OSError):
            if place.name.encode() not in place.with_name(INDEX).read_bytes():
                self._remove(place)

    def _remove(self, place: Path) -> None:
        with suppress(OSError):  # it is tried again at the next start
            remove_file(place)


_ANOTHER = "the check sum is another's"
_NO_INDEX = "its index.json was removed"
