"""What JSON looks like where no type of the rules says it.

A shape is a type, {field: shape}, [shape], or a tuple of alternatives.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, defstruct

from tt_emulator.domain.players import PlayerPatch
from tt_emulator.domain.settings import Host
from tt_emulator.domain.store import Finding
from tt_emulator.faults.spec import FaultSpec
from tt_emulator.faults.words import Words
from tt_emulator.world import SCOPES

Json = dict[str, Any]
Moment = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
Scope = Annotated[str, Meta(extra_json_schema={"enum": SCOPES})]


class Flaw(Struct, forbid_unknown_fields=True):
    """One wrong place in the request's body."""

    pointer: str
    detail: str


class Row(Struct, forbid_unknown_fields=True):
    """A documented failure of an API."""

    api: str
    name: str
    code: int | None
    message: str | None
    type: str | None
    evidence: Literal["documented", "inferred"]
    source: str


class Coverage(Row, forbid_unknown_fields=True):
    """A documented failure, and how often games met it."""

    delivered: int


class Limit(Struct, forbid_unknown_fields=True):
    """A documented limit of an API, an inclusive upper bound."""

    api: str
    name: str
    max: int
    unit: str
    evidence: Literal["documented", "inferred"]
    source: str


class Fault(FaultSpec, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An armed fault and its account."""

    id: str
    armed_at: Moment
    expires_at: Moment | None
    matched: int
    hits: int
    remaining: int | None
    completed: bool
    near_miss: str | None
    notice: str | UnsetType = UNSET


class Problem(Struct, forbid_unknown_fields=True):
    """An error as RFC 9457 has it; `hint` says what to do about it, `fault` how a fault that is not
    armed any more was when it was taken off.
    """

    type: str
    title: str
    status: int
    code: str
    detail: str
    hint: str
    errors: list[Flaw]
    fault: Fault | UnsetType = UNSET


class Exchange(Struct, forbid_unknown_fields=True):
    """A call and what became of it; `reply` is null where the game did not get one."""

    id: int
    call_id: str | None
    api: str
    player: str
    domain: Literal["main", "open"]
    options: Json
    fault: str | None
    reason: str
    reply: Json | None
    received_at: Moment
    answered_at: Moment | None
    duration_ms: float | None


class Reset(Struct, forbid_unknown_fields=True):
    """What to bring back to its beginning; everything, if nothing is said."""

    scope: list[Scope] | UnsetType = UNSET


PLAYER: Any = defstruct(  # a player as shown has every field that can be set
    "Player",
    [(field.name, field.type) for field in msgspec.structs.fields(PlayerPatch)],
    forbid_unknown_fields=True,
)
STATE = {
    "host": Host,
    "system": Json,
    "network": {"networkType": str, "isConnected": bool},
    "own_data_in_main": bool,
    "strict_canvas": bool,
    "shared_canvas_in_main": bool,
    "screen_sized_canvas": bool,
    "two_way_messages": bool,
    "fail_object": Literal["full", "errMsg"],
}
HEALTH = {
    "status": Literal["ok", "storage-lost"],
    "trouble": str | None,
    "version": str,
    "pid": int,
    "instance": str,
    "seed": int,
    "persistent": bool,
    "set_aside": [Finding],
    "edited": [Finding],
    "uptime_s": float,
}
SCENARIO = {"file": str, "name": Words, "description": Words, "faults": [FaultSpec]}
CLOCK = {"now": Moment, "frozen": bool}
VERDICT = {"ok": bool, "count": int, "differences": [str]}
