"""The worlds of a server as one team sees them: its own, and of others not even that they are."""

from collections.abc import Callable
from contextlib import suppress

from tt_emulator.config import DEFAULT_WORLD
from tt_emulator.domain.brief import NOTHING_SURVEYED, AtRest, Survey
from tt_emulator.domain.clock import Clock
from tt_emulator.errors import Elsewhere, Forbidden, NotFound, OtherTeam, Unprocessable
from tt_emulator.platforms.platform import Platform
from tt_emulator.platforms.served import Served
from tt_emulator.world.call_totals import Calls
from tt_emulator.world.quota import Seat
from tt_emulator.world.registry import Worlds
from tt_emulator.world.teams import Tenant
from tt_emulator.world.world import World


class TeamWorlds:
    """Of `worlds` those of one team; see `Reachable`.

    A name that is not the team's raises `OtherTeam`, whether there is such a world or not. The name
    `default` is that of the team's own, which is there as soon as somebody asks for it.
    """

    def __init__(self, worlds: Worlds, tenant: Tenant) -> None:
        self._worlds = worlds
        self._tenant = tenant
        self._team = tenant.team
        self._quota = tenant.quota

    @property
    def platforms(self) -> Served:
        """As the server's."""
        return self._worlds.platforms

    @property
    def clock(self) -> Clock:
        """As the server's."""
        return self._worlds.clock

    @property
    def seed(self) -> int:
        """As the server's."""
        return self._worlds.seed

    @property
    def ttl_s(self) -> float | None:
        """As the server's."""
        return self._worlds.ttl_s

    @property
    def lasting(self) -> frozenset[str]:
        """As the server's."""
        return self._worlds.lasting

    def require_ready(self) -> None:
        """As the server's."""
        self._worlds.require_ready()

    def require_service(self) -> None:
        """As the server's."""
        self._worlds.require_service()

    def lost(self, elsewhere: Elsewhere) -> None:
        """As the server's."""
        self._worlds.lost(elsewhere)

    def names(self) -> list[str]:
        """The team's worlds, sorted."""
        return self._worlds.names(self._team.opening)

    def open(self, name: str, platform: str | None = None, *, turns: bool = True) -> World:
        """As `Worlds.open`. Raises `OtherTeam`, and `Unprocessable` for one too many."""
        own = self._own(name)
        if self._worlds.opened(own) is not None:
            return self._worlds.open(own, platform, turns=turns)
        self._worlds.require_ready()
        self._worlds.before_opening(own)
        with self._quota.room_for(own, self.names):
            return self._worlds.open(own, platform, turns=turns)

    def opened(self, name: str) -> World | None:
        """As `Worlds.opened`; `None` for a world of others."""
        own = self._team.default_world if name == DEFAULT_WORLD else name
        return self._worlds.opened(own) if self._team.owns(own) else None

    def opened_worlds(self) -> list[World]:
        """Those of the team that somebody has used since the start."""
        return [world for world in self._worlds.opened_worlds() if self._team.owns(world.name)]

    def told_by(self, text: str) -> str | None:
        """As `Worlds.told_by`; what others were given tells nothing."""
        told = self._worlds.told_by(text)
        return told if told is not None and self._team.owns(told) else None

    def find(self, name: str) -> World:
        """As `Worlds.find`. Raises `OtherTeam`."""
        own = self._own(name)
        if own == self._team.default_world:
            with suppress(Unprocessable):  # no room: then it is not there
                return self.open(own)
        return self._worlds.find(own)

    def put(self, name: str, text: bytes) -> World:
        """As `Worlds.put`. Raises `OtherTeam`, and `Unprocessable` for one too many."""
        own = self._own(name)
        self._worlds.require_ready()
        with self._quota.room_for(own, self.names):
            return self._worlds.put(own, text)

    def begin(self, opening: str, clock: Clock, platform: Platform) -> World:
        """As `Worlds.begin`, under a name of the team's. Raises `Unprocessable` as `put` does."""
        self._worlds.require_ready()
        with self._quota.room_for(object(), self.names):
            return self._worlds.begin(f"{self._team.name}.{opening}", clock, platform)

    def drop(self, name: str) -> None:
        """As `Worlds.drop`. Raises `OtherTeam`."""
        self._worlds.drop(self._own(name))

    def drop_unless(self, world: World, is_used: Callable[[], bool]) -> bool:
        """As `Worlds.drop_unless`. Raises `OtherTeam`."""
        self._own(world.name)
        return self._worlds.drop_unless(world, is_used)

    def survey(self) -> Survey:
        """As `Worlds.survey`, of the team's."""
        elsewhere, at_rest, unread = self._worlds.survey()
        owns = self._team.owns
        return Survey(
            [each for each in elsewhere if owns(each.world)],
            [each for each in at_rest if owns(each.name)],
            [each for each in unread if owns(each)],
        )

    def drop_at_rest(self, world: AtRest) -> bool:
        """As `Worlds.drop_at_rest`. Raises `OtherTeam`."""
        self._own(world.name)
        return self._worlds.drop_at_rest(world)

    def when_dropped(self, tell: Callable[[str], object]) -> None:
        """Tell of each of the team's that is dropped."""
        self._worlds.when_dropped(lambda name: tell(name) if self._team.owns(name) else None)

    def calls(self) -> Calls:
        """As `Worlds.calls`, of the team's."""
        return self._worlds.calls(self._team)

    def settle(self) -> None:
        """As the server's."""
        self._worlds.settle()

    def seat(self) -> Seat:
        """A place to listen. Raises `TooManyListeners`."""
        return self._quota.seat()

    def tenants(self) -> list[Tenant]:
        """The team alone."""
        return [self._tenant]

    def _own(self, name: str) -> str:
        """The name of the world that the team means. Raises `OtherTeam`."""
        if name == DEFAULT_WORLD:
            return self._team.default_world
        if not self._team.owns(name):
            raise OtherTeam(
                f"The token is of the team {self._team.name!r}, and no other team's world is open"
                " to it.",
                f"Name a world that begins with {self._team.name}. as {self._team.default_world}"
                " does, or none.",
            )
        return name


class NoWorlds(TeamWorlds):
    """What somebody sees who has shown no token: that there are platforms, and nothing else. The
    tenant is `NOBODY`.
    """

    def find(self, name: str) -> World:
        """Raises `NotFound`."""
        raise NotFound("There is no world to be seen without a token.", "Send the team's token.")

    def begin(self, opening: str, clock: Clock, platform: Platform) -> World:
        """Raises `Forbidden`."""
        raise _nobody()

    def tenants(self) -> list[Tenant]:
        """None."""
        return []

    def names(self) -> list[str]:
        """None."""
        return []

    def survey(self) -> Survey:
        """None."""
        return NOTHING_SURVEYED

    def _own(self, name: str) -> str:
        raise _nobody()


def _nobody() -> Forbidden:
    return Forbidden("This server asks for its token.", "Send Authorization: Bearer <token>.")
