"""The data plane through both entry points: whichever way a call comes in, the rules are alike."""

import json
from contextlib import closing

import pytest

from entry_points import FlaskEntryPoint, SocketEntryPoint

OK = {"errMsg": "setUserCloudStorage:ok"}
PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}
SET = "/tt/setUserCloudStorage"

UNREADABLE = {
    "empty": b"",
    "no JSON": b"score=1",
    "half": b'{"KVDataList":[',
    "null": b"null",
    "array": b"[]",
    "string": b'"x"',
    "invalid UTF-8": b'{"KVDataList":"\xff"}',
    "byte order mark": b"\xef\xbb\xbf{}",
    "NaN": b'{"KVDataList":NaN}',
    "Infinity": b'{"KVDataList":-Infinity}',
    "65 levels": b'{"a":' * 65 + b"1" + b"}" * 65,
    "100,000 levels": b'{"a":' * 100_000,
    "closed 100,000 levels": b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "duplicate key": b'{"KVDataList":[],"KVDataList":[]}',
    "deep duplicate key": b'{"KVDataList":[{"key":"a","key":"b","value":"c"}]}',
    "lone surrogate": b'{"KVDataList":[{"key":"\\ud800","value":""}]}',
    "lone surrogate as a name": b'{"\\udfff":1}',
    "long number": b'{"a":' + b"9" * 5000 + b"}",
}


def saved(call, *keys):
    return call("getUserCloudStorage", {"keyList": list(keys)}).json["KVDataList"]


def test_a_success_is_exactly_the_callback_object(call):
    answer = call("setUserCloudStorage", PAIR)

    assert (answer.status, answer.json) == (200, OK)
    assert answer.headers["content-type"] == "application/json"
    assert "x-emulator-fault" not in answer.headers
    assert "x-emulator-reason" not in answer.headers


def test_request_ids_count_up(call):
    first, second = call("login", {}), call("login", {})

    ids = [int(answer.headers["x-emulator-request-id"]) for answer in (first, second)]
    assert ids[0] < ids[1]


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_a_body_that_cannot_be_read_is_told_and_changes_nothing(entry_point, call, body):
    call("setUserCloudStorage", PAIR)

    answer = entry_point("POST", SET, body)

    assert answer.status == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["detail"]
    assert saved(call, "score") == PAIR["KVDataList"]


def test_64_levels_are_read(entry_point):
    assert entry_point("POST", SET, b'{"a":' * 64 + b"1" + b"}" * 64).status == 200


def test_a_body_of_5_mb_is_too_large(entry_point, call):
    call("setUserCloudStorage", PAIR)
    value = "v" * (5 * 1024 * 1024)

    answer = call("setUserCloudStorage", {"KVDataList": [{"key": "score", "value": value}]})

    assert answer.status == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert saved(call, "score") == PAIR["KVDataList"]


def test_a_body_of_1_mib_is_read(entry_point):
    body = b'{"KVDataList":[],"padding":"' + b"p" * (1024 * 1024 - 30) + b'"}'
    assert len(body) == 1024 * 1024

    assert entry_point("POST", SET, body).status == 200
    assert entry_point("POST", SET, body + b" ").status == 413


def test_the_body_is_read_as_json_whatever_its_type(entry_point):
    body = json.dumps(PAIR).encode()

    for media_type in ("text/plain", "application/x-www-form-urlencoded", "image/png"):
        assert entry_point("POST", SET, body, Content_Type=media_type).json == OK


def test_an_unknown_api_is_404(call):
    answer = call("getFriendCloudStorage", {})

    assert answer.status == 404
    assert "setUserCloudStorage" in answer.json["hint"]


def test_a_synchronous_api_is_not_called_over_the_wire(call):
    assert call("getSystemInfoSync", {}).status == 404


def test_an_api_of_the_other_domain_is_404_and_says_so(call):
    answer = call("login", {}, X_Emulator_Domain="open")

    assert (answer.status, answer.json["code"]) == (404, "wrong-domain")
    hint = "Call it from the main domain, over HTTP with X-Emulator-Domain: main"
    assert answer.json["hint"] == hint


