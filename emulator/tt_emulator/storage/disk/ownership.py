"""Whether a directory is still the one that this process has locked: a path proves nothing.

Where the system tells what happens, a look is needed only after something did. Elsewhere two cheap
looks at each write are enough, since whatever is done to a directory's entries, or to it as a
whole, changes its `st_ctime`: one at the world's directory by its path, one at the lock's file by
its descriptor. The log's own file is not looked at: Linux then takes a finer time at the next write
to it, and that costs twice as much.
"""

import errno
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.storage.disk.judging import NO_RULES, Judge

if TYPE_CHECKING:
    from tt_emulator.storage.disk.watch import Watch

LOCK = "lock"

# A disk that counts whole milliseconds, or less, may give two changes one time.
FINE_NS = 1_000_000
SETTLED_NS = {True: 50_000_000, False: 3_000_000_000}


class DirectoryLost(OSError):
    """What lies at the path is not this server's any more, or nothing lies there."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(errno.ENOENT, reason, str(path))


Identity = tuple[int, int]
"""Of a file or directory, as long as somebody holds it: the device, and the number there."""


def identity(found: os.stat_result) -> Identity:
    """Of what was looked at."""
    return found.st_dev, found.st_ino


class Ownership:
    """Of a data directory whose lock this process has just acquired.

    The lock's file is held open, so that no other file can get its number. `changed_ns` is its
    `st_ctime` when it was the right one, 0 if another change could have the same. `watch` is of
    the lock, if there can be one.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = root / LOCK
        self.descriptor = os.open(self._lock, os.O_RDONLY)
        self.changed_ns = 0
        self._identity = identity(os.fstat(self.descriptor))
        self.watch = _watch_of(self._lock)
        self.check()

    def check(self) -> None:
        """Raise `DirectoryLost` if the directory is gone or another's."""
        changed_ns = settled(os.fstat(self.descriptor))
        found = looked_at(self._lock)
        if found is None or identity(found) != self._identity:
            if not self._root.exists():
                raise DirectoryLost(self._root, "the directory was removed or moved away")
            raise DirectoryLost(
                self._lock, "the file was removed or replaced, or its directory was"
            )
        self.changed_ns = changed_ns

    def release(self) -> None:
        """Look no more."""
        os.close(self.descriptor)
        if self.watch is not None:
            self.watch.close()


class Home:
    """The directory of one world.

    `platform` is the world's, and `judge` knows what may be stored by its rules. `changed_ns` is as
    above, `noticed` what the watch had counted when all was well.
    """

    def __init__(
        self,
        path: Path,
        ownership: Ownership,
        platform: str = DEFAULT_PLATFORM,
        judge: Judge = NO_RULES,
    ) -> None:
        self.path = path
        self.platform = platform
        self.judge = judge
        self.changed_ns = 0
        self.noticed = -1
        self._name = str(path)
        self._ownership = ownership
        self._lock = ownership.descriptor
        self._identity = identity(path.stat())
        self._watch = ownership.watch
        if self._watch is not None and not _added(self._watch.add_directory, path):
            self._watch = None

    def check(self) -> None:
        """Raise `DirectoryLost` if it is gone or another's."""
        self._ownership.check()
        found = looked_at(self.path)
        if found is None or identity(found) != self._identity:
            raise DirectoryLost(self.path, "the directory was removed or replaced")

    def glance(self, path: Path, its: Identity | None) -> None:
        """As `check_file`, for less where nothing was touched since."""
        watch = self._watch
        if watch is None:
            self._glance_at_times(path, its)
            return
        if watch.poll(0):
            watch.record()
        if watch.changes != self.noticed:
            noticed = watch.changes & ~1
            self.check_file(path, its)
            self.noticed = noticed

    def _glance_at_times(self, path: Path, its: Identity | None) -> None:
        try:
            changed_ns = os.stat(self._name).st_ctime_ns  # noqa: PTH116  # Path costs three times that
        except (FileNotFoundError, NotADirectoryError):
            changed_ns = -1
        if (
            changed_ns != self.changed_ns
            or os.fstat(self._lock).st_ctime_ns != self._ownership.changed_ns
        ):
            self.check_file(path, its)

    def check_file(self, path: Path, its: Identity | None) -> None:
        """Raise `DirectoryLost` also if the file of that identity does not lie there."""
        before = looked_at(self.path)
        self.check()
        found = looked_at(path)
        if before is None or found is None or identity(found) != its:
            raise DirectoryLost(path, "the file was removed or replaced")
        self.changed_ns = settled(before)  # what came after it, the next look sees


def looked_at(path: Path) -> os.stat_result | None:
    """What lies at the path, `None` if nothing does."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def settled(found: os.stat_result) -> int:
    """When it was changed last, 0 if that is so short ago that another change may look the same."""
    changed_ns = found.st_ctime_ns
    long_ns = SETTLED_NS[changed_ns % FINE_NS != 0]
    return changed_ns if time.time_ns() - changed_ns > long_ns else 0


def _watch_of(lock: Path) -> "Watch | None":
    if sys.platform != "linux":
        return None
    from tt_emulator.storage.disk.watch import Watch  # other systems lack what it imports

    with suppress(OSError):  # none left, or none here
        watch = Watch()
        if _added(watch.add_file, lock):
            return watch
        watch.close()
    return None


def _added(add: Callable[[Path], None], path: Path) -> bool:
    try:
        add(path)
    except OSError:
        return False
    return True
