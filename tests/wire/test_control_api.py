"""The control plane, through both doors."""

import json

import pytest

from rawhttp import Wire, request

OFFLINE = {"error": "network-unavailable"}
PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}
OK = {"errMsg": "setUserCloudStorage:ok"}
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
READS = ["/v1/faults", "/v1/faults/f1", "/v1/requests"]


@pytest.fixture
def used(call, control):
    """A world with a pair, an exchange and a fault that has not struck; gives the fault."""
    assert call("setUserCloudStorage", PAIR).json == OK
    return control("POST", "/v1/faults", {**OFFLINE, "api": "login", "times": 3}).json


@pytest.fixture
def world_state(call, control):
    """Everything that a refused request must leave as it is; reading it leaves no trace."""

    def look():
        saved = call("getUserCloudStorage", {"keyList": ["score"]}, X_Emulator_Call="look").json
        faults = control("GET", "/v1/faults").json["faults"]
        requests = control("GET", "/v1/requests").json["requests"]
        return saved["data"], faults, requests

    return look


def is_problem(answer, status):
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["detail"]
    assert answer.json["hint"]
    return answer.json["errors"]


def test_arming_one_answers_the_fault(control):
    answer = control("POST", "/v1/faults", {**OFFLINE, "times": 2, "label": "twice"})

    assert answer.status == 201
    assert answer.headers["content-type"] == "application/json"
    wanted = {**OFFLINE, "times": 2, "label": "twice", "hits": 0, "remaining": 2}
    assert wanted.items() <= answer.json.items()
    assert answer.json["id"]
    assert answer.json["completed"] is False


def test_arming_a_list_answers_the_list(control):
    answer = control("POST", "/v1/faults", [OFFLINE, {"delay_ms": 1}])

    assert answer.status == 201
    assert answer.json.keys() == {"faults"}
    broken, slow = answer.json["faults"]
    assert (broken["error"], slow["delay_ms"]) == ("network-unavailable", 1)
    assert control("GET", "/v1/faults").json == answer.json


def test_arming_adds_and_putting_replaces(control):
    first = control("POST", "/v1/faults", OFFLINE).json
    second = control("POST", "/v1/faults", OFFLINE).json
    assert control("GET", "/v1/faults").json == {"faults": [first, second]}

    answer = control("PUT", "/v1/faults", [{"error": 999993}])

    assert answer.status == 200
    assert [fault["error"] for fault in answer.json["faults"]] == [999993]
    assert control("GET", "/v1/faults").json == answer.json


def test_the_switch_turns_failure_on_and_off(call, control):
    control("PUT", "/v1/faults", [OFFLINE])
    assert call("setUserCloudStorage", PAIR).json["errorCode"] == 999985

    answer = control("DELETE", "/v1/faults")

    assert (answer.status, answer.body) == (204, b"")
    assert "content-type" not in answer.headers
    assert call("setUserCloudStorage", PAIR).json == OK


def test_a_fault_is_read_by_its_id(call, control, used):
    call("login", {})

    answer = control("GET", f"/v1/faults/{used['id']}")

    assert answer.status == 200
    counts = {name: answer.json[name] for name in ("hits", "remaining", "completed")}
    assert counts == {"hits": 1, "remaining": 2, "completed": False}


def test_a_fault_is_disarmed_by_its_id(control, used):
    kept = control("POST", "/v1/faults", {"delay_ms": 1}).json

    answer = control("DELETE", f"/v1/faults/{used['id']}")

    assert (answer.status, answer.body) == (204, b"")
    assert [fault["id"] for fault in control("GET", "/v1/faults").json["faults"]] == [kept["id"]]


@pytest.mark.parametrize("method", ["GET", "DELETE"])
@pytest.mark.parametrize("armed", [True, False])
def test_an_id_that_is_not_armed_is_404(control, world_state, used, method, armed):
    if not armed:
        control("DELETE", "/v1/faults")
    before = world_state()

    is_problem(control(method, "/v1/faults/f999"), 404)

    assert world_state() == before


WITH_BODY = [("POST", "/v1/faults"), ("PUT", "/v1/faults"), ("POST", "/v1/reset")]


