"""Worlds that nobody uses any more go: a job that was killed leaves its own for ever otherwise."""

from collections.abc import Iterator
from contextlib import suppress
from math import inf

from msgspec import Struct

from tt_emulator.domain.clock import Timestamp, iso
from tt_emulator.errors import EmulatorError, StorageError
from tt_emulator.language.logs import logger
from tt_emulator.world.reachable import Reachable
from tt_emulator.world.world import World

log = logger(__name__)


class LifetimeView(Struct, frozen=True):
    """How long a world stays after its last use, in seconds, and when it goes if nobody uses it
    until then; `None` if it stays. `own` tells whether that was said of this world.
    """

    ttl_s: float | None
    own: bool
    expires_at: Timestamp | None


def lifetime(worlds: Reachable, world: World) -> LifetimeView:
    """How long the world stays."""
    ttl_s = _ttl_s(worlds, world)
    expires_at = None if ttl_s is None else iso(_used_at_ms(world) + ttl_s * 1000)
    return LifetimeView(ttl_s, world.lifetime.given is not None, expires_at)


def drop_expired(worlds: Reachable) -> float:
    """Drop the worlds that are over; how many seconds the next one has left. One that cannot be
    dropped stays until the next time.
    """
    left_s = inf
    for world in _all(worlds):
        ttl_s = _ttl_s(worlds, world)
        if ttl_s is None:
            continue
        try:
            left_s = min(left_s, _drop_if_over(worlds, world, ttl_s))
        except StorageError as error:
            log.warning("The world %r stays, though its time is over: %s", world.name, error.detail)
    return left_s


def drop_idle(worlds: Reachable, idle_s: float) -> None:
    """Drop those that nobody has used for so long, but for those that are to stay. Raises
    `StorageError`.
    """
    for world in _all(worlds):
        given = world.lifetime.given
        if world.name not in worlds.lasting if given is None else given.ttl_s is not None:
            _drop_if_over(worlds, world, idle_s)


def _all(worlds: Reachable) -> Iterator[World]:
    """Those that are open; if all have an end those as well that are only stored."""
    yield from worlds.opened_worlds()
    if worlds.ttl_s is not None:
        for name in worlds.names():
            if worlds.opened(name) is None:
                with suppress(EmulatorError):  # it was dropped meanwhile, or cannot be read
                    yield worlds.find(name)


def _ttl_s(worlds: Reachable, world: World) -> float | None:
    given = world.lifetime.given
    if given is not None:
        return given.ttl_s
    return None if world.name in worlds.lasting else worlds.ttl_s


def _drop_if_over(worlds: Reachable, world: World, ttl_s: float) -> float:
    """How many seconds it has left, those of its next life if it was dropped."""
    now_ms = worlds.clock.now_ms()
    if world.is_listened_to:
        world.touched_ms = now_ms

    def left_s() -> float:
        return ttl_s - (now_ms - _used_at_ms(world)) / 1000

    if left_s() <= 0 and worlds.drop_unless(world, lambda: left_s() > 0):
        return ttl_s
    return max(left_s(), 0)


def _used_at_ms(world: World) -> int:
    """When somebody called there, listened or asked for something last."""
    return max(world.touched_ms, world.journal.last_call_at_ms or 0)
