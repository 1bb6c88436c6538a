"""OpenAPI 3.1 of both planes: the data plane from the catalog, the control plane from its contract.

What an armed wire fault makes of an answer is not in it.
"""

import re
from typing import Annotated, Any, get_args

import msgspec
from msgspec import Meta

from emulator import __version__
from emulator.catalog import Api, Catalog, ErrorRow, Param
from emulator.domain.players import KVData
from emulator.domain.replies import failure, success
from emulator.faults.client import Misbehaviour
from emulator.faults.kinds import WIRES
from emulator.wire.contract import HEADERS, REFUSALS, ROUTES, STATE, Json, Problem, Route
from emulator.wire.problem import MEDIA_TYPE


def _parameter(name: str, place: str, told: str, example: Any, **schema: Any) -> Json:
    kind = {"type": "integer" if isinstance(example, int) else "string"}
    return {
        "name": name,
        "in": place,
        "required": place == "path",
        "description": told,
        "schema": kind | schema,
        "example": example,
    }


_NAME = {"pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"}
_NUMBER = {"minimum": 0, "maximum": 10**15 - 1}
_PARAMETERS = {
    "World": _parameter("X-Emulator-World", "header", "The world.", "default", **_NAME),
    "Player": _parameter("X-Emulator-Player", "header", "Whose call it is.", "alice", minLength=1),
    "Call": _parameter(
        "X-Emulator-Call", "header", "One id for one call, kept over retries.", "c-1", minLength=1
    ),
    "world": _parameter("world", "query", "The world, for want of the header.", "default", **_NAME),
    "api": _parameter("api", "query", "Of this API only.", "setUserCloudStorage"),
    "player": _parameter("player", "query", "Of this player only.", "alice"),
    "after": _parameter("after", "query", "Only what has a greater id.", 0, **_NUMBER),
    "limit": _parameter("limit", "query", "At most so many.", 100, **_NUMBER),
    "last_event_id": _parameter("Last-Event-ID", "header", "What was heard last.", "0"),
    "text": _parameter("text", "query", "What it says.", "http://localhost:8717/", minLength=1),
    "fault_id": _parameter("fault_id", "path", "The fault.", "f1", minLength=1),
    "name": _parameter("name", "path", "The world.", "default", **_NAME),
    "snapshot": _parameter("snapshot", "path", "The snapshot.", "before-boss", **_NAME),
    "openid": _parameter("openid", "path", "The player.", "alice", minLength=1, maxLength=128),
}
_OPTIONS: dict[str, tuple[Any, Any]] = {
    "array<KVData>": ([KVData], [{"key": "score", "value": "1"}]),
    "array<string>": ([Annotated[str, Meta(min_length=1)]], ["score"]),
    "string": (str, "100"),
    "number": (float, 1),
    "boolean": (bool, True),
    "object": (Json, {}),
    "any": (Any, "text"),
}
_KNOWN_FIELDS = {"KVDataList": [KVData], "networkType": str}


def document(catalog: Catalog) -> Json:
    """The OpenAPI document of an emulator with this catalog."""
    schemas = _Schemas()
    paths: dict[str, Json] = {
        "/tt/state": {"get": _state(schemas)},
        "/tt/events": {"get": _events(schemas)},
    }
    for api in catalog.apis.values():
        if api.kind == "async":
            operation = _call(api, schemas) | {"externalDocs": {"url": catalog.sources[api.source]}}
            paths[f"/tt/{api.name}"] = {"post": operation}
    paths["/tt/getImRankList"]["get"] = _panel(catalog.apis["getImRankList"], schemas)
    for rule, route in ROUTES.items():
        method, path = rule.split()
        operation = _control(method.lower(), path, route, schemas)
        paths.setdefault(f"/__emulator{path}", {})[method.lower()] = operation
    problem = {MEDIA_TYPE: {"schema": schemas.of(Problem)}}
    refusals = {
        str(status): {"description": told, "content": problem} for status, told in REFUSALS.items()
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "tt-emulator", "version": __version__, "description": __doc__},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas.named,
            "parameters": _PARAMETERS,
            "responses": refusals,
            "headers": {name: _header(*told) for name, told in HEADERS.items()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


class _Schemas:
    """JSON Schema of shapes; those with a name come to stand in `named`."""

    def __init__(self) -> None:
        self.named: Json = {}

    def of(self, shape: Any) -> Json:
        """The schema of a shape, as `contract` has them."""
        if isinstance(shape, dict):
            return _exactly({name: self.of(part) for name, part in shape.items()})
        if isinstance(shape, list):
            return {"type": "array", "items": self.of(shape[0])}
        if isinstance(shape, tuple):
            return {"anyOf": [self.of(part) for part in shape]}
        (schema,), named = msgspec.json.schema_components(
            [shape], ref_template="#/components/schemas/{name}"
        )
        for name in named.keys() & {"Fault", "FaultSpec"}:  # any text to the Struct
            named[name]["properties"]["wire"] = {"enum": [*WIRES, None]}
            named[name]["properties"]["client"] = {"enum": [*get_args(Misbehaviour), None]}
        self.named |= named
        return schema


def _exactly(fields: Json, required: Any = None) -> Json:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields if required is None else required),
        "additionalProperties": False,
    }


