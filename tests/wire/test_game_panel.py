"""The panel for testers in the game's page, over HTTP."""

import pytest

SAVE = {"KVDataList": [{"key": "score", "value": "1"}]}
NAMES = [
    "save-network-unavailable",
    "save-session-failure",
    "save-internal-error",
    "save-server-error",
    "delay",
]


@pytest.fixture
def consent(control):
    control("PUT", "/v1/settings", {"game_panel": True})


@pytest.fixture
def turn(entry_point):
    def turn_it(switch, on, player="amy", **headers):
        body = f'{{"switch": "{switch}", "on": {str(on).lower()}}}'.encode()
        sent = {"X_Emulator_Player": player, "Content_Type": "application/json"} | headers
        return entry_point("POST", "/tt/panel", body, **sent)

    return turn_it


@pytest.fixture
def panel(entry_point):
    def read(player="amy", **headers):
        return entry_point("GET", "/tt/panel", X_Emulator_Player=player, **headers)

    return read


@pytest.fixture
def faults(control):
    return lambda: control("GET", "/v1/faults").json["faults"]


def switched_on(answer):
    return [each["switch"] for each in answer.json["switches"] if each["on"]]


def test_without_the_worlds_consent_it_is_refused_in_words(panel, turn, faults):
    for refused in (panel(), turn("delay", True)):
        assert refused.status == 403
        assert refused.headers["content-type"] == "application/problem+json"
        assert "does not let its games' pages show the panel" in refused.json["detail"]
        assert "game_panel" in refused.json["hint"]
    assert faults() == []


def test_the_refusal_is_told_in_chinese_too(panel):
    assert "测试面板" in panel(Accept_Language="zh-CN").json["detail"]


def test_a_world_that_takes_its_consent_back_is_obeyed(consent, control, panel):
    assert panel().status == 200
    control("PUT", "/v1/settings", {"game_panel": False})

    assert panel().status == 403


def test_at_first_nothing_is_on_and_nothing_was_called(consent, panel):
    shown = panel().json

    assert shown == {"switches": [{"switch": name, "on": False} for name in NAMES], "calls": []}


@pytest.mark.parametrize("error", [name.removeprefix("save-") for name in NAMES[:-1]])
def test_the_next_save_fails_and_the_one_after_it_does_not(error, consent, turn, panel, call):
    assert switched_on(turn(f"save-{error}", True)) == [f"save-{error}"]
    failed, saved = (call("setUserCloudStorage", SAVE, X_Emulator_Player="amy") for _ in "12")

    assert saved.json["errMsg"] == "setUserCloudStorage:ok"
    last = panel().json
    assert [each["outcome"] for each in last["calls"]] == [error, "ok"]
    assert last["calls"][0]["code"] == failed.json["errorCode"]
    assert last["calls"][1]["code"] is None
    assert switched_on(panel()) == []


def test_it_strikes_this_player_alone(consent, turn, panel, call):
    turn("save-server-error", True)

    assert call("setUserCloudStorage", SAVE, X_Emulator_Player="bob").json["errMsg"].endswith("ok")
    assert switched_on(panel("bob")) == []
    assert switched_on(panel("amy")) == ["save-server-error"]


def test_what_it_arms_is_a_fault_like_others_whose_label_says_where_from(consent, turn, faults):
    turn("delay", True)

    (fault,) = faults()
    assert (fault["label"], fault["player"]) == ("game panel: delay", "amy")
    assert (fault["delay_ms"], fault["times"]) == (2_000, None)


def test_a_switch_that_is_on_is_not_armed_twice(consent, turn, faults):
    turn("delay", True)
    turn("delay", True)

    assert len(faults()) == 1


def test_one_that_has_struck_can_be_switched_on_again_and_leaves_none_behind(
    consent, turn, call, faults
):
    turn("save-server-error", True)
    call("setUserCloudStorage", SAVE, X_Emulator_Player="amy")
    turn("save-server-error", True)

    assert [fault["completed"] for fault in faults()] == [False]


def test_switching_off_takes_off_only_what_the_panel_armed_for_this_player(
    consent, turn, control, faults
):
    control("POST", "/v1/faults", {"delay_ms": 2_000, "player": "amy"})
    turn("save-server-error", True)
    turn("delay", True, player="bob")
    turn("delay", True)
    assert turn("delay", False).status == 200

    kept = [(fault["label"], fault["player"]) for fault in faults()]
    assert kept == [
        (None, "amy"),
        ("game panel: save-server-error", "amy"),
        ("game panel: delay", "bob"),
    ]


def test_switching_off_what_is_off_changes_nothing(consent, turn, faults):
    assert turn("delay", False).status == 200
    assert faults() == []


def test_it_shows_the_last_20_calls_of_this_player_oldest_first(consent, panel, call):
    call("login", {}, X_Emulator_Player="bob")
    for _ in range(20):
        call("login", {}, X_Emulator_Player="amy")
    call("setUserCloudStorage", SAVE, X_Emulator_Player="amy")

    calls = panel().json["calls"]
    assert [each["api"] for each in calls] == ["login"] * 19 + ["setUserCloudStorage"]
    assert set(calls[0]) == {"api", "outcome", "code", "duration_ms", "received_at"}
    assert calls[0]["duration_ms"] >= 0


def test_to_read_it_and_to_switch_is_no_call(consent, turn, panel, control):
    panel()
    turn("delay", True)

    assert control("GET", "/v1/requests").json["requests"] == []


def test_a_switch_that_there_is_not_is_refused_with_what_was_meant(consent, turn, faults):
    refused = turn("delays", True)

    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/switch")
    assert "delay" in refused.json["detail"]
    assert faults() == []


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"[]", 422), (b'{"switch":"delay"}', 422), (b'{"switch":"delay","on":1}', 422), (b"{", 400)],
)
def test_what_is_no_switching_is_refused(body, status, consent, entry_point):
    sent = entry_point("POST", "/tt/panel", body, Content_Type="application/json")

    assert sent.status == status


def test_pages_may_use_it_as_elsewhere_on_the_data_plane(consent, turn, panel):
    game, stranger = "http://localhost:5173", "https://evil.example"

    assert panel(Origin=game).headers["access-control-allow-origin"] == game
    assert turn("delay", True, Origin=game).status == 200
    assert panel(Origin=stranger).status == 403
    assert turn("delay", False, Origin=stranger).status == 403
    assert switched_on(panel()) == ["delay"]
