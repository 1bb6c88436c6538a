"""What the synchronous `tt` functions need to know of a player's phone, and how it changes."""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from msgspec import Struct

from tt_emulator.domain.network import network_type
from tt_emulator.domain.settings import Host
from tt_emulator.journal import Event
from tt_emulator.wire.event_stream import piece
from tt_emulator.world import World


class Connection(Struct, frozen=True):
    """The phone's network, as `tt.getNetworkType` and its listeners have it."""

    networkType: str  # noqa: N815  # the platform's spelling
    isConnected: bool  # noqa: N815


class State(Struct, frozen=True):
    """Host, device and network, and the settings that tt.js goes by."""

    host: Host
    system: dict[str, Any]
    network: Connection
    own_data_in_main: bool
    strict_canvas: bool
    shared_canvas_in_main: bool
    screen_sized_canvas: bool
    two_way_messages: bool
    fail_object: Literal["full", "errMsg"]


def state(world: World, player: str) -> State:
    """The state now."""
    settings = world.settings
    online = world.players.get(player).network == "online"
    return State(
        host=settings.host,
        system=settings.system.known(),
        network=Connection(network_type(online=online), online),
        own_data_in_main=settings.own_data_in_main,
        strict_canvas=settings.strict_canvas,
        shared_canvas_in_main=settings.shared_canvas_in_main,
        screen_sized_canvas=settings.screen_sized_canvas,
        two_way_messages=settings.two_way_messages,
        fail_object=settings.fail_object,
    )


class StateChanges:
    """Turns the changes of a world into events for one player, and those of others into nothing.

    `seen_id` is the latest change that the state known at the beginning has in it.
    """

    def __init__(self, world: World, player: str) -> None:
        self.seen_id = world.state_feed.last_id  # first: a change meanwhile is told once too often
        self._world = world
        self._player = player
        self._known = msgspec.json.encode(state(world, player))

    def __call__(self, events: Sequence[Event]) -> tuple[bytes, int]:
        """The state as it is after these changes, or nothing if it is as before; see `Render`."""
        last_id = events[-1].id
        now = msgspec.json.encode(state(self._world, self._player))
        if now == self._known:
            return b"", last_id
        self._known = now
        return piece(last_id, "state", msgspec.Raw(now)), last_id
