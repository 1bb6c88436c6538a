"""The panel for testers over a game: what fingers and keys do there, and that the game sees none of it."""

import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Locator, Page, expect

from browser.package_site import OpenPackage, says
from browser.playing import played, until, write_package
from tt_emulator.client import Client

# ruff: noqa: E501  # what is JavaScript

BAD = {"serious", "critical"}
PHONE = {"width": 390, "height": 844}
# What tt.js draws lies in a closed shadow tree: before tt.js, this opens them.
OPEN_SHADOWS = """
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function () { return attach.call(this, {mode: 'open'}); };
"""
# A game that hears all that it can, first of all in its page.
LISTENS = """
    window.heard = [];
    const types = Object.getOwnPropertyNames(HTMLElement.prototype).concat(Object.getOwnPropertyNames(window))
        .filter(name => /^on(pointer|mouse|touch|key|click|dbl|aux|context|wheel|input|before|focus|blur|drag|select)/.test(name))
        .map(name => name.slice(2));
    for (const type of new Set([...types, 'focusin', 'focusout', 'touchstart', 'touchmove', 'touchend', 'touchcancel'])) {
        addEventListener(type, (event) => {
            if (event.target !== window) heard.push(`${type} ${event.target.nodeName}`);
        }, true);
    }
"""
SAVE = "new Promise(complete => tt.setUserCloudStorage({KVDataList: [{key: 's', value: '1'}], complete}))"


def knob(page: Page) -> Locator:
    return page.locator("summary")


def touches(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def tap(tools: CDPSession, fingers: int, y: int = 300) -> None:
    points = [{"x": 80 + 70 * each, "y": y, "id": each} for each in range(fingers)]
    for count in range(1, fingers + 1):
        tools.send(
            "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:count]}
        )
    tools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.fixture
def phone(package: OpenPackage, world: Client) -> Callable[..., Page]:
    """The page of a game, in a phone's size, with its shadow trees open."""
    world.put_settings(game_panel=True)

    def open_page(query: str = "&tt-panel=1", **more: str) -> Page:
        page = package(query=query, before=f"<script>{OPEN_SHADOWS}</script>", **more)
        page.set_viewport_size(PHONE)
        return page

    return open_page


def wait_for_fault(page: Page, world: Client) -> dict[str, Any]:
    """What is armed, once something is."""
    (fault,) = until(page, world.faults)
    return dict(fault)


def asked(page: Page) -> list[str]:
    """The methods of the requests for the panel, as they come."""
    found: list[str] = []
    page.on("request", lambda each: found.append(each.method) if "/tt/panel" in each.url else None)
    return found


def test_the_next_save_fails_for_the_games_callback_and_the_call_is_shown(
    phone: Callable[..., Page], world: Client
) -> None:
    page = phone()
    knob(page).click()
    page.get_by_role("switch", name="The next save fails: server error").check()
    fault = wait_for_fault(page, world)
    assert (fault["label"], fault["player"]) == ("game panel: save-server-error", "player-1")

    reply = page.evaluate(SAVE)
    assert "fail" in reply["errMsg"]
    row = page.get_by_role("listitem").first
    expect(row).to_contain_text(f"server-error {reply['errorCode']}")
    expect(page.get_by_role("switch", name="server error")).not_to_be_checked()


def test_of_what_befalls_the_panel_the_game_sees_nothing(
    phone: Callable[..., Page], world: Client
) -> None:
    page = phone()
    page.evaluate(LISTENS)
    page.evaluate("tt.onTouchStart(() => heard.push('tt.onTouchStart'))")
    box = knob(page).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 24, box["y"] + 24)
    page.mouse.down()
    page.mouse.up()
    page.get_by_role("switch").last.focus()
    page.keyboard.press("Space")
    wait_for_fault(page, world)
    page.mouse.move(100, 800)
    page.mouse.wheel(0, 50)
    tap(touches(page), fingers=1, y=800)
    page.keyboard.press("Escape")
    expect(page.get_by_role("switch")).to_have_count(0)
    heard = {each for each in page.evaluate("heard") if "HTML" not in each}
    assert heard <= {"selectionchange #document"}  # the document's own, it tells nobody where

    tap(touches(page), fingers=1, y=100)
    assert {"pointerdown HTML", "touchstart HTML", "tt.onTouchStart"} <= {*page.evaluate("heard")}


