"""How long a world stays that nobody uses."""

from typing import Annotated

from msgspec import Meta, Struct

from tt_emulator.config import MAX_WORLD_TTL_S
from tt_emulator.domain.deed import UNWRITTEN, Deed


class Lifetime(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="lifetime"):
    """Effect: this world has a lifetime of its own, `ttl_s` after its last use, or no end."""

    ttl_s: float | None


class LifetimeSetting(Struct, frozen=True, forbid_unknown_fields=True):
    """What is sent to give a world one: seconds, or null for a world that stays."""

    ttl_s: Annotated[float, Meta(gt=0, le=MAX_WORLD_TTL_S)] | None


class OwnLifetime:
    """The lifetime that was given to one world, `None` if the server's holds for it. What a `deed`
    changes is written with it.
    """

    def __init__(self, deed: Deed = UNWRITTEN) -> None:
        self.given: Lifetime | None = None
        self._moved = deed.moved

    def give(self, lifetime: Lifetime) -> None:
        """Have this one from now on. Needs the deed."""
        self.given = lifetime
        if self._moved is not None:
            self._moved[OwnLifetime] = lambda: lifetime

    def restore(self, lifetime: Lifetime) -> None:
        """Have it as it was written."""
        self.given = lifetime

    def forget_all(self) -> None:
        """Be as a new one."""
        self.given = None
