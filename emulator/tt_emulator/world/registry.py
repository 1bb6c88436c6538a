"""The registry of worlds."""

import re
from collections.abc import Callable
from functools import partial
from itertools import count
from threading import Lock

from tt_emulator.config import DEFAULT_SEED, DEFAULT_WORLD
from tt_emulator.domain.clock import Clock
from tt_emulator.domain.document import OnProgress
from tt_emulator.domain.store import Storage
from tt_emulator.domain.uploads import Uploads
from tt_emulator.errors import BadRequest, EmulatorError, NotFound, NotReady, Unprocessable
from tt_emulator.journal import Budget, Exchange
from tt_emulator.platforms.platform import Platform
from tt_emulator.world.live import LiveState
from tt_emulator.world.seed import Seed
from tt_emulator.world.world import World

MAX_WORLDS = 10_000

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Worlds:
    """The worlds of one server. Safe under threads.

    `platform` is that of each world, `seed` its luck, `on_socket` whether faults can act on the
    socket. With `ready` False nobody gets a world before `initialize` has filled the first one.
    `answered` hears of each call that was answered, as `Journal` says.
    """

    def __init__(  # noqa: PLR0913  # parts of one server, each by its name
        self,
        storage: Storage,
        platform: Platform,
        clock: Clock,
        *,
        seed: int = DEFAULT_SEED,
        on_socket: bool = False,
        ready: bool = True,
        answered: Callable[[Exchange], None] | None = None,
    ) -> None:
        self._storage = storage
        self.platform = platform
        self.clock = clock
        self.seed = seed
        self._new_live = partial(
            LiveState,
            platform,
            budget=Budget(),
            seed=seed,
            on_socket=on_socket,
            answered=answered,
        )
        self._uploads = Uploads()
        self._lock = Lock()
        self._open: dict[str, World] = {}  # empty until it is ready
        self._seed: Seed | None = None
        self._ready = ready
        if ready:
            self.open(DEFAULT_WORLD)

    def require_ready(self) -> None:
        """Raise `NotReady` while the first world is being filled."""
        if not self._ready:
            raise NotReady(
                "The emulator is still filling its world.",
                "Wait until GET /__emulator/ready answers 200.",
            )

    def initialize(
        self, text: bytes, on_progress: OnProgress, arm_scenario: Callable[[World], None]
    ) -> int | None:
        """Seed the default world, arm its scenario, then let everybody in.

        Returns and raises as `WorldDocument.seed`.
        """
        world = self._new(DEFAULT_WORLD, self.clock)
        players = world.document.seed(text, on_progress)
        arm_scenario(world)
        self._seed = world.document.baseline
        self._open[DEFAULT_WORLD] = world
        self._ready = True
        return players

    def reseed(self, text: bytes) -> int:
        """Have the default world become the document, as `WorldDocument.reseed`."""
        world = self.open(DEFAULT_WORLD)
        players = world.document.reseed(text)
        self._seed = world.document.baseline
        return players

    def names(self) -> list[str]:
        """All worlds, sorted: those that are stored, and those made since."""
        self.require_ready()
        return sorted({DEFAULT_WORLD, *self._storage.worlds(), *list(self._open)})

    def open(self, name: str) -> World:
        """The world of that name, made on first use. Raises `BadRequest` for a bad name."""
        world = self._open.get(name)
        return world if world is not None else self._make(name)

    def opened(self, name: str) -> World | None:
        """The world of that name, if somebody has used it since the start."""
        return self._open.get(name)

    def find(self, name: str) -> World:
        """The world of that name. Raises `NotFound` if there is none yet."""
        self.require_ready()
        world = self._open.get(name)
        if world is None and (name == DEFAULT_WORLD or name in self._storage.worlds()):
            world = self._make(name)
        if world is None:
            raise NotFound(f"There is no world {name!r}.", "A world is made by its first call.")
        return world

    def put(self, name: str, text: bytes) -> World:
        """Import a world: all or nothing. Raises as `open` and `WorldDocument.replace` do.

        One that it made for that goes if it fails, unless somebody has used it meanwhile.
        """
        new = name not in self.names()
        world = self.open(name)
        try:
            world.document.replace(text)
        except EmulatorError:
            if new and self._open.get(name) is world and _is_untouched(world):
                self.drop(name)
            raise
        return world

    def begin(self, opening: str, clock: Clock) -> World:
        """A new world that goes by this clock, under a name of that opening."""
        self.require_ready()
        with self._lock:
            taken = {*self._storage.worlds(), *self._open}
            name = next(name for number in count(1) if (name := f"{opening}-{number}") not in taken)
            return self._keep(name, clock)

    def drop(self, name: str) -> None:
        """Forget the world and all that is in it; no error if there is none.

        Whoever waits for something in it is let go. Raises `BadRequest`, `StorageError`.
        """
        check_name(name)
        self.require_ready()
        with self._lock:
            self._storage.drop_world(name)
            world = self._open.pop(name, None)
        if world is not None:
            world.close()
            world.journal.give_back()

    def settle(self) -> None:
        """Have whatever happened until now durable, before somebody looks at it."""
        self._storage.settle()

    def close(self) -> None:
        """Let everybody who waits for something go."""
        for world in list(self._open.values()):
            world.close()

    def _make(self, name: str) -> World:
        check_name(name)
        self.require_ready()
        with self._lock:
            return self._open.get(name) or self._keep(name, self.clock)

    def _keep(self, name: str, clock: Clock) -> World:
        if len(self._open) >= MAX_WORLDS:
            raise Unprocessable(
                f"The server holds {MAX_WORLDS} worlds, no more.", "Drop some first."
            )
        world = self._open[name] = self._new(name, clock)
        return world

    def _new(self, name: str, clock: Clock) -> World:
        store = self._storage.open_world(name)
        live = self._new_live(clock, deed=store.deed)
        world = World(name, store, self.platform, clock, live, self._uploads)
        if name == DEFAULT_WORLD and self._seed is not None:  # it was dropped
            world.document.seed(self._seed.text())
        return world


def _is_untouched(world: World) -> bool:
    """Whether nobody has called, set or armed anything there yet."""
    return world.store.is_new and not (world.journal.find() or world.faults.views())


def check_name(name: str) -> None:
    """Raise `BadRequest` if no world can have the name."""
    if not _NAME.fullmatch(name):
        raise BadRequest(
            f"{name[:80]!r} is no world name.",
            "Use 1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit.",
        )
