"""The order in which the armed faults are tried, as somebody wants it."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from tt_emulator.domain import reading
from tt_emulator.errors import Flaw
from tt_emulator.language.quoting import cut

_HINT = "Nothing was moved; GET /__emulator/v1/faults lists what is armed, in order."


class Order(Struct, frozen=True, forbid_unknown_fields=True):
    """Every armed fault by its id, once, the first that is tried first."""

    ids: list[str]


def ordered(raw: Any, armed: Sequence[str]) -> tuple[str, ...]:
    """The ids in the wanted order. Raises `Unprocessable` if they are not those of `armed`."""
    ids = reading.demand(raw, Order).ids
    flaws: list[Flaw] = []
    known, seen = set(armed), set[str]()
    for place, fault_id in enumerate(ids):
        if fault_id not in known:
            flaws.append(Flaw(f"/ids/{place}", f"no fault {cut(fault_id)!r} is armed"))
        elif fault_id in seen:
            flaws.append(Flaw(f"/ids/{place}", f"{fault_id} stands there twice"))
        seen.add(fault_id)
    if missing := [fault_id for fault_id in armed if fault_id not in seen]:
        flaws.append(Flaw("/ids", f"armed and not named: {', '.join(missing)}"))
    if flaws:
        raise reading.refusal(flaws, _HINT)
    return tuple(ids)
