"""What comes with the emulator: the catalog in words, scenarios, addresses, QR codes."""

import re
from pathlib import Path

import pytest

from entry_points import ON_SOCKET
from tt_emulator.faults import scenario
from tt_emulator.faults.kinds import KINDS
from tt_emulator.platforms import PLATFORMS
from tt_emulator.platforms.tt.pages import load
from tt_emulator.sockets import addresses

SCENARIOS = Path(__file__).parents[3] / "fixtures" / "scenarios"


def test_each_error_name_has_words_in_both_languages(control):
    meanings = control("GET", "/v1/catalog").json["meanings"]

    assert meanings["network-unavailable"] == {"en": "the player is offline", "zh": "网络不可用"}
    assert {row.name for row in load().rows()} <= meanings.keys()


def test_the_limits_are_those_of_the_pages(control):
    limits = control("GET", "/v1/catalog").json["limits"]

    of_save = [
        (limit["name"], limit["max"], limit["unit"])
        for limit in limits
        if limit["api"] == "setUserCloudStorage"
    ]
    assert of_save == [
        ("key", 128, "bytes"),
        ("key_and_value", 1024, "bytes"),
        ("pairs_per_player", 128, "pairs"),
    ]


def test_each_kind_of_fault_is_told_with_its_words_in_both_languages(control):
    kinds = control("GET", "/v1/catalog").json["fault_kinds"]

    assert [(one["family"], one["name"] or "") for one in kinds] == [
        (kind.family, kind.name) for kind in KINDS
    ]
    assert next(one for one in kinds if one["name"] == "hang") == {
        "family": "wire",
        "name": "hang",
        "title": {
            "en": "No answer for 30 s, then a close",
            "zh": "30 秒没有应答，然后断开",
        },
        "effect": {"en": "the game sees 999985, late", "zh": "游戏最后收到 999985"},
        "fields": ["duration_ms"],
        "on_socket": True,
    }
    assert [
        words for one in kinds for words in (one["title"], one["effect"]) if not han(words)
    ] == []


@ON_SOCKET
def test_each_kind_with_a_name_can_be_armed_by_it_as_it_is_told(control):
    kinds = control("GET", "/v1/catalog").json["fault_kinds"]

    armed = [control("POST", "/v1/faults", {k["family"]: k["name"]}) for k in kinds if k["name"]]

    assert len(armed) >= 11
    assert {answer.status for answer in armed} == {201}


@ON_SOCKET
def test_of_the_fields_for_some_kinds_one_takes_those_that_are_told_with_it(control):
    values = {"detail": "full", "status": 404, "duration_ms": 5}
    for kind in control("GET", "/v1/catalog").json["fault_kinds"]:
        if kind["name"] is None:
            continue
        taken = [
            field
            for field, value in values.items()
            if control("POST", "/v1/faults", {kind["family"]: kind["name"], field: value}).status
            == 201
        ]
        assert set(taken) == {*kind["fields"]} & {*values}, kind["name"]


def han(words):
    """Whether the Chinese is Chinese, and the English is not."""
    chinese = re.compile("[\u4e00-\u9fff]")
    return chinese.search(words["zh"]) and not chinese.search(words["en"])


@ON_SOCKET
@pytest.mark.parametrize("platform", PLATFORMS)
def test_each_shipped_scenario_is_told_and_can_be_armed_as_it_is(control, platform):
    control("POST", f"/v1/reset?platform={platform}", {"scope": []})
    scenarios = control("GET", "/v1/scenarios").json["scenarios"]

    assert [one["file"] for one in scenarios] == [
        path.stem
        for path in sorted(SCENARIOS.glob("*.json"))
        if scenario.load(path).platform == platform
    ]
    for one in scenarios:
        assert one["name"].keys() == one["description"].keys() == {"en", "zh"}
        assert control("PUT", "/v1/faults", one["faults"]).status == 200


def test_a_plain_text_stands_for_both_languages():
    assert scenario.words("x") == scenario.Words("x", "x")


def test_a_qr_code_is_a_square_with_its_three_corners(control):
    rows = control("GET", "/v1/qr?text=http://192.168.1.5:8717/%3Ftt-player%3Dalice").json["rows"]

    assert {len(row) for row in rows} == {len(rows)}
    corner = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    assert [row[:7] for row in rows[:7]] == corner
    assert [row[-7:] for row in rows[:7]] == corner
    assert [row[:7] for row in rows[-7:]] == corner


@pytest.mark.parametrize("query", ["", "?text=", "?text=" + "x" * 513, "?text=" + "%C3%A9" * 257])
def test_no_text_and_a_long_one_are_refused(control, query):
    answer = control("GET", f"/v1/qr{query}")

    assert answer.status == 422
    assert "512 bytes" in answer.json["detail"]


def test_nobody_else_reaches_a_server_on_loopback(control):
    assert control("GET", "/v1/addresses").json == {
        "urls": [],
        "game_url": None,
    }


def test_a_server_on_an_address_is_reached_there_and_one_on_all_by_one_of_them():
    assert addresses("192.168.1.5") == ["192.168.1.5"]
    assert "0.0.0.0" not in addresses("0.0.0.0")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_openapi_document_is_that_of_the_worlds_platform(control, platform):
    control("POST", f"/v1/reset?platform={platform}", {"scope": []})

    paths = control("GET", "/openapi.json").json["paths"]

    calls = {path.split("/")[1] for path in paths} - {"__emulator"}
    assert calls & {*PLATFORMS} == {platform}
