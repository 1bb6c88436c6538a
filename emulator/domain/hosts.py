"""What the app round the game offers, and the phone it runs on."""

from typing import Any

from emulator.catalog import Api
from emulator.domain.settings import Host
from emulator.domain.turn import Turn
from emulator.errors import ApiError
from emulator.language.quoting import quoted

# The documentation names Douyin and its Lite edition; the spellings are those that games meet.
DOUYIN = frozenset({"douyin", "douyin_lite"})

DEVICE = {  # the emulator's own: no page lists a device
    "system": "Android 14",
    "platform": "android",
    "brand": "tt-emulator",
    "model": "tt-emulator",
    "version": "30.0.0",
    "deviceScore": -1,
}


def get_system_info(turn: Turn) -> dict[str, Any]:
    """What is known here of getSystemInfo; tt.js adds the sizes, which only the page knows."""
    host = turn.settings.host
    return {**DEVICE, "appName": host.appName, "SDKVersion": host.SDKVersion}


def require_host(api: Api, host: Host) -> None:
    """Raise `ApiError("not-supported")` if the host does not offer the API."""
    if api.name in host.unsupported:
        raise ApiError(
            "not-supported", reason=f"{quoted(host.appName)} is set not to offer {api.name}"
        )
    name = host.appName.lower()
    if name in api.hosts_without or (api.hosts and name not in api.hosts):
        told = f"the app {quoted(host.appName)} does not have {api.name}"
        raise ApiError("not-supported", reason=told)


def has_relations(host: Host) -> bool:
    """Whether the app tells a game of other players."""
    return host.appName.lower() in DOUYIN
