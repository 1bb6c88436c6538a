"""How many calls were answered on a server, in worlds that were dropped as well."""

from collections import Counter
from collections.abc import Iterable

from tt_emulator.world.teams import Team, Tenants
from tt_emulator.world.world import World

Calls = Counter[tuple[str, str, str]]
"""By platform, API and outcome."""


class CallTotals:
    """The calls of worlds that went, by the team that they were of. Not safe under threads."""

    def __init__(self, tenants: Tenants) -> None:
        self._tenants = tenants
        self._dropped: dict[str | None, Calls] = {}

    def keep(self, world: World) -> None:
        """Count on what was answered in a world that goes."""
        owner = self._tenants.owner(world.name)
        name = None if owner is None else owner.team.name
        self._dropped.setdefault(name, Counter()).update(_calls(world))

    def all(self, worlds: Iterable[World], team: Team | None) -> Calls:
        """Those and the calls of these worlds: in all, or in those of the team."""
        total: Calls = Counter()
        for name, calls in self._dropped.items():
            if team is None or name == team.name:
                total.update(calls)
        for world in worlds:
            if team is None or team.owns(world.name):
                total.update(_calls(world))
        return total


def _calls(world: World) -> Calls:
    delivered = world.journal.ever_delivered()
    return Counter({(world.platform_name, *key): number for key, number in delivered.items()})
