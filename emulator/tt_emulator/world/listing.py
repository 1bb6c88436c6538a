"""The worlds of a server in brief."""

from collections.abc import Iterator

from msgspec import Struct

from tt_emulator.domain.clock import iso
from tt_emulator.errors import Elsewhere, NotFound, StorageError
from tt_emulator.language.logs import logger
from tt_emulator.world.reachable import Reachable
from tt_emulator.world.world import World

log = logger(__name__)


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
        try:
            yield _brief(worlds.find(name))
        except (NotFound, Elsewhere):  # dropped meanwhile, or told by who has it
            continue
        except StorageError as error:
            log.warning("The world %r is left out of a list: %s", name, error.detail)


def _brief(world: World) -> WorldInBrief:
    last_ms = world.journal.last_call_at_ms
    used_at = None if last_ms is None else iso(last_ms)
    return WorldInBrief(world.name, world.platform_name, len(world.store.openids()), used_at)
