"""The few file operations that must not tear, lose or overwrite anything."""

import errno
import os
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

TEMPORARY = ".tmp"
SET_ASIDE = ".set-aside"

# On Windows a virus scanner or an editor that looks at a file makes replacing it fail for a
# moment; elsewhere a refusal is final.
WAITS_S = (0.01, 0.02, 0.05, 0.1, 0.2) if os.name == "nt" else ()


_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_FILES = (errno.EMFILE, errno.ENFILE)


def what_to_do(error: Exception) -> str | None:
    """What helps against a lack of space or of open files; `None` for another error."""
    number = getattr(error, "errno", None)
    if number in _NO_SPACE:
        return "Free disk space, then try again."
    if number in _NO_FILES:
        return "Close connections or let the server open more files (ulimit -n), then try again."
    return None


def replace_file(path: Path, data: bytes, *, sync: bool = False) -> None:
    """Put `data` in the place of the file: at any instant it holds the old or the new, whole."""
    temporary = path.with_name(path.name + TEMPORARY)
    with temporary.open("wb") as file:
        file.write(data)
        if sync:
            file.flush()
            os.fsync(file.fileno())
    patiently(lambda: temporary.replace(path))
    if sync:
        sync_directory(path.parent)


def remove_file(path: Path, *, sync: bool = False) -> None:
    """Remove the file; no error if there is none."""
    patiently(lambda: path.unlink(missing_ok=True))
    if sync:
        sync_directory(path.parent)


def patiently(act: Callable[[], object]) -> None:
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


def name_aside(path: Path) -> Path:
    """A free name beside `path` under which a damaged file can be kept."""
    return free_name(path.with_name(path.name + SET_ASIDE))


def free_name(path: Path) -> Path:
    """`path`, or with a number after it if that is taken."""
    free = path
    for number in count(2):
        if not free.exists():
            break
        free = path.with_name(f"{path.name}-{number}")
    return free
