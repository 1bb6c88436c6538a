"""How many logs hold a descriptor at once: a system gives a process only so many."""

import sys
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock, RLock
from typing import Protocol, TypeVar

from tt_emulator.storage.disk.files import lacks_descriptors

Done = TypeVar("Done")

SHARE = 4
"""Logs take a fourth of what the process may open; connections need the rest."""

LEAST, MOST = 4, 256


def most_open_logs() -> int:
    """How many logs may hold a descriptor in this process now."""
    if sys.platform == "win32":  # 8,192 for everything, and it cannot be asked
        return MOST
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit == resource.RLIM_INFINITY:
        return MOST
    return min(max(limit // SHARE, LEAST), MOST)


class OpenLog(Protocol):
    """A log with a descriptor, which `release` gives back; hold `lock` for that.

    `used` turns true at each use.
    """

    lock: RLock
    used: bool

    def release(self) -> None:
        """Give the descriptor back until the next use."""


class OpenLogs:
    """The logs of all worlds that hold a descriptor. Those that were not used longest give it back.

    One whose lock somebody holds keeps it; then there are more than `most()` for a while.
    """

    def __init__(self, most: Callable[[], int] = most_open_logs) -> None:
        self._most = most
        self._lock = Lock()
        self._logs: OrderedDict[OpenLog, None] = OrderedDict()

    def admit(self, log: OpenLog) -> None:
        """It has opened a descriptor; the caller holds its lock."""
        with self._lock:
            self._logs[log] = None
            self._release(len(self._logs) - self._most(), but=log)

    def discard(self, log: OpenLog) -> None:
        """It has none any more."""
        with self._lock:
            self._logs.pop(log, None)

    def making_room(self, act: Callable[[], Done]) -> Done:
        """Do it, and if descriptors are lacking again when half of the logs gave theirs back."""
        try:
            return act()
        except OSError as error:
            if not lacks_descriptors(error):
                raise
        with self._lock:
            self._release(len(self._logs) // 2 + 1)
        return act()

    def _release(self, number: int, but: OpenLog | None = None) -> None:
        for log in [*self._logs, *self._logs]:  # whose use is not long ago come at the second time
            if number <= 0:
                return
            if log is but or log not in self._logs:
                continue
            if log.used:
                log.used = False
                self._logs.move_to_end(log)
            elif log.lock.acquire(blocking=False):
                try:
                    log.release()
                finally:
                    log.lock.release()
                del self._logs[log]
                number -= 1
