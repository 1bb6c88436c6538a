"""What is stored of the world itself: its settings, and its clock beside them."""

from collections.abc import Mapping
from typing import Any

from msgspec import convert, to_builtins

from tt_emulator.domain.reading import prepare
from tt_emulator.domain.settings import WorldSettings
from tt_emulator.domain.world_clock import ClockSetting

prepare(ClockSetting)


def of_settings(settings: WorldSettings) -> dict[str, Any]:
    """The fields to store of these settings."""
    fields: dict[str, Any] = to_builtins(settings)
    return fields


def of_clock(clock: ClockSetting) -> dict[str, Any]:
    """The field to store of this clock."""
    return {"clock": to_builtins(clock)}


def read(
    stored: Mapping[str, Any], shape: type[WorldSettings]
) -> tuple[WorldSettings, ClockSetting]:
    """What was stored, the settings as a `shape`; of what was not, what a new world has."""
    prepare(shape)
    fields = dict(stored)
    clock = convert(fields.pop("clock", {}), ClockSetting)
    return convert(fields, shape), clock
