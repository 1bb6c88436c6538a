"""A world owns everything that one test, tester or branch sees: no other world sees it."""

import re
from collections.abc import Callable
from functools import partial
from threading import Lock

from emulator.catalog import Catalog
from emulator.config import DEFAULT_SEED, DEFAULT_WORLD
from emulator.domain.clock import Clock
from emulator.errors import BadRequest, NotFound
from emulator.faults import Desk
from emulator.journal import Journal
from emulator.storage.base import Storage, WorldStore

SCOPES = ("data", "faults", "journal", "clock")

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class World:
    """Players, armed faults and the journal, under one name."""

    def __init__(self, name: str, store: WorldStore, desk: Desk, journal: Journal) -> None:
        self.name = name
        self.store = store
        self.desk = desk
        self.journal = journal

    def reset(self, scopes: tuple[str, ...] = SCOPES) -> None:
        """Bring the named parts back to their beginning."""
        actions: dict[str, Callable[[], None]] = {
            "data": self.store.clear,
            "faults": self.desk.clear,
            "journal": self.journal.clear,
            "clock": lambda: None,
        }
        for scope in scopes:
            actions[scope]()


class Worlds:
    """The registry of worlds. Safe under threads.

    `seed` is the luck of each world, `on_socket` whether faults can act on the socket.
    """

    def __init__(
        self,
        storage: Storage,
        catalog: Catalog,
        clock: Clock,
        *,
        seed: int = DEFAULT_SEED,
        on_socket: bool = False,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._new_desk = partial(Desk, catalog, clock.now_ms, seed=seed, on_socket=on_socket)
        self._lock = Lock()
        self._open: dict[str, World] = {}
        self.open(DEFAULT_WORLD)

    def open(self, name: str) -> World:
        """The world of that name, made on first use. Raises `BadRequest` for a bad name."""
        world = self._open.get(name)
        return world if world is not None else self._make(name)

    def find(self, name: str) -> World:
        """The world of that name. Raises `NotFound` if there is none yet."""
        world = self._open.get(name)
        if world is None and name in self._storage.worlds():
            world = self._make(name)
        if world is None:
            raise NotFound(f"There is no world {name!r}.", "A world is made by its first call.")
        return world

    def _make(self, name: str) -> World:
        if not _NAME.fullmatch(name):
            raise BadRequest(
                f"{name[:80]!r} is no world name.",
                "Use 1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit.",
            )
        with self._lock:
            if name not in self._open:
                store = self._storage.open_world(name)
                self._open[name] = World(name, store, self._new_desk(), Journal(self._clock))
            return self._open[name]
