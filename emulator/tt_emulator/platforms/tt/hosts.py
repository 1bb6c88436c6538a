"""What the app round the game offers, and what it tells of the phone."""

from typing import Any

from tt_emulator.domain.settings import Host
from tt_emulator.domain.turn import Turn

# The documentation names Douyin and its Lite edition; the spellings are those that games meet.
DOUYIN = frozenset({"douyin", "douyin_lite"})


def get_system_info(turn: Turn) -> dict[str, Any]:
    """What is known here of getSystemInfo; tt.js adds the sizes that only the page knows."""
    host, system = turn.settings.host, turn.settings.system
    return {**system.known(), "appName": host.appName, "SDKVersion": host.SDKVersion}


def has_relations(host: Host) -> bool:
    """Whether the app tells a game of other players."""
    return host.appName.lower() in DOUYIN
