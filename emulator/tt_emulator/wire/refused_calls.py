"""Calls that are refused before they are any: the faults of their world count them."""

from collections.abc import Callable

from msgspec import Struct

from tt_emulator.engine import Engine
from tt_emulator.errors import BadBody, BadRequest, Elsewhere, EmulatorError, Overloaded, TooLarge
from tt_emulator.wire.game_api import CallHeaders, name_in, player_name, world_name

NOT_POST = "not-post"
_CAUSES: tuple[tuple[type[EmulatorError], str], ...] = (
    (BadBody, "bad-body"),
    (BadRequest, "bad-header"),
    (TooLarge, "too-large"),
    (Overloaded, "overloaded"),
)


CAUSES = frozenset({NOT_POST, *(cause for _, cause in _CAUSES)})
"""All that `cause_of` can give, and `NOT_POST`."""


class Refused(Struct, frozen=True):
    """A call of this path that was refused."""

    engine: Engine
    path: str
    headers: CallHeaders
    cause: str

    def owner(self) -> Elsewhere | None:
        """Which other server is to count it; `None` if none."""
        try:
            return owner_of(self.engine, world_name(self.headers.world))
        except BadRequest:
            return None

    def count(self) -> Elsewhere | None:
        """Count it if the world is here; else which other server is to. It may wait for others."""
        try:
            owner = self.owner()
            if owner is None:
                self.record()
        except Elsewhere as elsewhere:
            return elsewhere
        return owner

    def record(self) -> None:
        """Count it, if the world is here."""
        record_refused(self.engine, self.path, self.headers, self.cause)


def cause_of(error: Exception) -> str | None:
    """At what the call failed, in one word; `None` for what refuses the caller, not the call, or
    came after the faults were asked.
    """
    return next((cause for kind, cause in _CAUSES if isinstance(error, kind)), None)


def owner_of(engine: Engine, world: str) -> Elsewhere | None:
    """Which other server has the world, and is to count what is refused there; `None` if none."""
    if engine.worlds.opened(world) is None:
        try:
            engine.worlds.find(world)
        except Elsewhere as elsewhere:
            return elsewhere
        except EmulatorError:
            return None
    return None


def record_refused(engine: Engine, path: str, headers: CallHeaders, cause: str | None) -> None:
    """Count a call with that path; nothing without a cause, or if its world cannot be read."""
    if cause is None:
        return
    try:
        world = world_name(headers.world)
    except BadRequest:
        return
    domain = headers.domain or "main"
    known = domain if domain in ("main", "open") else None
    platform = engine.worlds.platforms.at(path).identity.name
    name, player = name_in(path), _readable(player_name, headers.player)
    engine.record_refused(name, platform, world, player, known, cause)


def _readable(read: Callable[[str | None], str], sent: str | None) -> str | None:
    try:
        return read(sent)
    except BadRequest:
        return None