@pytest.mark.parametrize(("method", "path"), WITH_BODY)
@pytest.mark.parametrize(
    "media_type",
    [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json"],
)
def test_a_body_that_is_not_declared_as_json_is_415(
    door, world_state, used, method, path, media_type
):
    before = world_state()
    headers = {} if media_type is None else {"Content_Type": media_type}

    answer = door(method, f"/__emulator{path}", b"[]", **headers)

    is_problem(answer, 415)
    assert "application/json" in answer.json["hint"]
    assert world_state() == before


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_json_may_be_declared_in_full(control, media_type):
    assert control("POST", "/v1/faults", [], Content_Type=media_type).status == 201


@pytest.mark.parametrize(("method", "path"), WITH_BODY)
@pytest.mark.parametrize(
    "body",
    [b"error=999985", b'[{"error":', b"[NaN]", b'{"error":1,"error":2}', b"\xff", b'["\\ud800"]'],
)
def test_a_body_that_is_not_json_is_400(door, world_state, used, method, path, body):
    before = world_state()

    answer = door(method, f"/__emulator{path}", body, Content_Type="application/json")

    is_problem(answer, 400)
    assert world_state() == before


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_fault_that_cannot_be_is_422_with_every_place(control, world_state, used, method):
    before = world_state()

    answer = control(method, "/v1/faults", [OFFLINE, {"eror": 1}, {"error": "network-unavailble"}])

    first, second = is_problem(answer, 422)
    assert first.keys() == second.keys() == {"pointer", "detail"}
    assert [first["pointer"], second["pointer"]] == ["/1/eror", "/2/error"]
    assert "did you mean error" in first["detail"]
    assert "network-unavailable" in second["detail"]
    assert world_state() == before


def test_one_fault_that_cannot_be_has_a_place_without_a_number(control):
    (flaw,) = is_problem(control("POST", "/v1/faults", {**OFFLINE, "times": -1}), 422)

    assert flaw["pointer"] == "/times"


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_body_over_1_mib_is_413(door, world_state, used, method):
    before = world_state()
    body = json.dumps([{**OFFLINE, "label": "x" * 1000}] * 2000).encode()

    answer = door(method, "/__emulator/v1/faults", body, Content_Type="application/json")

    is_problem(answer, 413)
    assert world_state() == before


def test_requests_show_the_exchanges_oldest_first(call, control):
    call("setUserCloudStorage", PAIR, X_Emulator_Player="alice", X_Emulator_Call="c-1")
    call("login", {"force": True}, X_Emulator_Player="bob")

    answer = control("GET", "/v1/requests")

    assert answer.json.keys() == {"requests", "next"}
    first, second = answer.json["requests"]
    assert (first["api"], first["player"], first["call_id"]) == (
        "setUserCloudStorage",
        "alice",
        "c-1",
    )
    assert (first["options"], first["reply"]) == (PAIR, OK)
    assert (second["api"], second["options"]) == ("login", {"force": True})
    assert first["id"] < second["id"] == answer.json["next"]


def test_requests_are_read_page_by_page(call, control):
    for _ in range(5):
        call("login", {})

    pages, after = [], 0
    while page := (answer := control("GET", f"/v1/requests?limit=2&after={after}").json)[
        "requests"
    ]:
        pages.append([exchange["id"] for exchange in page])
        after = answer["next"]

    assert pages == [[1, 2], [3, 4], [5]]
    assert answer["next"] == after == 5  # from here a reader goes on later
    call("login", {})
    assert control("GET", "/v1/requests?after=5").json["requests"][0]["id"] == 6


def test_requests_are_found_by_api_and_player(call, control):
    call("login", {}, X_Emulator_Player="%E5%B0%8F%E6%98%8E")
    call("login", {})
    call("checkSession", {})

    def found(query):
        return [
            exchange["id"] for exchange in control("GET", f"/v1/requests?{query}").json["requests"]
        ]

    assert found("api=login") == [1, 2]
    assert found("player=%E5%B0%8F%E6%98%8E") == [1]
    assert found("api=login&player=player-1") == [2]
    assert found("api=nothing") == []


@pytest.mark.parametrize("query", ["after=-1", "after=x", "limit=1.5", "limit=", "after=%D9%A1"])
def test_a_page_that_is_no_number_is_422(control, used, query):
    answer = control("GET", f"/v1/requests?{query}")

    assert answer.status == 422
    assert query.split("=")[0] in answer.json["detail"]


def test_requests_are_forgotten_and_ids_go_on(call, control):
    call("login", {})
    assert control("DELETE", "/v1/requests").status == 204
    assert control("GET", "/v1/requests").json == {"requests": [], "next": 0}

    call("login", {})

    assert [exchange["id"] for exchange in control("GET", "/v1/requests").json["requests"]] == [2]


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
def test_a_reset_by_no_object_is_422(door, world_state, used, body):
    before = world_state()

    answer = door("POST", "/__emulator/v1/reset", body, Content_Type="application/json")

    assert answer.status == 422
    assert world_state() == before


@pytest.mark.parametrize("path", READS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_a_world_that_does_not_exist_is_404_and_makes_none(control, path, method):
    for _ in range(2):
        assert control(method, path).status == 404
    assert control("GET", path).headers["content-type"] == "application/problem+json"


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
