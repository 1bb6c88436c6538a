"""The registry of worlds."""

import gc
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from itertools import count
from threading import Lock

from tt_emulator.config import DEFAULT_SEED, DEFAULT_WORLD
from tt_emulator.domain.brief import AtRest, Survey
from tt_emulator.domain.clock import Clock
from tt_emulator.domain.document import OnProgress, platform_in
from tt_emulator.domain.store import Storage, nothing
from tt_emulator.domain.uploads import Uploads
from tt_emulator.errors import (
    BadRequest,
    Elsewhere,
    EmulatorError,
    NotFound,
    NotReady,
    Unprocessable,
    WrongPlatform,
)
from tt_emulator.journal import Budget, Exchange
from tt_emulator.language.logs import logger
from tt_emulator.platforms import Identity
from tt_emulator.platforms.platform import Platform
from tt_emulator.platforms.served import Served
from tt_emulator.world.call_totals import Calls, CallTotals
from tt_emulator.world.document import seed_in
from tt_emulator.world.live import LiveState
from tt_emulator.world.quota import Seat
from tt_emulator.world.seed import Seed
from tt_emulator.world.teams import Team, Tenant, Tenants
from tt_emulator.world.turning import is_untouched, of_another_platform
from tt_emulator.world.world import World

log = logger(__name__)

MAX_WORLDS = 10_000

MANY_ENDED = 1000
"""So many worlds leave some 10 MB that only the garbage collector finds."""

