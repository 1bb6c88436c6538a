"""Open data directories as games of WeChat write them, in packages that are played."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from browser.package_site import CLIENTS, directory
from browser.playing import Played, line_of, played, write_package
from browser.test_play_games import PHONE, first_frame, wait_for_pixel
from tt_emulator.client import Client
from tt_emulator.platforms import PLATFORMS, load

STYLES = {"plain": [255, 0, 0, 255], "layer": [0, 255, 0, 255], "modules": [0, 0, 255, 255]}
MODES = {"plain": "offscreenCanvas", "layer": "screenCanvas", "modules": "offscreenCanvas"}
SCORES = {"alice": 60, "player-1": 40, "bob": 20}
NOTHING = [0, 0, 0, 255]

GAME = """
    const screen = wx.createCanvas();
    const pen = screen.getContext('2d');
    const context = wx.getOpenDataContext({ sharedCanvasMode: MODE });
    Object.assign(context.canvas, { width: 120, height: 90 });
    if (MODE === 'screenCanvas') {
      Object.assign(context.canvas.style, { left: 0, top: 0, width: 120, height: 90 });
    }
    context.postMessage({ event: 'show' });
    (function frame() {
      pen.fillStyle = '#000000';
      pen.fillRect(0, 0, screen.width, screen.height);
      if (MODE !== 'screenCanvas') pen.drawImage(context.canvas, 0, 0);
      requestAnimationFrame(frame);
    }());
"""

# A layer lies over the game's canvas and is drawn by nobody else; what is not drawn is black here.
LAYER = """([x, y]) => {
    const layer = document.querySelector('canvas[data-tt-emulator=shared]');
    const copy = Object.assign(document.createElement('canvas'), { width: 120, height: 90 });
    const pen = copy.getContext('2d');
    pen.fillRect(0, 0, 120, 90);
    pen.drawImage(layer, 0, 0);
    return [...pen.getImageData(x, y, 1, 1).data];
}"""

ABSENT_GLOBALS = [
    *("document", "window", "navigator", "location", "localStorage", "XMLHttpRequest", "fetch"),
    *("WebSocket", "Worker", "Image", "Audio", "tt"),
]


def of_main_alone() -> list[str]:
    """What the open data domain lacks of the platform's object."""
    apis = load(PLATFORMS["wx"]).catalog.apis.values()
    return [
        *(api.name for api in apis if api.of_kind.in_game and api.domains == ("main",)),
        *("onShow", "onHide", "createInnerAudioContext", "getFileSystemManager", "env"),
        *("createRewardedVideoAd", "getLaunchOptionsSync"),
    ]


def probe() -> str:
    """Prints which of the names that a device lacks are there."""
    kinds = ", ".join(f"{name}: typeof {name}" for name in ABSENT_GLOBALS)
    return f"""{{
        const kinds = {{ {kinds} }};
        const there = Object.keys(kinds).filter((name) => kinds[name] !== 'undefined');
        const members = {json.dumps(of_main_alone())}.filter((name) => wx[name] !== undefined);
        const picture = typeof wx.getSharedCanvas().toDataURL;
        console.log('probe', JSON.stringify([there, members, picture]));
    }}"""


@pytest.fixture
def play(profile: BrowserContext, forget: Any, tmp_path: Path) -> Iterator[Any]:
    @contextmanager
    def play_style(style: str) -> Iterator[tuple[Played, Page]]:
        files = directory(CLIENTS / "wechat" / style)
        mode = f"const MODE = '{MODES[style]}';"
        (entry,) = (name for name in files if name == "open/index.js")
        files |= {
            "game.json": json.dumps({"openDataContext": "open"}),
            "game.js": mode + GAME,
            entry: str(files[entry]) + probe(),
        }
        package = write_package(tmp_path / "package", files)
        seed = write_world(tmp_path / "world.json")
        with played(profile, package, play_as="wx", seed_world=seed) as running:
            page = running.open(viewport=PHONE)
            first_frame(running, page)
            yield running, page

    yield play_style
    forget()


def write_world(file: Path) -> Path:
    def player(openid: str, score: int) -> dict[str, Any]:
        value = json.dumps({"wxgame": {"score": score, "update_time": 1}})
        return {
            "openid": openid,
            "friends": [other for other in SCORES if other != openid],
            "scopes": {"scope.WxFriendInteraction": "granted"},
            "KVDataList": [{"key": "score", "value": value}],
        }

    players = [player(*each) for each in SCORES.items()]
    file.write_text(json.dumps({"schema": 1, "platform": "wx", "players": players}))
    return file


def wait_for_layer(page: Page, at: list[int], colour: list[int]) -> None:
    page.wait_for_function(
        f"(given) => String(({LAYER})(given[0])) === String(given[1])", arg=[at, colour]
    )


@pytest.mark.parametrize("style", STYLES)
def test_its_board_is_drawn(play, style):
    wait = wait_for_layer if MODES[style] == "screenCanvas" else wait_for_pixel
    with play(style) as (package, page):
        for row, score in enumerate(SCORES.values()):
            wait(page, [30 + score - 2, row * 30 + 15], STYLES[style])
            wait(page, [30 + score + 2, row * 30 + 15], NOTHING)
        with Client(package.url) as client:
            (call,) = client.requests(api="getFriendCloudStorage")
            assert call["domain"] == "open"
        assert package.errors == []


@pytest.mark.parametrize("style", STYLES)
def test_what_a_device_lacks_is_undefined_there(play, style):
    with play(style) as (package, page):
        printed = line_of(package, page, "log: probe ")

        assert json.loads(printed.partition("probe ")[2]) == [[], [], "undefined"]
        assert package.errors == []


def test_what_a_device_has_is_there(play):
    with play("plain") as (package, page):
        assert line_of(package, page, "log: here").endswith("here number function function")
        page.mouse.click(40, 45)
        line_of(package, page, "log: touched row 1")
