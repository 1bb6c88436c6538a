"""Linux tells what happens to files and directories, for a tenth of what looking at them costs.

A place is watched together with all directories above it, and with the mounts. A disk on which
others may change something without this system's knowledge has no watch, nor has what lies behind
a link.
"""

import errno
import os
import select
from contextlib import ExitStack, suppress
from ctypes import CDLL, c_long, create_string_buffer, get_errno
from pathlib import Path
from threading import Lock

_MOUNTS = "/proc/self/mountinfo"
_READ_BYTES = 65_536

# inotify(7)
_ATTRIBUTES, _DELETED, _MOVED_FROM, _MOVED_TO, _MOVED_ITSELF = 0x4, 0x200, 0x40, 0x80, 0x800

# statfs(2): ext2 to ext4, XFS, Btrfs, F2FS, ZFS, tmpfs, and the overlay of containers
_LOCAL = {0xEF53, 0x58465342, 0x9123683E, 0xF2F52010, 0x2FC12FC1, 0x01021994, 0x794C7630}

_system = CDLL(None, use_errno=True)


class Watch:
    """Of some files and directories. Raises `OSError` where the system has none to give.

    `poll(0)` is true once something happened to one of them; then `record` counts it. `changes` is
    odd while that is done. So nothing has happened to what was looked at after `changes` was even,
    if `poll(0)` is false and then `changes` is still the same.
    """

    def __init__(self) -> None:
        self.changes = 0
        self._recording = Lock()
        with ExitStack() as undo:
            self._events = _call("inotify_init1", os.O_CLOEXEC | os.O_NONBLOCK)
            undo.callback(os.close, self._events)
            mounts = os.open(_MOUNTS, os.O_RDONLY)
            undo.callback(os.close, mounts)
            epoll = undo.enter_context(select.epoll())
            epoll.register(self._events, select.EPOLLIN)
            epoll.register(mounts, select.EPOLLPRI)
            self.poll = epoll.poll
            self.close = undo.pop_all().close

    def add_file(self, path: Path) -> None:
        """Notice when it is removed, moved or replaced. Raises `OSError`."""
        self._add(path, _MOVED_ITSELF | _ATTRIBUTES)  # of which one is how many names it has

    def add_directory(self, path: Path) -> None:
        """Notice when it, or an entry in it, is removed, moved or replaced. Raises `OSError`."""
        self._add(path, _MOVED_ITSELF | _DELETED | _MOVED_FROM | _MOVED_TO)

    def record(self) -> None:
        """Count what happened."""
        with self._recording:
            self.changes += 1
            with suppress(BlockingIOError):
                os.read(self._events, _READ_BYTES)
            self.changes += 1

    def _add(self, place: Path, events: int) -> None:
        path = Path(os.path.abspath(place))  # noqa: PTH100  # Path's own follows links
        if path != path.resolve():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(place))
        for above in path.parents[:-1]:
            self._add_one(above, _MOVED_ITSELF)
        self._add_one(path, events)

    def _add_one(self, path: Path, events: int) -> None:
        if not is_local(path):
            raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP), str(path))
        _call("inotify_add_watch", self._events, os.fsencode(path), events)


def is_local(path: Path) -> bool:
    """Whether nothing on the disk of `path` changes without this system's knowledge, as far as is
    known. Raises `OSError`.
    """
    found = create_string_buffer(256)
    _call("statfs", os.fsencode(path), found)
    return c_long.from_buffer(found).value & 0xFFFFFFFF in _LOCAL


def _call(name: str, *arguments: object) -> int:
    answer: int = getattr(_system, name)(*arguments)
    if answer < 0:
        raise OSError(get_errno(), os.strerror(get_errno()))
    return answer
