"""getNetworkType: what the player's connection is."""

from typing import Any

from emulator.domain.turn import Turn


def get_network_type(turn: Turn) -> dict[str, Any]:
    """`wifi` for a player who is online, `none` for one who is not."""
    return {"networkType": "wifi" if turn.network == "online" else "none"}
