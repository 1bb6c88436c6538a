"""Worlds that nobody uses any more go: a job that was killed leaves its own for ever otherwise."""

from collections.abc import Iterator
from contextlib import suppress
from math import inf

from msgspec import Struct

from tt_emulator.domain.brief import AtRest
from tt_emulator.domain.clock import Timestamp, iso
from tt_emulator.domain.lifetime import Lifetime
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
    given = world.lifetime.given
    ttl_s = _ttl_s(worlds, world.name, given)
    used_at_ms = world.used_at_ms(worlds.clock.now_ms())
    expires_at = None if ttl_s is None else iso(used_at_ms + ttl_s * 1000)
    return LifetimeView(ttl_s, given is not None, expires_at)


def drop_expired(worlds: Reachable) -> float:
    """Drop the worlds that are over; how many seconds the next one has left. One that cannot be
    dropped stays until the next time.
    """
    left_s = inf
    for each in _all(worlds, reads=worlds.ttl_s is not None):
        ttl_s = _ttl_s(worlds, each.name, _given(each))
        if ttl_s is None:
            continue
        try:
            left_s = min(left_s, _drop_if_over(worlds, each, ttl_s))
        except StorageError as error:
            log.warning("The world %r stays, though its time is over: %s", each.name, error.detail)
    return left_s


def drop_idle(worlds: Reachable, idle_s: float) -> None:
    """Drop those that nobody has used for so long, but for those that are to stay. Raises
    `StorageError`.
    """
    for each in _all(worlds, reads=True):
        given = _given(each)
        if each.name not in worlds.lasting if given is None else given.ttl_s is not None:
            _drop_if_over(worlds, each, idle_s)


def _all(worlds: Reachable, *, reads: bool) -> Iterator[World | AtRest]:
    """Those that are open, and those at rest; if it `reads` also those of which nothing can be told
    before they are read.
    """
    yield from worlds.opened_worlds()
    elsewhere, at_rest, unread = worlds.survey()
    yield from at_rest
    told = {*(each.world for each in elsewhere), *(each.name for each in at_rest)}
    for name in worlds.names() if reads else unread:
        if name not in told and worlds.opened(name) is None:
            with suppress(EmulatorError):  # it was dropped meanwhile, or cannot be read
                yield worlds.find(name)


def _given(world: World | AtRest) -> Lifetime | None:
    return world.brief.lifetime if isinstance(world, AtRest) else world.lifetime.given


def _ttl_s(worlds: Reachable, name: str, given: Lifetime | None) -> float | None:
    if given is not None:
        return given.ttl_s
    return None if name in worlds.lasting else worlds.ttl_s


def _drop_if_over(worlds: Reachable, world: World | AtRest, ttl_s: float) -> float:
    """How many seconds it has left, those of its next life if it was dropped."""
    now_ms = worlds.clock.now_ms()
    if isinstance(world, AtRest):
        left_s = ttl_s - (now_ms - world.used_at_ms) / 1000
        if left_s <= 0:  # else it is somebody's by now, who looks after it
            worlds.drop_at_rest(world)
        return left_s if left_s > 0 else ttl_s
    return _drop_unless_used(worlds, world, ttl_s, now_ms)


def _drop_unless_used(worlds: Reachable, world: World, ttl_s: float, now_ms: int) -> float:
    def left_s() -> float:
        return ttl_s - (now_ms - world.used_at_ms(now_ms)) / 1000

    if left_s() <= 0 and worlds.drop_unless(world, lambda: left_s() > 0):
        return ttl_s
    return max(left_s(), 0)
