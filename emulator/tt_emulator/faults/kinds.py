"""What a fault can do, one small file a kind. A new kind is its file and one line in `KINDS`."""

from collections.abc import Iterable

from tt_emulator.catalog import Catalog
from tt_emulator.domain.reading import nearest
from tt_emulator.errors import Flaw
from tt_emulator.faults.bad_json import BadJson
from tt_emulator.faults.client import Client
from tt_emulator.faults.close import CloseConnection
from tt_emulator.faults.delay import Delay
from tt_emulator.faults.drip import Drip
from tt_emulator.faults.error import Error
from tt_emulator.faults.hang import Hang
from tt_emulator.faults.http_status import HttpStatus
from tt_emulator.faults.reset import ResetConnection
from tt_emulator.faults.sequence import Sequence
from tt_emulator.faults.spec import FaultSpec
from tt_emulator.faults.strike import Strike
from tt_emulator.faults.truncate import Truncate

KINDS: tuple[type[Strike], ...] = (
    Error,
    Hang,
    ResetConnection,
    CloseConnection,
    Truncate,
    BadJson,
    HttpStatus,
    Drip,
    Client,
    Sequence,
    Delay,
)
WIRES = {kind.name: kind for kind in KINDS if kind.family == "wire"}
Sequence.wires = WIRES

_FAMILIES = ("error", "wire", "client", "sequence")
_SPECIAL = ("detail", "status", "duration_ms")


def build(spec: FaultSpec, catalog: Catalog, *, on_socket: bool) -> Strike | Flaw:
    """What the fault will do, or why it could never do it.

    `on_socket` tells whether this server lets a fault act on the socket.
    """
    kind = _kind(spec)
    if isinstance(kind, Flaw):
        return kind
    for field in _SPECIAL:
        if getattr(spec, field) is not None and field not in kind.fields:
            return Flaw(f"/{field}", f"{field} says nothing to a fault of this kind")
    strike = kind.build(spec, catalog)
    if isinstance(strike, Flaw) or on_socket:
        return strike
    needy = next((item for item in getattr(strike, "items", (strike,)) if item.on_socket), None)
    if needy is None:
        return strike
    able = [name for name, known in WIRES.items() if not known.on_socket]
    return Flaw(f"/{kind.family}", f"this server cannot do {needy.name}; it can {', '.join(able)}")


def through_proxy(names: Iterable[object]) -> str:
    """What a proxy makes of the first of these wire faults that does not get through as it is."""
    kinds = (WIRES.get(name) for name in names if isinstance(name, str))
    return next((kind.through_proxy for kind in kinds if kind and kind.through_proxy), "")


def _kind(spec: FaultSpec) -> type[Strike] | Flaw:
    given = [family for family in _FAMILIES if getattr(spec, family) is not None]
    if len(given) > 1:
        return Flaw(f"/{given[1]}", f"{' and '.join(given)} exclude each other; give one of them")
    if spec.wire is not None:
        return WIRES.get(spec.wire) or Flaw(
            "/wire", f"unknown wire fault {spec.wire!r}; {nearest(spec.wire, list(WIRES))}"
        )
    family = given[0] if given else "delay_ms"
    return next(kind for kind in KINDS if kind.family == family)
