"""What operations refer to by name: parameters, refusals, headers of answers."""

from typing import Any

from tt_emulator.catalog.views import COVERS
from tt_emulator.config import DEFAULT_PLATFORM, PLATFORM_NAMES
from tt_emulator.wire.openapi.schemas import Schemas
from tt_emulator.wire.openapi.shapes import Json
from tt_emulator.wire.problem import MEDIA_TYPE, Problem


def parameter(name: str, place: str, description: str, example: Any, **schema: Any) -> Json:
    """A parameter, in the path, the query or a header; `schema` has what its type does not say."""
    kind = {"type": "integer" if isinstance(example, int) else "string"}
    return {
        "name": name,
        "in": place,
        "required": place == "path",
        "description": description,
        "schema": kind | schema,
        "example": example,
    }


_NAME = {"pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"}
_NUMBER = {"minimum": 0, "maximum": 10**15 - 1}
_PARAMETERS = {
    "World": parameter("X-Emulator-World", "header", "The world.", "default", **_NAME),
    "Player": parameter("X-Emulator-Player", "header", "Whose call it is.", "alice", minLength=1),
    "Call": parameter(
        "X-Emulator-Call", "header", "One id for one call, kept over retries.", "c-1", minLength=1
    ),
    "world": parameter("world", "query", "The world, for want of the header.", "default", **_NAME),
    "platform": parameter(
        "platform", "query", "That of the world.", DEFAULT_PLATFORM, enum=PLATFORM_NAMES
    ),
    "api": parameter("api", "query", "Of this API only.", "setUserCloudStorage"),
    "cover": parameter(
        "cover", "query", "With `seen` what is not documented, but was seen.", "seen", enum=COVERS
    ),
    "player": parameter("player", "query", "Of this player only.", "alice"),
    "after": parameter("after", "query", "Only what has a greater id.", 0, **_NUMBER),
    "until": parameter("until", "query", "Only what has no greater id.", 100, **_NUMBER),
    "limit": parameter("limit", "query", "At most so many.", 100, **_NUMBER),
    "idle_s": parameter("idle_s", "query", "For how many seconds nobody used it.", 3600, **_NUMBER),
    "last": parameter("last", "query", "The last so many calls.", 40, **_NUMBER),
    "last_event_id": parameter("Last-Event-ID", "header", "What was heard last.", "0"),
    "if_match": parameter("If-Match", "header", "Only if it is still what had this ETag.", "*"),
    "text": parameter("text", "query", "What it says.", "http://localhost:8717/", minLength=1),
    "exchange_id": parameter("exchange_id", "path", "The call, by its id.", 1, **_NUMBER),
    "fault_id": parameter("fault_id", "path", "The fault.", "f1", minLength=1),
    "name": parameter("name", "path", "The world.", "default", **_NAME),
    "snapshot": parameter(
        "snapshot", "path", "The snapshot.", "before-boss", minLength=1, maxLength=64
    ),
    "scenario": parameter(
        "scenario", "path", "The scenario.", "rush-hour", minLength=1, maxLength=64
    ),
    "openid": parameter("openid", "path", "The player.", "alice", minLength=1, maxLength=128),
}
HEADERS = {
    "X-Emulator-Request-Id": ("The exchange's id in the journal.", "integer"),
    "X-Emulator-Fault": ("The id of the fault that struck.", "string"),
    "X-Emulator-Client-Fault": ("What tt.js does with the answer.", "string"),
    "X-Emulator-Refused-Host": (
        "The host to which nothing was sent, percent-encoded as UTF-8.",
        "string",
    ),
    "X-Emulator-Task": (
        "What tt.js must know for the call's task, JSON, percent-encoded as UTF-8.",
        "string",
    ),
    "X-Emulator-Reason": ("Why the emulator refused, percent-encoded.", "string"),
}
_REFUSALS = {
    400: "A header or the body cannot be read.",
    403: "The Host or Origin is not served, the token is missing or another team's, or consent is.",
    404: "There is no such API in this domain, no such world or fault, or not of this platform.",
    409: "The world was dropped meanwhile, or too many players called to count each of them.",
    410: "What was before the call is not known any more.",
    412: "It is no longer what the request has seen.",
    413: "The body is too large.",
    415: "The body is not declared as application/json.",
    422: "It can be read, but asks for what cannot be; `errors` tells where.",
    429: "The team has reached a limit of its own, where teams share the server.",
    503: "The server is still filling its first world.",
    507: "It could not be stored.",
}


def components(schemas: Schemas) -> Json:
    """Those of the document, with all the named schemas that its operations have come to."""
    problem = {MEDIA_TYPE: {"schema": schemas.of(Problem)}}
    refusals = {
        str(status): {"description": description, "content": problem}
        for status, description in _REFUSALS.items()
    }
    return {
        "schemas": schemas.named,
        "parameters": _PARAMETERS,
        "responses": refusals,
        "headers": {name: _header(*description) for name, description in HEADERS.items()},
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
    }


def asks(*names: str) -> list[Json]:
    """The parameters of these names."""
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def refused(*statuses: int) -> Json:
    """The refusals of these statuses, and of who sends too much."""
    return {
        str(status): {"$ref": f"#/components/responses/{status}"}
        for status in sorted({*statuses, 429})
    }


def _header(description: str, kind: str) -> Json:
    return {"description": description, "required": kind == "integer", "schema": {"type": kind}}
