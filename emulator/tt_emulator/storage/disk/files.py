"""The few file operations that must not tear, lose or overwrite anything.

What they make belongs to its owner alone, where the system has modes.
"""

import errno
import os
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from tt_emulator.storage.disk.ownership import DirectoryLost

TEMPORARY = ".tmp"
QUARANTINE_SUFFIX = ".set-aside"
OWNER_ONLY = 0o600
OWNER_ONLY_DIRECTORY = 0o700

# On Windows a virus scanner or an editor that looks at a file makes replacing it fail for a
# moment; elsewhere a refusal is final.
WAITS_S = (0.01, 0.02, 0.05, 0.1, 0.2) if os.name == "nt" else ()

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_FILES = (errno.EMFILE, errno.ENFILE)


def what_to_do(error: Exception) -> str | None:
    """What helps against a lost directory, or a lack of space or of files; `None` for others."""
    if isinstance(error, DirectoryLost):
        return "Put it back as it was, or stop the server and start it again."
    if getattr(error, "errno", None) in _NO_SPACE:
        return "Free disk space, then try again."
    if lacks_descriptors(error):
        return "Close connections or let the server open more files (ulimit -n), then try again."
    return None


def lacks_descriptors(error: BaseException) -> bool:
    """Whether the process or the system has no more files to open."""
    return getattr(error, "errno", None) in _NO_FILES


def new_file(path: Path) -> BinaryIO:
    """The file, which must not be there, to be written; only its owner can read it."""
    return open(path, "xb", opener=_owned)  # Path.open takes no opener


def write_new_file(path: Path, data: bytes, *, sync: bool = False) -> None:
    """Make the file, which must not be there; not at once, and `sync` does not cover its name."""
    with new_file(path) as file:
        file.write(data)
        if sync:
            file.flush()
            os.fsync(file.fileno())


def make_directory(path: Path) -> None:
    """Make the directory, its parents apart; no error if it is there."""
    path.mkdir(mode=OWNER_ONLY_DIRECTORY, exist_ok=True)


def replace_file(path: Path, data: bytes, *, sync: bool = False) -> None:
    """Put `data` in the place of the file: at any instant it holds the old or the new, whole."""
    temporary = written_beside(path, data, sync=sync)
    retry_on_windows(lambda: temporary.replace(path))
    if sync:
        sync_directory(path.parent)


def install_new(temporary: Path, path: Path, *, sync: bool = False) -> None:
    """Give what is `written_beside` the name, at once and whole. Raises `FileExistsError` if there
    is a file of that name, which stays.
    """
    try:
        _rename_new(temporary, path)
    finally:
        with suppress(OSError):
            remove_file(temporary)
    if sync:
        sync_directory(path.parent)


def _rename_new(old: Path, new: Path) -> None:
    if os.name == "nt":  # a rename never takes the place of a file there
        old.rename(new)
        return
    try:
        os.link(old, new)
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        if new.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(new)) from None
        old.rename(new)


def written_beside(path: Path, data: bytes, *, sync: bool = False) -> Path:
    """Write the data to a temporary file beside the path."""
    temporary = path.with_name(path.name + TEMPORARY)
    remove_file(temporary)  # a crash may have left one that is also the file's other name
    write_new_file(temporary, data, sync=sync)
    return temporary


def _owned(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_ONLY)


def remove_file(path: Path, *, sync: bool = False) -> None:
    """Remove the file; no error if there is none."""
    retry_on_windows(lambda: path.unlink(missing_ok=True))
    if sync:
        sync_directory(path.parent)


def retry_on_windows(act: Callable[[], object]) -> None:
    """Do it, again after a `PermissionError` where that may pass."""
    for wait_s in WAITS_S:
        try:
            act()
        except PermissionError:
            time.sleep(wait_s)
        else:
            return
    act()


def sync_directory(path: Path) -> None:
    """Make the names in the directory survive a power cut, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def quarantine_path(path: Path) -> Path:
    """A free name beside `path` under which a damaged file can be kept."""
    return free_name(path.with_name(path.name + QUARANTINE_SUFFIX))


def free_name(path: Path) -> Path:
    """`path`, or with a number after it if that is taken."""
    free = path
    for number in count(2):
        if not free.exists():
            break
        free = path.with_name(f"{path.name}-{number}")
    return free
