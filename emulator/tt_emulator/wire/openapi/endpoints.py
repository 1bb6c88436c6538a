"""The operations of the platform's server API, which a game's own backend calls."""

from typing import Any

from tt_emulator.catalog import Api, Param
from tt_emulator.catalog.model import Endpoint
from tt_emulator.platforms.platform import Platform
from tt_emulator.wire.openapi.calls import OPTIONS, Shapes, option
from tt_emulator.wire.openapi.components import HEADERS, asks, refused
from tt_emulator.wire.openapi.schemas import Schemas, body, exactly, given
from tt_emulator.wire.openapi.shapes import Json


def operations(platform: Platform, schemas: Schemas) -> Json:
    """All of them, by path and method."""
    paths: Json = {}
    for api in platform.catalog.backend.values():
        endpoint = api.endpoint
        for number, path in enumerate(endpoint.paths if endpoint else ()):
            name = api.name if number == 0 else f"{api.name}_{number + 1}"
            paths[path] = {_method(api): _operation(name, api, platform, schemas)}
    return paths


def _method(api: Api) -> str:
    return api.endpoint.method.lower() if api.endpoint is not None else ""


def _operation(name: str, api: Api, platform: Platform, schemas: Schemas) -> Json:
    assert api.endpoint is not None
    shapes = OPTIONS | dict(platform.shapes)
    failures = [
        {"title": row.name, **_constant(platform.replies.failure(api, row).body)}
        for row in api.errors
    ]
    replies = [_success(api, api.endpoint, platform, schemas), *failures]
    url = platform.catalog.page(api.source)
    sent = [param for param in api.params if param.where == "body"]
    return {
        "operationId": name,
        "tags": ["backend"],
        "summary": f"{api.name}, as a game's own backend calls the platform.",
        "parameters": [
            *(_parameter(param, shapes, schemas) for param in api.params if param not in sent),
            *asks("World", "Player", "Call"),
        ],
        **({"requestBody": _body(sent, shapes, schemas)} if sent else {}),
        **({"externalDocs": {"url": url}} if url else {}),
        "responses": {
            "200": given({"anyOf": replies}, "Success or failure, as the platform has it.")
            | {"headers": {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}},
            **refused(400, 403, 404, 409, 413, 422, 507),
        },
    }


def _parameter(param: Param, shapes: Shapes, schemas: Schemas) -> Json:
    """None is required of a request: without it the platform's own failure is the answer."""
    return {
        "name": param.name,
        "in": "query",
        "required": False,
        "schema": option(param, shapes, schemas),
        "example": _example(param, shapes),
    }


def _body(params: list[Param], shapes: Shapes, schemas: Schemas) -> Json:
    properties = {param.name: option(param, shapes, schemas) for param in params}
    schema = {"type": "object", "properties": properties}
    examples = {param.name: _example(param, shapes) for param in params if param.required}
    return body(schema, examples)


def _example(param: Param, shapes: Shapes) -> Any:
    return param.values[0] if param.values else shapes[param.type][1]


def _success(api: Api, endpoint: Endpoint, platform: Platform, schemas: Schemas) -> Json:
    fields = {name: schemas.of(Any) for name in api.success.fields}
    bare = platform.replies.success(api, {}).body
    constant = {name: value for name, value in bare.items() if name != endpoint.payload}
    fields |= {name: {"const": value} for name, value in constant.items()}
    return exactly(fields, [name for name in fields if name not in api.success.sometimes])


def _constant(answer: dict[str, Any]) -> Json:
    return exactly({name: {"const": value} for name, value in answer.items()}, list(answer))
