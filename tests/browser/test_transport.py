"""What only a real browser does to a request: reorder it, ask first, refuse it, drop it."""

import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from browser.site import Tab, reply, serving
from process import Emulator
from shared_servers import ephemeral
from tt_emulator.client import Client

FORTY_IN_ONE_BREATH = """() => {
    for (let n = 0; n < 40; n++) tt.setUserCloudStorage({KVDataList: [{key: 'n', value: `${n}`}]});
    return new Promise(complete => tt.checkSession({complete}));
}"""
THREE_AND_AWAY = """where => {
    const value = 'x'.repeat(900);
    const save = () => {
        for (const key of ['k0', 'k1', 'k2']) tt.setUserCloudStorage({KVDataList: [{key, value}]});
    };
    if (where === 'at once') save();
    else addEventListener(where, save);
    location.href = 'about:blank';
}"""


def stored(world: Client) -> list[str]:
    pairs = world.call("getUserCloudStorage", {"keyList": ["k0", "k1", "k2"]})["KVDataList"]
    return [pair["key"] for pair in pairs]


def arrived(world: Client) -> list[str]:
    """The same, once there are three of them or it has taken too long."""
    deadline = time.monotonic() + 10
    while len(stored(world)) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)  # the page that could tell is gone
    return stored(world)


def test_forty_calls_in_one_breath_arrive_in_their_order(
    tab: Tab, site: str, world: Client
) -> None:
    page = tab(f"{site}/game?tt-world={world.world}")
    page.evaluate(FORTY_IN_ONE_BREATH)
    saves = world.requests(api="setUserCloudStorage")
    values = [exchange["options"]["KVDataList"][0]["value"] for exchange in saves]
    assert values == [str(n) for n in range(40)]
    assert len({exchange["call_id"] for exchange in saves}) == 40


def test_a_slow_call_does_not_hold_up_the_next(tab: Tab, site: str, world: Client) -> None:
    page = tab(f"{site}/game?tt-world={world.world}")
    world.arm({"delay_ms": 1500, "api": "login"})
    order = page.evaluate(
        """() => new Promise(resolve => {
            const heard = [];
            const complete = reply => {
                heard.push(reply.errMsg);
                if (heard.length === 2) resolve(heard);
            };
            tt.login({complete});
            tt.checkSession({complete});
        })"""
    )
    assert order == ["checkSession:ok", "login:ok"]


@pytest.mark.parametrize("moment", ["at once", "beforeunload", "pagehide", "visibilitychange"])
def test_saves_of_a_page_that_goes_away_arrive(
    tab: Tab, site: str, world: Client, moment: str
) -> None:
    page = tab(f"{site}/game?tt-world={world.world}")
    page.evaluate(THREE_AND_AWAY, moment)
    page.wait_for_url("about:blank")
    assert arrived(world) == ["k0", "k1", "k2"]


A_HUNDRED = """async () => {
    const KVDataList = [{key: 'before', value: 'x'.repeat(900)}];
    for (let n = 0; n < 100; n++) {
        await new Promise(complete => tt.setUserCloudStorage({KVDataList, complete}));
    }
}"""


@pytest.mark.parametrize("moment", ["pagehide", "visibilitychange"])
def test_after_a_hundred_answered_saves_the_last_of_a_closing_page_arrives(
    tab: Tab, site: str, world: Client, moment: str
) -> None:
    page = tab(f"{site}/game?tt-world={world.world}")
    page.evaluate(A_HUNDRED)
    page.evaluate(THREE_AND_AWAY, moment)
    page.wait_for_url("about:blank")
    assert arrived(world) == ["k0", "k1", "k2"]


GO = "{ dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true})); }"
COME_BACK = "{ dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true})); }"


def test_a_page_that_comes_back_writes_nothing_twice_and_nothing_older(
    tab: Tab, site: str, world: Client
) -> None:
    world.replace([{"delay_ms": 1_000, "api": "setStorage"}])
    page = tab(f"{site}/game?tt-world={world.world}")
    page.evaluate(
        """{
            window.heard = [];
            tt.setStorage({key: 'save', data: 'old', complete: reply => heard.push(reply)});
        }"""
    )
    page.evaluate(GO)
    assert page.evaluate("tt.getStorageSync('save')") == "old"
    page.evaluate(COME_BACK)
    page.evaluate("tt.setStorageSync('save', 'new')")
    page.wait_for_function("heard.length === 1")
    assert page.evaluate("[heard[0].errMsg, tt.getStorageSync('save')]") == ["setStorage:ok", "new"]


