"""Worlds of several platforms in one server."""

import json

import pytest

PAIRS = {"KVDataList": [{"key": "score", "value": "1"}]}
SAVE = json.dumps(PAIRS).encode()
NAMES = {"tt": "wx", "wx": "tt"}


@pytest.fixture(params=NAMES)
def platform(request):
    return request.param


@pytest.fixture
def other(platform):
    return NAMES[platform]


def platform_of(control, name):
    worlds = control("GET", "/v1/worlds").json["worlds"]
    return next(world["platform"] for world in worlds if world["name"] == name)


def test_a_world_is_of_the_platform_of_its_first_call(entry_point, control, platform):
    answer = entry_point("POST", f"/{platform}/setUserCloudStorage", SAVE)

    assert answer.json == {"errMsg": "setUserCloudStorage:ok"}
    assert platform_of(control, entry_point.world) == platform
    exported = control("GET", f"/v1/worlds/{entry_point.world}").json
    assert exported["platform"] == platform


def test_a_call_of_another_platform_is_refused_and_makes_nothing(
    entry_point, control, platform, other
):
    entry_point("POST", f"/{platform}/setUserCloudStorage", SAVE)

    refused = entry_point("POST", f"/{other}/setUserCloudStorage", SAVE, X_Emulator_Player="bob")

    assert refused.status == 404
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json["code"] == "wrong-platform"
    assert [player["openid"] for player in control("GET", "/v1/players").json["players"]] == [
        "player-1"
    ]
    assert len(control("GET", "/v1/requests").json["requests"]) == 1
    for path in ("state", "events", "panel"):
        assert entry_point("GET", f"/{other}/{path}").json["code"] == "wrong-platform"


def test_a_page_that_reads_the_state_of_its_phone_decides_as_a_call_does(
    entry_point, control, platform
):
    assert entry_point("GET", f"/{platform}/state").status == 200

    assert platform_of(control, entry_point.world) == platform


def test_until_something_was_done_in_it_a_world_can_be_of_another_platform(
    entry_point, control, platform, other
):
    assert entry_point("GET", f"/{platform}/state").status == 200
    assert entry_point("POST", f"/{other}/setUserCloudStorage", SAVE).status == 200

    assert platform_of(control, entry_point.world) == other


DEEDS = {
    "a fault": ("POST", "/v1/faults", {"error": "bad-parameter", "api": "setUserCloudStorage"}),
    "a setting": ("PUT", "/v1/settings", {"two_way_messages": True}),
    "a clock": ("POST", "/v1/clock", {"advance_s": 60}),
    "a player": ("PUT", "/v1/players/alice", {"nickname": "Alice"}),
    "a snapshot": ("PUT", "/v1/snapshots/before", None),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=list(DEEDS))
def test_what_testers_do_decides_too(entry_point, control, deed):
    method, path, value = deed
    assert control(method, path, value).status < 300

    refused = entry_point("POST", "/wx/setUserCloudStorage", SAVE)

    assert refused.json["code"] == "wrong-platform"


def test_a_request_that_makes_a_world_can_name_the_platform(entry_point, control):
    armed = control("POST", "/v1/faults?platform=wx", {"error": "too-long", "times": 1})
    assert armed.status == 201, armed.body

    failed = entry_point("POST", "/wx/setUserCloudStorage", SAVE)

    message = "setUserCloudStorage:fail some key-value in list meet length exceed"
    assert failed.json == {"errMsg": message}


def test_a_request_for_another_platform_than_the_worlds_is_refused(entry_point, control):
    entry_point("POST", "/wx/setUserCloudStorage", SAVE)

    refused = control("POST", "/v1/faults?platform=tt", {"error": "network-unavailable"})

    assert refused.json["code"] == "wrong-platform"


def test_an_unknown_platform_is_refused_with_those_that_there_are(control):
    for method, path in (("GET", "/v1/errors"), ("DELETE", "/v1/faults"), ("GET", "/v1/catalog")):
        refused = control(method, f"{path}?platform=qq")

        assert refused.status == 422
        assert refused.json["hint"] == "Known: tt, wx."


