"""The world that a control request is about, and the body it has, through both entry points."""

import json

import pytest

from rawhttp import Wire, request
from refusals import is_problem

OFFLINE = {"error": "network-unavailable"}
PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}
WITH_BODY = [("POST", "/v1/faults"), ("PUT", "/v1/faults"), ("POST", "/v1/reset")]
READS = ["/v1/faults", "/v1/faults/f1", "/v1/requests"]


@pytest.mark.parametrize(("method", "path"), WITH_BODY)
@pytest.mark.parametrize(
    "media_type",
    [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json"],
)
def test_a_body_that_is_not_declared_as_json_is_415(
    entry_point, world_state, used, method, path, media_type
):
    before = world_state()
    headers = {} if media_type is None else {"Content_Type": media_type}

    answer = entry_point(method, f"/__emulator{path}", b"[]", **headers)

    is_problem(answer, 415)
    assert "application/json" in answer.json["hint"]
    assert world_state() == before


@pytest.mark.parametrize(("method", "path"), [*WITH_BODY[:2], ("POST", "/v1/clock")])
def test_a_body_that_is_missing_need_not_be_declared_as_json(entry_point, method, path):
    is_problem(entry_point(method, f"/__emulator{path}", b""), 400)


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_json_may_be_declared_in_full(control, media_type):
    assert control("POST", "/v1/faults", [], Content_Type=media_type).status == 201


@pytest.mark.parametrize(("method", "path"), WITH_BODY)
@pytest.mark.parametrize(
    "body",
    [b"error=999985", b'[{"error":', b"[NaN]", b'{"error":1,"error":2}', b"\xff", b'["\\ud800"]'],
)
def test_a_body_that_is_not_json_is_400(entry_point, world_state, used, method, path, body):
    before = world_state()

    answer = entry_point(method, f"/__emulator{path}", body, Content_Type="application/json")

    is_problem(answer, 400)
    assert world_state() == before


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_body_over_1_mib_is_413(entry_point, world_state, used, method):
    before = world_state()
    body = json.dumps([{**OFFLINE, "label": "x" * 1000}] * 2000).encode()

    answer = entry_point(method, "/__emulator/v1/faults", body, Content_Type="application/json")

    is_problem(answer, 413)
    assert world_state() == before


@pytest.mark.unused_world
@pytest.mark.parametrize("path", READS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_a_world_that_does_not_exist_is_404_and_makes_none(control, path, method):
    for _ in range(2):
        assert control(method, path).status == 404
    assert control("GET", path).headers["content-type"] == "application/problem+json"


@pytest.mark.unused_world
def test_arming_makes_the_world(control):
    assert control("GET", "/v1/faults").status == 404

    control("POST", "/v1/faults", OFFLINE)

    assert len(control("GET", "/v1/faults").json["faults"]) == 1


def test_the_world_may_stand_in_the_query(server, new_world):
    with Wire(server.port) as wire:

        def ask(method, query="", *lines, body=None):
            wire.send(request(method, f"/__emulator/v1/faults{query}", body, *lines))
            return wire.answer()

        header = f"X-Emulator-World: {new_world}"
        in_query = f"?world={new_world}"
        armed = b'{"error":999985,"label":"by query"}'
        assert ask("POST", in_query, "Content-Type: application/json", body=armed).status == 201

        by_query, by_header = ask("GET", in_query), ask("GET", "", header)
        assert by_query.body == by_header.body
        assert by_query.json["faults"][0]["label"] == "by query"
        assert ask("GET", "?world=other", header).body == by_header.body  # the header goes first
        assert ask("GET", "?world=").status in (400, 404)


@pytest.mark.parametrize("world", ["../up", "", "w" * 65, "a%2Fb", "%ff", "%zz"])
def test_a_bad_world_name_is_400_where_something_would_change(control, world):
    is_problem(control("POST", "/v1/faults", OFFLINE, X_Emulator_World=world), 400)


@pytest.mark.parametrize("world", ["../up", "", "w" * 65, "%ff"])
def test_a_bad_world_name_reads_nothing(control, world):
    assert control("GET", "/v1/faults", X_Emulator_World=world).status in (400, 404)


def test_an_empty_world_name_is_not_the_default_world(call, control):
    call("setUserCloudStorage", PAIR, X_Emulator_World="default")

    control("POST", "/v1/reset", X_Emulator_World="")

    answer = call("getUserCloudStorage", {"keyList": ["score"]}, X_Emulator_World="default")
    assert answer.json["data"] == PAIR["KVDataList"]
