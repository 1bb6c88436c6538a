"""The worlds of a server in brief."""

from collections.abc import Iterator
from contextlib import suppress

from msgspec import Struct

from tt_emulator.domain.clock import iso
from tt_emulator.errors import Elsewhere, NotFound
from tt_emulator.world.reachable import Reachable
from tt_emulator.world.world import World


class WorldInBrief(Struct, frozen=True):
    """A world: how many `players` are stored in it, and when the last call came that its journal
    holds, `None` if it holds none.
    """

    name: str
    platform: str
    players: int
    used_at: str | None


def listed(worlds: Reachable) -> Iterator[WorldInBrief]:
    """All of them by name."""
    for name in worlds.names():
        with suppress(NotFound, Elsewhere):  # dropped meanwhile, or told by who has it
            yield _brief(worlds.find(name))


def _brief(world: World) -> WorldInBrief:
    last_ms = world.journal.last_call_at_ms
    used_at = None if last_ms is None else iso(last_ms)
    return WorldInBrief(world.name, world.platform_name, len(world.store.openids()), used_at)
