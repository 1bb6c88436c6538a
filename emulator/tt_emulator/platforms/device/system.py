"""What the app round the game tells of itself and of the phone."""

from typing import Any

from tt_emulator.domain.turn import Turn


def get_system_info(turn: Turn) -> dict[str, Any]:
    """What is known here of getSystemInfo; the runtime adds the sizes that only the page knows."""
    host, system = turn.settings.host, turn.settings.system
    return {**system.known(), "appName": host.appName, "SDKVersion": host.SDKVersion}
