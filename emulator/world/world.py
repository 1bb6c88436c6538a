"""A world owns everything that one test, tester or branch sees: no other world sees it."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Any

import msgspec

from emulator.catalog import Catalog
from emulator.domain import document, im_rank, players, relations
from emulator.domain.boards import Boards
from emulator.domain.clock import Clock
from emulator.domain.codes import Codes
from emulator.domain.model import Call
from emulator.domain.options import check
from emulator.domain.settings import WorldSettings, merged
from emulator.domain.turn import Turn
from emulator.domain.world_clock import ClockSetting, WorldClock
from emulator.errors import ApiError, Unprocessable
from emulator.faults import Desk
from emulator.journal import Feed, Journal
from emulator.storage.base import Change, Record, WorldStore

SCOPES = ("data", "faults", "journal", "clock")
_OWN_RECORD = ""  # the world's settings and clock, beside the players, whose openids are not empty


class World:
    """Players, settings, a clock, armed faults and the journal, under one name.

    `clock` is the computer's; the world's own, which testers move, is `self.clock`. `feed` tells of
    everything, `state_feed` of state alone: pages listen there, and a busy game wakes none of them.
    """

    settings: WorldSettings
    clock: WorldClock

    def __init__(self, name: str, store: WorldStore, catalog: Catalog, clock: Clock, desk: Desk):
        self.name = name
        self.store = store
        self.desk = desk
        self.feed = Feed()
        self.state_feed = Feed()
        self.journal = Journal(clock, self.feed)
        self._catalog = catalog
        self._real_clock = clock
        self._begin_anew(*self._own())

    def set(self, patch: Any) -> WorldSettings:
        """Lay `patch` over the settings. Raises `Unprocessable`, `StorageError`."""
        with self.store.lock:
            settings = merged(self.settings, patch, self._catalog)
            self.store.commit(_OWN_RECORD, Change(profile=msgspec.to_builtins(settings)))
            self.settings = settings
            self.boards = self._new_boards()
        self._tell_state()
        return settings

    def turn(self, call: Call, token: Callable[[], str]) -> Turn:
        """What the rules need to answer the call. Hold the store's lock until they have."""
        return Turn(
            call.api,
            call.options,
            call.player,
            self.store.get(call.player) or Record(),
            self.store,
            self.clock.now_ms(),
            token,
            self.settings,
            self.boards,
            self.codes,
        )

    def exchange_code(self, raw: Any) -> dict[str, str]:
        """What a login code is worth, once. Raises `Unprocessable`, `NotFound`."""
        with self.store.lock:
            return self.codes.exchange(raw, self.clock.now_ms())

    def panel(self, player: str, options: dict[str, Any]) -> dict[str, Any]:
        """What getImRankList shows to the player. Raises `Unprocessable` for bad options."""
        call = Call(self._catalog.apis["getImRankList"], options, self.name, player)
        try:
            check(call.api, options)
        except ApiError as error:
            raise Unprocessable(f"{error.reason}.", "Ask as the game asked.") from error
        with self.store.lock:
            return im_rank.panel(self.turn(call, str))

    def move_clock(self, raw: Any) -> dict[str, Any]:
        """Set, advance, stop or start the clock. Raises `Unprocessable`, `StorageError`."""
        with self.store.lock:
            self._set_clock(self.clock.moved(raw))
        return self.clock.view()

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
            now_ms, order = self.clock.now_ms(), self.store.writes + 1
            change = players.change(openid, record, raw, self._catalog, now_ms, order)
            self.store.commit(openid, change)
            self.boards.note(openid)
            view = self.player(openid)
        self._tell_state()
        return view

    def delete_player(self, openid: str) -> None:
        """Forget the player; no error if there is none."""
        with self.store.lock:
            self.store.delete(openid)
            self.boards.note(openid)
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
        self.state_feed.close()

    def reset(self, scopes: tuple[str, ...] = SCOPES) -> None:
        """Bring the named parts back to their beginning."""
        actions: dict[str, Callable[[], None]] = {
            "data": self._clear_data,
            "faults": self.disarm,
            "journal": self.journal.clear,
            "clock": lambda: self._set_clock(ClockSetting()),
        }
        for scope in scopes:
            actions[scope]()

    def export(self) -> Iterator[bytes]:
        """The world as one JSON document, in pieces: players, settings, clock."""
        with self.store.lock:
            found = [
                (openid, Record(dict(record.pairs), dict(record.profile)))
                for openid, record in self.store.items()
                if openid != _OWN_RECORD
            ]
            settings, clock = self.settings, self.clock.setting
        found.sort(key=itemgetter(0))
        return document.written(settings, clock, found)

    def replace(self, text: bytes) -> None:
        """Become what the document says, all or nothing.

        Raises `BadRequest`, `Unprocessable`, `StorageError`.
        """
        sealed = document.opened(text, self._catalog)
        now_ms = WorldClock(self._real_clock, sealed.clock).now_ms()
        own = (_OWN_RECORD, _own_record(sealed.settings, sealed.clock))
        with self.store.lock:
            self.store.replace(chain([own], document.records(sealed, self._catalog, now_ms)))
            self._begin_anew(*self._own())
        self._tell_state()

    def _clear_data(self) -> None:
        with self.store.lock:
            self.store.clear()
            moved = self.clock.setting
            self._begin_anew(WorldSettings(), WorldClock(self._real_clock, ClockSetting()))
            self._set_clock(moved)
        self._tell_state()

    def _set_clock(self, setting: ClockSetting) -> None:
        with self.store.lock:
            if setting != self.clock.setting:
                change = Change(profile={"clock": msgspec.to_builtins(setting)})
                self.store.commit(_OWN_RECORD, change)
                self.clock = WorldClock(self._real_clock, setting)

    def _begin_anew(self, settings: WorldSettings, clock: WorldClock) -> None:
        self.settings, self.clock = settings, clock
        self.boards = self._new_boards()
        self.codes = Codes()

    def _new_boards(self) -> Boards:
        groups = partial(relations.placing, self.settings.ranking_keys)
        return Boards(self.store, {"group": groups, "im": im_rank.placing})

    def _own(self) -> tuple[WorldSettings, WorldClock]:
        own = dict((self.store.get(_OWN_RECORD) or Record()).profile)
        setting = msgspec.convert(own.pop("clock", {}), ClockSetting)
        return msgspec.convert(own, WorldSettings), WorldClock(self._real_clock, setting)

    def _told(self, armed: list[dict[str, Any]]) -> list[dict[str, Any]]:
        self.feed.publish("faults", self.desk.views)
        return armed

    def _tell_state(self) -> None:
        for feed in (self.feed, self.state_feed):
            feed.publish("state", lambda: {"settings": self.settings, "players": self.openids()})


def _own_record(settings: WorldSettings, clock: ClockSetting) -> Record:
    profile = msgspec.to_builtins(settings) | {"clock": msgspec.to_builtins(clock)}
    return Record(profile=profile)
