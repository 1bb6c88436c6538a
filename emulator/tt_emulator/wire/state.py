"""The state of a player's phone as a page reads it, and how it changes."""

from collections.abc import Sequence
from typing import Any

import msgspec

from tt_emulator.journal import Event
from tt_emulator.wire.event_stream import piece
from tt_emulator.world import World


def state(world: World, player: str) -> dict[str, Any]:
    """The state now, as the platform's pages read it. While faults are armed, `armed` has the names
    of the APIs that they may strike: a page asks the emulator for those that it could answer. Once
    files were forgotten, by a reset or the like, `files_forgotten` changes each time.
    """
    phone = world.platform.phone.state(world.settings, world.players.get(player))
    view: dict[str, Any] = msgspec.to_builtins(phone)
    if armed := world.faults.struck_apis():
        view["armed"] = armed
    if forgotten := world.store.files.forgotten:
        view["files_forgotten"] = forgotten
    return view


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
