"""What a fault can do, one small file a kind. A new kind is its file and one line in `KINDS`."""

from collections.abc import Iterable
from typing import Any

from tt_emulator.catalog import Catalog
from tt_emulator.domain.reading import nearest
from tt_emulator.errors import Flaw
from tt_emulator.faults.bad_json import BadJson
from tt_emulator.faults.close import CloseConnection
from tt_emulator.faults.delay import Delay
from tt_emulator.faults.drip import Drip
from tt_emulator.faults.effect import FaultEffect
from tt_emulator.faults.error import Error
from tt_emulator.faults.hang import Hang
from tt_emulator.faults.http_status import HttpStatus
from tt_emulator.faults.malformed_ok import MalformedOk
from tt_emulator.faults.never import Never
from tt_emulator.faults.reply import Reply
from tt_emulator.faults.reset import ResetConnection
from tt_emulator.faults.sequence import Sequence
from tt_emulator.faults.spec import FaultSpec
from tt_emulator.faults.throw import Throw
from tt_emulator.faults.truncate import Truncate
from tt_emulator.faults.twice import Twice

KINDS: tuple[type[FaultEffect], ...] = (
    Error,
    Hang,
    ResetConnection,
    CloseConnection,
    Truncate,
    BadJson,
    HttpStatus,
    Drip,
    Twice,
    Throw,
    MalformedOk,
    Never,
    Sequence,
    Reply,
    Delay,
)
NAMED: dict[str, dict[str, type[FaultEffect]]] = {
    family: {kind.name: kind for kind in KINDS if kind.family == family}
    for family in dict.fromkeys(kind.family for kind in KINDS if kind.name)
}
"""The kinds by name, of each family that has several."""
WIRES = NAMED["wire"]
Sequence.wires = WIRES
Sequence.fields = Error.fields.union({"loop"}, *(kind.fields for kind in WIRES.values()))

_FAMILIES = [*dict.fromkeys(kind.family for kind in KINDS if kind is not Delay)]
_SPECIAL = [
    field for field in FaultSpec.__struct_fields__ if any(field in kind.fields for kind in KINDS)
]


def build(spec: FaultSpec, catalog: Catalog, *, on_socket: bool) -> FaultEffect | Flaw:
    """What the fault will do, or why it could never do it.

    `on_socket` tells whether this server lets a fault act on the socket.
    """
    kind = _kind(spec, catalog)
    if isinstance(kind, Flaw):
        return kind
    for field in _SPECIAL:
        if getattr(spec, field) is not None and field not in kind.takes(spec):
            return Flaw(f"/{field}", f"{field} says nothing to a fault of this kind")
    effect = kind.build(spec, catalog)
    if isinstance(effect, Flaw) or on_socket:
        return effect
    needy = next((item for item in getattr(effect, "items", (effect,)) if item.on_socket), None)
    if needy is None:
        return effect
    able = [name for name, known in WIRES.items() if not known.on_socket]
    return Flaw(f"/{kind.family}", f"this server cannot do {needy.name}; it can {', '.join(able)}")


def through_proxy(names: Iterable[object]) -> str:
    """What a proxy makes of the first of these wire faults that does not get through as it is."""
    kinds = (WIRES.get(name) for name in names if isinstance(name, str))
    return next((kind.through_proxy for kind in kinds if kind and kind.through_proxy), "")


def _kind(spec: FaultSpec, catalog: Catalog) -> type[FaultEffect] | Flaw:
    given = [family for family in _FAMILIES if getattr(spec, family) is not None]
    if len(given) > 1:
        return Flaw(f"/{given[1]}", f"{' and '.join(given)} exclude each other; give one of them")
    if misplaced := _misplaced(spec, catalog):
        return misplaced
    family = given[0] if given else Delay.family
    if family not in NAMED:
        return next(kind for kind in KINDS if kind.family == family)
    name, known = getattr(spec, family), NAMED[family]
    return known.get(name) or Flaw(
        f"/{family}", f"unknown {family} fault {name!r}; {nearest(name, list(known))}"
    )


def _misplaced(spec: FaultSpec, catalog: Catalog) -> Flaw | None:
    """A name that is of another family than that under which it was given."""
    rows = [row for api in catalog.struck.values() for row in api.errors]
    known: dict[str, set[Any]] = {
        "error": {name for row in rows for name in (row.name, row.code, str(row.code))},
        **{family: set(named) for family, named in NAMED.items()},
    }
    given: list[tuple[str, str, Any]] = [
        (family, f"/{family}", getattr(spec, family)) for family in known
    ]
    for index, item in enumerate(spec.sequence or []):
        given.append(("wire" if item in WIRES else "error", f"/sequence/{index}", item))
    for family, pointer, name in given:
        if name is None or name in known[family]:
            continue
        meant = next((other for other in known if name in known[other]), None)
        if meant is not None and pointer == f"/{family}":
            return Flaw(
                pointer,
                f"{name} is a name for {meant}, not for {family}: give {meant}: {name!r}",
            )
        if meant is not None:
            return Flaw(pointer, f"{name} is a name for {meant}, which a sequence does not take")
    return None
