"""What the synchronous functions of a game need to know of its player's phone."""

from typing import Any, Literal

from msgspec import Struct

from tt_emulator.domain.settings import Host, WorldSettings
from tt_emulator.platforms.device.network import network_type


class Connection(Struct, frozen=True):
    """The phone's network, as `getNetworkType` and its listeners have it."""

    networkType: str  # noqa: N815  # the platform's spelling
    isConnected: bool  # noqa: N815


class State(Struct, frozen=True):
    """Host, device and network, and the settings that the game's runtime goes by."""

    host: Host
    system: dict[str, Any]
    network: Connection
    own_data_in_main: bool
    strict_canvas: bool
    shared_canvas_in_main: bool
    screen_sized_canvas: bool
    two_way_messages: bool
    fail_object: Literal["full", "errMsg"]


def state(settings: WorldSettings, player: Any) -> State:
    """The state now of a player of whom `network` is known."""
    return State(**fields(settings, online=player.network == "online"))


def fields(settings: WorldSettings, *, online: bool) -> dict[str, Any]:
    """Those of a `State`."""
    return {
        "host": settings.host,
        "system": settings.system.known(),
        "network": Connection(network_type(online=online), online),
        "own_data_in_main": settings.own_data_in_main,
        "strict_canvas": settings.strict_canvas,
        "shared_canvas_in_main": settings.shared_canvas_in_main,
        "screen_sized_canvas": settings.screen_sized_canvas,
        "two_way_messages": settings.two_way_messages,
        "fail_object": settings.fail_object,
    }
