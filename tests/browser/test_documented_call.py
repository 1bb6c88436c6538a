"""tt.setUserCloudStorage in a real browser, on a page of another origin than the emulator."""

import json
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage

from browser.calls import CALL, OK, PAIR, READ, assert_received, failure
from browser.site import Tab, game_site, wrong_server
from tt_emulator.client import Client
from tt_emulator.platforms.tt.pages import load

DOCUMENTED = [
    (999998, "get session id failed.", "D"),
    (999999, "KVDataList", "D"),
    (999987, "feature is not supported in app", "D"),
    (108002, "*", "F"),
    (108001, "response json has error", "F"),
    (999991, "internal error/网络请求非200", "F"),
    (999985, "network unavailable", "U"),
    (999993, "internal error", "F"),
]


def test_the_emulator_documents_exactly_the_eight_rows(world: Client) -> None:
    rows = world.errors("setUserCloudStorage")
    assert [(row["code"], row["message"], row["type"]) for row in rows] == DOCUMENTED


@pytest.mark.parametrize(("code", "message", "kind"), DOCUMENTED)
def test_an_armed_error_reaches_fail_and_complete_as_documented(
    tab: Tab, site: str, world: Client, code: int, message: str, kind: str
) -> None:
    page = tab(f"{site}/game?tt-world={world.world}")
    world.replace([{"error": code}])
    assert_received(page, "fail", failure(code, message, kind))
    world.disarm_all()
    assert world.call("getUserCloudStorage", READ)["KVDataList"] == []
    assert_received(page, "success", OK)
    assert world.call("getUserCloudStorage", READ)["KVDataList"] == PAIR["KVDataList"]


def test_a_failure_after_the_write_hides_that_it_was_stored(
    tab: Tab, site: str, world: Client
) -> None:
    page = tab(f"{site}/game?tt-world={world.world}")
    world.replace([{"error": 999985, "moment": "after", "api": "setUserCloudStorage"}])
    assert_received(page, "fail", failure(999985, "network unavailable", "U"))
    assert world.call("getUserCloudStorage", READ)["KVDataList"] == PAIR["KVDataList"]


HTTP_NOT_200 = failure(999991, "internal error/网络请求非200", "F")
BAD_RESPONSE = failure(108001, "response json has error", "F")


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (500, b"", HTTP_NOT_200),
        (500, b'{"errMsg":"setUserCloudStorage:ok"}', HTTP_NOT_200),
        (200, b'{"errMsg":', BAD_RESPONSE),
        (200, b"<html>", BAD_RESPONSE),
    ],
)
def test_a_wrong_answer_is_the_platform_s_own_failure(
    tab: Tab, site: str, status: int, body: bytes, expected: dict[str, Any]
) -> None:
    page = tab(f"{site}/game")
    with wrong_server(status, body) as url:
        page.evaluate("url => { window.tt = createTT({url}) }", url)
        assert_received(page, "fail", expected)


def test_without_an_emulator_the_network_is_unavailable(tab: Tab, site: str) -> None:
    page = tab(f"{site}/game")
    with wrong_server(200, b"") as url:
        pass  # an address where nobody listens any more
    page.evaluate("url => { window.tt = createTT({url}) }", url)
    assert_received(page, "fail", failure(999985, "network unavailable", "U"))


def test_the_reason_of_a_refusal_stands_in_the_console(tab: Tab, site: str, world: Client) -> None:
    page = tab(f"{site}/game?tt-world={world.world}")
    too_long = {"KVDataList": [{"key": "k" * 129, "value": ""}]}
    with page.expect_console_message(is_warning) as logged:
        page.evaluate(CALL, too_long)
    assert "129 bytes" in logged.value.text


def test_two_tabs_are_two_players(tab: Tab, site: str, world: Client) -> None:
    for player in ("小明", "bob"):
        page = tab(f"{site}/game?tt-world={world.world}&tt-player={player}")
        value = {"KVDataList": [{"key": "name", "value": player}]}
        assert page.evaluate(CALL, value)["heard"][0][1] == OK
    for player in ("小明", "bob"):
        stored = world.call("getUserCloudStorage", {"keyList": ["name"]}, player=player)
        assert stored["KVDataList"] == [{"key": "name", "value": player}]


def test_the_script_tag_names_player_and_world_and_the_address_bar_wins(
    tab: Tab, world: Client
) -> None:
    tag = f'data-player="tagged" data-world="{world.world}"'
    with game_site(world.url, tag) as site:
        tab(f"{site}/game").evaluate(CALL, PAIR)
        tab(f"{site}/game?tt-player=typed").evaluate(CALL, PAIR)
    assert [exchange["player"] for exchange in world.requests()] == ["tagged", "typed"]


def test_data_url_names_another_emulator_than_the_script_s_origin(tab: Tab, world: Client) -> None:
    with wrong_server(500, b"") as wrong, game_site(world.url, f'data-url="{wrong}"') as site:
        callbacks = tab(f"{site}/game").evaluate(CALL, PAIR)["heard"]
    assert callbacks[0][1]["errorCode"] == 999991


def test_a_tt_that_is_already_there_is_kept(tab: Tab, world: Client) -> None:
    before = "<script>window.tt = {mine: true}</script>"
    with game_site(world.url, before=before) as site:
        page = tab(f"{site}/game")
        assert page.evaluate("[tt.mine, typeof createTT]") == [True, "function"]


def test_an_element_called_tt_is_not_the_platform(tab: Tab, world: Client) -> None:
    with game_site(world.url, before='<div id="tt"></div>') as site:
        assert tab(f"{site}/game").evaluate("typeof tt.setUserCloudStorage") == "function"


def test_system_info_comes_from_the_emulator_and_the_window(tab: Tab, site: str) -> None:
    host = {"appName": "Toutiao", "SDKVersion": "1.10.0", "unsupported": ["login"]}
    state = {"host": host, "system": {"model": "Nokia 3310", "platform": "ios"}}
    page = tab(f"{site}/game")
    page.set_viewport_size({"width": 400, "height": 700})
    with wrong_server(200, json.dumps(state).encode()) as url:
        info = page.evaluate("url => (window.tt = createTT({url})).getSystemInfoSync()", url)
    assert [info["appName"], info["SDKVersion"], info["model"]] == [
        "Toutiao",
        "1.10.0",
        "Nokia 3310",
    ]
    assert [info["windowWidth"], info["windowHeight"]] == [400, 700]
    assert [info["safeArea"]["right"], info["safeArea"]["bottom"]] == [400, 700]
    can = page.evaluate("['login', 'checkSession', 'setUserCloudStorage'].map(tt.canIUse)")
    assert can == [False, True, False]


def test_system_info_of_the_real_emulator_is_complete(tab: Tab, site: str) -> None:
    info = tab(f"{site}/game").evaluate("tt.getSystemInfoSync()")
    assert sorted(info) == sorted(load().apis["getSystemInfoSync"].success.fields)


def test_without_an_emulator_system_info_has_defaults_and_says_so(tab: Tab, site: str) -> None:
    page = tab(f"{site}/game")
    with wrong_server(404, b"") as url, page.expect_console_message(is_warning) as logged:
        info = page.evaluate("url => createTT({url}).getSystemInfoSync()", url)
    assert info["appName"] == "Douyin"
    assert "answer with defaults" in logged.value.text


def is_warning(logged: ConsoleMessage) -> bool:
    return logged.type == "warning" and logged.text.startswith("[tt-emulator]")
