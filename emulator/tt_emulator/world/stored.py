"""What a stored record may hold, by the rules of the wire: asked of all that comes from a disk.

A field that no rule knows, or whose value breaks one, is taken out and the rest stays: so a world
whose record a newer version wrote loses only what this one does not know.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from msgspec import UNSET, field

from tt_emulator.catalog import Catalog
from tt_emulator.domain.pruning import pruned, taken_out
from tt_emulator.domain.settings import WorldSettings, flaws_of
from tt_emulator.domain.store import Rules
from tt_emulator.domain.world_clock import ClockSetting, unix_ms
from tt_emulator.errors import Flaw, Unprocessable
from tt_emulator.faults.effects import ArmedFault, FaultsChanged, TakenOff
from tt_emulator.faults.preparing import prepared
from tt_emulator.journal.effects import Exchanged, Published
from tt_emulator.journal.feed import KINDS
from tt_emulator.platforms.platform import Platform
from tt_emulator.world import meta
from tt_emulator.world.exchanges import decode_decision, decode_reply
from tt_emulator.world.live import Written, decode


class _Meta(WorldSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    clock: ClockSetting = field(default_factory=ClockSetting)


def rules(platform: Platform) -> Rules:
    """The rules of this platform."""

    def judge_meta(fields: dict[str, Any]) -> list[str]:
        return list(_pruned_meta(fields, platform))

    catalog = platform.catalog
    return Rules(
        platform.judge_stored,
        judge_meta,
        lambda text: _judge_life(catalog, decode(text)),
        partial(_judge_whole, catalog),
    )


def _judge_whole(catalog: Catalog, text: bytes) -> None:
    effect = decode(text)
    _judge_life(catalog, effect)
    for fault in _faults_in(effect):
        found = prepared(fault.spec, catalog, on_socket=True)
        if isinstance(found, Flaw):
            raise ValueError(f"the fault {fault.id} cannot be armed: {found.detail}")


def _faults_in(effect: Written) -> tuple[ArmedFault, ...]:
    if isinstance(effect, FaultsChanged):
        return effect.armed
    return (effect.fault,) if isinstance(effect, TakenOff) else ()


def _judge_life(catalog: Catalog, effect: Written) -> None:
    events = effect.events if isinstance(effect, Published) else ()
    if any(event >> 3 > 2**53 or event & 7 >= len(KINDS) for event in events):
        raise ValueError("an event is of no kind that there is")
    if isinstance(effect, Exchanged):
        if effect.api not in catalog.apis:
            raise ValueError(f"the emulator knows no API {effect.api!r}")
        if effect.decision is not UNSET:
            decode_decision(effect.decision)
        if effect.reply is not UNSET:
            decode_reply(effect.reply)


def _pruned_meta(fields: dict[str, Any], platform: Platform) -> Iterator[str]:
    yield from pruned(fields, _Meta)
    settings, clock = meta.read(fields, platform.settings)
    for unknown in reversed(flaws_of(settings, platform.catalog)):  # from the end of the list
        yield taken_out(fields, unknown)
    moment = clock.frozen_at
    try:
        unix_ms(0 if moment is None else moment)
    except Unprocessable as error:
        yield taken_out(fields, Flaw("/clock", error.detail))
