"""The tester's page: errors and scenarios are armed, found and ended."""

import json
import re

from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from browser.site import Tab
from browser.tester import Open
from tt_emulator.client import Client
from tt_emulator.faults.kinds import NAMED


def row(page: Page, name: str, api: str = "setUserCloudStorage") -> Locator:
    return page.locator(f'.row-error[data-error="{name}"][data-api="{api}"]')


def test_one_click_makes_the_game_fail_and_the_page_shows_it_happen(
    ui: Open, tab: Tab, world: Client, complaints: list[str]
) -> None:
    best = '{"ttgame":{"score":7,"update_time":1}}'
    world.put_player("player-1", KVDataList=[{"key": "stack_best", "value": best}])
    page = ui()
    game = tab(f"{world.url}/?tt-world={world.world}")
    expect(game.locator("#log .call")).to_have_count(2)
    there = game.locator("#tester").get_attribute("href")
    assert there == page.url.removesuffix("#errors")
    row(page, "network-unavailable").get_by_text("Next 3").click()
    chip = page.locator(".chip")
    expect(chip).to_contain_text("network-unavailable 999985")
    expect(chip).to_contain_text("0 hits, 3 left")
    expect(chip.locator(".chip-time")).to_have_text(re.compile(r"^(10:00|9:5\d)$"))

    game.locator("#again").click()

    expect(game.locator("#log .fail").first).to_contain_text("999985")
    expect(chip).to_contain_text("1 hit, 2 left")
    expect(row(page, "network-unavailable").locator(".left")).to_contain_text("2 left")
    page.get_by_role("link", name="Live calls").click()
    page.locator(".call", has_text="999985").click()
    detail = page.locator("#call")
    expect(detail.locator(".sentence")).to_contain_text("f1 struck, hit 1")
    expect(detail).to_contain_text('"errMsg": "setUserCloudStorage:fail network unavailable"')
    assert complaints == []


def test_what_is_armed_here_ends_by_itself_and_one_click_ends_all(ui: Open, world: Client) -> None:
    page = ui()
    row(page, "internal-error").get_by_text("Until off").click()
    page.locator("#switch-offline").click()
    page.locator("#switch-everything").click()
    expect(page.locator(".chip")).to_have_count(4)
    assert {fault["ttl_s"] for fault in world.faults()} == {600}
    expect(page.locator("#switch-everything")).to_have_attribute("aria-checked", "true")

    page.locator("#disarm-all").click()

    expect(page.locator(".calm")).to_be_visible()
    expect(page.locator("#switch-everything")).to_have_attribute("aria-checked", "false")
    assert world.faults() == []


def test_a_late_answer_does_not_undo_what_was_armed_meanwhile(ui: Open, world: Client) -> None:
    world.arm({"error": "service-error", "api": "login"})
    page = ui()
    requested: list[int] = []

    def hold(route: Route) -> None:
        requested.append(1)
        late = route.fetch()
        if len(requested) == 1:
            world.arm({"error": "internal-error", "api": "setUserCloudStorage"})
            expect(page.locator(".chip")).to_have_count(2)
        route.fulfill(response=late)

    page.route("**/v1/faults", hold)
    page.evaluate(
        """() => {
          window.told = [];
          const count = document.querySelector('.count');
          const note = () => window.told.push(count.textContent);
          new MutationObserver(note).observe(count, { childList: true });
        }"""
    )
    with page.expect_response(lambda answer: len(requested) == 2 and "faults" in answer.url):
        world.call("checkSession", {})  # a call may have struck: the page asks what is left

    expect(page.locator(".chip")).to_have_count(2)
    assert page.evaluate("window.told") == ["2 armed"]


def test_under_a_big_switch_each_api_fails(ui: Open, world: Client, tab: Tab) -> None:
    page = ui()
    game = tab(f"{world.url}/?tt-world={world.world}")
    for name in ("everything", "offline"):
        switch = page.locator(f"#switch-{name}")
        switch.click()
        expect(switch).to_have_attribute("aria-checked", "true")
        replies = game.evaluate(
            """() => Promise.all(['login', 'setUserGroup', 'getUserInfo'].map(
                 (api) => new Promise((complete) => tt[api]({ groupId: 'g', complete }))))"""
        )
        assert [":fail" in reply["errMsg"] for reply in replies] == [True] * 3
        switch.click()
        expect(switch).to_have_attribute("aria-checked", "false")


