"""What keeps a call waiting, and can let it go at any moment."""

from collections.abc import Callable
from threading import Lock


class Hold:
    """Calls wait on it until their time is over or it is released. Safe under threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._wakes: dict[Callable[[], object], None] = {}
        self.released = False

    def add(self, wake: Callable[[], object]) -> None:
        """Call `wake` once at the release, in the thread that releases; at once if that was."""
        with self._lock:
            if not self.released:
                self._wakes[wake] = None
                return
        wake()

    def remove(self, wake: Callable[[], object]) -> None:
        """Do not call it any more; no error if it was called already."""
        with self._lock:
            self._wakes.pop(wake, None)

    def release(self) -> None:
        """Let go of everybody who waits, and of whoever comes later."""
        with self._lock:
            self.released = True
            wakes, self._wakes = self._wakes, {}
        for wake in wakes:
            wake()
