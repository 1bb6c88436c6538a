"""A world owns everything that one test, tester or branch sees: no other world sees it."""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec.structs import asdict

from tt_emulator.catalog import Catalog
from tt_emulator.catalog.views import Coverage
from tt_emulator.config import DEFAULT_URL
from tt_emulator.domain import conditions, document, export, players
from tt_emulator.domain.clock import Clock
from tt_emulator.domain.codes import Codes
from tt_emulator.domain.model import Call
from tt_emulator.domain.record import Record
from tt_emulator.domain.settings import WorldSettings, merged
from tt_emulator.domain.store import WorldStore
from tt_emulator.domain.turn import Turn
from tt_emulator.domain.world_clock import ClockSetting, ClockView, WorldClock
from tt_emulator.errors import NotCounted, Stale
from tt_emulator.faults import Desk
from tt_emulator.faults.views import Fault
from tt_emulator.journal import Budget, Event, Feed, Journal
from tt_emulator.journal.match import Match
from tt_emulator.world import meta
from tt_emulator.world.ranking import boards
from tt_emulator.world.seed import Seed

SCOPES = ("data", "faults", "journal", "clock")


class World:
    """Players, settings, a clock, armed faults and the journal, under one name.

    `clock` is the computer's; the world's own, which testers move, is `self.clock`. `feed` tells of
    everything, `state_feed` of state alone: pages listen there, and a busy game wakes none of them.
    `beginning` is where a reset goes back to, `None` if to nothing.
    """

    settings: WorldSettings
    clock: WorldClock

    def __init__(
        self,
        name: str,
        store: WorldStore,
        catalog: Catalog,
        clock: Clock,
        desk: Desk,
        budget: Budget,
    ) -> None:
        self.name = name
        self.store = store
        self.desk = desk
        self.feed = Feed()
        self.state_feed = Feed()
        self.journal = Journal(clock, self.feed, budget)
        self._catalog = catalog
        self._real_clock = clock
        self.beginning: Seed | None = None
        self._begin_anew(*self._stored())

    def set(self, patch: Any) -> WorldSettings:
        """Lay `patch` over the settings. Raises `Unprocessable`, `StorageError`."""
        with self.store.lock:
            settings = merged(self.settings, patch, self._catalog)
            self.store.set_meta(meta.of_settings(settings))
            self.settings = settings
            self.boards = boards(self.store, settings)
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
            call.base_url,
        )

    def exchange_code(self, raw: Any) -> dict[str, str]:
        """What a login code is worth, once. Raises `Unprocessable`, `NotFound`."""
        with self.store.lock:
            return self.codes.exchange(raw, self.clock.now_ms())

    def move_clock(self, raw: Any) -> ClockView:
        """Set, advance, stop or start the clock. Raises `Unprocessable`, `StorageError`."""
        with self.store.lock:
            self._set_clock(self.clock.moved(raw))
        return self.clock.view()

    def openids(self) -> list[str]:
        """Every player of whom something is stored, sorted."""
        return self.store.openids()

    def player(self, openid: str, base_url: str = DEFAULT_URL) -> players.Player:
        """The player, a new one if nothing is stored of them, as whoever reaches the emulator by
        `base_url` sees one.
        """
        record = self.store.get(openid) or Record()
        return players.view(openid, record, self.settings, base_url)

    def has_seen(self, openid: str) -> bool:
        """Whether the player has called, as far as the journal knows, or is stored. It may know
        of too many players to tell them apart: then whoever is asked about may be one of them.
        """
        if self.store.get(openid) is not None:
            return True
        try:
            called = self.journal.count(Match(player=openid)) > 0
        except NotCounted:
            return True
        return called or bool(self.journal.find(player=openid, limit=1))

    def put_player(
        self,
        openid: str,
        raw: Any,
        base_url: str = DEFAULT_URL,
        seen: Callable[[str], bool] | None = None,
    ) -> players.Player:
        """Bring the player to what `raw` says, and show it as `player` does; but only if they are
        still as `seen`, which is asked of their version.

        Raises `Unprocessable`, `Stale`, `StorageError`.
        """
        with self.store.lock:
            if seen is not None and not seen(players.version(self.player(openid, base_url))):
                raise Stale(
                    f"The player {openid!r} was changed meanwhile: nothing was stored.",
                    "Read the player again, and send the ETag of that answer as If-Match.",
                )
            record = self.store.get(openid) or Record()
            now_ms, order = self.clock.now_ms(), self.store.writes + 1
            change = players.change(openid, record, raw, self._catalog, now_ms, order)
            self.store.commit(openid, change)
            self.boards.note(openid)
            view = self.player(openid, base_url)
        self._tell_state()
        return view

    def delete_player(self, openid: str) -> None:
        """Forget the player; no error if there is none."""
        with self.store.lock:
            self.store.delete(openid)
            self.boards.note(openid)
        self._tell_state()

    def conditions(self) -> conditions.Conditions:
        """What makes calls fail or differ, faults aside."""
        with self.store.lock:
            return conditions.of(self.boards, self.settings, self.clock, self._catalog)

    def coverage(self) -> list[Coverage]:
        """Each documented error row and how often this world delivered it."""
        delivered = self.journal.delivered()
        return [
            Coverage(**asdict(row), delivered=delivered[row.api, row.name])
            for row in self._catalog.documented()
        ]

    def arm(self, raw: Any) -> list[Fault]:
        """As `Desk.arm`, and tell of it."""
        return self._told(self.desk.arm(raw))

    def replace_faults(self, raw: Any) -> list[Fault]:
        """As `Desk.replace`, and tell of it."""
        return self._told(self.desk.replace(raw))

    def disarm(self, fault_id: str | None = None) -> None:
        """Take off one fault, or all. Raises `NotFound`."""
        if fault_id is None:
            self.desk.clear()
        else:
            self.desk.disarm(fault_id)
        self._told([])

    def view(self, event: Event) -> Any:
        """What an event of `feed` is about, as JSON data; `None` if that was forgotten since."""
        match event.kind:
            case "exchange":
                return self.journal.view(event.exchange)
            case "journal":
                return {"held": self.journal.held()}
            case "faults":
                return self.desk.views()
            case _:
                return {"settings": self.settings, "players": self.openids()}

    def close(self) -> None:
        """Let everybody go who waits for something, calls that a fault holds among them."""
        self.desk.close()
        self.journal.end()
        self.feed.close()
        self.state_feed.close()

    def reset(self, scopes: tuple[str, ...] = SCOPES) -> None:
        """Bring the named parts back to their beginning."""
        began = ClockSetting() if self.beginning is None else self.beginning.clock
        actions: dict[str, Callable[[], None]] = {
            "clock": lambda: self._set_clock(began),
            "data": self._reset_data,  # after the clock, which dates what the seed does not
            "faults": self.disarm,
            "journal": self.journal.clear,
        }
        for scope, act in actions.items():
            if scope in scopes:
                act()

    def export(self) -> Iterator[bytes]:
        """The world as one JSON document, in pieces: players, settings, clock."""
        with self.store.lock:
            players = export.copied(self.store.items())
            settings, clock = self.settings, self.clock.setting
        return export.written(settings, clock, players)

    def replace(self, text: bytes) -> None:
        """Become what the document says, all or nothing.

        Raises `BadRequest`, `Unprocessable`, `StorageError`.
        """
        self._become(document.opened(text, self._catalog))

    def seed(self, text: bytes, tell: document.Tell = document.untold) -> int | None:
        """Have resets go back to the document, and begin with it if nothing was stored here yet.

        Returns with how many players the world began, `None` if it holds something already. Raises
        as `replace`, and what `tell` raises; then nothing has changed.
        """
        sealed = document.opened(text, self._catalog)
        begins = not (self.store.writes or self.store.meta() or self.store.openids())
        if begins:
            self._become(sealed, tell)
        else:
            for _ in document.records(sealed, self._catalog, 0, tell):
                pass  # a flaw shows now, not at the first reset
        self.beginning = Seed(text, sealed.clock)
        return len(sealed.players) if begins else None

    def _become(
        self,
        sealed: document.Sealed,
        tell: document.Tell = document.untold,
        *,
        keeps_clock: bool = False,
    ) -> None:
        clock = self.clock.setting if keeps_clock else sealed.clock
        now_ms = WorldClock(self._real_clock, clock).now_ms()
        fields = meta.of_settings(sealed.settings) | meta.of_clock(clock)
        players = document.records(sealed, self._catalog, now_ms, tell)

        def begin() -> None:
            moved = self.clock.setting  # perhaps while the players were read
            self._begin_anew(*self._stored())
            if keeps_clock:
                self._set_clock(moved)

        self.store.replace(players, begin, meta=fields)
        self.desk.let_go()  # of calls that began in another world
        self._tell_state()

    def _reset_data(self) -> None:
        if self.beginning is not None:
            self._become(document.opened(self.beginning.text(), self._catalog), keeps_clock=True)
            return
        with self.store.lock:
            self.store.clear()
            moved = self.clock.setting
            self._begin_anew(WorldSettings(), WorldClock(self._real_clock, ClockSetting()))
            self._set_clock(moved)
        self.desk.let_go()
        self._tell_state()

    def _set_clock(self, setting: ClockSetting) -> None:
        with self.store.lock:
            if setting != self.clock.setting:
                self.store.set_meta(meta.of_clock(setting))
                self.clock = WorldClock(self._real_clock, setting)
                self.feed.publish("state")

    def _begin_anew(self, settings: WorldSettings, clock: WorldClock) -> None:
        self.settings, self.clock = settings, clock
        self.boards = boards(self.store, settings)
        self.codes = Codes()

    def _stored(self) -> tuple[WorldSettings, WorldClock]:
        settings, clock = meta.read(self.store.meta())
        return settings, WorldClock(self._real_clock, clock)

    def _told(self, armed: list[Fault]) -> list[Fault]:
        self.feed.publish("faults")
        return armed

    def _tell_state(self) -> None:
        for feed in (self.feed, self.state_feed):
            feed.publish("state")
