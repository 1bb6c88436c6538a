"""Twenty things that shipped games rely on, each by the number it has in this suite.

These need a browser. Points 1, 2, 16 and 17 are in tests/web/client-scenarios.js, 3 to 6 in
callbacks.test.js, and halves of 18 and 20 in system.test.js and console.test.js.
"""

import json
from collections.abc import Iterator
from typing import NamedTuple
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Frame, Page

from browser.package_site import (
    HEAR,
    READY,
    OpenPackage,
    open_realm,
    package_site,
    received,
    says,
    wait_for_pixels,
)
from browser.site import Tab
from process import Emulator
from tt_emulator.client import Client

FRIENDS = """keyList => new Promise(complete =>
    tt.getCloudStorageByRelation({type: 'friend', keyList, complete}))"""
ME = """new Promise(complete => tt.getUserInfo({openIdList: ['selfOpenId'], complete}))"""
# Sets nothing but src, and says what was called and how wide the picture is.
LOAD = """src => new Promise(done => {
    const image = tt.createImage();
    image.onload = () => done(`onload ${image.width}`);
    image.onerror = () => done(`onerror ${image.width}`);
    image.src = src;
})"""


class Game(NamedTuple):
    """A game that runs: its page, its open data domain, and its world."""

    page: Page
    realm: Frame
    world: Client


@pytest.fixture(scope="module")
def running(chromium: Browser, server: Emulator) -> Iterator[Game]:
    """One game for all tests that need no page of their own."""
    name = f"w-{uuid4().hex}"
    with (
        Client(server.url, name) as world,
        package_site(server.url, {"open/index.js": HEAR}) as url,
    ):
        world.put_player("alice", friends=["bob", "newcomer"])
        world.put_player("bob", KVDataList=[{"key": "score", "value": "70"}])
        page = chromium.new_page()
        page.goto(f"{url}?tt-world={name}&tt-player=alice")
        yield Game(page, open_realm(page), world)
        page.close()


@pytest.fixture
def game(running: Game) -> Game:
    """The game, with nothing heard yet and the canvas as at the beginning."""
    running.realm.evaluate(
        "{ heard.length = 0; sharedCanvas.width = 300; sharedCanvas.height = 150; }"
    )
    return running


def test_point_07_the_main_domain_has_get_open_data_context_and_the_open_one_has_not(
    game: Game,
) -> None:
    there = "[tt.getOpenDataContext === undefined, 'getOpenDataContext' in tt]"
    assert game.page.evaluate(there) == [False, True]
    assert game.realm.evaluate(there) == [True, False]
    assert game.page.evaluate("[typeof tt.getSharedCanvas, GameGlobal === window]") == [
        "undefined",
        True,
    ]
    assert game.realm.evaluate("[typeof tt.login, typeof tt.checkSession]") == ["undefined"] * 2


def test_point_08_three_ways_lead_to_one_shared_canvas(game: Game) -> None:
    assert game.realm.evaluate("tt.getSharedCanvas() === sharedCanvas")
    game.realm.evaluate("{ sharedCanvas.mark = 'the same'; }")
    assert game.page.evaluate("tt.getOpenDataContext().canvas.mark") == "the same"
    assert game.page.evaluate("tt.getOpenDataContext() === tt.getOpenDataContext()")


def test_point_08_the_shared_canvas_is_a_canvas_of_both_domains(game: Game) -> None:
    realm = game.realm
    assert game.page.evaluate("tt.getOpenDataContext().canvas instanceof HTMLCanvasElement")
    assert realm.evaluate(
        "[HTMLCanvasElement, HTMLElement, Node].every(kind => sharedCanvas instanceof kind)"
    )
    assert realm.evaluate("sharedCanvas.getContext('2d') instanceof CanvasRenderingContext2D")
    assert realm.evaluate("document.createElement('canvas') instanceof HTMLCanvasElement")
    assert not realm.evaluate("document.createElement('p') instanceof HTMLCanvasElement")
    assert not realm.evaluate("sharedCanvas instanceof class extends HTMLCanvasElement {}")


def test_point_09_both_domains_give_the_shared_canvas_its_size(game: Game) -> None:
    game.realm.evaluate("{ sharedCanvas.width = 120; }")
    game.page.evaluate("{ tt.getOpenDataContext().canvas.height = 90; }")
    assert game.page.evaluate("tt.getOpenDataContext().canvas.width") == 120
    assert game.realm.evaluate("sharedCanvas.height") == 90


