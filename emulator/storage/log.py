"""The log of a world: a write counts once its line stands here.

Two files at most, `log.older.jsonl` (only while the players' files catch up with it) and
`log.jsonl`. Not thread-safe: the world's lock guards it.
"""

import errno
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.json import Decoder, Encoder

from emulator.errors import StorageError
from emulator.storage.base import Change, Pair
from emulator.storage.files import (
    patiently,
    remove_file,
    replace_file,
    sync_directory,
    what_to_do,
)

# O_BINARY: without it Windows writes "\r\n".
APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)

# macOS and Windows have no fdatasync.
_sync_data = getattr(os, "fdatasync", os.fsync)


class Line(Struct, frozen=True, omit_defaults=True):
    """One acknowledged write: a change to a player, or a player (without openid: all) forgotten."""

    seq: int
    openid: str | None = None
    put: Mapping[str, Pair] = {}
    remove: tuple[str, ...] = ()
    profile: Mapping[str, Any] = {}
    forget: bool = False

    def change(self) -> Change:
        """The change to the player's record."""
        return Change(put=self.put, remove=self.remove, profile=self.profile)


# dict: a change may hold any mapping.
_encode = Encoder(enc_hook=dict).encode
_decode = Decoder(Line).decode


class Log:
    """The files of one world's log; the first `size` bytes of the newer one are good.

    `recover` comes first: an append cuts off what follows the good bytes.
    """

    def __init__(self, directory: Path, *, sync: bool) -> None:
        self.size = 0
        self.has_older = False
        self._path = directory / "log.jsonl"
        self._older = directory / "log.older.jsonl"
        self._sync = sync
        self._descriptor: int | None = None

    def recover(self, set_aside: Callable[[Path], None]) -> list[Line]:
        """All good lines, oldest first. A torn last line was never acknowledged and does not count.

        A damaged file goes to `set_aside`, which keeps a copy, and goes on with its good lines.
        """
        older, _ = _read_lines(self._older, set_aside)
        newer, self.size = _read_lines(self._path, set_aside)
        self.has_older = self._older.exists()
        return older + newer

    def append(self, line: Line) -> None:
        """Make the line durable, or raise `StorageError` and leave the log as it was."""
        try:
            data = _encode(line) + b"\n"
            descriptor = self._descriptor
            if descriptor is None:
                descriptor = self._open()
            if os.write(descriptor, data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if self._sync:
                _sync_data(descriptor)
            self.size += len(data)
        except BaseException as error:
            self._cut_back()
            if isinstance(error, OSError | UnicodeEncodeError):
                raise _refusal(self._path, error) from error
            raise

    def rest(self) -> None:
        """Give the file back to the system until the next append."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def rotate(self) -> None:
        """Go on in a new file. The older one stays until `drop_older`; call it only without one."""
        self.rest()
        patiently(lambda: self._path.rename(self._older))
        self.size = 0
        self.has_older = True

    def drop_older(self) -> None:
        """Forget the older file: the players' files have what it says."""
        if self.has_older:
            remove_file(self._older)
            self.has_older = False

    def clear(self) -> None:
        """Forget all lines: the players' files have what they say."""
        self.rest()
        # The older first: alone it would bring back players whom the newer one forgets.
        self.drop_older()
        remove_file(self._path)
        self.size = 0

    def _open(self) -> int:
        descriptor = os.open(self._path, APPEND, 0o666)
        self._descriptor = descriptor
        length = os.fstat(descriptor).st_size
        if length > self.size:  # a torn line, or one that a failed append could not take back
            os.ftruncate(descriptor, self.size)
        self.size = min(self.size, length)
        if self._sync:
            sync_directory(self._path.parent)
        return descriptor

    def _cut_back(self) -> None:
        if self._descriptor is not None:
            with suppress(OSError):
                os.ftruncate(self._descriptor, self.size)
        self.rest()


def _read_lines(path: Path, set_aside: Callable[[Path], None]) -> tuple[list[Line], int]:
    """The good lines of one file and their length in bytes; after them comes a torn one at most."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return [], 0
    lines, good = [], []
    whole = data[: data.rfind(b"\n") + 1]
    for text in whole.splitlines(keepends=True):
        with suppress(ValueError, RecursionError):
            lines.append(_decode(text))
            good.append(text)
    kept = b"".join(good)
    if kept != whole:
        set_aside(path)
        replace_file(path, kept, sync=True)
    return lines, len(kept)


def _refusal(path: Path, error: OSError | UnicodeEncodeError) -> StorageError:
    if isinstance(error, UnicodeEncodeError):
        return StorageError(
            f"The write was refused, nothing has changed: {error.reason}.",
            "Store text that can be written as UTF-8.",
        )
    return StorageError(
        f"The write was refused, nothing has changed: {path}: {error.strerror or error}.",
        what_to_do(error) or "Make the data directory writable, then try again.",
    )
