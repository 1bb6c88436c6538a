"""The tester's page: what is armed is saved under a name; strikes are told behind another tab."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.site import Tab
from browser.tester import PAIR, Open, of_each_platform, offline
from tt_emulator.client import Client
from tt_emulator.faults import scenario

SLOW = {"delay_ms": 5, "api": "setUserCloudStorage", "label": "慢"}
LOST = {"error": "network-unavailable", "api": "setUserCloudStorage", "times": 2}

STUB = """
window.told = [];
window.asked = 0;
window.Notification = class {
  static permission = 'default';
  static async requestPermission() {
    window.asked += 1;
    Notification.permission = 'granted';
    return 'granted';
  }
  constructor(title, { tag, body }) {
    window.told.push(this);
    Object.assign(this, { title, tag, body });
    document.documentElement.dataset.told = title;
  }
  close() { this.closed = true; }
};
"""
TURN = """hidden => {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}"""


@of_each_platform
def test_what_is_armed_is_saved_and_after_a_reload_armed_again(ui: Open, world: Client) -> None:
    lost_here = LOST | {"error": offline(world)}
    world.replace([SLOW, lost_here])
    page = ui()
    page.locator("#new-scenario").fill("慢网")
    page.locator("#new-scenario").press("Enter")
    expect(page.locator(".notice")).to_contain_text("Saved: 慢网")
    world.disarm_all()
    page.reload()
    item = page.locator('[data-scenario="慢网"]')
    expect(item).to_contain_text("2 faults.")

    item.get_by_role("button", name="Arm: 慢网").click()

    expect(page.locator(".chip")).to_have_count(2)
    slow, lost = world.faults()
    assert slow.items() >= {**SLOW, "ttl_s": 600}.items()
    assert lost.items() >= {**lost_here, "ttl_s": 600, "hits": 0}.items()


@of_each_platform
def test_a_saved_one_goes_out_as_a_file_away_and_comes_in_again(
    ui: Open, world: Client, tmp_path: Path
) -> None:
    mine = {"platform": world.platform.name, "name": "慢网", "faults": [SLOW]}
    world.control("PUT", "/v1/scenarios/mine", mine)
    world.arm(LOST | {"error": offline(world)})
    page = ui()
    item = page.locator('[data-scenario="mine"]')
    with page.expect_download() as saved:
        item.get_by_role("button", name="As a file: mine").click()
    assert re.fullmatch(r"mine-[\dT-]+\.scenario\.json", saved.value.suggested_filename)
    file = tmp_path / "慢网.scenario.json"
    saved.value.save_as(file)
    assert scenario.load(file).faults == [SLOW]

    item.get_by_role("button", name="Remove: mine").click()
    expect(item).to_have_count(0)
    page.locator(".notice").get_by_text("Undo").click()
    expect(item).to_have_count(1)
    for name in ("慢网", "慢网 2"):
        page.locator("#scenario-file").set_input_files(file)
        expect(page.locator(f'[data-scenario="{name}"]')).to_be_visible()
        expect(page.locator(".notice").last).to_contain_text(f"Saved and armed: {name}")
    assert [fault["label"] for fault in world.faults()] == ["慢"]


def test_a_file_that_is_refused_leaves_what_is_armed(
    ui: Open, world: Client, tmp_path: Path
) -> None:
    world.arm(LOST)
    page = ui()
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({"faults": [{"error": "nope"}]}), encoding="utf-8")

    page.locator("#scenario-file").set_input_files(bad)

    expect(page.locator(".notice-bad")).to_contain_text("Nothing was saved")
    assert [fault["error"] for fault in world.faults()] == ["network-unavailable"]
    expect(page.locator('[data-scenario="bad"]')).to_have_count(0)


def test_nothing_armed_is_refused_in_words(ui: Open) -> None:
    page = ui()
    page.locator("#new-scenario").fill("nothing")
    page.locator("#new-scenario").press("Enter")

    expect(page.locator(".notice-bad")).to_contain_text("There is no fault to save.")
    expect(page.locator("#new-scenario")).to_have_value("nothing")


def opened(tab: Tab, world: Client) -> Page:
    """The page with a stand-in for the system's notifications."""
    page = tab("about:blank")
    page.add_init_script(STUB)
    page.goto(f"{world.url}/__emulator/ui/?world={world.world}#errors")
    expect(page.locator(".light-text")).to_have_text("live")
    return page


