"""The panel for testers over a game: what fingers and keys do there, and that the game sees none of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect

from browser.package_site import OpenPackage, says
from browser.playing import played, write_package
from tt_emulator.client import Client

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
    for (const type of new Set([...types, 'focusin', 'focusout'])) {
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
        tools.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:count]})
    tools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.fixture
def phone(package: OpenPackage, world: Client) -> Iterator[Any]:
    """The page of a game, in a phone's size, with its shadow trees open."""
    world.put_settings(game_panel=True)

    def open_page(query: str = "&tt-panel=1", **more: str) -> Page:
        page = package(query=query, before=f"<script>{OPEN_SHADOWS}</script>", **more)
        page.set_viewport_size(PHONE)
        return page

    return open_page


def test_the_next_save_fails_for_the_games_callback_and_the_call_is_shown(
    phone: Any, world: Client
) -> None:
    page = phone()
    knob(page).click()
    page.get_by_role("switch", name="The next save fails: server error").check()
    page.wait_for_function("true")
    expect(page.get_by_role("status")).to_have_text("")
    fault = wait_for_fault(page, world)
    assert (fault["label"], fault["player"]) == ("game panel: save-server-error", "player-1")

    reply = page.evaluate(SAVE)
    assert "fail" in reply["errMsg"]
    row = page.get_by_role("listitem").first
    expect(row).to_contain_text(f"server-error {reply['errorCode']}")
    expect(page.get_by_role("switch", name="server error")).not_to_be_checked()


def wait_for_fault(page: Page, world: Client) -> dict[str, Any]:
    expect(page.get_by_role("switch", checked=True)).to_have_count(1)
    for _ in range(100):
        if faults := world.faults():
            return dict(faults[0])
        page.wait_for_timeout(20)
    raise AssertionError("nothing was armed")
