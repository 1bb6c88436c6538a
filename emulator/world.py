"""A world owns everything that one test, tester or branch sees: no other world sees it."""

import re
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import Any

import msgspec

from emulator.catalog import Catalog
from emulator.config import DEFAULT_SEED, DEFAULT_WORLD
from emulator.domain import players
from emulator.domain.clock import Clock
from emulator.domain.settings import WorldSettings, merged
from emulator.errors import BadRequest, NotFound, Unprocessable
from emulator.faults import Desk
from emulator.journal import Feed, Journal
from emulator.storage.base import Change, Record, Storage, WorldStore

SCOPES = ("data", "faults", "journal", "clock")
MAX_WORLDS = 10_000

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_OWN_RECORD = ""  # the world's settings, stored beside the players, whose openids are never empty


class World:
    """Players, settings, armed faults and the journal, under one name."""

    def __init__(self, name: str, store: WorldStore, catalog: Catalog, clock: Clock, desk: Desk):
        self.name = name
        self.store = store
        self.desk = desk
        self.feed = Feed()
        self.journal = Journal(clock, self.feed)
        self._catalog = catalog
        self._clock = clock
        own = store.get(_OWN_RECORD) or Record()
        self.settings = msgspec.convert(own.profile, WorldSettings)

    def set(self, patch: Any) -> WorldSettings:
        """Lay `patch` over the settings. Raises `Unprocessable`, `StorageError`."""
        with self.store.lock:
            settings = merged(self.settings, patch, self._catalog)
            self.store.commit(_OWN_RECORD, Change(profile=msgspec.to_builtins(settings)))
            self.settings = settings
        self._tell_state()
        return settings

    def openids(self) -> list[str]:
        """Every player of whom something is stored, sorted."""
        return [openid for openid in self.store.openids() if openid != _OWN_RECORD]

    def player(self, openid: str) -> dict[str, Any]:
        """The player, a new one if nothing is stored of them."""
        return players.view(openid, self.store.get(openid) or Record(), self.settings)

    def put_player(self, openid: str, raw: Any) -> dict[str, Any]:
        """Bring the player to what `raw` says. Raises `Unprocessable`, `StorageError`."""
        with self.store.lock:
            record = self.store.get(openid) or Record()
            change = players.change(openid, record, raw, self._catalog, self._clock.now_ms())
            self.store.commit(openid, change)
            view = self.player(openid)
        self._tell_state()
        return view

    def delete_player(self, openid: str) -> None:
        """Forget the player; no error if there is none."""
        self.store.delete(openid)
        self._tell_state()

    def coverage(self) -> list[dict[str, Any]]:
        """Each documented error row and how often this world delivered it."""
        delivered = self.journal.delivered()
        return [
            {**row, "delivered": delivered[row["api"], row["name"]]} for row in self._catalog.rows()
        ]

    def arm(self, raw: Any) -> list[dict[str, Any]]:
        """As `Desk.arm`, and tell of it."""
        return self._told(self.desk.arm(raw))

    def replace_faults(self, raw: Any) -> list[dict[str, Any]]:
        """As `Desk.replace`, and tell of it."""
        return self._told(self.desk.replace(raw))

    def disarm(self, fault_id: str | None = None) -> None:
        """Take off one fault, or all. Raises `NotFound`."""
        if fault_id is None:
            self.desk.clear()
        else:
            self.desk.disarm(fault_id)
        self._told([])

    def reset(self, scopes: tuple[str, ...] = SCOPES) -> None:
        """Bring the named parts back to their beginning."""
        actions: dict[str, Callable[[], None]] = {
            "data": self._clear_data,
            "faults": self.disarm,
            "journal": self.journal.clear,
            "clock": lambda: None,
        }
        for scope in scopes:
            actions[scope]()

    def _clear_data(self) -> None:
        with self.store.lock:
            self.store.clear()
            self.settings = WorldSettings()
        self._tell_state()

    def _told(self, armed: list[dict[str, Any]]) -> list[dict[str, Any]]:
        self.feed.publish("faults", self.desk.views)
        return armed

    def _tell_state(self) -> None:
        self.feed.publish("state", lambda: {"settings": self.settings, "players": self.openids()})


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
        self._catalog = catalog
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

    def close(self) -> None:
        """Let everybody who waits for something go."""
        for world in list(self._open.values()):
            world.feed.close()

    def _make(self, name: str) -> World:
        if not _NAME.fullmatch(name):
            raise BadRequest(
                f"{name[:80]!r} is no world name.",
                "Use 1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit.",
            )
        with self._lock:
            if name not in self._open:
                if len(self._open) >= MAX_WORLDS:
                    raise Unprocessable(
                        f"The server holds {MAX_WORLDS} worlds, no more.", "Drop some first."
                    )
                store = self._storage.open_world(name)
                self._open[name] = World(name, store, self._catalog, self._clock, self._new_desk())
            return self._open[name]
