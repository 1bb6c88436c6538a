"""The operations of the control plane, from its contract."""

import re

from tt_emulator.wire.openapi.components import asks, refused
from tt_emulator.wire.openapi.contract import ROUTES, Route
from tt_emulator.wire.openapi.schemas import Schemas, body, given
from tt_emulator.wire.openapi.shapes import Json


def operations(schemas: Schemas) -> Json:
    """All of them, by path and method."""
    paths: dict[str, Json] = {}
    for rule, route in ROUTES.items():
        method, path = rule.split()
        operation = _control(method.lower(), path, route, schemas)
        paths.setdefault(f"/__emulator{path}", {})[method.lower()] = operation
    return paths


def _control(method: str, path: str, route: Route, schemas: Schemas) -> Json:
    named = re.findall(r"{(\w+)}", path)
    return {
        "operationId": "_".join([method, *re.findall(r"\w+", path.removeprefix("/v1"))]),
        "tags": ["control"],
        "summary": route.summary,
        "security": [{}, {"token": []}],
        "parameters": asks(*named, *_of_world(method, route), *route.asks),
        **_request(route, schemas),
        "responses": {**_answer(route, schemas), **refused(*_refusals(method, named, route))},
    }


def _of_world(method: str, route: Route) -> tuple[str, ...]:
    """What names the world, and of one that may be made here the platform."""
    if not route.of_world:
        return ()
    return ("World", "world") if method == "get" else ("World", "world", "platform")


def _request(route: Route, schemas: Schemas) -> Json:
    if route.takes is None:
        return {}
    return {"requestBody": body(schemas.of(route.takes), route.example, route.must_take)}


def _answer(route: Route, schemas: Schemas) -> Json:
    if route.gives is None:
        return {"204": {"description": "Done."}}
    return {str(route.status): given(schemas.of(route.gives), route.summary, route.media_type)}


def _refusals(method: str, named: list[str], route: Route) -> set[int]:
    refusals = {403, *route.refuses}
    if route.of_world:
        refusals |= {400, 409, 422, 507}
    if {"name", "snapshot"} & {*named}:
        refusals |= {400, 409, 507}
    if named or route.asks or route.of_world:
        refusals |= {404}
    if route.takes is not None:
        refusals |= {400, 413, 415, 422}
    return refusals
