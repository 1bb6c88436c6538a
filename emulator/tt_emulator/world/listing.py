"""The worlds of a server in brief."""

from collections.abc import Iterator

from msgspec import Struct

from tt_emulator.domain.brief import AtRest, Brief
from tt_emulator.domain.clock import iso
from tt_emulator.errors import Elsewhere, NotFound, StorageError
from tt_emulator.language.logs import logger
from tt_emulator.world.reachable import Reachable

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
    """All of them by name, but for those that other servers have."""
    survey = worlds.survey()
    elsewhere = {each.world for each in survey.elsewhere}
    resting = {each.name: each for each in survey.at_rest}
    for name in worlds.names():
        if name in resting:
            yield _at_rest(resting[name])
        elif name not in elsewhere:
            yield from _opened(worlds, name)


def listed_at_rest(worlds: Reachable) -> Iterator[WorldInBrief]:
    """Those that nobody has, as far as they need not be opened."""
    return map(_at_rest, worlds.survey().at_rest)


def _opened(worlds: Reachable, name: str) -> Iterator[WorldInBrief]:
    try:
        world = worlds.find(name)
    except (NotFound, Elsewhere):  # dropped meanwhile, or told by who has it
        return
    except StorageError as error:
        log.warning("The world %r is left out of a list: %s", name, error.detail)
        return
    yield _in_brief(name, world.platform_name, world.brief())


def _at_rest(world: AtRest) -> WorldInBrief:
    return _in_brief(world.name, world.platform, world.brief)


def _in_brief(name: str, platform: str, brief: Brief) -> WorldInBrief:
    used_at = None if brief.last_call_ms is None else iso(brief.last_call_ms)
    return WorldInBrief(name, platform, brief.players, used_at)
