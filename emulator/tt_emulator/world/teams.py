"""The teams that share a server: which worlds are whose by their names, and what each may use."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from tt_emulator.config import DEFAULT_WORLD
from tt_emulator.journal import Budget
from tt_emulator.world.quota import Quota


class Limits(Struct, frozen=True, kw_only=True):
    """What a team may use at most, `None` for no limit of its own: worlds, open event streams and
    waits, bytes that its journals hold, and requests a second.
    """

    max_worlds: int | None = None
    max_listeners: int | None = None
    max_journal_bytes: int | None = None
    calls_per_s: float | None = None


class Team(Struct, frozen=True):
    """A team. Its worlds have names that begin with its own and a dot."""

    name: str
    limits: Limits = Limits()

    @property
    def opening(self) -> str:
        """With what the names of its worlds begin."""
        return f"{self.name}."

    @property
    def default_world(self) -> str:
        """That of a request which names none, or `default`."""
        return self.opening + DEFAULT_WORLD

    def owns(self, world: str) -> bool:
        """Whether the world of that name is one of its own."""
        return world.startswith(self.opening)


NOBODY = Team("")
"""Stands for who is of no team; it has no world."""


class Tenant:
    """A team on a running server; `budget` is what its journals may hold, `None` for a share of
    what all have.
    """

    def __init__(self, team: Team) -> None:
        limits = team.limits
        self.team = team
        self.quota = Quota(team.name, limits.calls_per_s, limits.max_listeners, limits.max_worlds)
        self.budget = None if limits.max_journal_bytes is None else Budget(limits.max_journal_bytes)


class Tenants:
    """All teams of one server; none of a server that asks for no teams."""

    def __init__(self, teams: Iterable[Team] = ()) -> None:
        self._by_name = {team.name: Tenant(team) for team in teams}

    def __iter__(self) -> Iterator[Tenant]:
        return iter(self._by_name.values())

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def named(self, team: str) -> Tenant:
        """The team of that name."""
        return self._by_name[team]

    def owner(self, world: str) -> Tenant | None:
        """Whose the world of that name is, `None` if no team's."""
        name, dot, _ = world.partition(".")
        return self._by_name.get(name) if dot else None
