"""How much of a server each of its teams uses."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from tt_emulator.world.reachable import Reachable
from tt_emulator.world.teams import Limits


class TeamUse(Struct, frozen=True):
    """What one team uses now, and since the start: `requests` it has sent, `refused` by the limit
    that was reached.
    """

    team: str
    limits: Limits
    worlds: int
    listeners: int
    journal_bytes: int
    requests: int
    refused: Mapping[str, int]


def usage(worlds: Reachable) -> Iterator[TeamUse]:
    """That of the teams whose worlds these are."""
    names, opened = worlds.names(), worlds.opened_worlds()
    for tenant in worlds.tenants():
        team, quota = tenant.team, tenant.quota
        yield TeamUse(
            team=team.name,
            limits=team.limits,
            worlds=sum(map(team.owns, names)),
            listeners=quota.listeners,
            journal_bytes=sum(world.journal.bytes for world in opened if team.owns(world.name)),
            requests=quota.requests,
            refused=dict(quota.refused),
        )
