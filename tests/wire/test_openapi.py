"""The OpenAPI document: it is valid, it is whole, and the server does as it says."""

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from hypothesis.strategies import one_of
from openapi_spec_validator import validate
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core import NotSet
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from entry_points import SocketEntryPoint
from harness import Bench
from process import Emulator
from tt_emulator import __version__
from tt_emulator.config import Settings
from tt_emulator.domain.deed import Deed
from tt_emulator.journal import Feed
from tt_emulator.platforms import load
from tt_emulator.wire.app import create_app
from tt_emulator.wire.guard import Guard
from tt_emulator.wire.openapi import document

URL = "/__emulator/openapi.json"
JSON = "application/json"
PATHS = document(load())["paths"]
OPERATIONS = [(path, method) for path, operations in PATHS.items() for method in operations]
TAKERS = [
    (path, method)
    for path, method in OPERATIONS
    if path.startswith("/__emulator") and "requestBody" in PATHS[path][method]
]
IMPLIED = {"HEAD", "OPTIONS"}
PAGES = ("/__emulator/ui", "/__emulator/play/")
BOUNDED = settings(
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
HONEST = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
HEALTH = {
    "status": "ok",
    "trouble": None,
    "version": __version__,
    "pid": 1,
    "instance": "0f",
    "seed": 1,
    "persistent": False,
    "set_aside": [{"file": "worlds/default/log.jsonl", "line": 3, "reason": "cut off"}],
    "edited": [{"file": "worlds/default/players/a.json", "line": None, "reason": "changed"}],
    "uptime_s": 0.5,
}
FAULTS = [
    {"delay_ms": {"min": 0, "max": 5}, "label": "slow"},
    {"error": 108002, "detail": "disk", "key": "level*", "times": 3, "ttl_s": 60},
    {"sequence": ["ok", "network-unavailable"], "player": "bob", "skip": 2},
    {"sequence": ["ok", "network-unavailable"], "loop": True, "times": 2},
    {"reply": {"errMsg": "login:fail odd", "n": 1}, "api": "login", "player": "nobody"},
]
PAIR = {"KVDataList": [{"key": "level", "value": "3"}]}

ENDING = [
    (path, method)
    for path, method in OPERATIONS
    if not path.endswith(("/events", "/v1/play"))  # the latter tells of a package: test_play.py
]

each_operation = pytest.mark.parametrize(
    ("path", "method"), OPERATIONS, ids=map(" ".join, OPERATIONS)
)


class EndedFeed(Feed):
    """A feed as it is when the server ends: nobody waits, streams have an end."""

    def __init__(self, name: str, deed: Deed) -> None:
        super().__init__(name, deed)
        self.close()


def new_app() -> Flask:
    return create_app(Bench().engine, Guard(Settings(), None), lambda: HEALTH, lambda _: None)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An app in whose world something has happened, and nothing more will: time is up at once."""
    monkeypatch.setattr("tt_emulator.world.live.Feed", EndedFeed)
    monkeypatch.setattr("tt_emulator.wire.suspension._block", lambda begun: None)
    app = new_app()
    client = app.test_client()
    assert client.post("/__emulator/v1/faults", json=FAULTS).status_code == 201
    for player in ("alice", "bob"):
        client.post("/tt/login", json={}, headers={"X-Emulator-Player": player})
        client.post("/tt/setUserCloudStorage", json=PAIR)
    return app


@pytest.fixture(scope="module")
def schema() -> BaseSchema:
    """The document as it is served; each call says to which app it goes."""
    return schemathesis.openapi.from_wsgi(URL, new_app())


@pytest.fixture(scope="module")
def schema_of_server(server: Emulator) -> BaseSchema:
    """The document as the real server serves it; calls go to that server."""
    return schemathesis.openapi.from_url(server.url + URL)


def routes(app: Flask) -> set[str]:
    """Methods and addresses of both planes as the document writes them; files are not of them."""
    rules = [
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), rule.methods or set())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/tt/", "/__emulator/")) and not rule.rule.startswith(PAGES)
    ]
    return {f"{method} {path}" for path, methods in rules for method in methods - IMPLIED}


def state(app: Flask) -> list[Any]:
    """All that a control request could change."""
    read = app.test_client().get
    return [
        read(f"/__emulator/v1/{name}").json
        for name in ("faults", "settings", "players", "requests", "coverage")
    ]


def test_it_is_served_valid_and_of_this_version(app):
    answer = app.test_client().get(URL)

    assert answer.status_code == 200
    validate(answer.json)
    assert answer.json["info"]["version"] == __version__


def test_it_has_every_route_and_no_other(app):
    calls = {f"POST /tt/{api.name}" for api in load().catalog.called.values()}

    described = {f"{method.upper()} {path}" for path, method in OPERATIONS}

    panels = {f"GET /tt/{name}" for name in load().panels}
    endpoints = {" ".join(each) for each in load().endpoints}
    of_any = {"POST /tt/{name}", "GET /tt/{name}", "POST /tt/consent"}
    assert described == (routes(app) - of_any) | calls | panels | endpoints


def test_each_operation_has_a_name_of_its_own():
    names = [PATHS[path][method]["operationId"] for path, method in OPERATIONS]

    assert len(set(names)) == len(names)


def test_two_processes_write_the_same_document():
    script = "import json; from tt_emulator.platforms import load; "
    script += "from tt_emulator.wire.openapi import document; print(json.dumps(document(load())))"
    written = {
        subprocess.check_output(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}
        )
        for seed in ("1", "2")
    }

    assert len(written) == 1


def test_a_call_is_answered_by_success_or_by_a_documented_failure():
    for api in load().catalog.apis.values():
        if api.kind == "async":
            answer = PATHS[f"/tt/{api.name}"]["post"]["responses"]["200"]
            success, *failures = answer["content"][JSON]["schema"]["anyOf"]
            assert success["properties"].keys() == set(api.success.fields)
            assert [failure["title"] for failure in failures] == [row.name for row in api.errors]


@each_operation
def test_the_answer_to_anything_is_as_documented(app, schema, path, method):
    operation = schema[path][method]

    @BOUNDED
    @given(case=one_of(map(operation.as_strategy, GenerationMode)))
    def holds(case: Case) -> None:
        response = case.call(app=app)
        case.validate_response(response, checks=HONEST)
        assert b"Traceback" not in response.content

    holds()


@pytest.mark.parametrize(("path", "method"), TAKERS, ids=map(" ".join, TAKERS))
def test_a_body_that_breaks_the_schema_is_refused_and_changes_nothing(app, schema, path, method):
    operation = schema[path][method]
    world = {
        "headers": {"X-Emulator-World": "default"},
        "query": {"world": "default", "platform": "tt"},
    }
    before = state(app)

    @BOUNDED
    @given(case=operation.as_strategy(GenerationMode.NEGATIVE, **world))
    def holds(case: Case) -> None:
        assume(not isinstance(case.body, NotSet))
        response = case.call(app=app)
        assert 400 <= response.status_code < 500, case.body
        assert state(app) == before

    holds()


@pytest.fixture
def lively_world(server: Emulator, new_world: str) -> str:
    """A world of the real server in which something has happened."""
    entry_point = SocketEntryPoint(server.port, new_world)
    entry_point("POST", "/tt/setUserCloudStorage", json.dumps(PAIR).encode())
    entry_point("POST", "/__emulator/v1/faults", json.dumps(FAULTS).encode(), Content_Type=JSON)
    entry_point("PUT", "/__emulator/v1/snapshots/before-boss")
    entry_point("PUT", "/__emulator/v1/scenarios/rush-hour")
    entry_point("PUT", "/__emulator/v1/settings", b'{"game_panel":true}', Content_Type=JSON)
    entry_point.close()
    return new_world


@pytest.mark.parametrize(("path", "method"), ENDING, ids=map(" ".join, ENDING))
def test_the_example_is_accepted_and_answered_as_documented(
    server, schema_of_server, lively_world, path, method
):
    case = example(schema_of_server[path][method], lively_world)
    if path.endswith("/codes"):
        case.body = {"code": fresh_code(server, lively_world)}
    if path.endswith("/faults/order"):
        case.body = {"ids": armed_ids(server, lively_world)}
    response = case.call()

    assert response.status_code < 300, response.text
    case.validate_response(response, checks=HONEST)


def fresh_code(server: Emulator, world: str) -> str:
    entry_point = SocketEntryPoint(server.port, world)
    code: str = entry_point("POST", "/tt/login", b"{}").json["code"]
    entry_point.close()
    return code


def armed_ids(server: Emulator, world: str) -> list[str]:
    entry_point = SocketEntryPoint(server.port, world)
    ids = [fault["id"] for fault in entry_point("GET", "/__emulator/v1/faults").json["faults"]]
    entry_point.close()
    return ids[::-1]


def example(operation: Any, world: str) -> Case:
    """The request that the document shows, in that world."""
    root = operation.schema.raw_schema
    taken = operation.definition.raw.get("requestBody")
    sent: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": {}}
    for reference in operation.definition.raw["parameters"]:
        name = reference.get("$ref", "").rpartition("/")[2]
        parameter = root["components"]["parameters"][name] if name else reference
        sent[parameter["in"]][parameter["name"]] = parameter["example"]
    if sent["header"].get("X-Emulator-World"):
        sent["header"]["X-Emulator-World"] = world
    body = {"body": taken["content"][JSON]["example"], "media_type": JSON} if taken else {}
    return operation.Case(
        path_parameters=sent["path"], query=sent["query"], headers=sent["header"], **body
    )
