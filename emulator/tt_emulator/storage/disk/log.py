"""The log of a world: a write counts once its line stands here, in the directory that is ours.

The world writes to `log.jsonl`. Where that grows long, and at each start, it becomes `log.1.jsonl`,
or has the next number, and stays until the new file says all that is needed. So a start takes the
log away from a server that should not be there any more: that one misses its file, and refuses.
Not thread-safe: the world's lock guards it.
"""

import errno
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from threading import RLock
from zlib import crc32

from tt_emulator.domain.deed import Effect
from tt_emulator.errors import StorageError
from tt_emulator.storage.disk.damage import UNREADABLE, Damage
from tt_emulator.storage.disk.directory import DataDirectory
from tt_emulator.storage.disk.files import TEMPORARY, install_new, remove_file, written_beside
from tt_emulator.storage.disk.log_file import END_MARK, ROOM, good_lines, header_line
from tt_emulator.storage.disk.log_line import (
    Line,
    life_in,
    life_of,
    of_players,
    on_life,
    written,
)
from tt_emulator.storage.disk.older_logs import OlderLogs
from tt_emulator.storage.disk.ownership import DirectoryLost, Home, Identity, identity
from tt_emulator.storage.disk.quarantine import CHANGED
from tt_emulator.storage.disk.refusal import refusal
from tt_emulator.storage.effects import encode

# O_BINARY: without it Windows writes "\r\n".
_WRITE = os.O_WRONLY | getattr(os, "O_BINARY", 0)

# macOS and Windows have no fdatasync, Windows has no pwrite; and what is open there cannot go away.
_sync_data = getattr(os, "fdatasync", os.fsync)
_IS_WINDOWS = os.name == "nt"

ROTATE_AT_BYTES = 4_000_000
ROOM_BYTES = 262_144
"""With `sync` the file is made so much longer ahead: to flush what does not make it longer takes
little more than half the time.
"""

GROWS = 3
"""A log that begins with much is so many times as long before it begins anew."""


End = tuple[int, int]
"""Where a log ends: how long it is, and the number of its last line."""


