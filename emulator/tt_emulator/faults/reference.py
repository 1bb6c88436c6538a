"""The kinds of faults in words, as the control API shows them."""

from msgspec import Struct

from tt_emulator.faults.effect import FaultEffect
from tt_emulator.faults.kinds import KINDS
from tt_emulator.faults.words import Words, in_both


class FaultKind(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A kind of fault: `{family: name}` arms it, where it has a name.

    `title` is what it does, `effect` what the game sees, `fields` those that not every fault reads;
    `on_socket`: whether it needs a server that lets it act on the socket.
    """

    family: str
    name: str | None
    title: Words
    effect: Words
    fields: list[str]
    on_socket: bool


def fault_kinds() -> list[FaultKind]:
    """Every kind there is, in the order of `KINDS`."""
    return [_described(kind) for kind in KINDS]


def _described(kind: type[FaultEffect]) -> FaultKind:
    return FaultKind(
        family=kind.family,
        name=kind.name or None,
        title=in_both(kind.title),
        effect=in_both(kind.symptom),
        fields=sorted(kind.fields),
        on_socket=kind.on_socket,
    )
