"""A fault for a player of whom nothing is known may wait for ever: that is worth a remark."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tt_emulator.cli.output import say

if TYPE_CHECKING:
    from tt_emulator.client import Client


def remark_on_strangers(client: "Client", faults: Iterable[Mapping[str, Any]]) -> None:
    """Say on stderr which of the players that the faults name nobody has seen yet."""
    for player in dict.fromkeys(fault["player"] for fault in faults if fault.get("player")):
        if not (_has_called(client, player) or _has_state(client, player)):
            say(_remark(client, player), err=True)


def _has_called(client: "Client", player: str) -> bool:
    return bool(client.requests(player=player, limit=1))


def _has_state(client: "Client", player: str) -> bool:
    """Whether the player is more than what the server says of any name."""
    seen = client.player(player)
    plain = {"nickname": player, "account": "in", "network": "online"}
    held = any(seen[name] for name in ("KVDataList", "friends", "group"))
    return (
        held
        or seen["session"] == "expired"
        or any(seen[name] != value for name, value in plain.items())
    )


def _remark(client: "Client", player: str) -> str:
    from difflib import get_close_matches

    callers = {exchange["player"] for exchange in client.requests()}
    unseen = (
        f"No player {player!r} was seen in world {client.world!r} yet:"
        " the fault strikes once one of that name calls."
    )
    meant = " or ".join(get_close_matches(player, sorted(callers)))
    return f"{unseen} Did you mean {meant}?" if meant else unseen