_GIVEN_OUT = re.compile(r"[0-9a-f]{64}")
"""A code or token of the first world, as `secrets.token_hex` makes it."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Worlds:
    """The worlds of one server. Safe under threads.

    `platform` is that of worlds that do not say, `others` those that others can be of. `seed` is
    the luck of each, `on_socket` whether faults can act on the
    socket. With `ready` False nobody gets a world before `initialize` has filled the first one.
    Those that have no lifetime of their own stay for `ttl_s` after their last use, for ever if that
    is `None`, as the `lasting` ones do: the first one, and that of each of the `teams`. `answered`
    hears of each call that was answered, as `Journal` says.
    """

    def __init__(  # noqa: PLR0913  # parts of one server, each by its name
        self,
        storage: Storage,
        platform: Platform,
        clock: Clock,
        *,
        others: Iterable[Identity] = (),
        seed: int = DEFAULT_SEED,
        on_socket: bool = False,
        ready: bool = True,
        ttl_s: float | None = None,
        answered: Callable[[Exchange], None] | None = None,
        teams: Iterable[Team] = (),
    ) -> None:
        self._storage = storage
        self.platforms = Served(platform, others)
        self.clock = clock
        self.seed = seed
        self.ttl_s = ttl_s
        self._tenants = Tenants(teams)
        self.lasting = frozenset(
            {DEFAULT_WORLD, *(each.team.default_world for each in self._tenants)}
        )
        self._budget = Budget()
        self._new_live = partial(
            LiveState,
            seed=seed,
            on_socket=on_socket,
            answered=answered,
        )
        self._uploads = Uploads()
        self._lock = Lock()
        self._open: dict[str, World] = {}  # empty until it is ready
        self._ended_count = 0
        self._dropped: list[Callable[[str], object]] = []
        self._calls = CallTotals(self._tenants)
        self._seed: Seed | None = None
        self._seed_platform = platform
        self._ready = ready
        storage.when_lost(self._lost)
        if ready:
            with suppress(Elsewhere):
                self.open(DEFAULT_WORLD)

    def require_ready(self) -> None:
        """Raise `NotReady` while the first world is being filled."""
        if not self._ready:
            raise NotReady(
                "The emulator is still filling its world.",
                "Wait until GET /__emulator/ready answers 200.",
            )

    def require_service(self) -> None:
        """Raise `NotReady` if it would be in vain to send calls here now."""
        self.require_ready()
        trouble = self._storage.trouble()
        if trouble is not None:
            raise NotReady(
                f"The emulator takes no calls: {trouble}", "Ask another server, or wait."
            )

    def initialize(
        self, text: bytes, on_progress: OnProgress, arm_scenario: Callable[[World], None]
    ) -> int | None:
        """Seed the default world, arm its scenario, then let everybody in.

        Returns and raises as `WorldDocument.seed`. A world of another platform, in which something
        was done, stays what it is.
        """
        platform = self._platform_in(text)
        try:
            world = self._new(DEFAULT_WORLD, self.clock, platform)
        except Elsewhere:
            self._seed, self._seed_platform = seed_in(text, platform), platform
            self._ready = True
            return None
        players = None
        if world.platform is platform:
            players = world.document.seed(text, on_progress)
            self._seed, self._seed_platform = world.document.baseline, platform
        else:
            log.warning(
                "The world %r is of the platform %s, the file to seed it with of %s: it stays.",
                *(world.name, world.platform_name, platform.identity.name),
            )
        arm_scenario(world)
        self._open[DEFAULT_WORLD] = world
        self._ready = True
        return players

    def reseed(self, text: bytes) -> int:
        """Have the default world become the document, as `WorldDocument.reseed`."""
        world = self.open(DEFAULT_WORLD)
        players = world.document.reseed(text)
        self._seed = world.document.baseline
        return players

    def names(self, opening: str = "") -> list[str]:
        """All worlds whose names begin so, sorted: those that are stored, and those made since."""
        self.require_ready()
        known = {DEFAULT_WORLD, *self._storage.worlds(), *list(self._open)}
        return sorted(name for name in known if name.startswith(opening))

    def open(self, name: str, platform: str | None = None, *, turns: bool = True) -> World:
        """The world of that name, made on first use, for the platform of that name.

        As long as nothing was done in a world, it is of whichever platform is wanted, if it
        `turns`. Raises `BadRequest` for a bad name, `WrongPlatform` if the world is of another one,
        `Elsewhere` if another server has it, and `WouldWait` on an event loop if others would have
        to be asked.
        """
        world = self._open.get(name)
        if world is None:
            world = self._make(name, platform)
        if platform is not None and world.platform_name != platform:
            if not turns:
                raise of_another_platform(world, platform)
            return self._turned(world, platform)
        return world

    def before_opening(self, name: str) -> None:
        """Raise what `open` raises of other servers."""
        self._storage.before_opening(name)

    def opened(self, name: str) -> World | None:
        """The world of that name, if somebody has used it since the start."""
        return self._open.get(name)

    def told_by(self, text: str) -> str | None:
        """The world that gave out this code or token, `None` if it does not tell: its name is the
        ending of all but those of the first one.
        """
        _, ends, name = text.partition(".")
        if ends:
            return name if name in self._open or name in self._storage.worlds() else None
        if _GIVEN_OUT.fullmatch(text):  # nobody may have opened it yet, or another server has it
            return DEFAULT_WORLD
        first = self._open.get(DEFAULT_WORLD)
        known = first is not None and (first.codes.find(text) or first.tokens.find(text))
        return DEFAULT_WORLD if known else None

    def takes(self, name: str, platform: str) -> bool:
        """Whether calls of that platform are taken in the world of that name."""
        world = self._open.get(name)
        return world is None or world.platform_name == platform or is_untouched(world)

    def find(self, name: str) -> World:
        """The world of that name. Raises `NotFound` if there is none yet, and as `open`."""
        self.require_ready()
        world = self._open.get(name)
        if world is None and (name == DEFAULT_WORLD or name in self._storage.worlds()):
            world = self._make(name, None)
        if world is None:
            raise NotFound(f"There is no world {name!r}.", "A world is made by its first call.")
        return world

    def put(self, name: str, text: bytes) -> World:
        """Import a world: all or nothing. Raises as `open` and `WorldDocument.replace` do.

        One that it made for that goes if it fails, unless somebody has used it meanwhile.
        """
        new = name not in self.names()
        platform = self._platform_in(text).identity.name
        with suppress(WrongPlatform):  # the document is refused, which says where
            self.open(name, platform)
        world = self.open(name)
        world.touched_ms = self.clock.now_ms()
        try:
            world.document.replace(text)
        except EmulatorError:
            if new and self._open.get(name) is world and is_untouched(world):
                self.drop(name)
            raise
        return world

    def begin(self, opening: str, clock: Clock, platform: Platform) -> World:
        """A new world of the platform that goes by this clock, under a name of that opening."""
        self.require_ready()
        with self._lock:
            taken = {*self._storage.worlds(), *self._open}
            name = next(name for number in count(1) if (name := f"{opening}-{number}") not in taken)
            return self._keep(name, clock, platform)

    def drop(self, name: str) -> None:
        """Forget the world and all that is in it; no error if there is none.

        Whoever waits for something in it is let go. Raises `BadRequest`, `StorageError`,
        `Elsewhere`.
        """
        check_name(name)
        self.require_ready()
        with self._lock:
            world = self._forget(name)
        self._ended(name, world)

    def drop_unless(self, world: World, is_used: Callable[[], bool]) -> bool:
        """Drop that world, unless it `is_used` after all when nobody can call there; whether it
        did. Raises `StorageError`.
        """
        with self._lock, world.store.lock:
            if self._open.get(world.name) is not world or is_used():
                return False
            self._forget(world.name)
        self._ended(world.name, world)
        return True

    def survey(self) -> Survey:
        """The stored worlds that need not be opened to be told of. Raises `StorageError`."""
        return self._storage.survey()

    def drop_at_rest(self, world: AtRest) -> bool:
        """Forget the world, if it is at rest still and was not used since; whether it was
        forgotten. Raises `StorageError`.
        """
        if not self._storage.drop_at_rest(world):
            return False
        self._ended(world.name, None)
        return True

    def when_dropped(self, tell: Callable[[str], object]) -> None:
        """Tell of each world that is dropped."""
        self._dropped.append(tell)

    def opened_worlds(self) -> list[World]:
        """Those that somebody has used since the start."""
        return list(self._open.values())

    def calls(self, team: Team | None = None) -> Calls:
        """How many calls were answered, by platform, API and outcome, in worlds that were dropped
        as well: in all, or in those of the team. It never becomes less.
        """
        with self._lock:
            return self._calls.all(self.opened_worlds(), team)

    def seat(self) -> Seat:
        """A place to listen, for one event stream or wait: there is always one more."""
        return Seat(nothing)

    def tenants(self) -> list[Tenant]:
        """The teams of the server."""
        return list(self._tenants)

    def lost(self, elsewhere: Elsewhere) -> None:
        """Who has that world does not answer: it can be opened here."""
        self._storage.lost(elsewhere)

    def settle(self) -> None:
        """Have whatever happened until now durable, before somebody looks at it."""
        self._storage.settle()

    def close(self) -> None:
        """Let everybody who waits for something go."""
        for world in list(self._open.values()):
            world.close()

    def _lost(self, name: str) -> None:
        """Whoever waits there comes again, and is answered by who has the world now."""
        world = self._open.pop(name, None)
        if world is not None:
            self._calls.keep(world)
            world.close()
            world.journal.give_back()

    def _forget(self, name: str) -> World | None:
        self._storage.drop_world(name)
        world = self._open.pop(name, None)
        if world is not None:
            self._calls.keep(world)
        return world

    def _ended(self, name: str, world: World | None) -> None:
        if world is not None:
            world.close()
            world.journal.give_back()
        for tell in self._dropped:
            tell(name)
        self._ended_count += 1
        if self._ended_count % MANY_ENDED == 0:  # the collector is set to come by hardly ever
            gc.collect()

    def _make(self, name: str, platform: str | None) -> World:
        check_name(name)
        self.require_ready()
        wanted = self.platforms.default if platform is None else self.platforms.named(platform)
        self.before_opening(name)
        with self._lock:
            return self._open.get(name) or self._keep(name, self.clock, wanted)

    def _turned(self, world: World, platform: str) -> World:
        """A world of the platform in the place of one in which nothing was done yet."""
        wanted = self.platforms.named(platform)
        self.before_opening(world.name)
        with self._lock, world.store.lock:
            if self._open.get(world.name) is world and is_untouched(world):
                del self._open[world.name]  # it goes, whether there will be another or not
                self._open[world.name] = self._remade(world, self.clock, wanted)
                world.close()  # whoever listens comes again, and hears the new one
        found = self.open(world.name)
        if found.platform_name != platform:
            raise of_another_platform(found, platform)
        return found

    def _platform_in(self, text: bytes) -> Platform:
        """The platform that the document is of."""
        return self.platforms.named(platform_in(text))

    def _keep(self, name: str, clock: Clock, platform: Platform) -> World:
        if len(self._open) >= MAX_WORLDS:
            raise Unprocessable(
                f"The server holds {MAX_WORLDS} worlds, no more.", "Drop some first."
            )
        world = self._open[name] = self._new(name, clock, platform)
        try:
            with world.store.deed:  # which may be another server's by now
                return world
        except Elsewhere:
            self._open.pop(name, None)
            raise

    def _new(self, name: str, clock: Clock, platform: Platform) -> World:
        """The world, which is of the platform unless something was done in it before."""
        seed = self._seed if name == DEFAULT_WORLD else None  # it was dropped
        if seed is not None:
            platform = self._seed_platform
        world = self._stored(name, clock, platform)
        if world.platform is not platform and is_untouched(world):
            world.close()
            world = self._remade(world, clock, platform)
        if seed is not None:
            world.document.seed(seed.text())
        return world

    def _remade(self, world: World, clock: Clock, platform: Platform) -> World:
        """One of the platform under the same name."""
        given = world.lifetime.given
        self._storage.drop_world(world.name)
        remade = self._stored(world.name, clock, platform)
        if given is not None:
            remade.give_lifetime(given)
        return remade

    def _stored(self, name: str, clock: Clock, platform: Platform) -> World:
        """The world as it is stored, which is of the platform if it is not."""
        store = self._storage.open_world(name, platform.identity.name)
        platform = self.platforms.named(store.platform)
        ending = "" if name == DEFAULT_WORLD else f".{name}"
        owner = self._tenants.owner(name)
        budget = (owner and owner.budget) or self._budget
        clock = store.clock_over(clock)
        live = self._new_live(platform, clock, budget, store.deed, ending=ending)
        world = World(name, store, platform, clock, live, self._uploads)
        used_at_ms = store.used_at_ms or world.journal.last_call_at_ms
        world.touched_ms = used_at_ms or self.clock.now_ms()
        return world


def check_name(name: str) -> None:
    """Raise `BadRequest` if no world can have the name."""
    if not _NAME.fullmatch(name):
        raise BadRequest(
            f"{name[:80]!r} is no world name.",
            "Use 1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit.",
        )
