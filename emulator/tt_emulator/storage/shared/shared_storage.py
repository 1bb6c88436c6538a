"""Worlds that several servers share: this server's own, and where the others are."""

from collections.abc import Callable
from contextlib import suppress
from threading import Event, RLock, Thread
from time import time

from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.domain.store import Finding, Rules, WorldStore, closed
from tt_emulator.errors import Elsewhere, EmulatorError, StorageError, WouldWait
from tt_emulator.fleet import Claim, Fleet, require_thread
from tt_emulator.language.logs import logger
from tt_emulator.storage.shared.shared_world import SharedWorld

log = logger(__name__)

LOOK_S = 1.0

MANY_ROUTES = 10_000


class SharedStorage:
    """The `Storage` of `--shared`, of a server that others reach at `url`.

    `rules` say what of a world's life this version knows. A world that nobody has becomes this
    server's when it is opened; of one that another server has `open_world` raises `Elsewhere`.
    """

    def __init__(self, fleet: Fleet, url: str, rules: Callable[[str], Rules] | None = None) -> None:
        self._fleet = fleet
        self._rules = rules
        self.me = url
        self._worlds: dict[str, SharedWorld] = {}
        self._routes: dict[str, str] = {}
        self._suspects: dict[str, str] = {}
        self._tell_lost: list[Callable[[str], object]] = []
        self._lock = RLock()
        self._ending = Event()
        self.leaving = False  # it gives its worlds away, and takes none any more
        self.for_others = 0
        self._looking = Thread(target=self._look, name="tt-emulator-fleet", daemon=True)
        self._looking.start()

    def worlds(self) -> list[str]:
        """Names of the stored worlds, sorted: those of all servers."""
        return self._fleet.worlds()

    def when_lost(self, tell: Callable[[str], object]) -> None:
        """Tell of each world that another server has taken over."""
        self._tell_lost.append(tell)

    def open_world(self, world: str, platform: str = DEFAULT_PLATFORM) -> WorldStore:
        """The world's players, the same object as long as it is this server's. Raises `Elsewhere`,
        `StorageError`.
        """
        with self._lock:
            return self._worlds.get(world) or self._claimed(world, platform)

    def before_opening(self, world: str) -> None:
        """Raise `Elsewhere` if that is known, `WouldWait` on an event loop if it is not."""
        try:
            self._require_no_route(world)
        except Elsewhere:
            self.for_others += 1
            raise
        require_thread()

    def drop_world(self, world: str) -> None:
        """Forget a world and its players. Raises `Elsewhere`, `StorageError`."""
        with self._lock:
            store = self._worlds.get(world)
            if store is None:
                if world in self._fleet.worlds():  # not read: it may be such as cannot be
                    self._fleet.drop(world, self._claim(world, DEFAULT_PLATFORM).epoch)
                return
        store.drop()
        with self._lock:
            self._worlds.pop(world, None)

    def lost(self, elsewhere: Elsewhere) -> None:
        """Who had the world does not answer: it is for whoever opens it next."""
        self.moved(elsewhere)
        owner = self._fleet.owner(elsewhere.world)
        if owner is not None and owner.url == elsewhere.url:
            self._suspects[elsewhere.world] = owner.id

    def moved(self, elsewhere: Elsewhere) -> None:
        """Who had the world has it no longer: ask Redis who has."""
        self._routes.pop(elsewhere.world, None)

    def is_alive(self, url: str) -> bool:
        """Whether the server at that address was seen a moment ago."""
        return self._fleet.is_alive(url)

    def others(self) -> list[str]:
        """Where the other servers are that are alive."""
        servers = self._fleet.servers()
        return [each.url for each in servers if each.alive and each.url != self.me]

    def settle(self) -> None:
        """Have the fleet keep whatever happened until now."""
        for store in list(self._worlds.values()):
            store.settle()

    def set_aside(self) -> list[Finding]:
        """Nothing: there are no files."""
        return []

    def edited(self) -> list[Finding]:
        """Nothing, as above."""
        return []

    def trouble(self) -> str | None:
        """That Redis is away, or this server about to leave."""
        return "it gives its worlds away." if self.leaving else self._fleet.trouble()

    def hand_over(self) -> bool:
        """Give all worlds to the other servers, and take none any more; whether there are others.
        Without them nothing has changed.
        """
        with suppress(StorageError):
            self._fleet.look()  # one that came a moment ago can take them
        if not self.others():
            return False
        self._release()
        with suppress(StorageError):
            self._fleet.leave()  # so that nobody looks here for another world
        return True

    def close(self) -> None:
        """Give away what is left, and leave."""
        if self._ending.is_set():
            return
        self._ending.set()
        self._looking.join()
        self._release()
        with suppress(StorageError):
            self._fleet.leave()
        self._fleet.close()

    def _release(self) -> None:
        with self._lock:
            self.leaving = True
            stores = list(self._worlds.values())
        for store in stores:
            try:
                store.release()
            except EmulatorError as error:
                log.warning("The world %r was not given away: %s", store.name, error.detail)

    def _claimed(self, world: str, platform: str) -> SharedWorld:
        try:
            claim = self._claim(world, platform)
        except Elsewhere:
            self.for_others += 1
            raise
        self._routes.pop(world, None)
        store = SharedWorld(
            world,
            claim,
            self._fleet,
            judge_life=self._rules(claim.platform).life if self._rules else None,
            moved_to=self._other,
            lost=self._lose,
        )
        self._worlds[world] = store
        return store

    def _claim(self, world: str, platform: str) -> Claim:
        self._require_no_route(world)
        if self.leaving:
            raise self._other(world)
        try:
            return self._fleet.claim(world, platform, suspect=self._suspects.pop(world, None))
        except Elsewhere as error:
            if error.url != self.me:
                if len(self._routes) >= MANY_ROUTES:
                    self._routes.clear()
                self._routes[world] = error.url
                raise
        self.lost(Elsewhere(self.me, world))  # to who was at this address before, and is dead
        return self._fleet.claim(world, platform, suspect=self._suspects.pop(world, None))

    def _require_no_route(self, world: str) -> None:
        route = self._routes.get(world)
        if route is not None and self._fleet.is_alive(route):
            raise Elsewhere(route, world)

    def _other(self, world: str) -> EmulatorError:
        """Where the world is, or another server that can take it."""
        with suppress(StorageError, WouldWait):  # then whoever goes there asks Redis
            owner = self._fleet.owner(world)
            if owner is not None and owner.url != self.me:
                return Elsewhere(owner.url, world)
            for url in self.others() if self.leaving else ():
                return Elsewhere(url, world)
        return closed() if self.leaving else Elsewhere(self.me, world)

    def _lose(self, store: SharedWorld) -> None:
        if self._worlds.get(store.name) is store:
            del self._worlds[store.name]
            for tell in self._tell_lost:
                tell(store.name)

    def _look(self) -> None:
        while not self._ending.wait(LOOK_S):
            try:
                self._look_once()
            except EmulatorError as error:
                log.debug("Redis does not answer: %s", error.detail)
            except Exception:
                log.exception("What servers share could not be looked after")

    def _look_once(self) -> None:
        stores = dict(self._worlds)
        held = {name: store.epoch for name, store in stores.items()}
        lost, forgotten = self._fleet.lost_worlds(held)
        for name in lost:
            stores[name].lose()
        for name in forgotten:
            stores[name].restore_forgotten()
        for store in stores.values():
            try:
                store.keep_up()
            except EmulatorError as error:  # of this one; it is tried again
                log.debug("The world %r was not kept up: %s", store.name, error.detail)
        now_ms = int(time() * 1000)
        self._fleet.touch({name: now_ms for name, each in stores.items() if each.was_used()})
