"""The control plane's other routes, through both entry points."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from rawhttp import Wire, request
from refusals import is_problem

PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}
PAGE = [
    (999998, "get session id failed.", "D"),
    (999999, "KVDataList", "D"),
    (999987, "feature is not supported in app", "D"),
    (108002, "*", "F"),
    (108001, "response json has error", "F"),
    (999991, "internal error/网络请求非200", "F"),
    (999985, "network unavailable", "U"),
    (999993, "internal error", "F"),
]


def test_the_errors_of_an_api_are_those_of_its_page_in_its_order(control):
    answer = control("GET", "/v1/errors?api=setUserCloudStorage")

    assert answer.json.keys() == {"errors"}
    rows = answer.json["errors"]
    assert [(row["code"], row["message"], row["type"]) for row in rows] == PAGE
    for row in rows:
        assert row.keys() == {"api", "name", "code", "message", "type", "evidence", "source"}
        assert (row["api"], row["evidence"]) == ("setUserCloudStorage", "documented")
        assert row["source"].startswith("https://developer.open-douyin.com/")


def test_the_errors_of_all_apis_are_listed_and_each_can_be_armed(control):
    rows = control("GET", "/v1/errors").json["errors"]

    assert {"setUserCloudStorage", "login", "checkSession"} <= {row["api"] for row in rows}
    faults = [{"api": row["api"], "error": row["name"]} for row in rows]
    assert control("POST", "/v1/faults", faults).status == 201


def test_errors_of_an_unknown_api_are_404(control):
    answer = control("GET", "/v1/errors?api=setUserCloudStorag")

    is_problem(answer, 404)
    assert "setUserCloudStorage" in answer.json["hint"]


@pytest.mark.parametrize("body", [None, {}, {"scope": ["data", "faults", "journal", "clock"]}])
def test_a_reset_is_of_everything_unless_told(control, world_state, used, body):
    answer = control("POST", "/v1/reset", body)

    assert (answer.status, answer.body) == (204, b"")
    saved, faults, requests = world_state()
    assert (saved, faults) == ([], [])
    assert [exchange["api"] for exchange in requests] == ["getUserCloudStorage"]  # our own look


@pytest.mark.parametrize("scope", ["data", "faults", "journal", "clock"])
def test_a_reset_may_be_of_one_part(control, world_state, used, scope):
    world_state()  # from here on looking adds nothing to the journal
    before = dict(zip(("data", "faults", "journal"), world_state(), strict=True))

    assert control("POST", "/v1/reset", {"scope": [scope]}).status == 204

    faults = control("GET", "/v1/faults").json["faults"]
    requests = control("GET", "/v1/requests").json["requests"]
    assert faults == ([] if scope == "faults" else before["faults"])
    assert requests == ([] if scope == "journal" else before["journal"])


@pytest.mark.parametrize("scope", ["data", "faults", "journal", "clock"])
def test_only_a_reset_of_the_data_forgets_pairs(call, control, used, scope):
    control("POST", "/v1/reset", {"scope": [scope]})

    saved = call("getUserCloudStorage", {"keyList": ["score"]}).json["data"]

    assert saved == ([] if scope == "data" else PAIR["KVDataList"])


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"scope": ["data", "dta"]}, ["/scope/1"]),
        ({"scope": [None, 1, ["data"]]}, ["/scope/0", "/scope/1", "/scope/2"]),
        ({"scope": "data"}, ["/scope"]),
        ({"scope": None}, ["/scope"]),
        ({"scopes": ["data"]}, ["/scopes"]),
        ({"scope": ["faults"], "force": True}, ["/force"]),
    ],
)
def test_a_reset_of_what_does_not_exist_is_422(control, world_state, used, body, pointers):
    before = world_state()

    flaws = is_problem(control("POST", "/v1/reset", body), 422)

    assert [flaw["pointer"] for flaw in flaws] == pointers
    assert world_state() == before


@pytest.mark.parametrize("body", [b"[]", b"null", b'"data"', b"1"])
def test_a_reset_by_no_object_is_422(entry_point, world_state, used, body):
    before = world_state()

    answer = entry_point("POST", "/__emulator/v1/reset", body, Content_Type="application/json")

    assert answer.status == 422
    assert world_state() == before


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/", "/v2/faults", "/v1/fault", "/v1//faults"])
def test_an_unknown_route_is_404_in_json(control, path):
    is_problem(control("GET", path), 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/health", "GET"),
        ("DELETE", "/v1/errors", "GET"),
        ("GET", "/v1/reset", "POST"),
        ("PATCH", "/v1/faults", "PUT"),
        ("POST", "/v1/faults/f1", "DELETE"),
        ("POST", "/v1/requests", "DELETE"),
    ],
)
def test_a_route_by_another_method_is_405_and_names_its_own(
    control, world_state, used, method, path, allowed
):
    before = world_state()

    answer = control(method, path)

    is_problem(answer, 405)
    assert allowed in answer.headers["allow"]
    assert world_state() == before


@pytest.mark.parametrize("path", ["/health", "/ready", "/v1/errors", "/v1/faults", "/v1/requests"])
def test_head_answers_the_headers_of_get(control, used, path):
    got, head = control("GET", path), control("HEAD", path)

    assert head.status == got.status == 200
    assert head.body == b""
    assert head.headers["content-type"] == got.headers["content-type"]


def test_health_and_readiness(control):
    assert control("GET", "/health").json["status"] == "ok"
    assert control("GET", "/ready").status == 200


def test_health_tells_what_a_person_asks_first(server):
    with Wire(server.port) as wire:
        wire.send(request("GET", "/__emulator/health"))
        health = wire.answer().json

    assert health["version"] == server.facts["version"]
    assert health["seed"] == 1
    assert health["set_aside"] == []


def test_no_answer_is_kept_or_taken_for_something_else(control, used):
    for method, path in [("GET", "/v1/faults"), ("GET", "/nothing"), ("DELETE", "/v1/requests")]:
        headers = control(method, path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.own_figures
def test_metrics_come_as_prometheus_reads_them(call, control):
    call("login", {})
    answer = control("GET", "/metrics")

    assert answer.status == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert {
        (*map(sample.labels.get, ("platform", "api", "outcome")),)
        for family in text_string_to_metric_families(answer.body.decode())
        for sample in family.samples
        if sample.name == "tt_emulator_calls_total"
    } >= {("tt", "login", "ok")}