def test_point_09_the_strict_canvas_refuses_a_size_from_the_open_data_domain(
    package: OpenPackage, world: Client
) -> None:
    world.put_settings(strict_canvas=True)
    page = package()
    realm = open_realm(page)
    resize = "name => { try { sharedCanvas[name] = 7 } catch (error) { return error.message } }"
    for name in ("width", "height"):
        assert "strict_canvas" in realm.evaluate(resize, name)
    page.evaluate("{ tt.getOpenDataContext().canvas.width = 120; }")
    assert realm.evaluate("sharedCanvas.width") == 120
    assert realm.evaluate("sharedCanvas instanceof HTMLCanvasElement")
    realm.evaluate("{ sharedCanvas.getContext('2d').fillRect(0, 0, 9, 9); }")
    wait_for_pixels(page, {(1, 1): [0, 0, 0, 255]})


def test_point_10_messages_are_copies_with_their_undefined_and_without_functions(
    package: OpenPackage,
) -> None:
    page = package()
    realm = open_realm(page)
    found: list[str] = []
    page.on("console", lambda logged: found.append(logged.text))
    page.evaluate(
        """{
            const message = {
                list: [1, {deep: true}, () => 0], gone: undefined, none: null, success() {},
            };
            message.self = message;
            tt.getOpenDataContext().postMessage(message);
            message.list.push('too late');
            for (const n of [1, 2]) tt.postMessage({n, success() {}});
        }"""
    )
    realm.wait_for_function("heard.length === 3")
    assert realm.evaluate("Object.keys(heard[0])") == ["list", "gone", "none", "self"]
    assert realm.evaluate("heard[0].self === heard[0]")
    assert realm.evaluate("[heard[0].list.length, heard[0].list[1].deep]") == [3, True]
    assert realm.evaluate("[heard[0] instanceof Object, heard[0].list instanceof Array]") == [
        True,
        True,
    ]
    assert realm.evaluate("heard.slice(1)") == [{"n": 1}, {"n": 2}]
    assert len([text for text in found if "was left out" in text]) == 1


def test_point_10_text_numbers_dates_and_engine_traffic_arrive_as_they_are(game: Game) -> None:
    sent = ['{"event":"show"}', 7, True, None, {"fromEngine": True, "event": "viewport"}, []]
    game.page.evaluate("sent => { for (const message of sent) tt.postMessage(message); }", sent)
    assert received(game.realm, 6) == sent
    game.page.evaluate("{ tt.postMessage(new Date(5)); }")
    game.realm.wait_for_function("heard.length === 7")
    assert game.realm.evaluate("heard[6] instanceof Date && heard[6].getTime()") == 5


def test_point_10_messages_wait_in_their_order_until_every_listener_is_there(
    package: OpenPackage,
) -> None:
    page = package("GameGlobal.heard = [];" + READY)
    page.evaluate("{ for (let n = 0; n < 50; n += 1) tt.getOpenDataContext().postMessage(n); }")
    realm = open_realm(page)
    realm.evaluate("{ tt.onMessage(m => heard.push(m)); tt.onMessage(m => heard.push(-m)); }")
    expected = [part for n in range(50) for part in (n, -n)]
    assert received(realm, 100) == expected


def test_point_10_more_messages_than_are_kept_for_nobody_arrive_where_somebody_listens(
    game: Game,
) -> None:
    game.page.evaluate("{ for (let n = 0; n < 1500; n += 1) tt.postMessage(n); }")
    assert received(game.realm, 1500) == [*range(1500)]


def test_point_10_a_message_arrives_later_not_within_the_call(game: Game) -> None:
    game.realm.evaluate("{ tt.onMessage((m) => { if (m.mark) sharedCanvas.mark = m.mark; }); }")
    game.page.evaluate("{ tt.getOpenDataContext().canvas.mark = 0; }")
    assert (
        game.page.evaluate("(tt.postMessage({mark: 1}), tt.getOpenDataContext().canvas.mark)") == 0
    )
    game.page.wait_for_function("tt.getOpenDataContext().canvas.mark === 1")


def test_point_11_post_message_works_taken_off_and_straight_on_tt(game: Game) -> None:
    game.page.evaluate(
        """{
            const { postMessage } = tt.getOpenDataContext();
            const { postMessage: alias } = tt;
            postMessage('taken off'); alias('on tt'); tt.postMessage.call(tt, 'bound');
        }"""
    )
    assert received(game.realm, 3) == ["taken off", "on tt", "bound"]


