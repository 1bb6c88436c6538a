"""Texts under names, in memory or in a directory."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from emulator.storage.files import remove_file, replace_file

if TYPE_CHECKING:
    from emulator.storage.directory import DataDirectory

SUFFIX = ".json"


class MemoryShelf:
    """The `Shelf` of a world in memory."""

    def __init__(self) -> None:
        self._texts: dict[str, bytes] = {}

    def names(self) -> list[str]:
        """All names, sorted."""
        return sorted(self._texts)

    def get(self, name: str) -> bytes | None:
        """The text, or `None`."""
        return self._texts.get(name)

    def put(self, name: str, text: bytes) -> None:
        """Keep the text."""
        self._texts[name] = text

    def delete(self, name: str) -> None:
        """Forget the text."""
        self._texts.pop(name, None)


class DirectoryShelf:
    """The `Shelf` of a world on disk: one file a text, in a directory made at the first."""

    def __init__(self, directory: Path, ground: "DataDirectory") -> None:
        self._directory = directory
        self._ground = ground

    def names(self) -> list[str]:
        """All names, sorted; a file that has no name of ours is left alone."""
        with self._ground.explained():
            files = [path.name for path in self._directory.glob(f"*{SUFFIX}")]
        return sorted(name for file in files if file_of(name := name_of(file)) == file)

    def get(self, name: str) -> bytes | None:
        """The text, or `None`."""
        with self._ground.explained():
            try:
                return (self._directory / file_of(name)).read_bytes()
            except FileNotFoundError:
                return None

    def put(self, name: str, text: bytes) -> None:
        """Replace the file whole. No parents are made: a dropped world must not come back."""
        with self._ground.explained():
            self._directory.mkdir(exist_ok=True)
            replace_file(self._directory / file_of(name), text, sync=self._ground.sync)

    def delete(self, name: str) -> None:
        """Remove the file."""
        with self._ground.explained():
            remove_file(self._directory / file_of(name), sync=self._ground.sync)


def file_of(name: str) -> str:
    """The name's file. `Mine` and `mine` are two on every disk, and no name is a device's."""
    return "at-" + re.sub(r"[A-Z]", lambda letter: "=" + letter[0].lower(), name) + SUFFIX


def name_of(file: str) -> str:
    """The name whose file it is, if it is one's."""
    marked = file.removeprefix("at-").removesuffix(SUFFIX)
    return re.sub(r"=([a-z])", lambda letter: letter[1].upper(), marked)
