"""Remarks on what was armed: why it may not be what it says. They are no fields of a fault."""

from collections.abc import Iterator
from difflib import get_close_matches

from msgspec.structs import replace

from tt_emulator.faults.kinds import through_proxy
from tt_emulator.faults.views import Fault
from tt_emulator.wire.control.requests import proxy_header
from tt_emulator.world import World


def noticed(world: World, armed: list[Fault]) -> list[Fault]:
    """The same faults, those with a `notice` on which there is something to say."""
    named = dict.fromkeys(fault.player for fault in armed if fault.player is not None)
    has_seen = world.players.has_seen
    unseen = {player: _unseen(world, player) for player in named if not has_seen(player)}
    return [_with_notice(fault, unseen) for fault in armed]


def _with_notice(fault: Fault, unseen: dict[str, str]) -> Fault:
    notice = " ".join(_notices(fault, unseen))
    return replace(fault, notice=notice) if notice else fault


def _notices(fault: Fault, unseen: dict[str, str]) -> Iterator[str]:
    if fault.player in unseen:
        yield unseen[fault.player]
    header = proxy_header()
    lost = header and through_proxy([fault.wire, *(fault.sequence or ())])
    if header and lost:
        yield _behind_proxy(header, lost)


def _behind_proxy(header: str, lost: str) -> str:
    return (
        f"this request came through a proxy ({header}), and {lost}:"
        " let the game call the emulator directly"
    )


def _unseen(world: World, player: str) -> str:
    callers = {exchange.call.player for exchange in world.journal.find()}
    unseen = (
        f"No player {player!r} was seen in world {world.name!r} yet:"
        " the fault strikes once one of that name calls."
    )
    meant = " or ".join(get_close_matches(player, sorted(callers)))
    return f"{unseen} Did you mean {meant}?" if meant else unseen