def test_a_scenario_is_armed_whole_and_ends_by_itself(ui: Open, world: Client) -> None:
    page = ui()
    page.locator('[data-scenario="flaky-network"] button').click()
    expect(page.locator(".chip")).to_have_count(2)
    assert [fault.get("error") for fault in world.faults()] == [None, "network-unavailable"]
    assert {fault["ttl_s"] for fault in world.faults()} == {600}


def test_the_finer_clauses_are_in_reach(ui: Open, world: Client) -> None:
    page = ui()
    page.locator(".more summary").click()
    for label, value in {
        "Only this player": "alice",
        "Only keys like": "score*",
        "Chance, %": "50",
        "Wait first, ms": "20",
        "Let pass first": "1",
    }.items():
        page.get_by_label(label).fill(value)
    page.get_by_label("When").select_option("after")
    page.get_by_label("Next N").fill("7")
    page.get_by_label("Ends by itself after").select_option("60")
    row(page, "server-error").get_by_text("Next 7").click()
    expect(page.locator(".chip")).to_have_count(1)

    (fault,) = world.faults()
    wanted = {
        "error": "server-error",
        "api": "setUserCloudStorage",
        "player": "alice",
        "key": "score*",
        "probability": 0.5,
        "delay_ms": 20,
        "skip": 1,
        "moment": "after",
        "times": 7,
        "ttl_s": 60,
    }
    assert fault.items() >= wanted.items()


def test_every_third_save_fails_without_a_mouse(
    ui: Open, world: Client, complaints: list[str]
) -> None:
    page = ui()
    expect(page.locator("#every-nth").get_by_label("Error")).to_have_value("network-unavailable")
    page.get_by_label("API of every Nth").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    page.keyboard.type("internal")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_contain_text("Sequence: ok → ok → internal-error ↻")

    pairs = {"KVDataList": [{"key": "score", "value": "1"}]}
    codes = [world.call("setUserCloudStorage", pairs).get("errorCode") for _ in range(6)]

    assert codes == [None, None, 999993] * 2
    (fault,) = world.faults()
    assert (fault["hits"], fault["remaining"], fault["ttl_s"]) == (2, None, 600)
    assert complaints == []


def test_a_reply_of_ones_own_is_written_judged_and_marked(ui: Open, world: Client) -> None:
    page = ui()
    text = page.get_by_label("Reply, JSON")
    text.fill('{"errMsg": "other:ok"}')
    arm = page.locator("#own-reply").get_by_role("button", name="Arm")
    arm.click()
    expect(text).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#own-reply-flaw")).to_contain_text("setUserCloudStorage:fail")
    assert world.faults() == []

    reply = {"errMsg": "setUserCloudStorage:fail 忙", "errorCode": 999985}
    text.fill(json.dumps(reply))
    arm.click()

    expect(page.locator(".chip")).to_contain_text("undocumented")
    assert world.call("setUserCloudStorage", {"KVDataList": []}) == reply
    page.get_by_role("link", name="Live calls").click()
    page.locator(".call").click()
    expect(page.locator("#call .sentence")).to_have_text("f1 struck, hit 1 (undocumented)")


def test_what_is_slow_is_found_and_armed(ui: Open, world: Client) -> None:
    page = ui()
    page.locator("#error-search").fill("超时")
    expect(row(page, "hang", "wire")).to_be_visible()
    page.locator(".more summary").click()
    page.get_by_label("Wait first, ms").fill("20")
    row(page, "delay_ms", "delay_ms").get_by_text("Next 3").click()
    expect(page.locator(".chip")).to_contain_text("20 ms")

    (fault,) = world.faults()
    assert (fault["delay_ms"], fault["times"]) == (20, 3)


def test_an_error_is_found_by_what_people_remember_of_it(ui: Open, world: Client) -> None:
    page = ui()
    errors = world.errors()
    expect(row(page, "session-failure")).to_be_visible()
    for word, name in {
        "108002": "server-error",
        "response json": "bad-response",
        "宿主登录": "host-login-failed",
        "player is offline": "network-unavailable",
        "setusercloud d session": "session-failure",
    }.items():
        page.locator("#error-search").fill(word)
        found = page.locator(".row-error").evaluate_all("all => all.map(e => e.dataset.error)")
        assert 0 < len(found) < len(errors), word
        assert name in found
    page.locator("#error-search").fill("no such thing")
    expect(page.locator(".nothing")).to_be_visible()


