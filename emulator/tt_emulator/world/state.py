"""What a world is at the moment: its settings, its clock, and what goes by them."""

from collections.abc import Iterable, Iterator
from typing import Any

from tt_emulator.domain.boards import Boards
from tt_emulator.domain.clock import Clock
from tt_emulator.domain.deed import Effect
from tt_emulator.domain.settings import WorldSettings, merged
from tt_emulator.domain.store import WorldStore
from tt_emulator.domain.world_clock import ClockSetting, ClockView, WorldClock
from tt_emulator.platforms.platform import Platform
from tt_emulator.world import meta
from tt_emulator.world.live import LiveState
from tt_emulator.world.witnessed import witnessed


class WorldState:
    """Settings and a clock over what is stored, and the boards and login codes that go by them.

    `real_clock` is the computer's, as the store has it; the world's own, which testers move, is
    `clock`.
    """

    settings: WorldSettings
    clock: WorldClock
    boards: Boards

    def __init__(
        self, store: WorldStore, platform: Platform, real_clock: Clock, live: LiveState
    ) -> None:
        self.store = witnessed(store, live.past)
        self.platform = platform
        self.catalog = platform.catalog
        self.real_clock = real_clock
        self.live = live
        self.feed = live.feed
        self.state_feed = live.state_feed
        self.codes = live.codes
        self.tokens = live.tokens
        self.seen, self.show = live.seen, live.show
        self.load()

    def set(self, patch: Any) -> WorldSettings:
        """Lay `patch` over the settings. Raises `Unprocessable`, `StorageError`."""
        with self.store.deed, self.store.lock:
            settings = merged(self.settings, patch, self.catalog)
            self.store.set_meta(meta.of_settings(settings))
            self.settings = settings
            self.boards = self.live.new_boards(self.store, settings)
            self.publish()
        return settings

    def move_clock(self, raw: Any) -> ClockView:
        """Set, advance, stop or start the clock. Raises `Unprocessable`, `StorageError`."""
        with self.store.deed, self.store.lock:
            self.set_clock(self.clock.moved(raw))
        return self.clock.view()

    def set_clock(self, setting: ClockSetting) -> None:
        """Store the setting and go by it. Raises `StorageError`."""
        with self.store.deed, self.store.lock:
            if setting != self.clock.setting:
                self.store.set_meta(meta.of_clock(setting))
                self.clock = WorldClock(self.real_clock, setting)
                self.feed.publish("state")

    def load(self) -> None:
        """Go by what is stored. Needs the store's lock."""
        self._go_by(*meta.read(self.store.meta(), self.platform.settings))

    def reinitialize(self, settings: WorldSettings, clock: ClockSetting) -> None:
        """Go by these, without codes; stores nothing. Needs the store's lock."""
        self._go_by(settings, clock)
        self.forget_given_out()

    def forget_given_out(self) -> None:
        """No code is worth anything any more, and no token counts as forced; the tokens stay good,
        as they are the app's. Needs the store's lock.
        """
        self.codes.forget_all()
        self.tokens.forget_forced()

    def publish(self) -> None:
        """Publish to all listeners that the state has changed."""
        self.live.publish_state()

    def whole(self) -> Iterator[Effect]:
        """Effects from which comes again what a world has beside what is stored."""
        return self.live.whole()

    def restore(self, effects: Iterable[bytes]) -> None:
        """Be what is stored, and what these effects say. Needs the store's lock."""
        self.live.restore(effects)
        self.load()

    def _go_by(self, settings: WorldSettings, clock: ClockSetting) -> None:
        self.settings, self.clock = settings, WorldClock(self.real_clock, clock)
        self.boards = self.live.new_boards(self.store, settings)
