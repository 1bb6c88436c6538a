"""A part of a world as a document: some of its players, and what is not as in a new world."""

from collections.abc import Mapping
from typing import Any

from msgspec import to_builtins

from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.domain import export
from tt_emulator.domain.document import SCHEMA
from tt_emulator.domain.record import Record
from tt_emulator.domain.settings import WorldSettings
from tt_emulator.domain.world_clock import ClockSetting
from tt_emulator.platforms.platform import Platform
from tt_emulator.world import meta


def excerpt(
    platform: Platform, stored: Mapping[str, Any], players: Mapping[str, Record]
) -> dict[str, Any]:
    """The document of these players, and of what was stored of the world itself."""
    settings, clock = meta.read(stored)
    fields: dict[str, Any] = {"schema": SCHEMA}
    if platform.identity.name != DEFAULT_PLATFORM:  # which a document has that names none
        fields["platform"] = platform.identity.name
    changed = _differing(to_builtins(settings), to_builtins(WorldSettings()))
    if changed:
        fields["settings"] = changed
    if clock != ClockSetting():
        fields["clock"] = export.clock_of(clock)
    of_player = platform.document.fields
    return fields | {"players": [of_player(openid, record) for openid, record in players.items()]}


def _differing(fields: dict[str, Any], others: dict[str, Any]) -> dict[str, Any]:
    """Those that are not as the others, of objects in the same way."""
    return {
        name: _differing(value, others[name])
        if isinstance(value, dict) and isinstance(others[name], dict) and others[name]
        else value
        for name, value in fields.items()
        if value != others[name]
    }