def test_point_12_an_answer_to_the_main_domain_is_not_delivered_and_says_so_loudly(
    game: Game,
) -> None:
    assert game.page.evaluate("typeof tt.onMessage") == "undefined"
    with game.page.expect_console_message(says("NOT delivered")) as logged:
        game.realm.evaluate("{ tt.postMessage({answer: 1}); }")
    assert logged.value.type == "error"
    assert "two_way_messages" in logged.value.text


def test_point_12_with_two_way_messages_an_answer_reaches_the_main_domain(
    package: OpenPackage, world: Client
) -> None:
    world.put_settings(two_way_messages=True)
    page = package("tt.onMessage((m) => tt.postMessage({answer: [m]}));" + READY)
    open_realm(page)
    page.evaluate("{ window.got = []; window.listen = (m) => got.push(m); tt.onMessage(listen); }")
    page.evaluate("{ tt.postMessage(1); }")
    page.wait_for_function("got.length === 1")
    assert page.evaluate("[got[0].answer instanceof Array, got[0]]") == [True, {"answer": [1]}]
    page.evaluate("{ tt.offMessage(listen); tt.onMessage((m) => { window.last = m; }); }")
    page.evaluate("{ tt.postMessage(2); }")
    page.wait_for_function("window.last")
    assert page.evaluate("got.length") == 1


def test_point_13_the_player_is_in_the_friend_list_and_found_by_is_me_and_by_avatar(
    game: Game,
) -> None:
    rows = game.realm.evaluate(FRIENDS, ["score"])["data"]
    me = game.realm.evaluate(ME)["data"][0]
    assert [row["openid"] for row in rows if row["isMe"]] == ["alice"]
    assert [row["openid"] for row in rows if row["avatarUrl"] == me["avatarUrl"]] == ["alice"]


def test_point_14_every_player_has_an_avatar_of_their_own_the_same_everywhere(game: Game) -> None:
    rows = game.realm.evaluate(FRIENDS, ["score"])["data"]
    avatars = {row["openid"]: row["avatarUrl"] for row in rows}
    assert len({*avatars.values()}) == 3
    assert all(avatars.values())
    assert game.page.evaluate(ME)["userInfo"]["avatarUrl"] == avatars["alice"]
    assert game.world.player("bob")["avatarUrl"] == avatars["bob"]
    again = game.realm.evaluate(FRIENDS, ["score"])["data"]
    assert {row["openid"]: row["avatarUrl"] for row in again} == avatars


def test_point_15_a_friend_who_never_played_has_an_empty_list(game: Game) -> None:
    rows = game.realm.evaluate(FRIENDS, ["score"])["data"]
    assert {row["openid"]: row["KVDataList"] for row in rows if row["openid"] != "alice"} == {
        "bob": [{"key": "score", "value": "70"}],
        "newcomer": [],
    }


def test_point_17_what_was_written_in_the_main_domain_is_read_at_once_in_the_open_one(
    game: Game,
) -> None:
    game.realm.evaluate(
        """{
            tt.onMessage((m) => m === 'refresh' && tt.getUserCloudStorage({
                keyList: ['score'],
                complete: (reply) => { GameGlobal.read = reply; },
            }));
        }"""
    )
    game.page.evaluate(
        """{
            tt.setUserCloudStorage({KVDataList: [{key: 'score', value: '9'}]});
            tt.postMessage('refresh');
        }"""
    )
    game.realm.wait_for_function("GameGlobal.read")
    pairs = [{"key": "score", "value": "9"}]
    assert game.realm.evaluate("read") == {
        "errMsg": "getUserCloudStorage:ok",
        "KVDataList": pairs,
        "data": pairs,
    }
    assert game.realm.evaluate("read.KVDataList instanceof Array")


def test_point_18_own_data_are_read_in_the_main_domain_unless_the_world_is_set_not_to(
    game: Game, package: OpenPackage, world: Client
) -> None:
    assert game.page.evaluate("typeof tt.getUserCloudStorage") == "function"
    world.put_settings(own_data_in_main=False)
    page = package()
    with page.expect_console_message(says("own_data_in_main is off")):
        assert page.evaluate("typeof tt.getUserCloudStorage") == "undefined"
    assert open_realm(page).evaluate("typeof tt.getUserCloudStorage") == "function"


def test_point_19_an_avatar_loads_offline_and_a_picture_that_does_not_come_says_so(
    game: Game,
) -> None:
    avatar = game.world.player("bob")["avatarUrl"]
    for domain in (game.page, game.realm):
        assert domain.evaluate(LOAD, avatar) == "onload 80"
        assert domain.evaluate(LOAD, "http://127.0.0.1:9/avatar.png") == "onerror 0"


