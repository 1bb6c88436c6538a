"""getNetworkType: what the player's connection is."""

from typing import Any

from tt_emulator.domain.turn import Turn


def get_network_type(turn: Turn) -> dict[str, Any]:
    """The type of the player's connection."""
    return {"networkType": network_type(online=turn.network == "online")}


def network_type(*, online: bool) -> str:
    """`wifi` for a player who is online, `none` for one who is not."""
    return "wifi" if online else "none"
