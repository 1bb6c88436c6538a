"""The clock of one world: the computer's, moved or stopped by a tester."""

from datetime import datetime
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from tt_emulator.domain import reading
from tt_emulator.domain.clock import Clock, Timestamp, iso
from tt_emulator.errors import Flaw

LATEST_MS = (
    253_402_300_799_999  # the last moment of the year 9999, which is as far as ISO 8601 goes
)

Moment = Annotated[datetime, Meta(tz=True)] | Annotated[int, Meta(ge=0, le=LATEST_MS)]


class ClockSetting(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True
):
    """How far the world's time is ahead of the computer's, or the moment at which it stands."""

    offset_ms: Annotated[int, Meta(ge=-LATEST_MS, le=LATEST_MS)] = 0
    frozen_at: Moment | None = None


class ClockView(Struct, frozen=True):
    """The clock as it is shown: the world's time, and whether it stands."""

    now: Timestamp
    frozen: bool


class WorldClock:
    """Unix time in one world, by the computer's `clock` and the world's setting."""

    def __init__(self, clock: Clock, setting: ClockSetting) -> None:
        self.setting = setting
        self._clock = clock
        self._offset_ms = setting.offset_ms
        self._frozen_ms = None if setting.frozen_at is None else unix_ms(setting.frozen_at)

    def now_ms(self) -> int:
        """Unix time; the clock stops where the years that can be written end."""
        return self._at(self._clock.now_ms())

    def view(self) -> ClockView:
        """The clock as the control API shows it."""
        return ClockView(iso(self.now_ms()), self._frozen_ms is not None)

    def moved(self, raw: Any) -> ClockSetting:
        """The setting after what a tester wants. Raises `Unprocessable`."""
        move = reading.demand(raw, ClockMove)
        if (move.set, move.advance_s, move.freeze) == (UNSET, UNSET, UNSET):
            raise reading.refusal([Flaw("", "there is no set, advance_s or freeze")])
        if move.set is not UNSET and move.advance_s is not UNSET:
            raise reading.refusal([Flaw("/advance_s", "set and advance_s exclude each other")])
        real_ms = self._clock.now_ms()  # once: an hour ahead is not an hour and what passes here
        now_ms = self._at(real_ms) if move.set is UNSET else unix_ms(move.set)
        if move.advance_s is not UNSET:
            now_ms += round(move.advance_s * 1000)
        if not 0 <= now_ms <= LATEST_MS:
            raise reading.refusal([Flaw("", "the clock would leave the years 1970 to 9999")])
        freeze = self._frozen_ms is not None if move.freeze is UNSET else move.freeze
        if freeze:
            return ClockSetting(frozen_at=now_ms)
        return ClockSetting(offset_ms=now_ms - real_ms)

    def _at(self, real_ms: int) -> int:
        """The world's time when the computer's is that."""
        if self._frozen_ms is not None:
            return self._frozen_ms
        now_ms = real_ms + self._offset_ms
        return now_ms if 0 <= now_ms <= LATEST_MS else min(max(now_ms, 0), LATEST_MS)


class ClockMove(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a tester does to the clock: `set` it, or advance it, and let it stand or run."""

    set: Moment | UnsetType = UNSET
    advance_s: Annotated[float, Meta(ge=-LATEST_MS / 1000, le=LATEST_MS / 1000)] | UnsetType = UNSET
    freeze: bool | UnsetType = UNSET


def unix_ms(moment: datetime | int) -> int:
    """The moment as Unix time. Raises `Unprocessable` for one that no answer could show."""
    if isinstance(moment, int):
        return moment
    unix = round(moment.timestamp() * 1000)
    if not 0 <= unix <= LATEST_MS:
        detail = f"{moment.isoformat()} lies outside the years 1970 to 9999"
        raise reading.refusal([Flaw("", detail)])
    return unix
