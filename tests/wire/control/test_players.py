from urllib.parse import quote

import pytest

OPENIDS = [
    "alice",
    "小明",
    "a/b",
    "..",
    "../x",
    "%41",
    "a?b#c",
    "/x",
    "//",
    "__proto__",
    " ",
    "CON",
]


@pytest.mark.parametrize("openid", OPENIDS)
def test_a_player_is_set_and_read_under_any_openid(control, openid):
    path = f"/v1/players/{quote(openid, safe='')}"

    put = control("PUT", path, {"session": "expired"})

    assert (put.status, put.json["openid"], put.json["session"]) == (200, openid, "expired")
    assert control("GET", path).json == put.json
    assert control("GET", "/v1/players").json["players"] == [put.json]
    assert control("DELETE", path).status == 204
    assert control("GET", "/v1/players").json["players"] == []


def test_an_openid_that_cannot_be_is_400(control):
    assert control("PUT", f"/v1/players/{'p' * 129}", {}).status == 400
    assert control("PUT", "/v1/players/a%0Ab", {}).status == 400


def test_an_unknown_field_is_422_with_its_place(control):
    answer = control("PUT", "/v1/players/alice", {"sesion": "none"})

    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"] == "/sesion"
    assert "session" in answer.json["errors"][0]["detail"]


def test_settings_are_merged_and_answered(control):
    put = control("PUT", "/v1/settings", {"host": {"appName": "Toutiao"}})

    assert put.status == 200
    assert put.json["host"]["appName"] == "Toutiao"
    assert control("GET", "/v1/settings").json == put.json


def test_state_follows_the_settings_and_the_player(control, entry_point):
    control("PUT", "/v1/settings", {"host": {"appName": "Toutiao"}})
    control("PUT", "/v1/players/alice", {"network": "offline"})

    state = entry_point("GET", "/tt/state", X_Emulator_Player="alice").json

    assert state["host"]["appName"] == "Toutiao"
    assert state["network"] == {"networkType": "none", "isConnected": False}