def test_a_document_names_the_platform_of_the_world_that_it_makes(entry_point, control, platform):
    document = {"schema": 1, "platform": platform, "players": [{"openid": "alice"}]}
    copy = f"{entry_point.world}-copy"

    assert control("PUT", f"/v1/worlds/{copy}", document).status == 200

    assert platform_of(control, copy) == platform
    control("DELETE", f"/v1/worlds/{copy}")


def test_without_a_platform_a_document_is_of_tt(entry_point, control):
    copy = f"{entry_point.world}-copy"

    control("PUT", f"/v1/worlds/{copy}", {"schema": 1})

    assert platform_of(control, copy) == "tt"
    control("DELETE", f"/v1/worlds/{copy}")


def test_a_document_of_another_platform_does_not_replace_a_world(entry_point, control):
    entry_point("POST", "/tt/setUserCloudStorage", SAVE)
    before = control("GET", f"/v1/worlds/{entry_point.world}").json

    refused = control("PUT", f"/v1/worlds/{entry_point.world}", {"schema": 1, "platform": "wx"})

    assert refused.status == 422
    assert refused.json["errors"][0]["pointer"] == "/platform"
    assert control("GET", f"/v1/worlds/{entry_point.world}").json == before


def test_errors_and_limits_are_those_of_the_worlds_platform(entry_point, control):
    entry_point("POST", "/wx/setUserCloudStorage", SAVE)
    names = "/v1/errors?api=setUserCloudStorage"

    own = {row["name"] for row in control("GET", names).json["errors"]}

    assert own == {row["name"] for row in control("GET", f"{names}&platform=wx").json["errors"]}
    assert own != {row["name"] for row in control("GET", f"{names}&platform=tt").json["errors"]}


def test_a_path_below_no_platform_names_where_calls_go(entry_point):
    lost = entry_point("POST", "/qq/setUserCloudStorage", SAVE)

    assert lost.status == 404
    assert lost.json["hint"] == "Games POST to /tt/<api>, /wx/<api>; see also /__emulator/."


def test_a_player_answers_a_window_of_the_platform(entry_point, control):
    entry_point("GET", "/wx/state")
    answer = {"scope": "scope.WxFriendInteraction", "answer": "denied"}

    assert entry_point("POST", "/wx/consent", json.dumps(answer).encode()).status == 204

    player = control("GET", "/v1/players/player-1").json
    assert player["scopes"]["scope.WxFriendInteraction"] == "denied"
    assert entry_point("GET", "/wx/state").json["scopes"] == player["scopes"]


def test_what_a_player_answers_is_counted_among_the_conditions_of_the_world(entry_point, control):
    entry_point("GET", "/wx/state")
    before = control("GET", "/v1/conditions").json["players"]
    for player in ("ann", "bob"):
        answer = json.dumps({"scope": "scope.WxFriendInteraction", "answer": "denied"}).encode()
        entry_point("POST", "/wx/consent", answer, X_Emulator_Player=player)

        now = control("GET", "/v1/conditions").json["players"]
        assert now != before
        before = now


def test_a_page_hears_the_worlds_time_by_which_windows_come_again(entry_point, control):
    frozen = "2031-01-02T03:04:05.000Z"
    entry_point("GET", "/wx/state")
    assert control("POST", "/v1/clock", {"set": frozen}).status == 200
    control("POST", "/v1/clock", {"freeze": True})

    now = entry_point("GET", "/wx/state").json["now"]

    assert now == control("GET", "/v1/clock").json["now"]
    assert now.startswith("2031-01-02T03:04:")


def test_an_answer_that_says_nothing_is_refused(entry_point):
    refused = entry_point("POST", "/wx/consent", b'{"scope": "scope.other", "answer": "denied"}')

    assert refused.status == 422
    assert refused.json["errors"][0]["pointer"] == "/scope"


def test_a_platform_without_windows_takes_no_answer(entry_point):
    assert entry_point("POST", "/tt/consent", b"{}").status == 404
