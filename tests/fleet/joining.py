from collections.abc import Callable
from contextlib import suppress

from tt_emulator.fleet import Away, Fleet

Join = Callable[..., Fleet]
"""Gives the next server of a team, by the Redis and what all have agreed on."""


def reach(fleet: Fleet) -> None:
    """Return once the server has found that Redis is back: for a moment it does not try."""
    while True:
        with suppress(Away):
            fleet.look()
            return
