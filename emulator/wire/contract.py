"""What each control route takes and gives, one line a route, for the OpenAPI document.

A shape is a type, {field: shape}, [shape], or a tuple of alternatives. Tests hold the lines to the
routes of the app and to their answers.
"""

from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, defstruct

from emulator.domain.codes import LoginCode
from emulator.domain.document import WorldDocument
from emulator.domain.players import PlayerPatch
from emulator.domain.settings import Host, WorldSettings
from emulator.domain.world_clock import ClockMove
from emulator.faults.spec import FaultSpec
from emulator.journal.match import Question
from emulator.world import SCOPES

Json = dict[str, Any]
Moment = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
Scope = Annotated[str, Meta(extra_json_schema={"enum": SCOPES})]


class Flaw(Struct, forbid_unknown_fields=True):
    """One wrong place in the request's body."""

    pointer: str
    detail: str


class Problem(Struct, forbid_unknown_fields=True):
    """An error as RFC 9457 has it; `hint` says what to do about it."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    hint: str
    errors: list[Flaw]


class Meaning(Struct, forbid_unknown_fields=True):
    """One text, in English and Chinese."""

    en: str
    zh: str


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
    "two_way_messages": bool,
    "fail_object": Literal["full", "errMsg"],
}
_HEALTH = {
    "status": str,
    "version": str,
    "seed": int,
    "persistent": bool,
    "set_aside": [str],
    "uptime_s": float,
}
_SCENARIO = {"file": str, "name": Meaning, "description": Meaning, "faults": [FaultSpec]}
_CLOCK = {"now": Moment, "frozen": bool}
_VERDICT = {"ok": bool, "count": int, "differences": [str]}

HEADERS = {
    "X-Emulator-Request-Id": ("The exchange's id in the journal.", "integer"),
    "X-Emulator-Fault": ("The id of the fault that struck.", "string"),
    "X-Emulator-Client-Fault": ("What tt.js does with the answer.", "string"),
    "X-Emulator-Reason": ("Why the emulator refused, percent-encoded.", "string"),
}
REFUSALS = {
    400: "A header or the body cannot be read.",
    403: "The Host or the Origin is not served, or the token is missing.",
    404: "There is no such API in this domain, or no such world or fault.",
    413: "The body is too large.",
    415: "The body is not declared as application/json.",
    422: "It can be read, but asks for what cannot be; `errors` tells where.",
    503: "The server is still filling its first world.",
    507: "It could not be stored.",
}

_ARMED = {"error": "network-unavailable", "api": "setUserCloudStorage", "times": 2}
_ASKED = {"match": {"api": "setUserCloudStorage", "ok": True}, "count": {"min": 1}}
_WAITED = {**_ASKED, "timeout_ms": 1000}
_PATCH = {"session": "expired", "KVDataList": [{"key": "score", "value": "1"}]}
_WORLD = {"schema": 1, "players": [{"openid": "alice", "KVDataList": _PATCH["KVDataList"]}]}


class Route(NamedTuple):
    """A control route: it answers `gives` with `status`, or 204 where it gives nothing.

    `asks` are its parameters beside the world's and those of the path; `must_take` tells whether
    it wants a body at all costs.
    """

    summary: str
    gives: Any = None
    takes: Any = None
    example: Any = None
    status: int = 200
    asks: tuple[str, ...] = ()
    of_world: bool = True
    must_take: bool = True
    media_type: str = "application/json"
    refuses: tuple[int, ...] = ()


ROUTES = {
    "GET /health": Route("How the server is.", _HEALTH, of_world=False),
    "GET /ready": Route(
        "Whether the server answers calls.", {"ready": bool}, of_world=False, refuses=(503,)
    ),
    "GET /openapi.json": Route("This document.", Json, of_world=False),
    "GET /v1/errors": Route(
        "What the documentation says can fail.", {"errors": [Row]}, asks=("api",), of_world=False
    ),
    "GET /v1/catalog": Route(
        "The documented limits, and the names of errors in words.",
        {"limits": [Limit], "meanings": dict[str, Meaning]},
        of_world=False,
    ),
    "GET /v1/scenarios": Route(
        "The scenarios that come with the emulator.", {"scenarios": [_SCENARIO]}, of_world=False
    ),
    "GET /v1/addresses": Route(
        "Where other machines reach the emulator.", {"urls": [str]}, of_world=False
    ),
    "GET /v1/qr": Route(
        "A text as a QR code, a line of 0 and 1 a row.",
        {"rows": [str]},
        asks=("text",),
        of_world=False,
        refuses=(422,),
    ),
    "GET /v1/faults": Route("The armed faults.", {"faults": [Fault]}),
    "POST /v1/faults": Route(
        "Arm one fault or a list, all or none.",
        (Fault, {"faults": [Fault]}),
        (FaultSpec, [FaultSpec]),
        _ARMED,
        201,
    ),
    "PUT /v1/faults": Route(
        "Replace all faults at once.", {"faults": [Fault]}, (FaultSpec, [FaultSpec]), [_ARMED]
    ),
    "DELETE /v1/faults": Route("Disarm all faults."),
    "GET /v1/faults/{fault_id}": Route("One fault.", Fault),
    "DELETE /v1/faults/{fault_id}": Route("Disarm one fault."),
    "GET /v1/coverage": Route(
        "Which documented errors were delivered, and how often each API was called.",
        {"coverage": [Coverage], "covered": int, "documented": int, "calls": dict[str, int]},
    ),
    "GET /v1/requests": Route(
        "The journal, oldest first.",
        {"requests": [Exchange], "next": int},
        asks=("api", "player", "after", "limit"),
        refuses=(422,),
    ),
    "DELETE /v1/requests": Route("Forget the journal."),
    "GET /v1/requests.har": Route("The journal as HAR 1.2.", {"log": Json}),
    "POST /v1/requests/count": Route(
        "How many exchanges matched.", {"count": int}, Question, _ASKED, must_take=False
    ),
    "POST /v1/requests/wait": Route(
        "Wait until so many matched.", _VERDICT, Question, _WAITED, must_take=False
    ),
    "POST /v1/requests/verify": Route(
        "Whether so many matched.", _VERDICT, Question, _ASKED, must_take=False
    ),
    "GET /v1/events": Route(
        "What happens, as server-sent events.",
        str,
        asks=("last_event_id",),
        media_type="text/event-stream",
    ),
    "GET /v1/settings": Route("The settings.", WorldSettings),
    "PUT /v1/settings": Route(
        "Lay these over the settings.", WorldSettings, WorldSettings, {"own_data_in_main": False}
    ),
    "GET /v1/players": Route("Who has something stored.", {"players": [PLAYER]}),
    "GET /v1/players/{openid}": Route("One player.", PLAYER),
    "PUT /v1/players/{openid}": Route("Change a player.", PLAYER, PlayerPatch, _PATCH),
    "DELETE /v1/players/{openid}": Route("Forget a player."),
    "GET /v1/worlds": Route("All worlds.", {"worlds": [str]}, of_world=False),
    "GET /v1/worlds/{name}": Route("Export a world.", WorldDocument, of_world=False),
    "PUT /v1/worlds/{name}": Route(
        "Replace a world by an import.", WorldDocument, WorldDocument, _WORLD, of_world=False
    ),
    "DELETE /v1/worlds/{name}": Route("Drop a world.", of_world=False),
    "GET /v1/snapshots": Route("The names of the world's snapshots.", {"snapshots": [str]}),
    "PUT /v1/snapshots/{snapshot}": Route("Keep the world as it is.", {"name": str}),
    "DELETE /v1/snapshots/{snapshot}": Route("Forget a snapshot."),
    "POST /v1/snapshots/{snapshot}/restore": Route("Make the world what it was.", status=204),
    "GET /v1/clock": Route("The world's time.", _CLOCK),
    "POST /v1/clock": Route(
        "Set, advance, stop or start the clock.", _CLOCK, ClockMove, {"advance_s": 86400}
    ),
    "POST /v1/codes": Route(
        "What a code of tt.login is worth, once.",
        ({"openid": str}, {"anonymous_openid": str}),
        LoginCode,
        {"code": "c0de"},
        refuses=(404,),
    ),
    "POST /v1/reset": Route(
        "Start again.", None, Reset, {"scope": ["faults", "journal"]}, must_take=False
    ),
}
