"""Friends' boards, drawn by the open data domain and read back from the main domain's canvas."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import run_docs
from browser.package_site import CLIENTS, OpenPackage, directory, package_site, wait_for_pixels
from browser.site import Tab
from tt_emulator.client import Client

SHOW = {
    "plain": json.dumps({"event": "show", "key": "score"}),
    "commonjs": {"action": "show"},
    "esm": {"type": "show", "key": "score"},
}
COLOURS = {"plain": [255, 0, 0, 255], "commonjs": [0, 255, 0, 255], "esm": [0, 0, 255, 255]}
FILE = r"<!-- file: (.*?) -->\n```\w+\n(.*?)```"
NOTHING = [0, 0, 0, 0]

# Whether the avatar stands in that square of the demo's board, or else of the shared canvas, as the
# browser itself draws it.
HAS_AVATAR = """async ([url, x, y, size]) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const pixels = (source, ...place) => {
        const pen = document.createElement('canvas').getContext('2d');
        pen.drawImage(source, ...place);
        return pen.getImageData(0, 0, size, size).data.join();
    };
    const board = document.querySelector('#board') || tt.getOpenDataContext().canvas;
    const wanted = pixels(image, 0, 0, size, size);
    return /[1-9]/.test(wanted) && pixels(board, -x, -y) === wanted; // two blanks are alike, too
}"""


def value(score: int) -> list[dict[str, str]]:
    ttgame = {"score": score, "update_time": 1_700_000_000}
    return [{"key": "score", "value": json.dumps({"ttgame": ttgame})}]


def wait_for_avatar(page: Page, url: str, x: int, y: int, size: int) -> None:
    page.wait_for_function(HAS_AVATAR, arg=[url, x, y, size])


@pytest.mark.parametrize("client", SHOW)
def test_a_client_written_for_douyin_draws_the_friends_board(
    tab: Tab, world: Client, client: str, complaints: list[str]
) -> None:
    for name, score in (("bob", 70), ("小明", 20)):
        world.put_player(name, KVDataList=value(score))
    alice: dict[str, Any] = {"friends": ["小明", "carol", "bob"], "KVDataList": value(40)}
    world.put_player("alice", **alice)
    with package_site(world.url, directory(CLIENTS / client)) as url:
        page = tab(f"{url}?tt-world={world.world}&tt-player=alice")
        page.evaluate("message => { tt.getOpenDataContext().postMessage(message); }", SHOW[client])
        for row, name in enumerate(["bob", "alice", "小明"]):
            avatar = world.player(name)["avatarUrl"]
            wait_for_avatar(page, avatar, 0, row * 30, 30)
    for row, score in enumerate([70, 40, 20]):
        inside, outside = bar_end(score)
        middle = row * 30 + 15
        wait_for_pixels(page, {(inside, middle): COLOURS[client], (outside, middle): NOTHING})
    assert complaints == []


def bar_end(score: int) -> tuple[int, int]:
    return 30 + score - 1, 30 + score


def test_two_tabs_are_two_players_and_bobs_save_appears_on_alices_board(
    tab: Tab, world: Client
) -> None:
    world.put_player("alice", friends=["bob"])
    with package_site(world.url, directory(CLIENTS / "esm")) as url:
        alice, bob = (
            tab(f"{url}?tt-world={world.world}&tt-player={name}") for name in ("alice", "bob")
        )
        save = (
            "list => new Promise(done => tt.setUserCloudStorage({KVDataList: list, success: done}))"
        )
        for score in (50, 60):
            bob.evaluate(save, value(score))
            alice.evaluate("message => { tt.postMessage(message); }", SHOW["esm"])
            avatar = world.player("bob")["avatarUrl"]
            wait_for_avatar(alice, avatar, 0, 0, 30)
            inside, outside = bar_end(score)
            wait_for_pixels(alice, {(inside, 15): COLOURS["esm"], (outside, 15): NOTHING})


def test_the_demo_shows_the_other_players_score_on_its_friends_board(
    tab: Tab, world: Client, complaints: list[str]
) -> None:
    best = [{"key": "stack_best", "value": value(123)[0]["value"]}]
    world.put_player("player-2", KVDataList=best, nickname="小红")
    world.put_player("player-1", KVDataList=[{"key": "stack_best", "value": value(9)[0]["value"]}])
    page = tab(f"{world.url}/?tt-world={world.world}")
    board = page.locator("#board")
    expect(board).to_be_hidden()
    page.locator("#friends").click()
    expect(board).to_be_visible()
    other, me = (world.player(name)["avatarUrl"] for name in ("player-2", "player-1"))
    wait_for_avatar(page, other, 34, 6, 24)
    wait_for_avatar(page, me, 34, 42, 24)
    # the score, at the right end of the first row
    page.wait_for_function(f"place => ({INK})(place) > 20", arg=[0, 60])
    (requested,) = world.requests(api="getCloudStorageByRelation")
    assert [requested["domain"], requested["player"], requested["options"]["type"]] == [
        "open",
        "player-1",
        "friend",
    ]
    page.locator("#again").click()
    world.wait_for(2, timeout_ms=10_000, api="getCloudStorageByRelation")
    assert complaints == []


# How far right there is ink in each of the page's first three rows of text.
TEXT_ENDS = """() => {
    const pen = document.querySelector('canvas').getContext('2d');
    return [0, 1, 2].map(row => {
        const { data, width } = pen.getImageData(0, row * 20, 300, 20);
        const inked = [...data.keys()].filter(at => at % 4 === 3 && data[at] > 0);
        return Math.max(0, ...inked.map(at => Math.floor(at / 4) % width));
    });
}"""


def test_the_friends_board_of_the_page_on_worlds_is_drawn(
    package: OpenPackage, world: Client, complaints: list[str]
) -> None:
    best = [{"key": "stack_best", "value": value(70)[0]["value"]}]
    world.put_player("bob", KVDataList=best, nickname="the one who comes first")
    world.put_player("player-1", friends=["bob"], nickname="I")
    files = dict(re.findall(FILE, run_docs.read("docs/worlds.md"), re.DOTALL))
    files[""] = (
        '<link rel="icon" href="data:,"><canvas></canvas>'
        f'<script src="{world.url}/tt.js"></script><script src="game.js"></script>'
    )
    page = package(files=files, index=files["open-data/index.js"])
    in_order = (
        "([first, second, third]) => first > 100 && first > second && second > 0 && third === 0"
    )
    page.wait_for_function(f"() => ({in_order})(({TEXT_ENDS})())")
    assert complaints == []


# How many pixels of the board's first row are drawn, that far from its right edge.
INK = """([right, width]) => {
    const board = document.querySelector('#board');
    const pen = board.getContext('2d');
    const { data } = pen.getImageData(board.width - width - right, 0, width, 36);
    return data.filter((part, index) => index % 4 === 3 && part > 0).length;
}"""
