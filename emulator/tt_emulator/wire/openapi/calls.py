"""The operations of the data plane: the catalog's calls, and what tt.js reads beside them."""

from typing import Annotated, Any

from msgspec import Meta

from tt_emulator.catalog import Api, ErrorRow, Param
from tt_emulator.platforms.platform import Consent, Panel, Phone, Platform
from tt_emulator.wire.game_api import CONSENT, PANEL
from tt_emulator.wire.openapi.components import HEADERS, asks, parameter, refused
from tt_emulator.wire.openapi.schemas import Schemas, body, exactly, given
from tt_emulator.wire.openapi.shapes import Json, unnamed
from tt_emulator.world.game_panel import GamePanel, Switching

Shapes = dict[str, tuple[Any, Any]]

OPTIONS: Shapes = {
    "array<string>": ([Annotated[str, Meta(min_length=1)]], ["score"]),
    "array<object>": ([Json], [{"key": "1", "value": 1}]),
    "string": (str, "100"),
    "number": (float, 1),
    "boolean": (bool, True),
    "object": (Json, {}),
    "any": (Any, "text"),
}


def operations(platform: Platform, schemas: Schemas) -> Json:
    """All of them, by path and method."""
    catalog, prefix = platform.catalog, platform.prefix
    paths: dict[str, Json] = {
        f"{prefix}state": {"get": _state(platform, schemas)},
        f"{prefix}events": {"get": _events(schemas)},
        f"{prefix}{PANEL}": {"get": _game_panel(schemas), "post": _turn(platform, schemas)},
    }
    for api in catalog.called.values():
        url = catalog.page(api.source)
        page = {"externalDocs": {"url": url}} if url else {}
        paths[f"{prefix}{api.name}"] = {"post": _call(api, platform, schemas) | page}
    if platform.consent is not None:
        paths[f"{prefix}{CONSENT}"] = {"post": _consent(platform.consent, schemas)}
    for name, panel in platform.panels.items():
        paths[f"{prefix}{name}"]["get"] = _panel(catalog.apis[name], panel, schemas)
    return paths


def _call(api: Api, platform: Platform, schemas: Schemas) -> Json:
    limits = [f"{limit.name}: at most {limit.max} {limit.unit}." for limit in api.limits]
    failures = (_failure(api, row, platform) for row in api.errors)
    replies = [_success(api, platform, schemas), *failures]
    return {
        "operationId": api.name,
        "tags": ["game"],
        "summary": f"{platform.global_name}.{api.name}",
        "description": " ".join([f"Since {api.since}."] * bool(api.since) + limits),
        "parameters": [_domain(api), *asks("World", "Player", "Call")],
        "requestBody": _options(api, OPTIONS | dict(platform.shapes), schemas),
        "responses": {
            "200": given({"anyOf": replies}, "The object that the game's callback receives.")
            | {"headers": {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}},
            **refused(400, 403, 404, 409, 413, 422, 507),
        },
    }


def _domain(api: Api) -> Json:
    description = "The domain that the game calls from, main if nothing is said."
    return parameter("X-Emulator-Domain", "header", description, api.domains[0], enum=api.domains)


def _options(api: Api, shapes: Shapes, schemas: Schemas) -> Json:
    required = [param.name for param in api.params if param.required]
    schema = {
        "type": "object",
        "properties": {param.name: option(param, shapes, schemas) for param in api.params},
        "required": required,
    }
    examples = {
        param.name: param.values[0] if param.values else shapes[param.type][1]
        for param in api.params
    }
    return body(schema, {name: examples[name] for name in required})


def option(param: Param, shapes: Shapes, schemas: Schemas) -> Json:
    """The schema of the option, whose type is one of the shapes."""
    schema = schemas.of(shapes[param.type][0])
    if param.values:
        return {"enum": list(param.values)}
    if param.min is not None:
        schema = {"type": "integer", "minimum": param.min}
    if param.max is not None:
        schema |= {"maximum": param.max}
    return schema | ({"minLength": 1} if param.not_empty else {})