def test_a_press_belongs_to_where_it_began(phone: Callable[..., Page]) -> None:
    page = phone()
    page.evaluate(LISTENS)
    box = knob(page).bounding_box()
    assert box is not None
    page.mouse.move(100, 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 24, box["y"] + 24)
    page.mouse.up()
    assert {"pointerup DIV", "mouseup DIV"} <= {*page.evaluate("heard")}  # of the game's own press

    page.evaluate("heard.length = 0")
    page.mouse.down()
    page.mouse.move(60, 500)
    page.mouse.up()
    assert not {
        each for each in page.evaluate("heard") if re.match("(pointer|mouse)(up|down|move) ", each)
    }


def test_the_button_moves_by_finger_and_by_keys_and_stays_in_sight(
    phone: Callable[..., Page],
) -> None:
    page = phone()
    tools, button = touches(page), knob(page)
    box = button.bounding_box()
    assert box is not None
    at = {"x": box["x"] + 24, "y": box["y"] + 24, "id": 0}
    away = {"x": 20, "y": 700, "id": 0}
    for kind, points in (("touchStart", [at]), ("touchMove", [away]), ("touchEnd", [])):
        tools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(page.get_by_role("switch")).to_have_count(0)  # it was moved, not opened
    moved = button.bounding_box()
    assert moved is not None
    assert (moved["x"], moved["y"]) == (8, 676)
    assert min(moved["width"], moved["height"]) >= 44

    button.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    assert button.bounding_box() == {**moved, "x": 24, "y": 660}
    page.keyboard.press("Enter")
    expect(page.get_by_role("switch")).to_have_count(5)


def test_three_fingers_open_it_and_nothing_is_there_or_asked_before(
    phone: Callable[..., Page],
) -> None:
    page = phone(query="")
    before = page.evaluate("document.documentElement.outerHTML")
    requests = asked(page)
    tap(touches(page), fingers=2)
    assert page.evaluate("document.documentElement.outerHTML") == before
    assert requests == []

    tap(touches(page), fingers=3)
    expect(page.get_by_role("switch")).to_have_count(5)
    assert page.evaluate("Object.keys(window).filter(name => /panel/i.test(name))") == []


def test_without_consent_three_fingers_ask_once_and_nothing_is_drawn(
    phone: Callable[..., Page], world: Client
) -> None:
    page = phone(query="")
    world.put_settings(game_panel=False)
    requests = asked(page)
    with page.expect_console_message(says("game_panel")):
        tap(touches(page), fingers=3)
    tap(touches(page), fingers=3)
    page.evaluate(SAVE)
    assert requests == ["GET"]
    assert knob(page).count() == 0


def test_in_a_played_package_it_stands_over_the_game(
    profile: BrowserContext, forget: Callable[[], None], tmp_path: Path
) -> None:
    with played(profile, write_package(tmp_path, {"game.js": "tt.createCanvas();"})) as package:
        with Client(package.url) as world:
            world.put_settings(game_panel=True)
            page = profile.new_page()
            page.add_init_script(OPEN_SHADOWS)
            page.goto(f"{package.game_url}/?tt-panel=1")
            knob(page).click()
            page.get_by_role("switch", name="server error").check()
            assert wait_for_fault(page, world)["label"] == "game panel: save-server-error"
            reply = world.call("setUserCloudStorage", {"KVDataList": []})
            assert "fail" in reply["errMsg"]
            expect(page.get_by_role("listitem").first).to_contain_text("server-error")
        assert package.errors == []
    forget()


def test_axe_finds_nothing_serious_in_it_in_either_theme(phone: Callable[..., Page]) -> None:
    package = find_spec("axe_playwright_python")
    assert package is not None
    assert package.origin is not None
    axe = Path(package.origin).with_name("axe.min.js").read_text(encoding="utf-8")
    page = phone()
    page.evaluate(SAVE)
    knob(page).click()
    expect(page.get_by_role("listitem")).to_have_count(1)
    page.evaluate(axe)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate(
            "axe.run(document, { rules: { 'document-title': { enabled: false }, 'html-has-lang': { enabled: false } } })"
        )
        bad = [each["id"] for each in found["violations"] if each["impact"] in BAD]
        assert bad == [], scheme
        assert "label" in [each["id"] for each in found["passes"]]  # it has seen the switches
