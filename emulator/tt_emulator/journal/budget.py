"""What the journals of all worlds may hold together.

Exchanges are given up when it gets tight, first by the world that holds most. Counts are not: they
would be wrong.
"""

from collections.abc import Callable
from threading import Lock

MAX_BYTES = 128 * 1024 * 1024
MAX_WORLD_BYTES = 16 * 1024 * 1024
LEAST_BYTES = 8 * 1024
"""What each world has for its latest calls, however many worlds there are."""

MAX_COUNTERS = 1_000_000


class Share:
    """What one journal may hold: `max_bytes` of exchanges. Made by `Budget.join`."""

    def __init__(self, trim: Callable[[], None]) -> None:
        self.trim = trim
        self.max_bytes = 0
        self.counters = 0
        self.left = False


class Budget:
    """The journals' memory of one server, in bytes and in counters. Safe under threads.

    A share grows by doubling and shrinks by half, so that to find the one that has most takes the
    same time among ten thousand worlds as among ten.
    """

    def __init__(self, max_bytes: int = MAX_BYTES, max_counters: int = MAX_COUNTERS) -> None:
        self._lock = Lock()
        self._free_bytes = max_bytes
        self._free_counters = max_counters
        self._by_size: dict[int, dict[Share, None]] = {}

    def join(self, trim: Callable[[], None]) -> Share:
        """A share for one more journal; `trim` is called, in any thread, when it has shrunk."""
        share = Share(trim)
        self.grow(share, LEAST_BYTES)
        return share

    def grow(self, share: Share, wanted_bytes: int) -> None:
        """Let the share be as large as that, if there is room or one that is larger gives some.

        Hold no journal's lock: others are trimmed.
        """
        shrunk: list[Share] = []
        with self._lock:
            wanted_bytes = min(wanted_bytes, MAX_WORLD_BYTES)
            while not share.left and share.max_bytes < wanted_bytes:
                more_bytes = share.max_bytes or LEAST_BYTES
                while self._free_bytes < more_bytes and (larger := self._larger(share)):
                    self._resize(larger, larger.max_bytes // 2)
                    shrunk.append(larger)
                if self._free_bytes < more_bytes:
                    break
                self._resize(share, share.max_bytes + more_bytes)
        for each in shrunk:
            each.trim()

    def fit(self, share: Share, held_bytes: int) -> None:
        """Take back what the share does not need for what it holds."""
        with self._lock:
            while share.max_bytes > LEAST_BYTES and share.max_bytes // 2 >= held_bytes:
                self._resize(share, share.max_bytes // 2)

    def leave(self, share: Share) -> None:
        """Take everything back: the world ends."""
        with self._lock:
            share.left = True
            self._resize(share, 0)
            self._free_counters += share.counters
            share.counters = 0

    def take_counter(self, share: Share) -> bool:
        """One counter more, if the share has fewer than are left for all: so one world alone
        leaves half of them to the others.
        """
        with self._lock:
            if share.left or share.counters >= self._free_counters:
                return False
            share.counters += 1
            self._free_counters -= 1
            return True

    def give_counters(self, share: Share, number: int) -> None:
        """Take so many back."""
        with self._lock:
            if not share.left:
                share.counters -= number
                self._free_counters += number

    def _larger(self, share: Share) -> Share | None:
        """Of the largest shares the one that has been so for longest, `None` if none is larger."""
        size = max((size for size, shares in self._by_size.items() if shares), default=0)
        return next(iter(self._by_size[size])) if size > share.max_bytes else None

    def _resize(self, share: Share, max_bytes: int) -> None:
        self._by_size.get(share.max_bytes, {}).pop(share, None)
        self._free_bytes -= max_bytes - share.max_bytes
        share.max_bytes = max_bytes
        if max_bytes:
            self._by_size.setdefault(max_bytes, {})[share] = None
