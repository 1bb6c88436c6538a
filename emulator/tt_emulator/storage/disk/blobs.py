"""Texts under names, in a directory."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from tt_emulator.storage.disk.blob_file import Kind, sealed, unsealed
from tt_emulator.storage.disk.damage import UNREADABLE, damage_of
from tt_emulator.storage.disk.directory import DataDirectory
from tt_emulator.storage.disk.files import TEMPORARY, make_directory, remove_file, replace_file
from tt_emulator.storage.disk.quarantine import REMOVED


class DirectoryBlobs:
    """The `Blobs` of one kind of the world whose directory is `home`: one file a text, in a
    directory made at the first.

    `check` raises if the world's directory is not ours any more; `writing` is held while files are
    written, so that the world cannot be dropped meanwhile.
    """

    def __init__(
        self,
        home: Path,
        kind: Kind,
        data_directory: DataDirectory,
        check: Callable[[], None],
        writing: Lock,
    ) -> None:
        self._directory = home / kind.directory
        self._kind = kind
        self._data_directory = data_directory
        self._check = check
        self._writing = writing
        self._names: set[str] = set()

    def recover(self) -> None:
        """Find out which there are. The damaged are quarantined, what is not ours stays alone."""
        if not self._directory.is_dir():
            return
        for path in sorted(self._directory.iterdir()):
            if path.suffix == TEMPORARY:
                remove_file(path)
            elif (
                path.match(f"{self._kind.prefix}-*.json")
                and (found := self._read(path)) is not None
            ):
                self._names.add(found[0])

    def names(self) -> list[str]:
        """All names, sorted."""
        return sorted(self._names)

    def get(self, name: str) -> bytes | None:
        """The text, or `None`; one that was damaged meanwhile is quarantined."""
        if name not in self._names:
            return None
        path = self._directory / self._kind.filename(name)
        with self._writing, self._data_directory.storage_errors():
            self._check()
            try:
                found = self._read(path)
            except FileNotFoundError:
                self._data_directory.quarantine.take_edit(path, REMOVED)
                found = None
        if found is None:
            self._names.discard(name)
            return None
        return found[1]

    def put(self, name: str, text: bytes) -> None:
        """Replace the file whole."""
        with self._writing, self._data_directory.storage_errors():
            self._check()
            make_directory(self._directory)
            path = self._directory / self._kind.filename(name)
            replace_file(path, sealed(self._kind, name, text), sync=self._data_directory.sync)
            self._names.add(name)

    def delete(self, name: str) -> None:
        """Remove the file."""
        with self._writing, self._data_directory.storage_errors():
            self._check()
            remove_file(self._directory / self._kind.filename(name), sync=self._data_directory.sync)
            self._names.discard(name)

    def _read(self, path: Path) -> tuple[str, bytes] | None:
        data = b""
        try:
            data = path.read_bytes()
            return unsealed(self._kind, path.name, data)
        except (*UNREADABLE, PermissionError, IsADirectoryError) as error:
            self._data_directory.quarantine.move(path, damage_of(error, data))
            return None
