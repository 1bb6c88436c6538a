"""Who stands where: every ranking of a world, in order while players write.

Each family of boards is built from all players at its first question and then kept up with each
write; so neither a question nor a write goes through all players again. Needs the store's lock.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.store import WorldStore

Name = tuple[str | int, ...]
"""What a board is called; first comes its family."""

Place = tuple[int, int, int, str]
"""What sorts on a board, smaller first: the rank's number, the time and the order of the write, and
whose it is."""


class Board(Protocol):
    """Places in order, of which only `Boards` takes off and puts on."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Place]: ...
    def __getitem__(self, places: slice) -> Sequence[Place]: ...

    def bisect_left(self, place: Place) -> int:
        """How many stand before it."""

    def add(self, place: Place) -> None:
        """Put it where it belongs."""

    def remove(self, place: Place) -> None:
        """Take it off. Raises `ValueError` if it is not there."""


class Rule(NamedTuple):
    """Of a family: on which boards a player stands and where, and whether a change of the player
    may have altered that.
    """

    placing: Callable[[str, Record], Iterator[tuple[Name, Place]]]
    concerns: Callable[[Change], bool]


class Boards:
    """The boards of one world, by the rule of each family."""

    def __init__(self, store: WorldStore, rules: Mapping[str, Rule]) -> None:
        self._store = store
        self._rules = rules
        self._families: dict[str, _Family] = {}

    def board(self, name: Name) -> Board:
        """The places of one board."""
        board = self._family(str(name[0])).boards.get(name)
        return ordered() if board is None else board

    def names(self, family: str) -> list[Name]:
        """The boards of the family on which somebody stands."""
        return list(self._family(family).boards)

    def place_of(self, openid: str, name: Name) -> Place | None:
        """Where the player stands on a board, `None` if not at all."""
        return self._family(str(name[0])).placed.get(openid, {}).get(name)

    def update(self, openid: str, change: Change | None = None) -> None:
        """The player has changed; without a `change` in any way, or is gone."""
        for name, family in self._families.items():
            rule = self._rules[name]
            if change is None or rule.concerns(change):
                record = self._store.get(openid)
                family.move(openid, dict(rule.placing(openid, record)) if record else {})

    def _family(self, name: str) -> "_Family":
        family = self._families.get(name)
        if family is None:
            placing = self._rules[name].placing
            family = self._families[name] = _Family(
                (openid, dict(placing(openid, record))) for openid, record in self._store.items()
            )
        return family


class _Family:
    """Boards with the places on them; the same by player."""

    def __init__(self, players: Iterable[tuple[str, dict[Name, Place]]]) -> None:
        self.placed = {openid: places for openid, places in players if places}
        found: dict[Name, list[Place]] = {}
        for places in self.placed.values():
            for name, place in places.items():
                found.setdefault(name, []).append(place)
        self.boards: dict[Name, Board] = {name: ordered(board) for name, board in found.items()}

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
                self._put_on(name, place)

    def _put_on(self, name: Name, place: Place) -> None:
        board = self.boards.get(name)
        if board is None:
            board = self.boards[name] = ordered()
        board.add(place)

    def _take_off(self, name: Name, place: Place) -> None:
        board = self.boards[name]
        board.remove(place)
        if not board:
            del self.boards[name]


def ordered(places: Iterable[Place] = ()) -> Board:
    """These places, in order; among a million a player moves as fast as among ten."""
    from sortedcontainers import SortedList  # most worlds have no board: a start need not wait

    board: Board = SortedList(places)
    return board
