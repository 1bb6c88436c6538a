"""Remarks on what was armed: why it may not be what it says. They are no fields of a fault."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from tt_emulator.faults.kinds import through_proxy
from tt_emulator.wire.control.asking import proxy_header
from tt_emulator.world import World


def noticed(world: World, armed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same faults, those with a `notice` on which there is something to say."""
    named = dict.fromkeys(view["player"] for view in armed if view.get("player") is not None)
    unseen = {player: _unseen(world, player) for player in named if not world.has_seen(player)}
    return [view | _notice(view, unseen) for view in armed]


def _notice(view: dict[str, Any], unseen: dict[str, str]) -> dict[str, str]:
    notice = " ".join(_notices(view, unseen))
    return {"notice": notice} if notice else {}


def _notices(view: dict[str, Any], unseen: dict[str, str]) -> Iterator[str]:
    if view.get("player") in unseen:
        yield unseen[view["player"]]
    header = proxy_header()
    lost = header and through_proxy([view.get("wire"), *view.get("sequence", ())])
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