def test_get_on_a_post_route_is_405_in_json(entry_point):
    answer = entry_point("GET", SET)

    assert answer.status == 405
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Emulator_World": "../up"},
        {"X_Emulator_World": ""},
        {"X_Emulator_World": "w" * 65},
        {"X_Emulator_Player": ""},
        {"X_Emulator_Player": "p" * 129},
        {"X_Emulator_Player": "p" * 10_000},
        {"X_Emulator_Player": "%41" * 129},
        {"X_Emulator_World": "w" * 10_000},
        {"X_Emulator_Call": "%41" * 10_000},
        {"X_Emulator_Domain": "d" * 10_000},
        {"X_Emulator_Player": "%E9%9"},
        {"X_Emulator_Player": "%FF"},
        {"X_Emulator_Player": "a%0Ab"},
        {"X_Emulator_Domain": "sub"},
        {"X_Emulator_Call": ""},
    ],
    ids=str,
)
def test_a_bad_header_is_400_and_changes_nothing(call, headers):
    call("setUserCloudStorage", PAIR)

    answer = call("setUserCloudStorage", {"KVDataList": [{"key": "x", "value": "y"}]}, **headers)

    assert answer.status == 400
    assert answer.json["hint"]
    assert len(answer.body) < 1_000
    assert saved(call, "x") == []


def test_128_bytes_are_taken_however_they_are_encoded(call):
    assert (
        call("login", {}, X_Emulator_Player="%41" * 128, X_Emulator_Call="%c3%a9" * 64).status
        == 200
    )


def test_players_are_percent_encoded_utf8(call):
    call("setUserCloudStorage", PAIR, X_Emulator_Player="%E5%B0%8F%E6%98%8E")

    answer = call(
        "getUserCloudStorage", {"keyList": ["score"]}, X_Emulator_Player="%e5%b0%8f%e6%98%8e"
    )
    assert answer.json["data"] == PAIR["KVDataList"]


def test_a_refusal_tells_the_developer_why(call):
    answer = call("setUserCloudStorage", {"KVDataList": [{"key": "键" * 43, "value": ""}]})

    assert answer.status == 200
    assert answer.json["errorCode"] == 108002
    assert "is 129 bytes, the limit is 128" in answer.headers["x-emulator-reason"]
    assert answer.headers["x-emulator-reason"].isascii()


def test_a_fault_is_named(call, control):
    fault = control("POST", "/v1/faults", {"error": 999985}).json

    assert call("setUserCloudStorage", PAIR).headers["x-emulator-fault"] == fault["id"]


def test_a_delayed_call_is_answered(call, control):
    control("POST", "/v1/faults", {"delay_ms": 1})

    answer = call("setUserCloudStorage", PAIR)

    assert answer.json == OK
    assert answer.headers["x-emulator-fault"]


def test_a_repeated_call_id_is_one_call(call, control):
    first = call("setUserCloudStorage", PAIR, X_Emulator_Call="c-1")
    again = call("setUserCloudStorage", PAIR, X_Emulator_Call="c-1")

    assert first.headers["x-emulator-request-id"] == again.headers["x-emulator-request-id"]
    assert len(control("GET", "/v1/requests").json["requests"]) == 1


def test_a_bug_of_ours_is_500_in_json_without_a_traceback(monkeypatch, new_world):
    flask = FlaskEntryPoint(new_world)
    monkeypatch.setattr(flask.bench.engine.worlds, "open", lambda name: 1 / 0)

    answer = flask("POST", SET, json.dumps(PAIR).encode())

    assert answer.status == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert b"Traceback" not in answer.body
    assert b"ZeroDivision" not in answer.body


def test_state_tells_what_the_synchronous_functions_need(entry_point):
    state = entry_point("GET", "/tt/state").json

    assert state["host"]["appName"]
    assert state["network"] == {"networkType": "wifi", "isConnected": True}


def test_both_entry_points_say_the_same_headers(server, new_world):
    body = json.dumps(PAIR).encode()
    by_flask = FlaskEntryPoint(new_world)("POST", SET, body, Origin="http://localhost:3000")
    with closing(SocketEntryPoint(server.port, new_world)) as socket:
        by_socket = socket("POST", SET, body, Origin="http://localhost:3000")

    assert by_flask.headers == by_socket.headers
    assert by_flask.body == by_socket.body
