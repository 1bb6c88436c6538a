import pytest

NOTHING = {
    "players": {
        "offline": 0,
        "session_expired": 0,
        "session_none": 0,
        "account_out": 0,
        "account_declines": 0,
    },
    "host_lacks": [],
    "settings": [],
    "clock_offset_ms": 0,
    "clock_frozen_at": None,
}


@pytest.fixture
def conditions(call, control):
    call("login", {})

    def ask():
        return control("GET", "/v1/conditions").json

    return ask


def test_in_a_new_world_nothing_makes_calls_fail(conditions):
    assert conditions() == NOTHING


@pytest.mark.parametrize(
    ("patch", "state"),
    [
        ({"network": "offline"}, "offline"),
        ({"session": "expired"}, "session_expired"),
        ({"session": "none"}, "session_none"),
        ({"account": "out"}, "account_out"),
        ({"account": "declines"}, "account_declines"),
    ],
)
def test_players_are_counted_by_what_makes_their_calls_fail(conditions, control, patch, state):
    assert conditions() == NOTHING
    for player in ("bob", "cat"):
        control("PUT", f"/v1/players/{player}", patch)
    assert conditions()["players"] == NOTHING["players"] | {state: 2}
    control("PUT", "/v1/players/bob", {"account": "in", "session": "valid", "network": "online"})
    assert conditions()["players"] == NOTHING["players"] | {state: 1}
    control("DELETE", "/v1/players/cat")
    assert conditions() == NOTHING


def test_a_player_can_be_counted_for_more_than_one_thing(conditions, control):
    control("PUT", "/v1/players/bob", {"network": "offline", "session": "expired"})
    current = conditions()["players"]
    assert (current["offline"], current["session_expired"]) == (1, 1)


def test_who_logs_in_again_is_no_longer_counted(conditions, control, call):
    control("PUT", "/v1/players/bob", {"account": "out"})
    assert conditions()["players"]["account_out"] == 1
    call("login", {}, X_Emulator_Player="bob")
    assert conditions() == NOTHING


def test_a_session_that_new_players_lack_is_told_of_them_and_as_a_setting(
    conditions, control, call
):
    control("PUT", "/v1/settings", {"new_player_session": "none"})
    assert conditions()["settings"] == ["new_player_session"]
    control("PUT", "/v1/players/bob", {"nickname": "Bob"})
    assert conditions()["players"]["session_none"] == 1
    call("login", {}, X_Emulator_Player="bob")
    assert conditions()["players"]["session_none"] == 0


@pytest.mark.parametrize(
    ("patch", "lacks", "settings"),
    [
        ({"host": {"unsupported": ["login"]}}, ["login"], []),
        ({"own_data_in_main": False}, [], ["own_data_in_main"]),
        ({"ranking_keys": {"score": "desc"}}, [], ["ranking_keys"]),
        ({"fail_object": "errMsg", "strict_canvas": True}, [], ["strict_canvas", "fail_object"]),
        ({"host": {"appName": "xigua"}}, None, ["host.appName"]),
    ],
)
def test_each_setting_that_is_not_as_in_a_new_world_is_named(
    conditions, control, patch, lacks, settings
):
    control("PUT", "/v1/settings", patch)
    current = conditions()
    assert current["settings"] == settings
    assert current["host_lacks"] == lacks or (
        lacks is None and "getImRankData" in current["host_lacks"]
    )
    control("POST", "/v1/reset", {"scope": ["data"]})
    assert conditions() == NOTHING


def test_a_clock_that_stands_or_is_moved_is_told(conditions, control):
    control("POST", "/v1/clock", {"set": "2026-02-01T00:00:00Z", "freeze": True})
    current = conditions()
    assert current["clock_frozen_at"] == "2026-02-01T00:00:00.000Z"
    assert current["clock_offset_ms"] is None
    control("POST", "/v1/reset", {"scope": ["clock"]})
    assert conditions() == NOTHING
    control("POST", "/v1/clock", {"advance_s": 3600})
    assert 3_599_000 < conditions()["clock_offset_ms"] < 3_601_000


def test_a_player_is_changed_only_if_still_as_seen(control):
    path = "/v1/players/alice"
    control("PUT", path, {})
    seen = control("GET", path).headers["etag"]
    assert control("PUT", path, {"nickname": "A"}, If_Match=seen).status == 200

    refused = control("PUT", path, {"nickname": "B"}, If_Match=seen)

    assert (refused.status, refused.json["code"]) == (412, "stale")
    assert control("GET", path).json["nickname"] == "A"
    now = control("GET", path).headers["etag"]
    again = control("PUT", path, {"nickname": "B"}, If_Match=now)
    assert (again.status, again.json["nickname"]) == (200, "B")
    assert again.headers["etag"] == control("GET", path).headers["etag"] != now
    assert control("PUT", path, {"nickname": "C"}, If_Match="*").status == 200
