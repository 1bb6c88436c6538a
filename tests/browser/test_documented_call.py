"""tt.setUserCloudStorage in a real browser, on a page of another origin than the emulator."""

from typing import Any

import pytest
from playwright.sync_api import Page

from browser.site import game_site, wrong_server
from emulator.client import Client

# Says what the callbacks heard: which, with what, whether later, and how many objects in all.
CALL = """options => new Promise(resolve => {
    const heard = [], replies = new Set();
    let returned = false;
    const hear = name => reply => {
        heard.push([name, reply, returned]);
        replies.add(reply);
        if (name === 'complete') setTimeout(() => resolve({heard, objects: replies.size}), 30);
    };
    const callbacks = {success: hear('success'), fail: hear('fail'), complete: hear('complete')};
    tt.setUserCloudStorage({...options, ...callbacks});
    returned = true;
})"""
PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}
READ = {"keyList": ["score"]}
OK = {"errMsg": "setUserCloudStorage:ok"}

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


def failure(code: int, message: str, kind: str) -> dict[str, Any]:
    return {
        "errMsg": f"setUserCloudStorage:fail {message}",
        "errorCode": code,
        "errorType": kind,
    }


def assert_heard(page: Page, callback: str, reply: dict[str, Any]) -> None:
    """That callback, then complete, once each, after the call returned, with the same object."""
    outcome = page.evaluate(CALL, PAIR)
    assert outcome == {"heard": [[callback, reply, True], ["complete", reply, True]], "objects": 1}


def test_the_emulator_documents_exactly_the_eight_rows(world: Client) -> None:
    rows = world.errors("setUserCloudStorage")
    assert [(row["code"], row["message"], row["type"]) for row in rows] == DOCUMENTED


@pytest.mark.parametrize(("code", "message", "kind"), DOCUMENTED)
def test_an_armed_error_reaches_fail_and_complete_as_documented(
    tab: Any, site: str, world: Client, code: int, message: str, kind: str
) -> None:
    page = tab(f"{site}/game?tt-world={world.world}")
    world.replace([{"error": code}])
    assert_heard(page, "fail", failure(code, message, kind))
    world.disarm_all()
    assert world.call("getUserCloudStorage", READ)["KVDataList"] == []
    assert_heard(page, "success", OK)
    assert world.call("getUserCloudStorage", READ)["KVDataList"] == PAIR["KVDataList"]


def test_a_failure_after_the_write_hides_that_it_was_stored(
    tab: Any, site: str, world: Client
) -> None:
    page = tab(f"{site}/game?tt-world={world.world}")
    world.replace([{"error": 999985, "moment": "after", "api": "setUserCloudStorage"}])
    assert_heard(page, "fail", failure(999985, "network unavailable", "U"))
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
    tab: Any, site: str, status: int, body: bytes, expected: dict[str, Any]
) -> None:
    page = tab(f"{site}/game")
    with wrong_server(status, body) as url:
        page.evaluate("url => { window.tt = createTT({url}) }", url)
        assert_heard(page, "fail", expected)


def test_without_an_emulator_the_network_is_unavailable(tab: Any, site: str) -> None:
    page = tab(f"{site}/game")
    with wrong_server(200, b"") as url:
        pass  # an address where nobody listens any more
    page.evaluate("url => { window.tt = createTT({url}) }", url)
    assert_heard(page, "fail", failure(999985, "network unavailable", "U"))


def test_the_reason_of_a_refusal_stands_in_the_console(tab: Any, site: str, world: Client) -> None:
    page = tab(f"{site}/game?tt-world={world.world}")
    too_long = {"KVDataList": [{"key": "k" * 129, "value": ""}]}
    with page.expect_console_message(lambda said: said.type == "warning") as said:
        page.evaluate(CALL, too_long)
    assert "129 bytes" in said.value.text


def test_two_tabs_are_two_players(tab: Any, site: str, world: Client) -> None:
    for player in ("小明", "bob"):
        page = tab(f"{site}/game?tt-world={world.world}&tt-player={player}")
        value = {"KVDataList": [{"key": "name", "value": player}]}
        assert page.evaluate(CALL, value)["heard"][0][1] == OK
    for player in ("小明", "bob"):
        stored = world.call("getUserCloudStorage", {"keyList": ["name"]}, player=player)
        assert stored["KVDataList"] == [{"key": "name", "value": player}]


def test_the_script_tag_names_player_and_world_and_the_address_bar_wins(
    tab: Any, world: Client
) -> None:
    tag = f'data-player="tagged" data-world="{world.world}"'
    with game_site(world.url, tag) as site:
        tab(f"{site}/game").evaluate(CALL, PAIR)
        tab(f"{site}/game?tt-player=typed").evaluate(CALL, PAIR)
    assert [exchange["player"] for exchange in world.requests()] == ["tagged", "typed"]


def test_data_url_names_another_emulator_than_the_script_s_origin(tab: Any, world: Client) -> None:
    with wrong_server(500, b"") as wrong, game_site(world.url, f'data-url="{wrong}"') as site:
        heard = tab(f"{site}/game").evaluate(CALL, PAIR)["heard"]
    assert heard[0][1]["errorCode"] == 999991


def test_a_tt_that_is_already_there_is_kept(tab: Any, world: Client) -> None:
    before = "<script>window.tt = {mine: true}</script>"
    with game_site(world.url, before=before) as site:
        page = tab(f"{site}/game")
        assert page.evaluate("[tt.mine, typeof createTT]") == [True, "function"]


def test_an_element_called_tt_is_not_the_platform(tab: Any, world: Client) -> None:
    with game_site(world.url, before='<div id="tt"></div>') as site:
        assert tab(f"{site}/game").evaluate("typeof tt.setUserCloudStorage") == "function"


def test_system_info_comes_from_the_emulator_and_the_window(
    tab: Any, site: str, world: Client
) -> None:
    page = tab(f"{site}/game")
    page.set_viewport_size({"width": 400, "height": 700})
    info = page.evaluate("tt.getSystemInfoSync()")
    told = page.evaluate("url => fetch(url).then(answer => answer.json())", f"{world.url}/tt/state")
    assert [info["windowWidth"], info["windowHeight"]] == [400, 700]
    assert [info["safeArea"]["right"], info["safeArea"]["bottom"]] == [400, 700]
    assert info["appName"] == told["host"]["appName"]
    assert info["SDKVersion"] == told["host"]["SDKVersion"]
    assert info.items() >= told["system"].items()
