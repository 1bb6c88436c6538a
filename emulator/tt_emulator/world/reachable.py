"""The seam between who asks and the worlds: all of a server's, or those of one team."""

from collections.abc import Callable
from typing import Protocol

from tt_emulator.domain.brief import AtRest, Survey
from tt_emulator.domain.clock import Clock
from tt_emulator.errors import Elsewhere
from tt_emulator.platforms.platform import Platform
from tt_emulator.platforms.served import Served
from tt_emulator.world.call_totals import Calls
from tt_emulator.world.quota import Seat
from tt_emulator.world.teams import Tenant
from tt_emulator.world.world import World


class Reachable(Protocol):
    """The worlds that somebody can name. Each method is as that of `Worlds`."""

    @property
    def platforms(self) -> Served:
        """Of what platforms they can be."""

    @property
    def clock(self) -> Clock:
        """The real time."""

    @property
    def seed(self) -> int:
        """The luck of each."""

    @property
    def ttl_s(self) -> float | None:
        """How long they stay after their last use."""

    @property
    def lasting(self) -> frozenset[str]:
        """The names of those that stay all the same."""

    def require_ready(self) -> None:
        """Raise `NotReady`."""

    def require_service(self) -> None:
        """Raise `NotReady` also if it would be in vain to send calls here now."""

    def lost(self, elsewhere: Elsewhere) -> None:
        """Who has that world does not answer."""

    def names(self) -> list[str]:
        """All of them, sorted."""

    def open(self, name: str, platform: str | None = None, *, turns: bool = True) -> World:
        """The world of that name, made on first use."""

    def opened(self, name: str) -> World | None:
        """The world of that name, if somebody has used it since the start."""

    def opened_worlds(self) -> list[World]:
        """Those that somebody has used since the start."""

    def told_by(self, text: str) -> str | None:
        """The world that gave out this code or token."""

    def find(self, name: str) -> World:
        """The world of that name, which is there."""

    def put(self, name: str, text: bytes) -> World:
        """Import a world."""

    def begin(self, opening: str, clock: Clock, platform: Platform) -> World:
        """A new world under a name of that opening."""

    def drop(self, name: str) -> None:
        """Forget the world."""

    def drop_unless(self, world: World, is_used: Callable[[], bool]) -> bool:
        """Forget that world, unless it is used after all."""

    def survey(self) -> Survey:
        """Those that need not be opened to be told of."""

    def drop_at_rest(self, world: AtRest) -> bool:
        """Forget that world, if nobody has it still, nor has used it since."""

    def when_dropped(self, tell: Callable[[str], object]) -> None:
        """Tell of each that is dropped."""

    def calls(self) -> Calls:
        """How many calls were answered."""

    def settle(self) -> None:
        """Have what happened durable."""

    def seat(self) -> Seat:
        """A place to listen, for one event stream or wait. Raises `TooManyListeners`."""

    def tenants(self) -> list[Tenant]:
        """The teams of which these worlds are."""