class Log:
    """The log of one world. `recover` comes first.

    Of the newest file the first `size` bytes are good, and the end mark follows; `older` are the
    parts before it. `seq` is the last number that a line has, or a seed.
    """

    def __init__(self, world: str, home: Home, data_directory: DataDirectory, lock: RLock) -> None:
        self.lock = lock
        self.used = False
        self.size = 0
        self.seq = 0
        self.older = OlderLogs(world, home, data_directory)
        self._world = world
        self._home = home
        self._data_directory = data_directory
        self._open_logs = data_directory.open_logs
        self._sync = data_directory.sync
        self._path = home.path / "log.jsonl"
        self._temporary = self._path.with_name(self._path.name + TEMPORARY)
        self._descriptor: int | None = None
        self._identity: Identity | None = None  # of the newest file, if there is one
        self._ragged = False  # what a refused write left could not be taken back yet
        self.long_at_bytes = ROTATE_AT_BYTES
        self.says_more = False  # than of players, when the process found it
        self._says_players = False
        self._head_bytes = 0
        self._last = 0  # the number of the last line
        self._held = bytearray()  # lines that are to be written
        self._before_held = 0  # the number of the line before them
        self._room = 0  # bytes after the end mark

    @property
    def total_bytes(self) -> int:
        """How much a start would have to read."""
        return self.older.bytes + self.size

    @property
    def is_long(self) -> bool:
        """Whether so much has come since it began anew that it is to begin anew."""
        return self.total_bytes > self.long_at_bytes

    @property
    def is_very_long(self) -> bool:
        """Whether a start should not wait: killed early each time, it has ever more to read."""
        return self.total_bytes > GROWS * self.long_at_bytes

    def recover(self) -> list[Line]:
        """All good lines, oldest first; from here on the log is this process's."""
        remove_file(self._temporary)
        lines = self.older.recover(self._path)
        self.says_more = any(next(on_life(line), None) is not None for line in lines)
        self._says_players = next(of_players(lines), None) is not None
        return lines

    def begin_at(self, seq: int) -> None:
        """The last number that was given is this one."""
        self.seq = self._last = seq

    @property
    def end(self) -> End:
        """Where the log ends, for `flush`."""
        return self.size, self._last

    @property
    def holds(self) -> bool:
        """Whether there are lines that only the next `flush` writes."""
        return bool(self._held)

    def append(self, effects: Sequence[object]) -> None:
        """Write the line, or raise `StorageError` and leave the log as it was."""
        self._write(self._next(effects))
        self.seq = self._last = self.seq + 1

    def hold(self, effects: Sequence[object]) -> None:
        """Append the line with the next `flush`. Raises `StorageError` if that cannot be."""
        line = self._next(effects)[: -len(END_MARK)]
        if not self._held:
            self._before_held = self._last
        self._held += line
        self.seq = self._last = self.seq + 1

    def _next(self, effects: Sequence[object]) -> bytes:
        """The line, as `written`, and the end mark."""
        seq, last = self.seq + 1, self._last
        try:
            text = encode(Line(seq, effects) if seq == last + 1 else Line(seq, effects, last))
        except UnicodeEncodeError as error:
            raise refusal(self._path, error, whole=not self._ragged) from error
        return b'%b,"crc32":%d}\n ' % (text[:-1], crc32(text))

    def _write(self, data: bytes) -> None:
        touched = False
        length = len(data)
        there = self._room + len(END_MARK)
        if self._sync and length > there:
            data += ROOM * ROOM_BYTES
        try:
            descriptor = self._descriptor
            if descriptor is None:
                descriptor = self._open()
            size = self.size
            done = _write_at(descriptor, data, size)
            touched = True
            if done < length:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if not _IS_WINDOWS:  # at what lies at the path now that it is written
                self._home.glance(self._path, self._identity)
            self.size = size + length - len(END_MARK)
            self._room = max(there, done) - length
            self.used = True
        except OSError as error:
            whole = self._cut_back() if touched else not self._ragged
            self.rest()
            raise refusal(self._path, error, whole=whole) from error
        except BaseException:  # at any instant
            self._cut_back()
            self.rest()
            raise

    def flush(self, end: End) -> None:
        """Have the disk keep what was appended since the log ended there, or raise `StorageError`
        and let it end there.
        """
        try:
            self._write_held()
        except StorageError:
            self._held = bytearray()
            self._last = end[1]  # a number is not given again: files may have it
            raise
        try:
            _sync_data(self._open() if self._descriptor is None else self._descriptor)
        except OSError as error:
            size, self._last = end
            self.size = max(size, self._head_bytes)  # the file may have been made since
            self._ragged = True
            with suppress(OSError):
                self._end_here(self._descriptor or self._open())
            self.rest()
            raise refusal(self._path, error, whole=not self._ragged) from error

    def _write_held(self) -> None:
        if self._held:
            self._write(bytes(self._held) + END_MARK)
            self._held = bytearray()

    def lines(self) -> list[Line]:
        """All of them, oldest first. Raises `StorageError`, as a write does."""
        return good_lines(self._texts(), self._world, self._home.judge)

    def life(self) -> list[bytes]:
        """What they say of anything but players, as JSON. Raises as `lines`."""
        texts = self._texts()
        try:
            return life_of(texts)
        except UNREADABLE:  # somebody has changed it
            lines = good_lines(texts, self._world, self._home.judge)
            return life_in(lines)

    def _texts(self) -> list[bytes]:
        self._write_held()
        newest = [] if self._identity is None else [self._path]
        try:
            self._home.check()
            texts = self._open_logs.making_room(
                lambda: [path.read_bytes() for path in [*self.older.files, *newest]]
            )
        except OSError as error:
            raise refusal(self._path, error, whole=True) from error
        if newest:
            texts[-1] = texts[-1][: self.size] + END_MARK
        return texts

    def is_whole(self) -> bool:
        """Whether the log lies at its path with all that was acknowledged."""
        try:
            self._home.check()
            found = self._path.stat() if self._identity else None
        except OSError:
            return False
        return found is None or (identity(found) == self._identity and found.st_size > self.size)

    def check(self) -> None:
        """Raise `DirectoryLost` if it does not."""
        if not self.is_whole():
            raise self._lost()

    def rest(self) -> None:
        """Give the file back to the system until the next append."""
        self._open_logs.discard(self)
        self.release()

    def release(self) -> None:
        """As `rest`, for who keeps the list of open logs."""
        if self._room:
            self._cut_back()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def rotate(self, whole: Iterable[Sequence[Effect]] = ()) -> None:
        """Go on in a new file, which begins with these lines. What was written is in `older`."""
        if self._ragged:
            self._open()
        self.rest()
        self._home.check()
        lines = [Line(seq, effects) for seq, effects in enumerate(whole, self.seq + 1)]
        head = header_line(self._world, self.seq, self._home.platform) + b"".join(
            map(written, lines)
        )
        if lines:  # before anything has changed: the disk may be full
            written_beside(self._path, head + END_MARK, sync=self._sync)
        if self._identity is not None:
            self._set_apart()
        if lines:
            self._install(head)
            self.seq = self._last = lines[-1].seq

    def begin_anew(self, whole: Iterable[Sequence[Effect]]) -> None:
        """Forget all lines, of which these say what is needed; there is no file if nothing is."""
        self.rotate(whole)
        self.older.drop(list(self.older.files))

    def forget_players(self) -> None:
        """Forget what was found here of players, whose files have it."""
        if self._says_players:
            self.older.forget_players()

    def _lost(self) -> DirectoryLost:
        self._home.check()  # says more, if it is the directory
        return DirectoryLost(self._path, "the file was removed or replaced")

    def _open(self) -> int:
        return self._open_logs.making_room(self._opened)

    def _opened(self) -> int:
        self._home.check()
        if self._identity is None:
            self._create()
        try:
            descriptor = os.open(self._path, _WRITE)
        except FileNotFoundError:
            raise self._lost() from None
        found = os.fstat(descriptor)
        if identity(found) != self._identity:
            os.close(descriptor)
            raise self._lost()
        if found.st_size != self.size + len(END_MARK) and not self._ragged:
            os.close(descriptor)
            self._data_directory.quarantine.copy(self._path, [Damage(None, CHANGED)])
            self._set_apart()
            return self._opened()
        self._descriptor = descriptor
        if self._ragged:
            self._end_here(descriptor)
        self._open_logs.admit(self)
        return descriptor

    def _create(self) -> None:
        before = self._before_held if self._held else self._last
        head = header_line(self._world, before, self._home.platform)
        written_beside(self._path, head + END_MARK, sync=self._sync)
        self._install(head)

    def _install(self, head: bytes) -> None:
        """Begin with what was written beside."""
        try:
            install_new(self._temporary, self._path, sync=self._sync)
        except FileExistsError:
            raise DirectoryLost(self._path, "another server's file is there") from None
        self._identity = identity(self._path.stat())
        self.size = self._head_bytes = len(head)
        self.long_at_bytes = max(ROTATE_AT_BYTES, GROWS * len(head))
        try:
            self._home.check()
        except DirectoryLost:  # it was made in another's directory
            self._identity = None
            remove_file(self._path)
            raise

    def _set_apart(self) -> None:
        self.older.add(self._path)
        self._identity = None
        self.size = 0

    def _cut_back(self) -> bool:
        """Take back what an append may have written; whether that is done."""
        if self._descriptor is not None:
            self._ragged = True
            with suppress(OSError):
                self._end_here(self._descriptor)
        return not self._ragged

    def _end_here(self, descriptor: int) -> None:
        self._room = 0
        os.ftruncate(descriptor, self.size + len(END_MARK))  # whose place a full disk has, too
        _write_at(descriptor, END_MARK, self.size)
        self._ragged = False


def _write_at(descriptor: int, data: bytes, place: int) -> int:
    if not _IS_WINDOWS:
        return os.pwrite(descriptor, data, place)
    os.lseek(descriptor, place, os.SEEK_SET)
    return os.write(descriptor, data)
