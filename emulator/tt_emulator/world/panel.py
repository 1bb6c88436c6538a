"""What the platform shows to a player on a call, which the call itself does not tell the game."""

from typing import Any

from tt_emulator.domain.model import Call
from tt_emulator.domain.options import check
from tt_emulator.errors import ApiError, Unprocessable
from tt_emulator.world.world import World


def shown(world: World, call: Call) -> dict[str, Any]:
    """What the panel of this call draws. Raises `Unprocessable` for bad options."""
    try:
        check(call.api, call.options)
    except ApiError as error:
        raise Unprocessable(f"{error.reason}.", "Ask as the game asked.") from error
    with world.store.lock:
        return world.platform.panels[call.api.name].draw(world.turn(call, str))
