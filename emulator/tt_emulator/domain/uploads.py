"""What a page has sent ahead of the call that takes it, or gets after one: files are larger than
calls and replies may be.
"""

from collections import OrderedDict
from threading import Lock

MOST_BYTES = 128 * 1024 * 1024
MOST = 1000


class Uploads:
    """Contents by names that nobody can guess. Safe under threads.

    Those that nobody has taken make room for later ones, the oldest first.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._waiting: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def put(self, name: str, data: bytes) -> None:
        """Keep it until somebody takes it, in the place of what has its name."""
        with self._lock:
            self._bytes -= len(self._waiting.pop(name, b""))
            self._waiting[name] = data
            self._bytes += len(data)
            while len(self._waiting) > MOST or self._bytes > self._most_bytes:
                _, gone = self._waiting.popitem(last=False)
                self._bytes -= len(gone)

    def find(self, name: str) -> bytes | None:
        """What was sent under the name, and is left for who takes it; `None` if nothing is."""
        with self._lock:
            return self._waiting.get(name)

    def take(self, name: str) -> bytes | None:
        """What was sent under the name, once; `None` if there is nothing."""
        with self._lock:
            data = self._waiting.pop(name, None)
            self._bytes -= len(data or b"")
            return data
