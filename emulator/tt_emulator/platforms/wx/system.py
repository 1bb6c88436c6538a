"""What the app round the game tells of itself and of the phone."""

from typing import Any

from msgspec.structs import replace

from tt_emulator.domain.settings import Host, WorldSettings
from tt_emulator.domain.turn import Turn

APP_NAME = "WeChat"


def host_of(settings: WorldSettings) -> Host:
    """The app, which is the platform's own where nobody set another name."""
    host = settings.host
    return replace(host, appName=APP_NAME) if host.appName == Host().appName else host


def get_system_info(turn: Turn) -> dict[str, Any]:
    """What is known here of getSystemInfo; the runtime adds the sizes that only the page knows."""
    host, system = host_of(turn.settings), turn.settings.system
    return {**system.known(), "appName": host.appName, "SDKVersion": host.SDKVersion}
