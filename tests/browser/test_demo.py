"""The demo, played and broken as a newcomer would."""

import json
import time
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.site import Tab, game_site
from process import Emulator, emulator
from tt_emulator.client import Client

CALLS = "#log .call"
SCORE_SENT = r"() => JSON.parse(/\{.*\}/.exec(document.querySelector('#log .api').textContent)[0])"


def play_a_round(page: Page) -> int:
    """Drops blocks until the tower is missed; the score that the emulator then holds."""
    expect(page.locator(CALLS)).to_have_count(2)  # the session, and the score of last time
    game = page.locator("#game")
    while page.locator(CALLS, has_text="tt.setUserCloudStorage").count() == 0:
        game.click()
    expect(page.locator("#stored")).to_contain_text("ttgame")
    return stored_score(page)


def stored_score(page: Page) -> int:
    value = page.locator("#stored").inner_text().partition("stack_best")[2]
    score: int = json.loads(value)["ttgame"]["score"]
    return score


def give_a_score(world: Client) -> None:
    best = {"key": "stack_best", "value": json.dumps({"ttgame": {"score": 4, "update_time": 1}})}
    world.put_player("player-1", KVDataList=[best])


def last_call(page: Page) -> Locator:
    return page.locator(CALLS).first


@pytest.fixture
def demo(tab: Tab, server: Emulator, new_world: str) -> Page:
    return tab(f"{server.url}/?tt-world={new_world}")


def test_a_round_is_played_and_saved(demo: Page, world: Client, complaints: list[str]) -> None:
    score = play_a_round(demo)
    assert score >= 1
    saves = world.requests(api="setUserCloudStorage")
    sent = json.loads(saves[-1]["options"]["KVDataList"][0]["value"])
    assert sent["ttgame"]["score"] == score
    assert abs(sent["ttgame"]["update_time"] - time.time()) < 60
    assert complaints == []


def test_the_demo_asks_nobody_but_the_emulator(tab: Tab, world: Client) -> None:
    requested: list[str] = []
    page = tab("about:blank")
    page.on("request", lambda request: requested.append(request.url))
    page.on("websocket", lambda opened: requested.append(opened.url))
    page.goto(f"{world.url}/?tt-world={world.world}")
    play_a_round(page)
    page.locator("#language").click()
    page.locator('[data-error="internal-error"]').click()
    expect(last_call(page)).to_contain_text("999993")
    paths = [url.removeprefix(world.url) for url in requested]
    assert {"/tt.js", "/tt/setUserCloudStorage", "/__emulator/v1/faults"} <= set(paths)
    assert [path for path in paths if not path.startswith("/")] == []


def test_the_keyboard_plays_too(demo: Page) -> None:
    expect(demo.locator(CALLS)).to_have_count(2)
    while demo.locator(CALLS, has_text="tt.setUserCloudStorage").count() == 0:
        demo.keyboard.press("Space")
    expect(demo.locator("#stored")).to_contain_text("ttgame")


