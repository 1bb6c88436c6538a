"""What is written of armed faults: effects of the calls, and of what testers do with the faults."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from tt_emulator.domain.world_clock import LATEST_MS
from tt_emulator.faults.tally import Tally


class ArmedFault(Struct, frozen=True, forbid_unknown_fields=True):
    """A fault as it was armed, and its tally; `spec` has what was asked for, nothing left out by
    `null`. `calls_before` counts the calls of the world by API until then.
    """

    id: str
    seed: int
    ordinal: int
    time_ms: Annotated[int, Meta(ge=0, le=LATEST_MS)]
    spec: dict[str, Any]
    calls_before: dict[str, int]
    tally: Tally


class FaultsChanged(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    kw_only=True,
    tag_field="kind",
    tag="faults",
):
    """The faults of these ids were taken off, then others were armed after those that stayed, then
    all were put in the order of `order`, if it names any. `made` and `ordinal` are the last numbers
    that were given.
    """

    made: Annotated[int, Meta(ge=0, le=2**53)]
    ordinal: Annotated[int, Meta(ge=0, le=2**53)]
    taken_off: tuple[str, ...] = ()
    armed: Annotated[tuple[ArmedFault, ...], Meta(max_length=1000)] = ()
    order: tuple[str, ...] = ()


class CallCounted(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="faults-met",
):
    """The calls of these APIs were counted, and these tallies, by fault, are now like this."""

    calls: dict[str, int]
    tallies: dict[str, Tally] = {}


class FaultsImage(Struct, frozen=True, forbid_unknown_fields=True):
    """All that is armed and counted, at one moment."""

    calls: dict[str, int]
    lineup: FaultsChanged


class TakenOff(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="fault-taken-off"
):
    """How a fault was when it was taken off, and how many calls of each API had come by then."""

    fault: ArmedFault
    calls: dict[str, int]


class WrittenDecision(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Of a decision: the fault that decided, after how many uses, and when; and who delayed the
    call, for how long, at which moment.
    """

    decider: str | None = None
    used: int = 0
    delays: tuple[tuple[str, float, str], ...] = ()
