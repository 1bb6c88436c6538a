"""How the lock of a world is taken by threads, and by an event loop, for which all wait."""

from threading import RLock

from tt_emulator.fleet import require_thread

BRIEF_S = 0.002
"""So long a loop waits for a world. Who has it mostly needs a fraction of that, and a call that a
thread goes on with costs more. Who waits for a fleet that is some ms away needs longer each time,
and all other worlds would wait as well.
"""


class Holding:
    """Takes the lock; whoever takes it releases it. Thread-safe.

    Whoever has it may wait for the fleet. Then a loop waits once in vain, and not again until
    somebody had to wait for the lock and got it.
    """

    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._in_vain = False

    def take(self) -> None:
        """Wait for it; on an event loop raise `WouldWait` instead."""
        if not self.take_soon():
            require_thread()
            self._lock.acquire()
            self._in_vain = False

    def take_soon(self) -> bool:
        """Take it if that takes no longer than a loop may wait, and whether it was taken."""
        taken = self._lock.acquire(timeout=0 if self._in_vain else BRIEF_S)
        self._in_vain = not taken
        return taken