def test_each_switch_arms_its_error_and_the_callbacks_show_it(
    tab: Tab, world: Client, complaints: list[str]
) -> None:
    give_a_score(world)
    demo = tab(f"{world.url}/?tt-world={world.world}")
    rows = world.errors("setUserCloudStorage")
    assert len(rows) == 8
    for row in rows:
        demo.locator(f'[data-error="{row["name"]}"]').click()
        reply = json.dumps(
            {
                "errMsg": f"setUserCloudStorage:fail {row['message']}",
                "errorCode": row["code"],
                "errorType": row["type"],
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        callbacks = last_call(demo).locator(".heard")
        expect(callbacks).to_have_text([f"fail{reply}", f"complete{reply}"])
        armed = demo.locator('.switch[aria-pressed="true"]')
        expect(armed).to_have_count(1)
        expect(armed).to_have_attribute("data-error", row["name"])
        expect(demo.locator("#curl")).to_contain_text(f'"error":"{row["name"]}"')
        assert [fault["error"] for fault in world.faults()] == [row["name"]]
    demo.locator('[data-error=""]').click()
    expect(last_call(demo).locator(".heard")).to_have_text(
        [f'{name}{{"errMsg":"setUserCloudStorage:ok"}}' for name in ("success", "complete")]
    )
    expect(demo.locator("#curl")).to_contain_text("-X DELETE")
    assert world.faults() == []
    assert complaints == []


def test_what_others_arm_is_shown_while_the_page_lies_open(demo: Page, world: Client) -> None:
    armed = demo.locator('.switch[aria-pressed="true"]')
    expect(armed).to_have_attribute("data-error", "")
    world.replace([{"error": 999985}, {"wire": "hang", "api": "checkSession", "times": 2}])
    expect(armed).to_have_attribute("data-error", "network-unavailable")
    expect(demo.locator("#other")).to_have_text(
        'Armed elsewhere: {"error":999985} {"wire":"hang","api":"checkSession","times":2}'
    )
    world.replace([{"error": "internal-error", "player": "alice"}])
    expect(armed).to_have_count(0)
    expect(demo.locator("#other")).to_have_text(
        'Armed elsewhere: {"error":"internal-error","player":"alice"}'
    )
    world.disarm_all()
    expect(armed).to_have_attribute("data-error", "")
    expect(demo.locator("#other")).to_be_hidden()


def test_there_is_nothing_to_save_again_before_there_is_a_score(demo: Page, world: Client) -> None:
    expect(demo.locator(CALLS)).to_have_count(2)
    expect(demo.locator("#again")).to_be_disabled()
    demo.locator('[data-error=""]').click()
    expect(demo.locator(CALLS)).to_have_count(3)
    expect(last_call(demo)).to_contain_text("getUserCloudStorage:ok")
    assert world.requests(api="setUserCloudStorage") == []
    demo.reload()
    play_a_round(demo)
    expect(demo.locator("#again")).to_be_enabled()


def test_each_of_two_players_is_one_click_from_the_other(demo: Page) -> None:
    link = demo.locator("#second")
    expect(link).to_have_text("open as player-2 ↗")
    demo.goto(str(link.get_attribute("href")))
    expect(demo.locator("#player")).to_have_text("player-2")
    expect(link).to_have_text("open as player-1 ↗")


def test_the_curl_line_does_what_it_says(demo: Page, world: Client) -> None:
    demo.locator('[data-error="internal-error"]').click()
    expect(demo.locator("#curl")).to_contain_text("internal-error")
    body = demo.locator("#curl").inner_text().rpartition("-d ")[2][1:-1].replace('\\"', '"')
    world.replace(json.loads(body))
    assert [fault["error"] for fault in world.faults()] == ["internal-error"]


def test_the_page_speaks_english_and_chinese(demo: Page) -> None:
    expect(demo.locator("h1")).to_have_text("A Douyin game, saving to this computer")
    demo.locator("#language").click()
    expect(demo.locator("h1")).to_have_text("抖音小游戏，云存档就在这台电脑上")
    expect(demo.locator('[data-error="network-unavailable"] .title')).to_have_text("网络不可用")
    assert demo.evaluate("document.documentElement.lang") == "zh-CN"
    with demo.expect_request("**/v1/faults") as requested:
        demo.locator('[data-error="http-not-200"]').click()
    assert requested.value.headers["accept-language"] == "zh-CN"
    demo.locator("#language").click()
    expect(demo.locator("#language")).to_have_text("中文")


def test_no_text_is_missing_in_either_language(demo: Page) -> None:
    read = "[...document.querySelectorAll('[data-text]')].map(e => [e.dataset.text, e.innerText])"
    for _ in range(2):
        assert [name for name, text in demo.evaluate(read) if text in ("", name)] == []
        demo.locator("#language").click()


def test_a_phone_is_wide_enough(demo: Page) -> None:
    demo.set_viewport_size({"width": 360, "height": 740})
    assert demo.evaluate("document.documentElement.scrollWidth") == 360


def test_when_the_emulator_is_gone_the_page_says_so(tab: Tab) -> None:
    with emulator("--ephemeral") as running:
        with Client(running.url) as world:
            give_a_score(world)
        page = tab(running.url)
        expect(page.locator('[data-error=""]')).to_be_visible()
        expect(page.locator("#again")).to_be_enabled()
        running.kill()
        page.locator('[data-error="http-not-200"]').click()
        expect(page.locator("#trouble")).to_contain_text("Start it with: tt-emulator start")
        page.locator("#again").click()
        expect(last_call(page).locator(".heard").first).to_contain_text("999985")


def test_on_another_origin_it_plays_and_leaves_the_switch_to_the_terminal(
    tab: Tab, site: str, server: Emulator, new_world: str, complaints: list[str]
) -> None:
    page = tab(f"{site}/?tt-world={new_world}")
    assert play_a_round(page) >= 1
    expect(page.locator("#trouble")).to_contain_text("another origin")
    expect(page.locator("#home")).to_have_attribute("href", server.url)
    expect(page.locator("#curl")).to_contain_text(f"curl -X PUT {server.url}/__emulator/v1/faults")
    expect(page.locator(".switch")).to_have_count(0)
    assert complaints == []


def test_a_score_survives_a_power_cut_in_a_file_a_person_can_read(tab: Tab, tmp_path: Path) -> None:
    flags = ("--data", str(tmp_path))
    with emulator(*flags) as first, game_site(first.url) as site:
        page = tab(site)
        score = play_a_round(page)
        first.kill()
        with emulator(*flags, port=first.port):
            page.reload()
            expect(page.locator("#stored")).to_contain_text("ttgame")
            assert stored_score(page) == score
            value = page.locator("#stored").inner_text().split()[1]
            assert_readable(tmp_path, "stack_best", value)
            page.locator("#again").click()  # the game writes the best score that it knows
            expect(last_call(page)).to_contain_text("setUserCloudStorage:ok")
            sent = page.evaluate(SCORE_SENT)["KVDataList"][0]["value"]
            assert json.loads(sent)["ttgame"]["score"] == score


def assert_readable(data: Path, key: str, value: str) -> None:
    """Soon the one JSON file of the player has a line with this pair."""
    deadline = time.monotonic() + 10
    text = ""
    while time.monotonic() < deadline:
        for file in (data / "worlds" / "default" / "players").glob("*.json"):
            text = file.read_text(encoding="utf-8")
            lines = text.splitlines()
            if any(json.dumps(key) in line and json.dumps(value) in line for line in lines):
                json.loads(text)
                return
        time.sleep(0.02)  # polls: the file follows the acknowledged write within a moment
    raise AssertionError(text)
