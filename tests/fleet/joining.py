from collections.abc import Callable

from tt_emulator.fleet import Fleet

Join = Callable[..., Fleet]
"""Gives the next server of a team, by the Redis and what all have agreed on."""
