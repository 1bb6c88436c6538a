"""The tester's page says that all calls are answered normally only while it is so."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from browser.tester import HTML, ODD, Open
from tt_emulator.client import Client

CALM = "every call is answered as it should be"
VIEWS = ["errors", "calls", "story", "players", "world", "coverage", "link"]


def calm(page: Page) -> Any:
    return expect(page.locator(".armed"))


def go(page: Page, view: str) -> None:
    page.evaluate("view => { location.hash = view; }", view)
    page.locator(f'nav.views a[aria-current][href="#{view.partition("/")[0]}"]').wait_for()


@pytest.mark.parametrize(
    ("player", "cause", "undo"),
    [
        ({"network": "offline"}, "1 player offline", {"network": "online"}),
        ({"session": "expired"}, "1 session expired", {"session": "valid"}),
        ({"session": "none"}, "1 player without a session", {"session": "valid"}),
        ({"account": "out"}, "1 account signed out", {"account": "in", "session": "valid"}),
        ({"account": "declines"}, "1 account declines", {"account": "in", "session": "valid"}),
    ],
)
def test_a_player_whose_calls_fail_is_told_on_every_tab_as_it_happens(
    ui: Open, world: Client, player: Any, cause: str, undo: Any
) -> None:
    page = ui()
    calm(page).to_contain_text(CALM)
    world.put_player("bob", **player)
    calm(page).to_contain_text(cause)
    for view in VIEWS:
        go(page, view)
        calm(page).to_contain_text(cause)
        calm(page).not_to_contain_text(CALM)
    page.locator(".cause").click()
    expect(page.locator(".player")).to_have_count(1)
    expect(page.locator(".player")).to_contain_text("bob")
    world.put_player("bob", **undo)
    calm(page).to_contain_text(CALM)


def test_every_cause_is_named_beside_the_faults_in_both_languages(ui: Open, world: Client) -> None:
    world.put_player("bob", network="offline")
    world.put_player("cat", network="offline")
    world.put_player("dan", session="expired")
    world.put_player("eve", account="out")
    world.put_settings(host={"unsupported": ["login"]}, fail_object="errMsg")
    world.control("POST", "/v1/clock", {"set": "2026-02-01T00:00:00Z", "freeze": True})
    world.arm({"error": "network-unavailable", "ttl_s": 600})
    page = ui("calls")
    for cause in (
        "2 players offline",
        "1 session expired",
        "1 account signed out",
        "1 API unsupported: login",
        "1 setting changed: fail_object",
        "clock stands at",
    ):
        calm(page).to_contain_text(cause)
    expect(page.locator(".chip")).to_have_count(1)
    page.locator("#language").click()
    for cause in ("2 名玩家离线", "1 个会话已过期", "1 个账号未登录", "时钟停在"):
        calm(page).to_contain_text(cause)
    world.control("DELETE", "/v1/faults")
    expect(page.locator(".chip")).to_have_count(0)
    calm(page).to_contain_text("2 名玩家离线")
    calm(page).not_to_contain_text("所有调用都正常应答")


@pytest.mark.parametrize(
    ("move", "cause"),
    [({"freeze": True}, "clock stands at"), ({"advance_s": 86_400}, "clock moved by +1 d")],
)
def test_a_clock_that_somebody_else_moves_is_told_and_leads_there(
    ui: Open, world: Client, move: Any, cause: str
) -> None:
    page = ui("coverage")
    calm(page).to_contain_text(CALM)
    world.control("POST", "/v1/clock", move)
    calm(page).to_contain_text(cause)
    page.locator(".cause").click()
    page.locator("#real-time").click()
    calm(page).to_contain_text(CALM)


def test_a_game_that_logs_in_again_takes_the_cause_away(ui: Open, world: Client) -> None:
    world.put_player("bob", session="expired")
    page = ui()
    calm(page).to_contain_text("1 session expired")
    world.call("login", {}, player="bob")
    calm(page).to_contain_text(CALM)


def test_nothing_is_said_before_it_is_known_nor_when_it_cannot_be_read(
    ui: Open, world: Client
) -> None:
    page = ui()
    calm(page).to_contain_text(CALM)
    page.route("**/v1/conditions", lambda route: route.fulfill(status=500, json={"detail": "no"}))
    world.put_player("bob", nickname="Bob")
    calm(page).to_contain_text("Not known now")
    calm(page).not_to_contain_text(CALM)
    page.unroute("**/v1/conditions")
    world.put_player("bob", nickname="Bobby")
    calm(page).to_contain_text(CALM)


def reported_by_health(page: Page, **more: Any) -> None:
    def lay_over(route: Route) -> None:
        health = json.loads(route.fetch().text())
        route.fulfill(json=health | more)

    page.route("**/__emulator/health", lay_over)
    page.reload()
    expect(page.locator(".light-text")).to_have_text("live")


def test_files_that_were_damaged_or_edited_are_named_with_line_and_reason(
    ui: Open, complaints: list[str]
) -> None:
    page = ui()
    damaged = [
        {"file": "ann-1.json", "line": 3, "reason": "no JSON at column 7"},
        {"file": HTML, "line": None, "reason": HTML + ODD},
    ]
    edited = [{"file": "bob-2.json", "line": None, "reason": "changed outside"}]
    reported_by_health(page, set_aside=damaged, edited=edited)
    calm(page).to_contain_text("2 damaged files set aside")
    calm(page).to_contain_text("1 file edited outside")
    calm(page).not_to_contain_text(CALM)
    page.locator('[data-cause="set_aside"]').click()
    found = page.locator('[data-findings="set_aside"] li')
    expect(found.first).to_have_text(re.compile("ann-1.json.*line 3.*no JSON at column 7"))
    expect(found.last).to_contain_text(HTML)
    expect(page.locator('[data-findings="edited"]')).to_contain_text("bob-2.json")
    assert page.title() == "tt-emulator"
    assert page.locator("main img[src=x], main script").count() == 0
    assert complaints == []


def test_a_server_that_tells_names_alone_and_nothing_of_edits_is_understood(ui: Open) -> None:
    page = ui("world")
    reported_by_health(page, set_aside=["ann-1.json"])
    calm(page).to_contain_text("1 damaged file set aside")
    expect(page.locator('[data-findings="set_aside"] li')).to_have_text("ann-1.json")


def test_storage_that_is_lost_is_told(ui: Open) -> None:
    page = ui()
    reported_by_health(page, status="storage-lost", trouble="The data directory is gone.")
    calm(page).to_contain_text("nothing can be stored: The data directory is gone.")


def test_many_causes_are_wide_enough_for_a_phone(ui: Open, world: Client) -> None:
    world.put_player("bob", network="offline", session="expired")
    apis = ["login", "setUserCloudStorage", "getUserCloudStorage", "removeUserCloudStorage"]
    world.put_settings(host={"unsupported": apis}, fail_object="errMsg", strict_canvas=True)
    world.control("POST", "/v1/clock", {"freeze": True})
    page = ui()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator(".cause")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
