"""What the app round the game tells of the phone."""

from typing import Any

from tt_emulator.domain.settings import Host
from tt_emulator.domain.turn import Turn

APP_NAME = "WeChat"


def get_system_info(turn: Turn) -> dict[str, Any]:
    """What is known here of getSystemInfo; the runtime adds the sizes that only the page knows."""
    host, system = turn.settings.host, turn.settings.system
    name = APP_NAME if host.appName == Host().appName else host.appName
    return {**system.known(), "appName": name, "SDKVersion": host.SDKVersion}