def _success(api: Api, platform: Platform, schemas: Schemas) -> Json:
    known = platform.shapes
    fields = {
        name: schemas.of(known[name][0] if name in known else Any) for name in api.success.fields
    }
    bare = platform.replies.success(api, {}).body
    fields |= {name: {"const": value} for name, value in bare.items()}
    return exactly(fields, [name for name in fields if name not in api.success.sometimes])


def _failure(api: Api, row: ErrorRow, platform: Platform) -> Json:
    failure, message = platform.replies.failure, platform.identity.message_field
    fields: Json = {name: {"const": value} for name, value in failure(api, row).body.items()}
    if row.detail == "text":
        fields[message] = {"type": "string", "pattern": f"^{api.opening_of(row)}"}
    elif row.detail == "option":
        texts = [failure(api, row, param.name).body[message] for param in api.params]
        fields[message] = {"enum": texts}
    # the setting fail_object can leave out all but the message
    return {"title": row.name, **exactly(fields, [message])}


def _state(platform: Platform, schemas: Schemas) -> Json:
    return {
        "operationId": "state",
        "tags": ["game"],
        "summary": f"What the synchronous functions of {platform.global_name} need.",
        "parameters": asks("World", "Player"),
        "responses": {
            "200": given(_state_shape(platform, schemas), "Host, device and network."),
            **refused(400, 403, 422, 507),
        },
    }


def _state_shape(platform: Platform, schemas: Schemas) -> Json:
    """What is told of a phone, and what pages of played packages hear beside it."""
    shape = schemas.of(_described(platform.phone))
    beside = {"armed": schemas.of([str]), "files_forgotten": schemas.of(int)}
    if platform.consent is not None:
        beside["now"] = schemas.of(str)
    return shape | {"properties": {**shape["properties"], **beside}}


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


def _game_panel(schemas: Schemas) -> Json:
    return {
        "operationId": "game_panel",
        "tags": ["game"],
        "summary": "What the panel for testers in the game's page shows.",
        "description": "Refused with 403 unless the setting game_panel is on.",
        "parameters": asks("World", "Player"),
        "responses": {
            "200": given(schemas.of(GamePanel), "The switches, and the player's last calls."),
            **refused(400, 403, 422, 507),
        },
    }


def _turn(platform: Platform, schemas: Schemas) -> Json:
    example = {"switch": next(iter(platform.switches), ""), "on": True}
    return {
        "operationId": "turn_switch",
        "tags": ["game"],
        "summary": "Turn a switch of the panel for testers, for this player alone.",
        "description": "Refused with 403 unless the setting game_panel is on.",
        "parameters": asks("World", "Player"),
        "requestBody": body(schemas.of(Switching), example),
        "responses": {
            "200": given(schemas.of(GamePanel), "What the panel shows now."),
            **refused(400, 403, 409, 413, 415, 422, 507),
        },
    }


def _consent(consent: Consent, schemas: Schemas) -> Json:
    return {
        "operationId": "consent",
        "tags": ["game"],
        "summary": "What the player answers to a window of the platform's.",
        "parameters": asks("World", "Player"),
        "requestBody": body(schemas.of(consent.shape), dict(consent.example)),
        "responses": {
            "204": {"description": "Done."},
            **refused(400, 403, 404, 409, 413, 422, 507),
        },
    }


def _described(phone: Phone) -> Json:
    return unnamed(phone.shape) | {name: unnamed(part) for name, part in phone.parts.items()}


def _panel(api: Api, panel: Panel, schemas: Schemas) -> Json:
    options = [
        parameter(param.name, "query", "As in the call.", param.values[0], enum=param.values)
        | {"required": param.required}
        for param in api.params
        if param.values
    ]
    options += [
        parameter(name, "query", "As in the call.", example, minLength=1)
        for name, example in panel.texts.items()
    ]
    return {
        "operationId": "panel",
        "tags": ["game"],
        "summary": f"What the panel of {api.name} shows.",
        "parameters": [*asks("World", "Player"), *options],
        "responses": {
            "200": given(schemas.of(panel.shape), panel.description),
            **refused(400, 403, 422, 507),
        },
    }
