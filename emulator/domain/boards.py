"""Who stands where: every ranking of a world, in order while players write.

Each family of boards is built from all players at its first question and then kept up with each
write; so neither a question nor a write goes through all players again. Needs the store's lock.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Mapping, Sequence

from emulator.storage.base import Record, WorldStore

Name = tuple[str | int, ...]
"""What a board is called; first comes its family."""

Place = tuple[int, int, int, str]
"""What sorts on a board, smaller first: the rank's number, the time and the order of the write, and
whose it is."""

Placing = Callable[[str, Record], Iterator[tuple[Name, Place]]]
"""On which boards of a family a player stands, and where."""


class Boards:
    """The boards of one world, by the rules of placing of each family."""

    def __init__(self, store: WorldStore, placings: Mapping[str, Placing]) -> None:
        self._store = store
        self._placings = placings
        self._families: dict[str, _Family] = {}

    def board(self, name: Name) -> Sequence[Place]:
        """The places of one board, in order. It must not be changed."""
        return self._family(str(name[0])).boards.get(name, ())

    def names(self, family: str) -> list[Name]:
        """The boards of the family on which somebody stands."""
        return list(self._family(family).boards)

    def place_of(self, openid: str, name: Name) -> Place | None:
        """Where the player stands on a board, `None` if not at all."""
        return self._family(str(name[0])).placed.get(openid, {}).get(name)

    def note(self, openid: str) -> None:
        """The player has changed."""
        for name, family in self._families.items():
            record = self._store.get(openid)
            family.move(openid, dict(self._placings[name](openid, record)) if record else {})

    def _family(self, name: str) -> "_Family":
        family = self._families.get(name)
        if family is None:
            placing = self._placings[name]
            family = _Family()
            for openid, record in self._store.items():
                family.add(openid, dict(placing(openid, record)))
            family.sort()
            self._families[name] = family
        return family


class _Family:
    """Boards with the places on them; the same by player."""

    def __init__(self) -> None:
        self.boards: dict[Name, list[Place]] = {}
        self.placed: dict[str, dict[Name, Place]] = {}

    def add(self, openid: str, places: dict[Name, Place]) -> None:
        """Put on a new player, in any order: `sort` follows."""
        if places:
            self.placed[openid] = places
        for name, place in places.items():
            self.boards.setdefault(name, []).append(place)

    def sort(self) -> None:
        """Bring all boards into order."""
        for board in self.boards.values():
            board.sort()

    def move(self, openid: str, after: dict[Name, Place]) -> None:
        """Bring a player from where they stood to where they stand."""
        before = self.placed.pop(openid, {})
        if after:
            self.placed[openid] = after
        for name, place in before.items():
            if after.get(name) != place:
                self._take_off(name, place)
        for name, place in after.items():
            if before.get(name) != place:
                insort(self.boards.setdefault(name, []), place)

    def _take_off(self, name: Name, place: Place) -> None:
        board = self.boards[name]
        del board[bisect_left(board, place)]
        if not board:
            del self.boards[name]
