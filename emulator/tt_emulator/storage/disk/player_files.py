"""The files of one world's players: read as a stranger's, and not replaced when they are one's."""

from pathlib import Path
from typing import NamedTuple, Protocol
from zlib import crc32

from tt_emulator.domain.record import Record
from tt_emulator.storage.disk.damage import UNREADABLE, Damage, Damaged, damage_of
from tt_emulator.storage.disk.directory import DataDirectory
from tt_emulator.storage.disk.files import TEMPORARY, remove_file
from tt_emulator.storage.disk.names import JSON_SUFFIX, META, player_filename
from tt_emulator.storage.disk.ownership import Home
from tt_emulator.storage.disk.player_file import Mark, PlayerFile, is_ours, mark_of, read
from tt_emulator.storage.disk.quarantine import CHANGED, REMOVED


class Loaded(NamedTuple):
    """A file as it was read, and the CRC-32 of its bytes."""

    player_file: PlayerFile
    crc: int


class Format(Protocol):
    """Reads and writes the file of one player."""

    def load(self, path: Path) -> Loaded:
        """What the file holds; raises one of `UNREADABLE` if it is damaged."""

    def save(self, path: Path, player_file: PlayerFile) -> int:
        """Replace the file whole; the CRC-32 of its bytes."""


class PlayerFiles:
    """Who has a file, also one that only says that they are gone.

    `recover` comes first. `load` needs the world's lock; `save` and `remove` must not run in two
    threads at once. Each but the first may raise `DirectoryLost`.
    """

    def __init__(self, home: Home, data_directory: DataDirectory, form: Format) -> None:
        self._home = home
        self._directory = home.path / "players"
        self._form = form
        self._judge = home.judge
        self._quarantine = data_directory.quarantine
        self._sync = data_directory.sync
        self._crcs: dict[str, int] = {}  # of each file as it was last read or written here

    def __contains__(self, openid: str) -> bool:
        return openid in self._crcs

    def openids(self) -> set[str]:
        """Whose files there are."""
        return set(self._crcs)

    def recover(self, last_line: int | None) -> dict[str, Mark]:
        """Find out whose files there are. What is damaged is quarantined, what was edited is named.

        `last_line` is the number of the log's last, if there is one.
        """
        marks = {}
        for path in sorted(self._directory.iterdir()):
            if path.suffix == TEMPORARY:
                remove_file(path)
            elif path.suffix == JSON_SUFFIX and (mark := self._index(path, last_line)) is not None:
                marks[mark.openid] = mark
        return marks

    def load(self, openid: str) -> Record | None:
        """The record of a player who has a file; `None` if it went away or is damaged."""
        path = self._path(openid)
        try:
            player_file, crc = self._form.load(path)
            if player_file.openid != openid:
                raise Damaged("it is another player's")
            crc = self._admit(path, player_file, crc)
        except FileNotFoundError:
            self._home.check()
            self._quarantine.take_edit(path, REMOVED)
        except UNREADABLE as error:
            self._quarantine.move(path, damage_of(error))
        else:
            if self._crcs[openid] != crc:
                self._quarantine.take_edit(path, CHANGED)
            self._crcs[openid] = crc
            return None if player_file.forgotten else player_file.record
        self._crcs.pop(openid, None)
        return None

    def save(self, player_file: PlayerFile) -> None:
        """Replace the file. What somebody else made of it is kept aside."""
        path = self._path(player_file.openid)
        self._notice_edit(player_file.openid, path)
        self._crcs[player_file.openid] = self._form.save(path, player_file)

    def remove(self, openid: str) -> None:
        """Remove the player's file, if any. What somebody else made of it is kept aside."""
        path = self._path(openid)
        self._notice_edit(openid, path)
        remove_file(path, sync=self._sync)
        self._crcs.pop(openid, None)

    def _index(self, path: Path, last_line: int | None) -> Mark | None:
        data = b""
        try:
            data = path.read_bytes()
            mark, crc = self._recognise(path, data, last_line)
        except (*UNREADABLE, PermissionError, IsADirectoryError) as error:
            self._quarantine.move(path, damage_of(error, data))
            return None
        self._crcs[mark.openid] = crc
        return mark

    def _recognise(self, path: Path, data: bytes, last_line: int | None) -> tuple[Mark, int]:
        """Whose file it is, and its CRC-32; what is not allowed in it is left out."""
        crc, ours, player_file = crc32(data), is_ours(data), None
        mark = mark_of(data) if ours else None
        if mark is None or mark.openid == META:  # which the world reads at once, too
            player_file = read(data)
            mark = Mark(player_file.openid, player_file.seq, player_file.forgotten)
        if path.name != player_filename(mark.openid):
            raise Damaged("its name is not that of the player in it")
        if not ours and last_line is not None and mark.seq > last_line:
            raise Damaged(f"its seq is {mark.seq}, the log goes to {last_line}")
        if player_file is not None:
            crc = self._admit(path, player_file, crc)
        if not ours:
            self._quarantine.take_edit(path, "it was changed outside, and is taken as it is")
        return mark, crc

    def _admit(self, path: Path, player_file: PlayerFile, crc: int) -> int:
        """Leave out, here and on the disk, what is not allowed; the CRC-32 of what lies there."""
        flaws = self._judge.record(player_file.openid, player_file.record)
        if not flaws:
            return crc
        self._quarantine.copy(path, [Damage(None, flaw) for flaw in flaws])
        return self._form.save(path, player_file)

    def _notice_edit(self, openid: str, path: Path) -> None:
        self._home.check()
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            if openid in self._crcs:
                self._quarantine.take_edit(path, REMOVED)
        else:
            if crc32(data) != self._crcs.get(openid):
                self._quarantine.keep_edit(path, data)

    def _path(self, openid: str) -> Path:
        return self._directory / player_filename(openid)