def test_300_calls_of_one_page_are_under_way_at_once(tab: Tab, site: str, world: Client) -> None:
    page = tab(f"{site}/game")
    world.replace(
        [{"delay_ms": 1000, "times": 6}]
    )  # a browser has six connections: all others wait
    answers = page.evaluate(
        """([url, world]) => Promise.all(Array.from({length: 300}, (_, n) => {
            const tt = createTT({url, world, player: `p${n}`, state: {}});
            return new Promise(complete => tt.setUserCloudStorage({KVDataList: [], complete}));
        }))""",
        [world.url, world.world],
    )
    assert answers == [{"errMsg": "setUserCloudStorage:ok"}] * 300


def test_three_players_of_one_page_save_40_kb_at_once(tab: Tab, site: str, world: Client) -> None:
    page = tab(f"{site}/game")
    answers = page.evaluate(
        """([url, world]) => Promise.all(['a', 'b', 'c'].map(player => {
            const tt = createTT({url, world, player, state: {}});
            const pair = (_, n) => ({key: `k${n}`, value: 'x'.repeat(1000)});
            const KVDataList = Array.from({length: 40}, pair);
            return new Promise(complete => tt.setUserCloudStorage({KVDataList, complete}));
        }))""",
        [world.url, world.world],
    )
    assert answers == [{"errMsg": "setUserCloudStorage:ok"}] * 3


def test_the_browser_asks_for_leave_once_and_not_before_each_call(tab: Tab, site: str) -> None:
    requested: list[str] = []

    class Counting(BaseHTTPRequestHandler):
        def do_OPTIONS(self) -> None:
            requested.append(self.path)
            reply(self, 204, b"", {"Access-Control-Max-Age": "600"})

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            reply(self, 200, b'{"errMsg":"checkSession:ok"}', {})

        def log_message(self, format: str, *args: object) -> None:
            pass

    page = tab(f"{site}/game")
    with serving(Counting) as url:
        page.evaluate(
            """async url => {
                const {checkSession} = createTT({url, state: {}});
                for (let n = 0; n < 5; n++) await new Promise(complete => checkSession({complete}));
            }""",
            url,
        )
    assert requested == ["/tt/checkSession"]


def test_the_state_is_asked_for_once_and_only_if_the_game_uses_tt(tab: Tab, site: str) -> None:
    requested: list[str] = []
    page = tab("about:blank")
    page.on("request", lambda request: requested.append(urlsplit(request.url).path))
    page.goto(f"{site}/game")
    assert requested == ["/game", "/tt.js"]
    page.evaluate("['tt' in window, 'login' in tt, tt.canIUse('login'), tt.getSystemInfoSync()]")
    page.evaluate("new Promise(complete => tt.checkSession({complete}))")
    assert requested[2:] == ["/tt/state", "/tt/checkSession"]


def test_a_page_opened_from_disk_is_told_how_to_be_let_in(
    tab: Tab, server: Emulator, tmp_path: Path
) -> None:
    save = "new Promise(complete => tt.setUserCloudStorage({KVDataList: [], complete}))"
    page = opened_from_disk(tab, tmp_path, server.url)
    with page.expect_console_message(lambda logged: "--allow-origin" in logged.text) as logged:
        assert page.evaluate(save)["errorCode"] == 999985
    *_, origin = logged.value.text.partition("--allow-origin ")
    with ephemeral("--allow-origin", origin) as lenient:
        page = opened_from_disk(tab, tmp_path, lenient.url)
        assert page.evaluate(save) == {"errMsg": "setUserCloudStorage:ok"}


def opened_from_disk(tab: Tab, folder: Path, url: str) -> Page:
    file = folder / "index.html"
    file.write_text(f'<!doctype html><script src="{url}/tt.js"></script>', encoding="utf-8")
    return tab(file.as_uri())
