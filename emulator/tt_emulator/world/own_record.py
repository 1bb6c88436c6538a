"""What is stored of the world itself, as the record of a player with an empty openid."""

from msgspec import convert, to_builtins

from tt_emulator.domain.reading import prepare
from tt_emulator.domain.record import Record
from tt_emulator.domain.settings import WorldSettings
from tt_emulator.domain.world_clock import ClockSetting

OWN_RECORD = ""
"""The openid, which no player has."""

for _shape in (WorldSettings, ClockSetting):
    prepare(_shape)


def of(settings: WorldSettings, clock: ClockSetting) -> Record:
    """The record to store."""
    return Record(profile=to_builtins(settings) | {"clock": to_builtins(clock)})


def read(record: Record | None) -> tuple[WorldSettings, ClockSetting]:
    """What was stored; without a record, what a new world has."""
    own = dict((record or Record()).profile)
    clock = convert(own.pop("clock", {}), ClockSetting)
    return convert(own, WorldSettings), clock
