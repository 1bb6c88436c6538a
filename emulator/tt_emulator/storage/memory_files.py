"""Files of players, in memory."""

from collections.abc import Callable, Iterable, Mapping
from threading import RLock

from tt_emulator.domain.store import EMPTY, nothing
from tt_emulator.domain.user_files import Entry
from tt_emulator.errors import StorageError
from tt_emulator.storage.blobs import ENTRY_BYTES, Room

MOST_BYTES = 1024 * 1024 * 1024


def room_for_files() -> Room:
    """How much all players' files may take together."""
    return Room(MOST_BYTES, _full)


def _full(taken: int, most: int) -> StorageError:
    return StorageError(
        f"The files of all players take {taken} MiB of memory;"
        f" this one would make them more than {most}.",
        "Delete some, or start with --data: on disk they have no such limit.",
    )


class MemoryFiles:
    """The `UserFiles` of a world in memory. `check` raises once the world was dropped."""

    def __init__(self, room: Room, check: Callable[[], None] = nothing) -> None:
        self._room = room
        self._check = check
        self._lock = RLock()
        self.forgotten = 0
        self._players: dict[str, dict[str, Entry]] = {}
        self._contents: dict[tuple[str, str], bytes] = {}

    def entries(self, openid: str) -> Mapping[str, Entry]:
        """What the player has, by path."""
        with self._lock:
            return dict(self._players.get(openid, EMPTY))

    def read(self, openid: str, path: str) -> bytes | None:
        """What is in the file, or `None`."""
        return self._contents.get((openid, path))

    def write(
        self, openid: str, path: str, data: bytes, modified_ms: int, *, saved: bool = False
    ) -> None:
        """Put the file there. Raises `StorageError` if there is no room for it."""
        entry = Entry(modified_ms, len(data), saved)
        with self._lock:
            self._check()
            before = self._players.get(openid, {}).get(path)
            self._room.take(_size(entry) - _size(before))
            self._players.setdefault(openid, {})[path] = entry
            self._contents[openid, path] = data

    def make_folders(self, openid: str, paths: Iterable[str], modified_ms: int) -> None:
        """Make these folders."""
        with self._lock:
            self._check()
            for path in paths:
                self._room.take(ENTRY_BYTES)
                self._players.setdefault(openid, {})[path] = Entry(modified_ms)

    def remove(self, openid: str, paths: Iterable[str]) -> None:
        """Remove these files and folders."""
        with self._lock:
            self._check()
            for path in paths:
                self._take_out(openid, path)

    def move(self, openid: str, paths: Mapping[str, str]) -> None:
        """Give these files and folders other paths."""
        with self._lock:
            self._check()
            moved = {
                new: (self._players[openid][old], self._contents.get((openid, old)))
                for old, new in paths.items()
            }
            for path in (*paths, *moved):
                self._take_out(openid, path)
            for path, (entry, data) in moved.items():
                self._room.take(_size(entry))
                self._players[openid][path] = entry
                if data is not None:
                    self._contents[openid, path] = data

    def forget(self, openid: str) -> None:
        """The player has none any more."""
        with self._lock:
            self.forgotten += openid in self._players
            for path in list(self._players.pop(openid, EMPTY)):
                self._room.take(-ENTRY_BYTES - len(self._contents.pop((openid, path), b"")))

    def clear(self) -> None:
        """Nobody has any more."""
        with self._lock:
            for openid in list(self._players):
                self.forget(openid)

    def _take_out(self, openid: str, path: str) -> None:
        entry = self._players.get(openid, {}).pop(path, None)
        self._contents.pop((openid, path), None)
        self._room.take(-_size(entry))


def _size(entry: Entry | None) -> int:
    return 0 if entry is None else (entry.size or 0) + ENTRY_BYTES
