"""What the app round the game offers, and what it tells of the phone."""

from typing import Any

from tt_emulator.catalog import Api
from tt_emulator.domain.settings import Host
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.language.quoting import quoted

# The documentation names Douyin and its Lite edition; the spellings are those that games meet.
DOUYIN = frozenset({"douyin", "douyin_lite"})


def get_system_info(turn: Turn) -> dict[str, Any]:
    """What is known here of getSystemInfo; tt.js adds the sizes that only the page knows."""
    host, system = turn.settings.host, turn.settings.system
    return {**system.known(), "appName": host.appName, "SDKVersion": host.SDKVersion}


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
