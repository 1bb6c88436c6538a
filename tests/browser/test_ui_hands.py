"""The tester's page by the keyboard alone: palette, shortcuts, and what is taken back."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.tester import Open
from tt_emulator.client import Client


def strokes(page: Page, *keys: str) -> int:
    """Presses the keys, one after the other, and gives how many they were."""
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("net", "network-unavailable"),
        ("985", "network-unavailable"),
        ("int", "internal-error"),
        ("ses", "session-failure"),
        ("par", "bad-parameter"),
        ("not", "not-supported"),
        ("ser", "server-error"),
        ("res", "bad-response"),
        ("htt", "http-not-200"),
    ],
)
def test_five_strokes_from_the_opened_page_arm_each_error_of_a_save(
    ui: Open, world: Client, typed: str, error: str
) -> None:
    page = ui()
    assert strokes(page, "e", *typed, "Enter") == 5
    expect(page.locator(".chip")).to_have_count(1)
    (fault,) = world.faults()
    assert fault.items() >= {"error": error, "api": "setUserCloudStorage", "times": 1}.items()


def test_a_stored_players_page_arms_for_that_player(ui: Open, world: Client) -> None:
    world.put_player("bob")
    page = ui("players/bob")
    expect(page.locator("#player .player-head h2")).to_contain_text("bob")
    strokes(page, "e")
    expect(page.locator("dialog .note").first).to_contain_text("player bob")
    strokes(page, *"net", "Enter")
    expect(page.locator(".chip")).to_have_count(1)
    assert world.faults()[0]["player"] == "bob"


def test_chinese_words_find_errors_and_what_is_slow(ui: Open, world: Client) -> None:
    page = ui()
    page.locator("#language").click()
    strokes(page, "Control+k")
    for word, name in (("网络请求", "http-not-200"), ("慢", "2000 ms")):
        page.get_by_role("combobox", name=re.compile("要做什么")).fill(word)
        expect(page.locator(".command[aria-selected=true]")).to_contain_text(name)
    strokes(page, "Enter")
    expect(page.locator(".chip")).to_contain_text("2000 ms")
    assert world.faults()[0]["delay_ms"] == 2000


def test_each_nth_call_fails_by_the_keyboard(ui: Open, world: Client) -> None:
    page = ui()
    strokes(page, "n", "5", "Space", *"net", "Enter")
    expect(page.locator(".chip")).to_have_count(1)
    assert world.faults()[0]["sequence"] == ["ok"] * 4 + ["network-unavailable"]


def test_disarming_all_is_taken_back_in_the_same_order(ui: Open, world: Client) -> None:
    page = ui()
    world.arm({"error": "network-unavailable", "times": 2, "player": "bob"})
    world.arm({"sequence": ["ok", "network-unavailable"], "api": "login", "loop": True})
    world.arm({"wire": "http_status", "status": 502, "probability": 0.5})
    expect(page.locator(".chip")).to_have_count(3)
    before = [(each["api"], each["player"], each["probability"]) for each in world.faults()]
    strokes(page, "d")
    expect(page.locator(".calm")).to_be_visible()
    notice = page.get_by_role("status").filter(has_text="disarmed")
    notice.get_by_role("button", name="Undo").focus()
    strokes(page, "Enter")
    expect(page.locator(".chip")).to_have_count(3)
    expect(page.locator(".notices")).to_contain_text("counts and times begin anew")
    now = [(each["api"], each["player"], each["probability"]) for each in world.faults()]
    assert now == before


def test_a_clear_is_taken_back_or_done_when_the_page_is_left(ui: Open, world: Client) -> None:
    page = ui("calls")
    world.call("login", {})
    world.call("checkSession", {})
    expect(page.locator(".call")).to_have_count(2)
    strokes(page, "c")
    expect(page.locator(".call")).to_have_count(0)
    assert len(world.requests()) == 2
    strokes(page, "u")
    expect(page.locator(".call")).to_have_count(2)
    strokes(page, "c")
    expect(page.locator(".call")).to_have_count(0)
    world.call("login", {}, player="late")
    expect(page.locator(".call")).to_have_count(1)
    page.reload()
    expect(page.locator(".call")).to_have_count(1)
    assert [each["player"] for each in world.requests()] == ["late"]


def test_the_keys_of_lists_and_search(ui: Open, world: Client) -> None:
    page = ui("calls")
    world.call("login", {})
    world.call("checkSession", {})
    expect(page.locator(".call")).to_have_count(2)
    strokes(page, "l", "ArrowDown", "Enter")
    expect(page.locator("#call h2")).to_contain_text("login")
    strokes(page, "/")
    expect(page.locator("#call-search")).to_be_focused()
    strokes(page, "2")
    expect(page.locator("#call-search")).to_have_value("2")
    strokes(page, "Escape", "5")
    expect(page.locator("#call-search")).to_have_count(0)
    expect(page).to_have_url(re.compile("#world$"))
    strokes(page, "/")
    expect(page.get_by_role("combobox", name=re.compile("What to do"))).to_be_focused()


def test_the_keys_can_be_switched_off_and_that_is_kept(ui: Open, world: Client) -> None:
    page = ui()
    strokes(page, "?")
    page.get_by_label("Keys without Ctrl").uncheck()
    strokes(page, "Escape", "e")
    expect(page.locator("dialog")).to_have_count(0)
    page.reload()
    expect(page.locator(".light-text")).to_have_text("live")
    strokes(page, "e")
    expect(page.locator("dialog")).to_have_count(0)
    strokes(page, "Control+k")
    expect(page.locator("dialog")).to_be_visible()


def test_fields_offer_the_players_and_keys_of_the_world(ui: Open, world: Client) -> None:
    world.put_player("stored-one", KVDataList=[{"key": "stored-key", "value": "1"}])
    page = ui()
    world.call("getUserCloudStorage", {"keyList": ["called-key"]}, player="called-one")
    page.locator(".more summary").click()
    for label, names in (("Only this player", "one"), ("Only keys like", "key")):
        page.get_by_label(label).focus()
        offered = page.locator(f"#{page.get_by_label(label).get_attribute('list')} option")
        expect(offered).to_have_count(2)
        values = {each.get_attribute("value") for each in offered.all()}
        assert values == {f"stored-{names}", f"called-{names}"}


def test_the_dialogs_shut_nobody_out_and_fit_a_phone(ui: Open, complaints: list[str]) -> None:
    package = find_spec("axe_playwright_python")
    assert package is not None
    assert package.origin is not None
    page = ui()
    page.set_viewport_size({"width": 360, "height": 640})
    page.evaluate(Path(package.origin).with_name("axe.min.js").read_text(encoding="utf-8"))
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for key in ("e", "Control+k", "?"):
            strokes(page, key)
            expect(page.locator("dialog")).to_be_visible()
            found = page.evaluate("axe.run('dialog', { resultTypes: ['violations'] })")
            serious = [
                one["id"] for one in found["violations"] if one["impact"] in ("serious", "critical")
            ]
            assert serious == [], (key, theme)
            width = page.evaluate("document.querySelector('dialog').scrollWidth")
            assert width <= 360
            strokes(page, "Escape")
            expect(page.locator("dialog")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert complaints == []
