"""Worlds that several servers share: this server's own, and where the others are."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Event, RLock, Thread
from time import monotonic, time

from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.domain.brief import AtRest, Survey
from tt_emulator.domain.store import Finding, Rules, WorldStore, closed
from tt_emulator.errors import Elsewhere, EmulatorError, StorageError, WouldWait
from tt_emulator.fleet import (
    Claim,
    Fenced,
    Fleet,
    Forgotten,
    Newer,
    News,
    Owner,
    require_thread,
)
from tt_emulator.language.logs import logger
from tt_emulator.storage.shared.shared_world import SharedWorld
from tt_emulator.storage.shared.telling import at_rest

log = logger(__name__)

LOOK_S = 1.0

RECOVERY_S = 5.0
"""So long at most it is waited for a world that Redis has forgotten."""
PAUSE_S = 0.05

MANY_ROUTES = 10_000

SUSPECT_S = 5.0
"""Who beats on for so long is alive, though it has not answered once."""


def nothing_wrong(effect: bytes) -> None:
    """The judge of a storage that keeps anything."""


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
        self._suspects: dict[str, tuple[str, float]] = {}
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
        also where only a newer server can read it, `StorageError`.
        """
        with self._lock:
            return self._worlds.get(world) or self._claimed(world, platform)

    def before_opening(self, world: str) -> None:
        """Raise `Elsewhere` if that is known, `WouldWait` on an event loop if it is not. Else wait
        for its owner to write it again, if Redis has forgotten its worlds.
        """
        try:
            self._require_no_route(world)
        except Elsewhere:
            self.for_others += 1
            raise
        require_thread()
        until_s = monotonic() + RECOVERY_S
        while self._fleet.may_be_forgotten(world) and monotonic() < until_s:
            if self._ending.wait(PAUSE_S):
                return

    def drop_world(self, world: str) -> None:
        """Forget a world and its players. Raises `Elsewhere`, `StorageError`."""
        with self._lock:
            store = self._worlds.get(world)
            if store is None:
                if world in self._fleet.worlds():  # not read: it may be such as cannot be
                    self._fleet.drop(world, self._claim(world, DEFAULT_PLATFORM).epoch)
                else:
                    self._fleet.require_absent(world)
                return
        store.drop()
        with self._lock:
            self._worlds.pop(world, None)

    def lost(self, elsewhere: Elsewhere) -> None:
        """Who had the world does not answer: it is for whoever opens it next."""
        self.moved(elsewhere)
        owner = self._fleet.owner(elsewhere.world)
        if owner is not None and owner.url == elsewhere.url:
            self._suspects[elsewhere.world] = owner.id, monotonic() + SUSPECT_S

    def moved(self, elsewhere: Elsewhere) -> None:
        """Who had the world has it no longer: ask Redis who has."""
        self._routes.pop(elsewhere.world, None)

    def survey(self) -> Survey:
        """What Redis says of the worlds that are not alive here. Raises `StorageError`."""
        elsewhere: list[Elsewhere] = []
        resting: list[AtRest] = []
        unread: list[str] = []
        for found in self._fleet.survey():
            store, owner = self._worlds.get(found.world), found.owner
            if store is not None and store.epoch == found.epoch:
                continue
            if owner is not None and self._is_elsewhere(found.world, owner):
                elsewhere.append(Elsewhere(owner.url, found.world))
            elif (world := at_rest(found)) is not None:
                resting.append(world)
            else:
                unread.append(found.world)
        return Survey(elsewhere, resting, unread)

    def drop_at_rest(self, world: AtRest) -> bool:
        """Forget the world, if nobody has claimed it or used it since; whether it was forgotten."""
        suspect = self._suspect(world.name)
        return self._fleet.drop_at_rest(world.name, world.epoch, world.used_at_ms, suspect=suspect)

    def _is_elsewhere(self, world: str, owner: Owner) -> bool:
        return owner.url != self.me and owner.id != self._suspect(world)

    def _suspect(self, world: str) -> str | None:
        suspect, until_s = self._suspects.get(world, ("", 0.0))
        if monotonic() < until_s:
            return suspect
        self._suspects.pop(world, None)
        return None

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
        self._suspects.pop(world, None)
        try:
            store = self._read(world, claim)
        except StorageError:
            with suppress(StorageError, Fenced, Forgotten):
                self._fleet.release(world, News(claim.epoch, 0))  # to who can read it
            raise
        self._worlds[world] = store
        return store

    def _read(self, world: str, claim: Claim) -> SharedWorld:
        judge = nothing_wrong if self._rules is None else self._rules(claim.platform).whole
        return SharedWorld(
            world,
            claim,
            self._fleet,
            judge=judge,
            moved_to=self._other,
            lost=self._lose,
        )

    def _claim(self, world: str, platform: str) -> Claim:
        self._require_no_route(world)
        if self.leaving:
            raise self._other(world)
        try:
            return self._fleet.claim(world, platform, suspect=self._suspect(world))
        except Newer as error:
            raise self._to_a_newer(error, world) from None
        except Elsewhere as error:
            if error.url != self.me:
                if len(self._routes) >= MANY_ROUTES:
                    self._routes.clear()
                self._routes[world] = error.url
                raise
        self.lost(Elsewhere(self.me, world))  # to who was at this address before, and is dead
        return self._fleet.claim(world, platform, suspect=self._suspect(world))

    def _to_a_newer(self, error: Newer, world: str) -> EmulatorError:
        """Where a server is that can take the world; the error, if there is none."""
        for server in self._fleet.servers():
            if server.alive and server.schema >= error.schema:
                return Elsewhere(server.url, world)
        return error

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
        for store in stores.values():
            try:
                if store.name in forgotten:
                    store.restore_forgotten()
                store.keep_up()
            except EmulatorError as error:  # of this one; it is tried again
                log.debug("The world %r was not kept up: %s", store.name, error.detail)
        self._tell(stores)

    def _tell(self, stores: Mapping[str, SharedWorld]) -> None:
        now_ms = int(time() * 1000)
        changed = {name: store.telling.changed(now_ms) for name, store in stores.items()}
        news = {name: told for name, told in changed.items() if told is not None}
        self._fleet.tell(news)
        for name in news:
            stores[name].telling.heard()
