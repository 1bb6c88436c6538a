"""A world owns everything that one test, tester or branch sees: no other world sees it."""

from collections.abc import Callable
from typing import Any

import msgspec

from emulator.catalog import Catalog
from emulator.domain import players
from emulator.domain.clock import Clock
from emulator.domain.settings import WorldSettings, merged
from emulator.faults import Desk
from emulator.journal import Feed, Journal
from emulator.storage.base import Change, Record, WorldStore

SCOPES = ("data", "faults", "journal", "clock")
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

    def close(self) -> None:
        """Let everybody who waits for something go."""
        self.feed.close()

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
