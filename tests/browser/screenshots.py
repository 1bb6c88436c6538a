"""Pictures of every view of the tester's page, to be looked at.

`python tests/browser/screenshots.py FOLDER`
"""

import sys
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright

from browser.conftest import _executable
from process import emulator
from tt_emulator.client import Client

VIEWS = ["errors", "calls", "story", "players/player-1", "world", "coverage", "link"]
LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
WIDE = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
NAMES = {"player-1": "小明 🎮", "player-2": "Ada", "player-3": "ليلى", "player-4": "Grandma 👵🏽"}


def some_life(client: Client) -> None:
    """A world in which something has happened, good and bad."""
    client.put_settings(ranking_keys={"stack_best": "desc"})
    for index, (openid, nickname) in enumerate(NAMES.items()):
        friends = [other for other in NAMES if other != openid]
        score = f'{{"ttgame":{{"score":{40 - index * 7},"update_time":1790000000}}}}'
        pairs = [{"key": "stack_best", "value": score}, {"key": "level", "value": str(index + 3)}]
        client.put_player(openid, nickname=nickname, friends=friends, KVDataList=pairs)
    client.put_player("player-4", session="expired")
    for openid in NAMES:
        client.call("checkSession", {}, player=openid)
        client.call("getUserCloudStorage", {"keyList": ["stack_best"]}, player=openid)
    long = {"KVDataList": [{"key": "x" * 129, "value": ""}]}
    client.call("setUserCloudStorage", long, player="player-2")
    client.arm(
        {"error": "network-unavailable", "api": "setUserCloudStorage", "times": 3, "ttl_s": 600}
    )
    pair = {"KVDataList": [{"key": "level", "value": "4"}]}
    client.call("setUserCloudStorage", pair)
    client.call("login", {}, player="player-3")
    client.arm(
        {
            "error": "internal-error",
            "api": "getUserCloudStorage",
            "player": "player-2",
            "ttl_s": 600,
        }
    )
    client.call("setUserCloudStorage", pair, player="player-2")
    client.control("PUT", "/v1/snapshots/before-boss")
    client.put_player("player-3", network="offline")
    client.put_settings(host={"unsupported": ["setUserGroup"]})
    client.control("POST", "/v1/clock", {"freeze": True})


def shoot(page: Page, url: str, folder: Path, name: str) -> None:
    for view in VIEWS:
        page.goto("about:blank")
        page.goto(f"{url}/__emulator/ui/#{view}")
        page.get_by_text("live", exact=True).or_(page.get_by_text("已连接")).wait_for()
        if view == "calls":
            page.locator(".call", has=page.locator(".outcome-bad")).first.click()
        if view.startswith("players"):
            page.locator("#show-board").click()
            page.locator(".board").wait_for()
        page.wait_for_timeout(400)  # for the eye, no test: pictures are in
        page.screenshot(path=folder / f"{view.partition('/')[0]}-{name}.png")


def shoot_all(browser: Browser, url: str, folder: Path) -> None:
    for (language, locale), scheme in product(LANGUAGES.items(), ("light", "dark")):
        context = browser.new_context(locale=locale, color_scheme=scheme, viewport=WIDE)
        shoot(context.new_page(), url, folder, f"{language}-{scheme}")
        context.close()
    context = browser.new_context(locale="zh-CN", viewport=PHONE, device_scale_factor=2)
    shoot(context.new_page(), url, folder, "phone")
    context.close()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with emulator("--ephemeral", stderr=None) as running, sync_playwright() as playwright:
        with Client(running.url) as client:
            some_life(client)
        browser = playwright.chromium.launch(
            executable_path=_executable(playwright), args=["--no-sandbox"]
        )
        shoot_all(browser, running.url, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
