"""Who stands where: every ranking of a world, in order while players write.

Built from all players at the first question, then kept up with each write; so neither a question
nor a write goes through all players again. Needs the store's lock.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Sequence

from emulator.storage.base import Record, WorldStore

Name = tuple[str | int, ...]
"""What a board is called."""

Place = tuple[int, int, int, str]
"""What sorts on a board, smaller first: the rank's number, the time and the order of the write, and
whose it is."""

Placing = Callable[[str, Record], Iterator[tuple[Name, Place]]]
"""On which boards a player stands, and where."""


class Boards:
    """The boards of one world by its rules of placing."""

    def __init__(self, store: WorldStore, placing: Placing) -> None:
        self._store = store
        self._placing = placing
        self._placed: dict[str, dict[Name, Place]] | None = None
        self._boards: dict[Name, list[Place]] = {}

    def board(self, name: Name) -> Sequence[Place]:
        """The places of one board, in order. It must not be changed."""
        self._placings()
        return self._boards.get(name, ())

    def names(self) -> list[Name]:
        """The boards on which somebody stands."""
        self._placings()
        return list(self._boards)

    def place_of(self, openid: str, name: Name) -> Place | None:
        """Where the player stands on a board, `None` if not at all."""
        return self._placings().get(openid, {}).get(name)

    def note(self, openid: str) -> None:
        """The player has changed."""
        if self._placed is None:
            return
        record = self._store.get(openid)
        before = self._placed.pop(openid, {})
        after = dict(self._placing(openid, record)) if record else {}
        if after:
            self._placed[openid] = after
        for name, place in before.items():
            if after.get(name) != place:
                board = self._boards[name]
                del board[bisect_left(board, place)]
                if not board:
                    del self._boards[name]
        for name, place in after.items():
            if before.get(name) != place:
                insort(self._boards.setdefault(name, []), place)

    def _placings(self) -> dict[str, dict[Name, Place]]:
        if self._placed is None:
            self._placed = {}
            for openid, record in self._store.items():
                places = dict(self._placing(openid, record))
                if places:
                    self._placed[openid] = places
                for name, place in places.items():
                    self._boards.setdefault(name, []).append(place)
            for board in self._boards.values():
                board.sort()
        return self._placed