def _call(api: Api, schemas: _Schemas) -> Json:
    limits = [f"{limit.name}: at most {limit.max} {limit.unit}." for limit in api.limits]
    replies = [_success(api, schemas), *(_failure(api, row) for row in api.errors)]
    return {
        "operationId": api.name,
        "tags": ["game"],
        "summary": f"tt.{api.name}",
        "description": " ".join([f"Since {api.since}."] * bool(api.since) + limits),
        "parameters": [_domain(api), *_asks("World", "Player", "Call")],
        "requestBody": _options(api, schemas),
        "responses": {
            "200": _given({"anyOf": replies}, "The object that the game's callback receives.")
            | {"headers": {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}},
            **_refused(400, 403, 404, 413, 422, 507),
        },
    }


def _domain(api: Api) -> Json:
    told = "The domain that the game calls from, main if nothing is said."
    return _parameter("X-Emulator-Domain", "header", told, api.domains[0], enum=api.domains)


def _options(api: Api, schemas: _Schemas) -> Json:
    required = [param.name for param in api.params if param.required]
    schema = {
        "type": "object",
        "properties": {param.name: _option(param, schemas) for param in api.params},
        "required": required,
    }
    examples = {
        param.name: param.values[0] if param.values else _OPTIONS[param.type][1]
        for param in api.params
    }
    return _body(schema, {name: examples[name] for name in required})


def _option(param: Param, schemas: _Schemas) -> Json:
    schema = schemas.of(_OPTIONS[param.type][0])
    if param.values:
        return {"enum": list(param.values)}
    if param.min is not None:
        schema = {"type": "integer", "minimum": param.min}
    if param.max is not None:
        schema |= {"maximum": param.max}
    return schema | ({"minLength": 1} if param.not_empty else {})


def _success(api: Api, schemas: _Schemas) -> Json:
    fields = {name: schemas.of(_KNOWN_FIELDS.get(name, Any)) for name in api.success.fields}
    fields |= {"errMsg": {"const": success(api, {}).body["errMsg"]}}
    return _exactly(fields, fields.keys() - set(api.success.sometimes))


def _failure(api: Api, row: ErrorRow) -> Json:
    body = failure(api, row).body
    fields: Json = {name: {"const": value} for name, value in body.items()}
    if row.detail == "text":
        fields["errMsg"] = {"type": "string", "pattern": f"^{api.name}:fail"}
    elif row.detail == "option":
        texts = [failure(api, row, param.name).body["errMsg"] for param in api.params]
        fields["errMsg"] = {"enum": texts}
    # the setting fail_object can leave out all but errMsg
    return {"title": row.name, **_exactly(fields, ["errMsg"])}


def _state(schemas: _Schemas) -> Json:
    return {
        "operationId": "state",
        "tags": ["game"],
        "summary": "What the synchronous functions of tt need.",
        "parameters": _asks("World", "Player"),
        "responses": {
            "200": _given(schemas.of(STATE), "Host, device and network."),
            **_refused(400, 403, 422, 507),
        },
    }


def _events(schemas: _Schemas) -> Json:
    return {
        "operationId": "state_changes",
        "tags": ["game"],
        "summary": "Server-sent events: the state of one player, at each change of it.",
        "parameters": _asks("World", "Player"),
        "responses": {
            "200": _given(schemas.of(str), "Events `state`.", "text/event-stream"),
            **_refused(400, 403, 422, 507),
        },
    }


def _panel(api: Api, schemas: _Schemas) -> Json:
    asked = [
        _parameter(param.name, "query", "As in the call.", param.values[0], enum=param.values)
        | {"required": param.required}
        for param in api.params
        if param.values
    ]
    zone = _parameter("zoneId", "query", "As in the call.", "default", minLength=1)
    return {
        "operationId": "panel",
        "tags": ["game"],
        "summary": "What the panel of getImRankList shows.",
        "parameters": [*_asks("World", "Player"), *asked, zone],
        "responses": {
            "200": _given(schemas.of({"boards": [Json]}), "A board for each relation asked for."),
            **_refused(400, 403, 422, 507),
        },
    }


def _control(method: str, path: str, route: Route, schemas: _Schemas) -> Json:
    named = re.findall(r"{(\w+)}", path)
    refusals = {403, *route.refuses}
    if route.of_world:
        refusals |= {400, 422, 507}
    if {"name", "snapshot"} & {*named}:
        refusals |= {400, 507}
    if named or route.asks or (route.of_world and method == "get"):
        refusals |= {404}
    takes = {}
    if route.takes is not None:
        refusals |= {400, 413, 415, 422}
        takes = {"requestBody": _body(schemas.of(route.takes), route.example, route.must_take)}
    if route.gives is None:
        answer = {"204": {"description": "Done."}}
    else:
        given = _given(schemas.of(route.gives), route.summary, route.media_type)
        answer = {str(route.status): given}
    return {
        "operationId": "_".join([method, *re.findall(r"\w+", path.removeprefix("/v1"))]),
        "tags": ["control"],
        "summary": route.summary,
        "security": [{}, {"token": []}],
        "parameters": _asks(*named, *(("World", "world") if route.of_world else ()), *route.asks),
        **takes,
        "responses": {**answer, **_refused(*refusals)},
    }


def _body(schema: Json, example: Any, required: bool = True) -> Json:
    content = {"application/json": {"schema": schema, "example": example}}
    return {"required": required, "content": content}


def _given(schema: Json, told: str, media_type: str = "application/json") -> Json:
    return {"description": told, "content": {media_type: {"schema": schema}}}


def _header(told: str, kind: str) -> Json:
    return {"description": told, "required": kind == "integer", "schema": {"type": kind}}


def _asks(*names: str) -> list[Json]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _refused(*statuses: int) -> Json:
    return {
        str(status): {"$ref": f"#/components/responses/{status}"} for status in sorted(statuses)
    }
