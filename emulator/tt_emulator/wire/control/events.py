"""What an event of a world's feed, which has a kind and an id alone, is to whoever listens."""

from typing import Any

from tt_emulator.journal import Event
from tt_emulator.world import World


def view(world: World, event: Event) -> Any:
    """What the event is about, as JSON data; `None` if that was forgotten since."""
    match event.kind:
        case "exchange":
            return world.journal.view(event.exchange)
        case "journal":
            return {"held": world.journal.held()}
        case "faults":
            return world.faults.views()
        case _:
            return {"settings": world.settings, "players": world.players.openids()}