def test_a_kind_of_fault_that_is_new_on_the_server_is_in_the_menu_in_both_languages(
    ui: Open, world: Client, profile: BrowserContext
) -> None:
    stall = {
        "family": "wire",
        "name": "stall",
        "title": {"en": "Half of it, 2 s of silence, the rest", "zh": "返回一半，停顿 2 秒"},
        "effect": {"en": "the game succeeds, late", "zh": "游戏成功，但很慢"},
        "fields": [],
        "on_socket": True,
    }

    def with_stall(route: Route) -> None:
        honest = route.fetch()
        catalog = honest.json()
        kinds = [*catalog["fault_kinds"], stall]
        route.fulfill(response=honest, json={**catalog, "fault_kinds": kinds})

    profile.route("**/v1/catalog", with_stall)
    page = ui()
    profile.unroute("**/v1/catalog")
    search, found = page.locator("#error-search"), row(page, "stall", "wire")
    search.fill("停顿")
    expect(found.locator(".meaning")).to_have_text("Half of it, 2 s of silence, the rest")
    expect(found.locator(".told")).to_have_text("the game succeeds, late")
    expect(found.get_by_text("Next call")).to_be_visible()

    page.locator("#language").click()
    page.locator("#error-search").fill("silence")

    expect(found.locator(".meaning")).to_have_text("返回一半，停顿 2 秒")
    expect(found.locator(".told")).to_have_text("游戏成功，但很慢")


def test_a_kind_of_fault_is_armed_by_one_click(ui: Open, world: Client) -> None:
    page = ui()
    page.locator(".api", has_text="Runtime faults").click()
    expect(page.locator(".row-error")).to_have_count(len(NAMED["client"]))
    page.locator(".api", has_text="Wire faults").click()
    expect(page.locator(".row-error")).to_have_count(len(NAMED["wire"]))
    row(page, "truncate", "wire").get_by_text("Next call").click()

    expect(row(page, "truncate", "wire")).to_have_class(re.compile("row-armed"))
    (fault,) = world.faults()
    assert (fault["wire"], fault["times"]) == ("truncate", 1)


def test_an_error_can_be_armed_with_the_keyboard_alone(ui: Open, world: Client) -> None:
    page = ui()
    expect(page.locator(".row-error").first).to_be_visible()
    tab_to(page, "document.activeElement.id === 'error-search'")
    page.keyboard.type("999985 setUserCloud")
    expect(page.locator(".row-error")).to_have_count(1)
    tab_to(page, "document.activeElement.dataset.arm === 'next'")
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    (fault,) = world.faults()
    assert (fault["error"], fault["times"]) == ("network-unavailable", 1)


def tab_to(page: Page, there: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(there):
            return
    raise AssertionError(f"the Tab key never came where {there}")


def test_why_a_fault_has_not_struck_stands_with_it_until_it_does(ui: Open, world: Client) -> None:
    world.arm({"error": "internal-error", "api": "setUserCloudStorage", "key": "score*"})
    page = ui()
    why = page.locator('[data-account="f1"] .account-why')
    expect(why).to_have_text("Has not struck: no call since it was armed")

    world.call("setUserCloudStorage", {"KVDataList": [{"key": "level", "value": "1"}]})
    expect(why).to_have_text("Has not struck: api matched, key did not: level against score*")

    world.call("setUserCloudStorage", {"KVDataList": [{"key": "score", "value": "1"}]})
    expect(why).to_be_hidden()


def test_a_fault_for_a_player_whom_nobody_has_seen_is_armed_with_a_remark(
    ui: Open, world: Client
) -> None:
    world.call("login", player="bob")
    page = ui()
    page.locator(".arming summary").click()
    page.get_by_label("Only this player").fill("bobb")
    row(page, "internal-error").get_by_text("Next 3").click()

    remark = page.locator(".notice", has_text="No player 'bobb' was seen")
    expect(remark).to_contain_text("Did you mean bob?")
    assert [fault["player"] for fault in world.faults()] == ["bobb"]