def test_strikes_behind_another_tab_are_told_once_with_their_count(tab: Tab, world: Client) -> None:
    world.arm(LOST)
    page = opened(tab, world)
    expect(page).to_have_title("(1) tt-emulator")
    page.locator("#alerts").check()
    expect(page.locator(".card", has=page.locator("#alerts"))).to_contain_text("By a notification")
    assert page.evaluate("window.asked") == 1
    world.call("setUserCloudStorage", PAIR, player="bob")
    expect(page.locator(".chip")).to_contain_text("1 hit, 1 left")
    assert page.evaluate("window.told.length") == 0  # somebody looks

    page.evaluate(TURN, True)
    world.call("setUserCloudStorage", PAIR, player="bob")
    world.call("login", {}, player="bob")
    shown = page.locator("html")
    expect(shown).to_have_attribute("data-told", "1 call was struck by a fault")
    told = page.evaluate("window.told.map(({ title, tag, body }) => [title, tag, body])")
    assert told == [
        [
            "1 call was struck by a fault",
            "tt-emulator",
            "Last setUserCloudStorage, player bob: network-unavailable 999985",
        ]
    ]
    expect(page).to_have_title(re.compile(r"^● 1 "))
    world.arm(LOST)
    for _ in range(2):
        world.call("setUserCloudStorage", PAIR, player="bob")
    expect(shown).to_have_attribute("data-told", "3 calls were struck by a fault")
    expect(page).to_have_title(re.compile(r"^● 3 "))
    assert page.evaluate("window.told.length") <= 3

    page.evaluate("window.focus = () => { window.focused = true; }; window.told.at(-1).onclick()")
    page.evaluate(TURN, False)
    assert page.evaluate("window.focused && window.told.at(-1).closed")
    expect(page).to_have_title(re.compile(r"^(\(\d\) )?tt-emulator$"))


def test_unasked_nothing_is_told_and_the_hidden_page_leaves_its_connection(
    tab: Tab, world: Client
) -> None:
    world.arm(LOST)
    page = opened(tab, world)
    with page.expect_event("requestfailed", lambda request: "/v1/events" in request.url):
        page.evaluate(TURN, True)
    world.call("setUserCloudStorage", PAIR)

    page.evaluate(TURN, False)

    expect(page.locator(".chip")).to_contain_text("1 hit, 1 left")
    assert page.evaluate("[window.asked, window.told.length]") == [0, 0]
    expect(page).to_have_title("(1) tt-emulator")


def test_the_choice_is_kept_and_a_refusal_is_said(tab: Tab, world: Client) -> None:
    page = opened(tab, world)
    page.evaluate(
        "Notification.requestPermission = async () => { Notification.permission = 'denied'; }"
    )
    page.locator("#alerts").check()
    expect(page.locator(".card", has=page.locator("#alerts"))).to_contain_text("does not allow")
    world.arm(LOST)
    page.evaluate(TURN, True)
    world.call("setUserCloudStorage", PAIR)
    expect(page).to_have_title(re.compile(r"^● 1 "))
    assert page.evaluate("window.told.length") == 0
    page.reload()
    expect(page.locator("#alerts")).to_be_checked()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_long_name_fits_a_phone(ui: Open, world: Client, language: str) -> None:
    world.control("PUT", f"/v1/scenarios/{'x' * 64}", [SLOW])
    page = ui()
    if language == "zh":
        page.locator("#language").click()
    page.set_viewport_size({"width": 360, "height": 740})

    expect(page.locator(f'[data-scenario="{"x" * 64}"]')).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
