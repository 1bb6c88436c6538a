"""A world owns everything that one test, tester or branch sees: no other world sees it."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from msgspec.structs import asdict

from tt_emulator.catalog.views import Cover, Coverage
from tt_emulator.domain import conditions
from tt_emulator.domain.brief import Brief
from tt_emulator.domain.clock import Clock
from tt_emulator.domain.lifetime import Lifetime
from tt_emulator.domain.model import Call
from tt_emulator.domain.record import Record
from tt_emulator.domain.store import WorldStore
from tt_emulator.domain.turn import Turn
from tt_emulator.domain.uploads import Uploads
from tt_emulator.platforms.platform import Platform
from tt_emulator.world.document import WorldDocument
from tt_emulator.world.live import LiveState
from tt_emulator.world.players import Players
from tt_emulator.world.state import WorldState

SCOPES = ("data", "faults", "journal", "clock")


class World(WorldState):
    """The state of a world and, each by its noun, its players, armed faults, journal and document,
    under one name. When somebody used it otherwise than by a call was at `touched_ms`, Unix time.
    """

    def __init__(
        self,
        name: str,
        store: WorldStore,
        platform: Platform,
        clock: Clock,
        live: LiveState,
        uploads: Uploads | None = None,
    ) -> None:
        super().__init__(store, platform, clock, live)
        self._stored = store
        self.name = name
        self.platform_name = platform.identity.name
        self.uploads = uploads or Uploads()
        self.faults = live.faults
        self.journal = live.journal
        self.past = live.past
        self.lifetime = live.lifetime
        self.touched_ms = 0
        self.players = Players(self, self.journal, self.publish)
        self.document = WorldDocument(self, self._replaced)
        store.attach(self)

    def turn(self, call: Call, token: Callable[[], str]) -> Turn:
        """What the rules need to answer the call. Hold the store's lock until they have."""
        return Turn(
            call.api,
            call.options,
            call.player,
            self._stored.get(call.player) or Record(),
            self._stored,
            self.clock.now_ms(),
            token,
            self.settings,
            self.boards,
            self.codes,
            call.base_url,
            self.past,
            self.uploads,
            self.tokens,
            call.body,
        )

    def exchange_code(self, raw: Any) -> dict[str, str]:
        """What a login code is worth, once. Raises `Unprocessable`, `NotFound`."""
        with self.store.deed, self.store.lock:
            return self.codes.exchange(raw, self.clock.now_ms())

    def conditions(self) -> conditions.Conditions:
        """What makes calls fail or differ, faults aside."""
        with self.store.lock:
            further = self.platform.failing_states
            return conditions.of(self.boards, self.settings, self.clock, self.catalog, further)

    def coverage(self, cover: Cover = "documented") -> list[Coverage]:
        """Each documented error row, with `seen` also each seen one, and how often this world
        delivered it.
        """
        delivered = self.journal.delivered()
        return [
            Coverage(**asdict(row), delivered=delivered[row.api, row.name])
            for row in self.catalog.counted(cover)
        ]

    def reset(self, scopes: tuple[str, ...] = SCOPES) -> None:
        """Bring the named parts back to the baseline."""
        actions: dict[str, Callable[[], None]] = {
            "clock": self.document.reset_clock,
            "data": self.document.reset,  # after the clock, which dates what the seed does not
            "faults": self.faults.clear,
            "journal": self.journal.clear,
        }
        seeds = "data" in scopes and self.document.baseline is not None
        with nullcontext() if seeds else self.store.deed:  # others go on while a seed is read
            for scope, act in actions.items():
                if scope in scopes:
                    act()

    def give_lifetime(self, lifetime: Lifetime) -> None:
        """Have the world stay for so long after its last use. Raises `StorageError`."""
        with self.store.deed, self.store.lock:
            self.lifetime.give(lifetime)

    def used_at_ms(self, now_ms: int) -> int:
        """When somebody called here, listened or asked for something last, if it is now `now_ms`:
        Unix time.
        """
        if self.is_listened_to:
            self.touched_ms = now_ms
        return max(self.touched_ms, self.journal.last_call_at_ms or 0)

    def brief(self) -> Brief:
        """The world in brief."""
        last_call_ms = self.journal.last_call_at_ms
        return Brief(self.store.player_count(), last_call_ms, self.lifetime.given)

    @property
    def is_listened_to(self) -> bool:
        """Whether somebody waits for something that happens here."""
        return bool(self.feed.streams or self.state_feed.streams or self.journal.waiting())

    def close(self) -> None:
        """Let everybody go who waits for something, calls that a fault holds among them."""
        self.live.close()

    def _replaced(self) -> None:
        self.faults.release()  # the calls of the world that was replaced
        self.publish()
