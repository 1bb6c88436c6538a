"""The operations of the data plane: the catalog's calls, and what tt.js reads beside them."""

from typing import Annotated, Any

from msgspec import Meta

from tt_emulator.catalog import Api, Catalog, ErrorRow, Param
from tt_emulator.domain.players import KVData
from tt_emulator.domain.replies import failure, success
from tt_emulator.wire.openapi.components import HEADERS, asks, parameter, refused
from tt_emulator.wire.openapi.schemas import Schemas, body, exactly, given
from tt_emulator.wire.openapi.shapes import Json, unnamed
from tt_emulator.wire.state import Connection, State

_OPTIONS: dict[str, tuple[Any, Any]] = {
    "array<KVData>": ([KVData], [{"key": "score", "value": "1"}]),
    "array<string>": ([Annotated[str, Meta(min_length=1)]], ["score"]),
    "string": (str, "100"),
    "number": (float, 1),
    "boolean": (bool, True),
    "object": (Json, {}),
    "any": (Any, "text"),
}
_STATE = unnamed(State) | {"network": unnamed(Connection)}
_KNOWN_FIELDS = {"KVDataList": [KVData], "networkType": str}


def operations(catalog: Catalog, schemas: Schemas) -> Json:
    """All of them, by path and method."""
    paths: dict[str, Json] = {
        "/tt/state": {"get": _state(schemas)},
        "/tt/events": {"get": _events(schemas)},
    }
    for api in catalog.apis.values():
        if api.kind == "async":
            operation = _call(api, schemas) | {"externalDocs": {"url": catalog.sources[api.source]}}
            paths[f"/tt/{api.name}"] = {"post": operation}
    paths["/tt/getImRankList"]["get"] = _panel(catalog.apis["getImRankList"], schemas)
    return paths


def _call(api: Api, schemas: Schemas) -> Json:
    limits = [f"{limit.name}: at most {limit.max} {limit.unit}." for limit in api.limits]
    replies = [_success(api, schemas), *(_failure(api, row) for row in api.errors)]
    return {
        "operationId": api.name,
        "tags": ["game"],
        "summary": f"tt.{api.name}",
        "description": " ".join([f"Since {api.since}."] * bool(api.since) + limits),
        "parameters": [_domain(api), *asks("World", "Player", "Call")],
        "requestBody": _options(api, schemas),
        "responses": {
            "200": given({"anyOf": replies}, "The object that the game's callback receives.")
            | {"headers": {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}},
            **refused(400, 403, 404, 409, 413, 422, 507),
        },
    }


def _domain(api: Api) -> Json:
    told = "The domain that the game calls from, main if nothing is said."
    return parameter("X-Emulator-Domain", "header", told, api.domains[0], enum=api.domains)


def _options(api: Api, schemas: Schemas) -> Json:
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
    return body(schema, {name: examples[name] for name in required})


def _option(param: Param, schemas: Schemas) -> Json:
    schema = schemas.of(_OPTIONS[param.type][0])
    if param.values:
        return {"enum": list(param.values)}
    if param.min is not None:
        schema = {"type": "integer", "minimum": param.min}
    if param.max is not None:
        schema |= {"maximum": param.max}
    return schema | ({"minLength": 1} if param.not_empty else {})


def _success(api: Api, schemas: Schemas) -> Json:
    fields = {name: schemas.of(_KNOWN_FIELDS.get(name, Any)) for name in api.success.fields}
    fields |= {"errMsg": {"const": success(api, {}).body["errMsg"]}}
    return exactly(fields, [name for name in fields if name not in api.success.sometimes])


def _failure(api: Api, row: ErrorRow) -> Json:
    fields: Json = {name: {"const": value} for name, value in failure(api, row).body.items()}
    if row.detail == "text":
        fields["errMsg"] = {"type": "string", "pattern": f"^{api.name}:fail"}
    elif row.detail == "option":
        texts = [failure(api, row, param.name).body["errMsg"] for param in api.params]
        fields["errMsg"] = {"enum": texts}
    # the setting fail_object can leave out all but errMsg
    return {"title": row.name, **exactly(fields, ["errMsg"])}


def _state(schemas: Schemas) -> Json:
    return {
        "operationId": "state",
        "tags": ["game"],
        "summary": "What the synchronous functions of tt need.",
        "parameters": asks("World", "Player"),
        "responses": {
            "200": given(schemas.of(_STATE), "Host, device and network."),
            **refused(400, 403, 422, 507),
        },
    }


def _events(schemas: Schemas) -> Json:
    return {
        "operationId": "state_changes",
        "tags": ["game"],
        "summary": "Server-sent events: the state of one player, at each change of it.",
        "parameters": asks("World", "Player"),
        "responses": {
            "200": given(schemas.of(str), "Events `state`.", "text/event-stream"),
            **refused(400, 403, 422, 507),
        },
    }


def _panel(api: Api, schemas: Schemas) -> Json:
    asked = [
        parameter(param.name, "query", "As in the call.", param.values[0], enum=param.values)
        | {"required": param.required}
        for param in api.params
        if param.values
    ]
    zone = parameter("zoneId", "query", "As in the call.", "default", minLength=1)
    return {
        "operationId": "panel",
        "tags": ["game"],
        "summary": "What the panel of getImRankList shows.",
        "parameters": [*asks("World", "Player"), *asked, zone],
        "responses": {
            "200": given(schemas.of({"boards": [Json]}), "A board for each relation asked for."),
            **refused(400, 403, 422, 507),
        },
    }
