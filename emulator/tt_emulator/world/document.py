"""A world as one JSON document: written, read, and what a reset goes back to."""

from collections.abc import Callable, Iterator

from tt_emulator.domain import document, export
from tt_emulator.domain.world_clock import ClockSetting, WorldClock
from tt_emulator.platforms.platform import Platform
from tt_emulator.world import meta
from tt_emulator.world.seed import Seed
from tt_emulator.world.state import WorldState


class WorldDocument:
    """Players, settings and clock of one world, as a whole; faults and journal are none of it.

    `baseline` is what a reset goes back to, `None` if to nothing. `replaced` is called after the
    world has become another one.
    """

    def __init__(self, state: WorldState, replaced: Callable[[], None]) -> None:
        self.baseline: Seed | None = None
        self._state = state
        self._store = state.store
        self._replaced = replaced

    def export(self) -> Iterator[bytes]:
        """The world as one JSON document, in pieces: players, settings, clock."""
        with self._store.lock:
            players = export.copied(self._store.items())
            settings, clock = self._state.settings, self._state.clock.setting
        platform = self._state.platform
        return export.written(
            platform.identity.name, settings, clock, players, platform.document.fields
        )

    def replace(self, text: bytes, *, keeps_files: bool = False) -> None:
        """Become what the document says, all or nothing. The players' files, which are none of it,
        go if they are not kept.

        Raises `BadRequest`, `Unprocessable`, `StorageError`.
        """
        self._become(self._opened(text), keeps_files=keeps_files)

    def seed(
        self, text: bytes, on_progress: document.OnProgress = document.ignore_progress
    ) -> int | None:
        """Have resets go back to the document, and become it if nothing was stored here yet.

        Returns with how many players the world was seeded, `None` if it holds something already.
        Raises as `replace`, and what `on_progress` raises; then nothing has changed.
        """
        sealed = self._opened(text)
        is_new = self._store.is_new
        if is_new:
            self._become(sealed, on_progress)
        else:
            for _ in document.records(sealed, self._state.platform.document, 0, on_progress):
                pass  # as in seed_in
        self.baseline = Seed(text, sealed.clock)
        return len(sealed.players) if is_new else None

    def reseed(self, text: bytes) -> int:
        """Become what the document says, and have resets go back to it; with how many players.

        Raises as `replace`.
        """
        sealed = self._opened(text)
        self._become(sealed)
        self.baseline = Seed(text, sealed.clock)
        return len(sealed.players)

    def reset(self) -> None:
        """Bring players and settings back to the baseline; the clock goes on as it goes."""
        if self.baseline is None:
            self._empty()
        else:
            sealed = self._opened(self.baseline.text())
            self._become(sealed, keeps_clock=True)

    def reset_clock(self) -> None:
        """Bring the clock back to the baseline. Raises `StorageError`."""
        setting = ClockSetting() if self.baseline is None else self.baseline.clock
        self._state.set_clock(setting)

    def _opened(self, text: bytes) -> document.Sealed:
        return _opened(text, self._state.platform)

    def _become(
        self,
        sealed: document.Sealed,
        on_progress: document.OnProgress = document.ignore_progress,
        *,
        keeps_clock: bool = False,
        keeps_files: bool = False,
    ) -> None:
        state = self._state
        clock = state.clock.setting if keeps_clock else sealed.clock
        now_ms = WorldClock(state.real_clock, clock).now_ms()
        fields = meta.of_settings(sealed.settings) | meta.of_clock(clock)
        players = document.records(sealed, state.platform.document, now_ms, on_progress)

        def reload() -> None:
            moved = state.clock.setting  # perhaps while the players were read
            state.load()
            state.forget_given_out()
            if keeps_clock:
                state.set_clock(moved)
            self._replaced()

        self._store.replace(players, reload, meta=fields, keeps_files=keeps_files)

    def _empty(self) -> None:
        with self._store.deed, self._store.lock:
            self._store.clear()
            moved = self._state.clock.setting
            self._state.reinitialize(self._state.platform.settings(), ClockSetting())
            self._state.set_clock(moved)
            self._replaced()


def seed_in(text: bytes, platform: Platform) -> Seed:
    """What a reset of a world of the platform goes back to. Raises as `WorldDocument.replace`."""
    sealed = _opened(text, platform)
    for _ in document.records(sealed, platform.document, 0, document.ignore_progress):
        pass  # a flaw shows now, not at the first reset
    return Seed(text, sealed.clock)


def _opened(text: bytes, platform: Platform) -> document.Sealed:
    return document.opened(text, platform.catalog, platform.identity.name, platform.settings)
