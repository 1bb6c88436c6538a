"""What a stored record may hold, by the rules of the wire: asked of all that comes from a disk.

A field that no rule knows, or whose value breaks one, is taken out and the rest stays: so a world
whose record a newer version wrote loses only what this one does not know.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import convert, field

from tt_emulator.catalog import Catalog
from tt_emulator.domain.pruning import pruned, taken_out
from tt_emulator.domain.settings import WorldSettings, flaws_of
from tt_emulator.domain.store import Rules
from tt_emulator.domain.world_clock import ClockSetting, unix_ms
from tt_emulator.errors import Flaw, Unprocessable
from tt_emulator.platforms.platform import Platform


class _Meta(WorldSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    clock: ClockSetting = field(default_factory=ClockSetting)


def rules(platform: Platform) -> Rules:
    """The rules of this platform."""

    def meta(fields: dict[str, Any]) -> list[str]:
        return list(_pruned_meta(fields, platform.catalog))

    return Rules(platform.judge_stored, meta)


def _pruned_meta(fields: dict[str, Any], catalog: Catalog) -> Iterator[str]:
    yield from pruned(fields, _Meta)
    stored = convert(fields, _Meta)
    for unknown in reversed(flaws_of(stored, catalog)):  # from the end of the list
        yield taken_out(fields, unknown)
    moment = stored.clock.frozen_at
    try:
        unix_ms(0 if moment is None else moment)
    except Unprocessable as error:
        yield taken_out(fields, Flaw("/clock", error.detail))
