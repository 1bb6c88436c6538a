"""Texts under names, in memory or in a directory."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from tt_emulator.domain.store import nothing
from tt_emulator.errors import StorageError
from tt_emulator.storage.damage import UNREADABLE, damage_of
from tt_emulator.storage.files import TEMPORARY, make_directory, remove_file, replace_file
from tt_emulator.storage.names import snapshot_file
from tt_emulator.storage.quarantine import REMOVED
from tt_emulator.storage.snapshot_file import sealed, unsealed

if TYPE_CHECKING:
    from tt_emulator.storage.directory import DataDirectory

MOST_BYTES = 256 * 1024 * 1024
ENTRY_BYTES = 500
"""What a text in memory takes beside its bytes, roughly."""


class Room:
    """How much the texts of all worlds in memory may take together. Safe under threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._lock = Lock()

    def take(self, more_bytes: int) -> None:
        """Take so much, or give it back if it is negative. Raises `StorageError`."""
        with self._lock:
            if more_bytes > 0 and self._bytes + more_bytes > self._most_bytes:
                raise StorageError(
                    f"The snapshots of all worlds take {self._bytes >> 20} MiB of memory;"
                    f" this one would make them more than {self._most_bytes >> 20}.",
                    "Delete some, or start with --data: on disk they have no such limit.",
                )
            self._bytes += more_bytes


class MemoryShelf:
    """The `Shelf` of a world in memory. `check` raises once the world was dropped."""

    def __init__(self, room: Room, check: Callable[[], None] = nothing) -> None:
        self._room = room
        self._check = check
        self._lock = Lock()
        self._texts: dict[str, bytes] = {}

    def names(self) -> list[str]:
        """All names, sorted."""
        return sorted(self._texts)

    def get(self, name: str) -> bytes | None:
        """The text, or `None`."""
        return self._texts.get(name)

    def put(self, name: str, text: bytes) -> None:
        """Keep the text."""
        with self._lock:
            self._check()
            self._room.take(_size(text) - _size(self._texts.get(name)))
            self._texts[name] = text

    def delete(self, name: str) -> None:
        """Forget the text."""
        with self._lock:
            self._room.take(-_size(self._texts.pop(name, None)))

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._room.take(-sum(map(_size, self._texts.values())))
            self._texts.clear()


class DirectoryShelf:
    """The `Shelf` of a world on disk: one file a text, in a directory made at the first.

    `check` raises if the world's directory is not ours any more; `writing` is held while files are
    written, so that the world cannot be dropped meanwhile.
    """

    def __init__(
        self, directory: Path, ground: "DataDirectory", check: Callable[[], None], writing: Lock
    ) -> None:
        self._directory = directory
        self._ground = ground
        self._check = check
        self._writing = writing
        self._names: set[str] = set()

    def recover(self) -> None:
        """Find out which there are. What is damaged is set aside, what is not ours stays alone."""
        if not self._directory.is_dir():
            return
        for path in sorted(self._directory.iterdir()):
            if path.suffix == TEMPORARY:
                remove_file(path)
            elif path.match("at-*.json") and (found := self._read(path)) is not None:
                self._names.add(found[0])

    def names(self) -> list[str]:
        """All names, sorted."""
        return sorted(self._names)

    def get(self, name: str) -> bytes | None:
        """The text, or `None`; one that was damaged meanwhile is set aside."""
        if name not in self._names:
            return None
        path = self._directory / snapshot_file(name)
        with self._writing, self._ground.explained():
            self._check()
            try:
                found = self._read(path)
            except FileNotFoundError:
                self._ground.quarantine.take_edit(path, REMOVED)
                found = None
        if found is None:
            self._names.discard(name)
            return None
        return found[1]

    def put(self, name: str, text: bytes) -> None:
        """Replace the file whole."""
        with self._writing, self._ground.explained():
            self._check()
            make_directory(self._directory)
            path = self._directory / snapshot_file(name)
            replace_file(path, sealed(name, text), sync=self._ground.sync)
            self._names.add(name)

    def delete(self, name: str) -> None:
        """Remove the file."""
        with self._writing, self._ground.explained():
            self._check()
            remove_file(self._directory / snapshot_file(name), sync=self._ground.sync)
            self._names.discard(name)

    def _read(self, path: Path) -> tuple[str, bytes] | None:
        data = b""
        try:
            data = path.read_bytes()
            return unsealed(path.name, data)
        except (*UNREADABLE, PermissionError, IsADirectoryError) as error:
            self._ground.quarantine.move(path, damage_of(error, data))
            return None


def _size(text: bytes | None) -> int:
    return 0 if text is None else len(text) + ENTRY_BYTES
