"""How many calls were answered, by API, outcome and player: counts that outlive the exchanges.

They are kept so that a question costs what it asks about: an API has few outcomes, and of each the
players are found by name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from tt_emulator.errors import NotCounted
from tt_emulator.journal.budget import Budget, Share
from tt_emulator.journal.effects import Counted
from tt_emulator.journal.exchange import Exchange
from tt_emulator.journal.match import Kind, Match, kind_of

Rows = Iterable[tuple[str, str, str, int]]
"""API, outcome, player, and how many calls."""


def rows_of(exchanges: Iterable[Exchange]) -> tuple[tuple[str, str, str, int], ...]:
    """What those of the exchanges that were answered count."""
    counts = Counter(
        (each.call.api.name, each.outcome, each.call.player)
        for each in exchanges
        if each.answered_ns is not None
    )
    return tuple((*key, number) for key, number in counts.items())


class Tally:
    """The answered calls of one API with one outcome: how many, and how many of each player.

    `others` are calls of players for whom there was no counter left. Who comes new after the first
    of them gets none either: they may have called before.
    """

    __slots__ = ("kind", "others", "players", "total")

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.total = 0
        self.players: dict[str, int] = {}
        self.others = 0

    def count(self, player: str | None) -> int:
        """The calls of that player, or of all. Raises `NotCounted`."""
        if player is None:
            return self.total
        if self.others and player not in self.players:
            raise NotCounted(
                f"The calls of {player!r} were not counted by player: there were too many players.",
                "Ask without the player, or clear the journal: what comes then is counted.",
            )
        return self.players.get(player, 0)


class Counts:
    """The tallies of one journal; hold its lock. Each player of a tally takes a counter."""

    def __init__(self, budget: Budget, share: Share) -> None:
        self._budget = budget
        self._share = share
        self._tallies: dict[tuple[str, str], Tally] = {}
        self._removed: Counter[tuple[str, str]] = Counter()
        self._reached: Counter[tuple[str, str]] = Counter()

    def add(self, exchange: Exchange) -> Kind:
        """Count an exchange that was answered; by what, but for the player."""
        call = exchange.call
        key = call.api.name, exchange.outcome
        tally = self._tallies.get(key)
        if tally is None:
            tally = self._tallies[key] = Tally(kind_of(exchange))
        tally.total += 1
        players, player = tally.players, call.player
        if player in players:
            players[player] += 1
        elif not tally.others and self._budget.take_counter(self._share):
            players[player] = 1
        else:
            tally.others += 1
        return tally.kind

    def count(self, match: Match) -> int:
        """How many calls matched. Raises `NotCounted` if nobody can know."""
        return sum(tally.count(match.player) for tally in self._fitting(match))

    def rows(self, match: Match) -> tuple[tuple[str, str, str, int], ...]:
        """How many calls of each kind matched, for a match of a player. Raises as `count`."""
        player = match.player or ""
        found = ((*key, player, tally.count(player)) for key, tally in self._tallies.items())
        fitting = {(tally.kind.api, tally.kind.outcome) for tally in self._fitting(match)}
        return tuple(row for row in found if row[:2] in fitting and row[3])

    def delivered(self) -> Counter[tuple[str, str]]:
        """How often each outcome of each API was delivered."""
        return Counter({key: tally.total for key, tally in self._tallies.items()})

    def ever(self) -> Counter[tuple[str, str]]:
        """The same, of those as well that are counted no more."""
        return self.delivered() + self._removed

    def begin_anew(self) -> None:
        """What was counted is about to be counted again, until `restored`."""
        self._reached = self.ever()
        self.forget(Match())

    def restored(self) -> None:
        """All of it is: `ever` goes on from where it was."""
        self._removed = self._reached - self.delivered()

    def remove(self, rows: Rows) -> None:
        """Count so many calls no more, as far as they are counted."""
        for api, outcome, player, number in rows:
            tally = self._tallies.get((api, outcome))
            if tally is None:
                continue
            counted = min(number, tally.players.get(player, 0))
            if counted:
                self._take(tally, player, counted)
            others = min(number - counted, tally.others)
            tally.others -= others
            tally.total -= others
            self._removed[api, outcome] += others
        self._sweep()

    def written(self) -> Iterator[Counted]:
        """An effect for each tally."""
        for (api, outcome), tally in self._tallies.items():
            yield Counted(api, outcome, dict(tally.players), tally.kind.code, tally.others)

    def restore(self, counted: Counted) -> None:
        """Have the tally as it was written."""
        kind = Kind(counted.api, "", counted.outcome, counted.code)
        tally = self._tallies[counted.api, counted.outcome] = Tally(kind)
        tally.others = counted.others
        tally.total = counted.others + sum(counted.players.values())
        for player, number in counted.players.items():
            if self._budget.take_counter(self._share):
                tally.players[player] = number
            else:
                tally.others += number

    def forget(self, match: Match) -> None:
        """Count none of those any more of which it is known that they match."""
        for tally in self._fitting(match):
            if match.player is None:
                self._budget.give_counters(self._share, len(tally.players))
                self._removed[tally.kind.api, tally.kind.outcome] += tally.total
                tally.total = 0
            elif match.player in tally.players:
                self._take(tally, match.player, tally.players[match.player])
        self._sweep()

    def _take(self, tally: Tally, player: str, number: int) -> None:
        tally.total -= number
        self._removed[tally.kind.api, tally.kind.outcome] += number
        tally.players[player] -= number
        if not tally.players[player]:
            del tally.players[player]
            self._budget.give_counters(self._share, 1)

    def _sweep(self) -> None:
        self._tallies = {key: tally for key, tally in self._tallies.items() if tally.total}

    def _fitting(self, match: Match) -> list[Tally]:
        anybody = replace(match, player=None)
        return [tally for tally in self._tallies.values() if anybody.holds(tally.kind)]
