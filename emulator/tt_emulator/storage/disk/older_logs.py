"""The parts of a world's log to which nobody writes any more: `log.1.jsonl`, `log.2.jsonl`, …

They stay until the newest begins with all that is needed of them.
"""

import re
from pathlib import Path

from msgspec.structs import replace

from tt_emulator.storage.disk.directory import DataDirectory
from tt_emulator.storage.disk.files import (
    remove_file,
    replace_file,
    retry_on_windows,
    sync_directory,
)
from tt_emulator.storage.disk.log_file import good_lines, recovered, rendered
from tt_emulator.storage.disk.log_line import Line, on_life
from tt_emulator.storage.disk.ownership import Home

_NAME = re.compile(r"log\.([0-9]+)\.jsonl")


class OlderLogs:
    """Those of one world; `files` are there, and together they have so many `bytes`."""

    def __init__(self, world: str, home: Home, data_directory: DataDirectory) -> None:
        self.files: list[Path] = []
        self.bytes = 0
        self._world = world
        self._home = home
        self._data_directory = data_directory

    def recover(self, newest: Path) -> list[Line]:
        """All good lines. The `newest` file, which a server wrote last, becomes one of them."""
        numbered = {
            int(name[1]): path
            for path in self._home.path.iterdir()
            if (name := _NAME.fullmatch(path.name))
        }
        self.files = [path for _, path in sorted(numbered.items())]
        known_as = {path: path for path in self.files}
        if newest.exists():
            known_as[self.add(newest)] = newest
        quarantine = self._data_directory.quarantine
        lines = [
            line
            for path, known in known_as.items()
            for line in recovered(path, known, self._world, self._home, quarantine)
        ]
        self.bytes = sum(path.stat().st_size for path in self.files)
        return lines

    def add(self, path: Path) -> Path:
        """Give the file the next number; its new name."""
        last = _NAME.fullmatch(self.files[-1].name) if self.files else None
        older = path.with_name(f"log.{1 if last is None else int(last[1]) + 1}.jsonl")
        size_bytes = path.stat().st_size
        retry_on_windows(lambda: path.rename(older))
        if self._data_directory.sync:
            sync_directory(self._home.path)
        self.files.append(older)
        self.bytes += size_bytes
        return older

    def forget_players(self) -> None:
        """Forget what the lines say of players, whose files have it."""
        texts = [path.read_bytes() for path in self.files]
        lines = good_lines(texts, self._world, self._home.judge)
        self._home.check()
        kept = [replace(line, effects=tuple(on_life(line))) for line in lines]
        text = rendered(self._world, kept, self._home.platform)
        replace_file(self.files[-1], text, sync=self._data_directory.sync)
        self.drop(self.files[:-1])

    def drop(self, files: list[Path]) -> None:
        """Remove these, the oldest of them: the players' files have what they say."""
        if not files:
            return
        self._home.check()
        for path in files:  # the oldest first: alone it would bring back whom a newer one forgets
            remove_file(path)
            self.files.remove(path)
        self.bytes = sum(path.stat().st_size for path in self.files)
