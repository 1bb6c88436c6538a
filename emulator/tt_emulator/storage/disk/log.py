"""The log of a world: a write counts once its line stands here, in the directory that is ours.

The world writes to `log.jsonl`. Where that grows long, and at each start, it becomes `log.1.jsonl`,
or has the next number, and stays until the players' files have what it says. So a start takes the
log away from a server that should not be there any more: that one misses its file, and refuses.
Not thread-safe: the world's lock guards it.
"""

import errno
import os
from contextlib import suppress
from pathlib import Path
from threading import RLock
from zlib import crc32

from tt_emulator.errors import StorageError
from tt_emulator.storage.disk.damage import Damage
from tt_emulator.storage.disk.directory import DataDirectory
from tt_emulator.storage.disk.files import (
    TEMPORARY,
    create_file,
    remove_file,
    what_to_do,
)
from tt_emulator.storage.disk.log_file import END_MARK, header_line
from tt_emulator.storage.disk.log_line import Effect, Line, encode
from tt_emulator.storage.disk.older_logs import OlderLogs
from tt_emulator.storage.disk.ownership import DirectoryLost, Home, Identity, identity
from tt_emulator.storage.disk.quarantine import CHANGED

# O_BINARY: without it Windows writes "\r\n".
_WRITE = os.O_WRONLY | getattr(os, "O_BINARY", 0)

# macOS and Windows have no fdatasync, Windows has no pwrite; and what is open there cannot go away.
_sync_data = getattr(os, "fdatasync", os.fsync)
_IS_WINDOWS = os.name == "nt"


class Log:
    """The log of one world. `recover` comes first.

    Of the newest file the first `size` bytes are good, and the end mark follows; `last` is the
    number of the last line, `older` the parts before it.
    """

    def __init__(self, world: str, home: Home, data_directory: DataDirectory, lock: RLock) -> None:
        self.lock = lock
        self.used = False
        self.size = 0
        self.last = 0
        self.older = OlderLogs(world, home, data_directory)
        self._world = world
        self._home = home
        self._data_directory = data_directory
        self._open_logs = data_directory.open_logs
        self._sync = data_directory.sync
        self._path = home.path / "log.jsonl"
        self._descriptor: int | None = None
        self._identity: Identity | None = None  # of the newest file, if there is one
        self._ragged = False  # what a refused write left could not be taken back yet

    @property
    def total_bytes(self) -> int:
        """How much a start would have to read."""
        return self.older.bytes + self.size

    def recover(self) -> list[Line]:
        """All good lines, oldest first; from here on the log is this process's."""
        remove_file(self._path.with_name(self._path.name + TEMPORARY))
        return self.older.recover(self._path)

    def append(self, seq: int, effect: Effect) -> None:
        """Make the line durable, or raise `StorageError` and leave the log as it was."""
        touched = False
        try:
            last, size = self.last, self.size
            line = Line(seq, (effect,)) if seq == last + 1 else Line(seq, (effect,), last)
            text = encode(line)
            data = b'%b,"crc32":%d}\n ' % (text[:-1], crc32(text))  # as `written`, and the end mark
            descriptor = self._descriptor
            if descriptor is None:
                descriptor = self._open()
                size = self.size
            done = _write_at(descriptor, data, size)
            touched = True
            self._confirm(descriptor, len(data) - done)
            self.size = size + done - len(END_MARK)
            self.last = seq
            self.used = True
        except (OSError, UnicodeEncodeError) as error:
            whole = self._cut_back() if touched else not self._ragged
            self.rest()
            raise _refusal(self._path, error, whole=whole) from error
        except BaseException:  # at any instant
            self._cut_back()
            self.rest()
            raise

    def is_whole(self) -> bool:
        """Whether the log lies at its path with all that was acknowledged."""
        try:
            self._home.check()
            found = self._path.stat() if self._identity else None
        except OSError:
            return False
        return found is None or (identity(found) == self._identity and found.st_size > self.size)

    def rest(self) -> None:
        """Give the file back to the system until the next append."""
        self._open_logs.discard(self)
        self.release()

    def release(self) -> None:
        """As `rest`, for who keeps the list of open logs."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def rotate(self) -> None:
        """Go on in a new file. What was written is in `older`."""
        if self._ragged:
            self._open()
        self.rest()
        self._home.check()
        if self._identity is not None:
            self._set_apart()

    def clear(self) -> None:
        """Forget all lines: the players' files have what they say."""
        self.rotate()
        self.older.drop(list(self.older.files))

    def _confirm(self, descriptor: int, missing_bytes: int) -> None:
        """Raise `OSError` if what was written is not there to stay: not whole, not on the disk, or
        not in the directory that was locked, at which the look comes after the write.
        """
        if missing_bytes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if self._sync:
            _sync_data(descriptor)
        if not _IS_WINDOWS:
            self._home.glance(self._path, self._identity)

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
        head = header_line(self._world, self.last)
        try:
            create_file(self._path, head + END_MARK, sync=self._sync)
        except FileExistsError:
            raise DirectoryLost(self._path, "another server's file is there") from None
        self._identity = identity(self._path.stat())
        self.size = len(head)
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
        os.ftruncate(descriptor, self.size + len(END_MARK))  # whose place a full disk has, too
        _write_at(descriptor, END_MARK, self.size)
        self._ragged = False


def _write_at(descriptor: int, data: bytes, place: int) -> int:
    if not _IS_WINDOWS:
        return os.pwrite(descriptor, data, place)
    os.lseek(descriptor, place, os.SEEK_SET)
    return os.write(descriptor, data)


def _refusal(path: Path, error: OSError | UnicodeEncodeError, *, whole: bool) -> StorageError:
    if isinstance(error, UnicodeEncodeError):
        return StorageError(
            f"The write was refused, nothing has changed: {error.reason}.",
            "Store text that can be written as UTF-8.",
        )
    hint = what_to_do(error) or "Make the data directory writable, then try again."
    place = path if error.filename is None else error.filename
    reason = f"{place}: {error.strerror or error}"
    if whole:
        return StorageError(f"The write was refused, nothing has changed: {reason}.", hint)
    return StorageError(
        f"The write was refused, but the disk may have it at the next start: {reason}.", hint
    )
