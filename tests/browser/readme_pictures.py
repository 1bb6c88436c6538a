"""The pictures of the READMEs, of a world in which a few seconds are lived. Look at them.

`python tests/browser/readme_pictures.py docs/ui`, then `pngquant --ext .png --force docs/ui/*.png`
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright

from browser.conftest import _executable
from browser.screenshots import LANGUAGES, NAMES, WIDE
from process import emulator
from tt_emulator.client import Client

SCHEMES = {"errors": "light", "calls": "dark", "story": "light"}
ENDINGS = {"en": "", "zh": ".zh-CN"}
SAVE = "setUserCloudStorage"
READ = {"keyList": ["level", "best"]}
PAUSES_S = (0.45, 0.8, 0.3)


def lived(client: Client) -> None:
    """Saves that fail and are tried again, one that comes late, one that is refused."""
    players = [*NAMES][:3]
    for openid in players:
        client.put_player(openid, nickname=NAMES[openid], KVDataList=[pair("level", "3")])
    for openid, pause_s in zip(players, PAUSES_S, strict=True):
        client.call("getUserCloudStorage", READ, player=openid)
        time.sleep(pause_s)
    client.arm({"error": "network-unavailable", "api": SAVE, "player": "player-1", "times": 2})
    for level in ("4", "4", "4"):
        save(client, "player-1", "level", level)
        time.sleep(0.5)
    client.arm({"delay_ms": 600, "api": SAVE, "player": "player-2", "times": 1})
    save(client, "player-2", "best", "4000")
    time.sleep(0.4)
    save(client, "player-3", "k" * 129, "")
    time.sleep(0.5)
    save(client, "player-3", "best", "1200")
    client.arm({"error": "network-unavailable", "api": SAVE, "times": 3, "ttl_s": 600})
    time.sleep(0.5)
    for openid in players[:2]:
        save(client, openid, "best", "4100")
        time.sleep(0.3)


def pair(key: str, value: str) -> dict[str, str]:
    return {"key": key, "value": value}


def save(client: Client, player: str, key: str, value: str) -> None:
    client.call(SAVE, {"KVDataList": [pair(key, value)]}, player=player)


def shoot(page: Page, url: str, view: str, file: Path) -> None:
    page.goto(f"{url}/__emulator/ui/#{view}")
    page.get_by_text("live", exact=True).or_(page.get_by_text("已连接")).wait_for()
    if view == "story":
        page.locator(".timeline-list summary").click()
    if view != "errors":
        page.locator(".call", has=page.locator(".outcome-bad")).first.click()
    if view == "story":
        page.locator(".timeline-list summary").click()
        page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(400)  # for the eye, no test: what moves has come to rest
    page.screenshot(path=file)


def shoot_all(browser: Browser, url: str, folder: Path) -> None:
    for language, locale in LANGUAGES.items():
        for view, scheme in SCHEMES.items():
            context = browser.new_context(locale=locale, color_scheme=scheme, viewport=WIDE)
            shoot(context.new_page(), url, view, folder / f"{view}{ENDINGS[language]}.png")
            context.close()


def main(folder: Path) -> None:
    with emulator("--ephemeral", stderr=None) as running, sync_playwright() as playwright:
        with Client(running.url) as client:
            lived(client)
        path = _executable(playwright)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        shoot_all(browser, running.url, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
