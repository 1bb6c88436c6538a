"""Texts under names, in memory."""

from collections.abc import Callable
from threading import Lock

from tt_emulator.domain.store import nothing
from tt_emulator.errors import StorageError

MOST_BYTES = 256 * 1024 * 1024
ENTRY_BYTES = 500
"""What a text in memory takes beside its bytes, roughly."""


def blobs_full(taken: int, most: int) -> StorageError:
    """That there is no room for one more."""
    return StorageError(
        f"The snapshots and scenarios of all worlds take {taken} MiB of memory;"
        f" this one would make them more than {most}.",
        "Delete some, or start with --data: on disk they have no such limit.",
    )


class Room:
    """How much the texts of all worlds in memory may take together, or what else `full` speaks of
    (MiB that are taken, and the most). Safe under threads.
    """

    def __init__(
        self,
        most_bytes: int = MOST_BYTES,
        full: Callable[[int, int], StorageError] = blobs_full,
    ) -> None:
        self._most_bytes = most_bytes
        self._full = full
        self._bytes = 0
        self._lock = Lock()

    def take(self, more_bytes: int) -> None:
        """Take so much, or give it back if it is negative. Raises `StorageError`."""
        with self._lock:
            if more_bytes > 0 and self._bytes + more_bytes > self._most_bytes:
                raise self._full(self._bytes >> 20, self._most_bytes >> 20)
            self._bytes += more_bytes


class MemoryBlobs:
    """The `Blobs` of a world in memory. `check` raises once the world was dropped."""

    def __init__(self, room: Room, check: Callable[[], None] = nothing) -> None:
        self._room = room
        self._check = check
        self._lock = Lock()
        self._texts: dict[str, bytes] = {}

    def names(self) -> list[str]:
        """All names, sorted."""
        return sorted(self._texts)

    def get(self, name: str) -> bytes | None:
        """The text, or `None`."""
        return self._texts.get(name)

    def put(self, name: str, text: bytes) -> None:
        """Keep the text."""
        with self._lock:
            self._check()
            self._room.take(_size(text) - _size(self._texts.get(name)))
            self._texts[name] = text

    def delete(self, name: str) -> None:
        """Forget the text."""
        with self._lock:
            self._room.take(-_size(self._texts.pop(name, None)))

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._room.take(-sum(map(_size, self._texts.values())))
            self._texts.clear()


def _size(text: bytes | None) -> int:
    return 0 if text is None else len(text) + ENTRY_BYTES