def test_point_20_no_domain_has_what_is_wechats(game: Game) -> None:
    for domain in (game.page, game.realm):
        names = "[typeof wx, typeof tt.getFriendCloudStorage, typeof swan]"
        assert domain.evaluate(names) == ["undefined"] * 3


def test_point_20_with_compat_wx_the_open_data_domain_has_get_friend_cloud_storage(
    package: OpenPackage, world: Client
) -> None:
    world.put_player("alice", friends=["bob"])
    page = package(tag='data-compat="wx"', query="&tt-player=alice")
    realm = open_realm(page)
    assert page.evaluate("typeof tt.getFriendCloudStorage") == "undefined"
    requested = """new Promise(complete => {
        const heard = [];
        const hear = (reply) => heard.push(reply);
        tt.getFriendCloudStorage({keyList: ['score'], success: hear, fail: hear, complete(reply) {
            complete([reply, heard.length === 1 && heard[0] === reply]);
        }});
    })"""
    reply, is_same = realm.evaluate(requested)
    assert (reply["errMsg"], is_same) == ("getFriendCloudStorage:ok", True)
    assert [row["openid"] for row in reply["data"]] == ["alice", "bob"]
    world.replace([{"error": 999998}])
    assert realm.evaluate(requested)[0] == {
        "errMsg": "getFriendCloudStorage:fail get session id failed.",
        "errorCode": 999998,
        "errorType": "D",
    }


CLIENT = """
const info = tt.getSystemInfoSync();
const board = { width: info.windowWidth, bottom: info.safeArea.bottom };
const ios = /ios/i.test(info.system);
tt.onShow(({ query }) => { GameGlobal.level = query.level; });
tt.onHide(() => {});
tt.onError((error) => { GameGlobal.failed = error.message; });
tt.onTouchStart(({ touches, changedTouches }) => {
  GameGlobal.touched = [touches.length, changedTouches[0].clientX, changedTouches[0].identifier];
});
const { query } = tt.getLaunchOptionsSync();
const canvas = tt.createCanvas();
canvas.width = board.width;
const pen = canvas.getContext('2d');
tt.onShareAppMessage(() => ({ title: '来玩' }));
tt.showShareMenu();
const ad = tt.createRewardedVideoAd({ adUnitId: 'x' });
ad.onError(() => {});
ad.onClose(() => {});
ad.load();
if (!tt.getStorageSync('seen')) tt.setStorageSync('seen', { times: 1 });
tt.checkScene({ scene: 'sidebar', success: ({ isExist }) => { GameGlobal.sidebar = isExist; } });
tt.login({ force: true, success({ code }) {
  GameGlobal.code = code;
  tt.setUserGroup({ groupId: 'level_group' });
  for (const [key, value] of [['score', 10], ['level', 2], ['time', 99]]) {
    tt.setUserCloudStorage({ KVDataList: [{ key, value: String(value) }] });
  }
  tt.getOpenDataContext().postMessage({ event: 'show', query });
  (function frame() {
    tt.requestAnimationFrame(frame);
    pen.drawImage(tt.getOpenDataContext().canvas, 0, 0);
    GameGlobal.drawn = (GameGlobal.drawn || 0) + 1;
  }());
} });
"""


def test_a_game_written_for_douyin_starts_without_a_complaint(
    tab: Tab, world: Client, complaints: list[str]
) -> None:
    page_of_game = (
        '<!doctype html><link rel="icon" href="data:,">'
        f'<script src="{world.url}/tt.js"></script><script src="game.js"></script>'
    )
    files = {"": page_of_game, "game.js": CLIENT, "open/index.js": HEAR}
    with package_site(world.url, dict(files)) as url:
        page = tab(f"{url}?tt-world={world.world}&level=3")
        page.wait_for_function("GameGlobal.drawn > 2 && GameGlobal.level === '3'")
        page.mouse.click(40, 50)
        assert page.evaluate("[touched, sidebar, typeof code]") == [[1, 40, 0], False, "string"]
        assert received(open_realm(page), 1) == [{"event": "show", "query": {"level": "3"}}]
        world.wait_for(3, api="setUserCloudStorage")
    found = [
        (call["api"], json.dumps(call["options"]))
        for call in world.requests()
        if call["api"].startswith("setUser")
    ]
    order = ["group", "score", "level", "time"]
    assert all(word in options for word, (_, options) in zip(order, found, strict=True))
    assert [api for api, _ in found] == ["setUserGroup"] + ["setUserCloudStorage"] * 3
    assert complaints == []
