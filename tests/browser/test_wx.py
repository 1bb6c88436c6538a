"""wx.js in a real browser: the windows that ask the player, the two domains, the shared canvas."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Frame, Page

from browser.package_site import OpenPackage, says
from browser.playing import line_of, played, write_package
from tt_emulator.client import Client
from wx_rows import cases

FRIENDS = "scope.WxFriendInteraction"
INDEX = """
    GameGlobal.heard = [];
    wx.onMessage((message) => { heard.push(message); });
    GameGlobal.call = (api, options) =>
        new Promise((complete) => wx[api]({ ...options, complete }));
    GameGlobal.ready = true;
"""
OPEN_SHADOWS = """<script>{
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function () { return attach.call(this, {mode: 'open'}); };
}</script>"""


def opened(package: OpenPackage, world: Client, language: str = "en", **player: Any) -> Page:
    """A page of a WeChat game, whose player is so."""
    document = {"schema": 1, "platform": "wx", "players": []}
    world.import_text(json.dumps(document).encode())
    if player:
        world.put_player("player-1", **player)
    head = f'<!doctype html><html lang="{language}"><link rel="icon" href="data:,">'
    script = f'<script src="{world.url}/wx.js"></script>'
    return package(INDEX, {"": head + OPEN_SHADOWS + script})


def realm_of(page: Page, options: str = "") -> Frame:
    page.evaluate(f"{{ window.context = wx.getOpenDataContext({options}); }}")
    realm = page.frames[1]
    realm.wait_for_function("() => typeof GameGlobal === 'object' && GameGlobal.ready")
    return realm


def ask(realm: Frame, api: str, options: dict[str, Any]) -> None:
    """Call it; the reply is kept."""
    start = """([api, options]) => {
        GameGlobal.got = null;
        call(api, options).then((reply) => { got = reply; });
    }"""
    realm.evaluate(start, [api, options])


def reply(realm: Frame) -> Any:
    realm.wait_for_function("GameGlobal.got")
    return realm.evaluate("got")


def choose(page: Page, button: str) -> None:
    page.get_by_role("alertdialog").get_by_role("button", name=button).click()


# ---- windows -------------------------------------------------------------------------------------


def test_a_scope_is_asked_for_in_the_page_and_a_refusal_holds(
    package: OpenPackage, world: Client
) -> None:
    page = opened(package, world)
    realm = realm_of(page)
    ask(realm, "getFriendCloudStorage", {"keyList": ["score"]})
    window = page.get_by_role("alertdialog", name="Permission")
    window.wait_for()
    assert window.get_by_role("button").all_inner_texts() == ["Refuse", "Allow"]
    assert "wx.getFriendCloudStorage waits for your answer" in window.inner_text()
    assert [each["api"] for each in world.requests(api="getFriendCloudStorage")] == []

    choose(page, "Refuse")

    refused = {"errMsg": "getFriendCloudStorage:fail auth deny", "err_code": "-12006", "errno": 0}
    assert reply(realm) == refused
    assert world.player("player-1")["scopes"][FRIENDS] == "denied"
    ask(realm, "getFriendCloudStorage", {"keyList": ["score"]})
    assert reply(realm) == refused
    assert page.get_by_role("alertdialog").count() == 0


def test_a_refusal_is_taken_back_in_the_setting(package: OpenPackage, world: Client) -> None:
    page = opened(package, world, scopes={FRIENDS: "denied"})
    page.evaluate("{ wx.openSetting({ complete(r) { got = r; } }); }")
    page.get_by_role("switch", name="Your friends").check()
    page.get_by_role("dialog", name="Settings").get_by_role("button", name="Done").click()
    page.wait_for_function("window.got")
    told = {"errMsg": "openSetting:ok", "authSetting": {FRIENDS: True}}
    assert page.evaluate("got") == told
    assert world.player("player-1")["scopes"][FRIENDS] == "granted"
    realm = realm_of(page)
    ask(realm, "getFriendCloudStorage", {"keyList": ["score"]})
    assert reply(realm)["errMsg"] == "getFriendCloudStorage:ok"


def test_the_window_is_answered_by_the_keyboard_too(package: OpenPackage, world: Client) -> None:
    page = opened(package, world)
    realm = realm_of(page)
    ask(realm, "getFriendCloudStorage", {"keyList": ["score"]})
    page.get_by_role("alertdialog").wait_for()

    page.keyboard.press("Enter")

    assert reply(realm)["errMsg"] == "getFriendCloudStorage:ok"
    assert world.player("player-1")["scopes"][FRIENDS] == "granted"


def test_privacy_is_asked_for_first(package: OpenPackage, world: Client) -> None:
    page = opened(package, world, privacy="undecided")
    realm = realm_of(page)
    ask(realm, "getFriendCloudStorage", {"keyList": ["score"]})

    choose(page, "Agree")
    choose(page, "Allow")

    assert reply(realm)["errMsg"] == "getFriendCloudStorage:ok"
    assert world.player("player-1")["privacy"] == "agreed"


def test_a_window_speaks_the_language_of_the_page(package: OpenPackage, world: Client) -> None:
    page = opened(package, world, language="zh-CN", privacy="undecided")
    ask(realm_of(page), "getFriendCloudStorage", {"keyList": ["score"]})
    window = page.get_by_role("alertdialog", name="隐私保护")
    window.wait_for()
    assert window.get_by_role("button").all_inner_texts() == ["拒绝", "同意"]


# ---- the two domains -----------------------------------------------------------------------------


def test_names_of_the_wrong_domain_are_undefined(package: OpenPackage, world: Client) -> None:
    page = opened(package, world)
    realm = realm_of(page)
    names = ["getFriendCloudStorage", "getUserCloudStorage", "getSharedCanvas", "onMessage"]
    assert page.evaluate("names => names.map(name => typeof wx[name])", names) == ["undefined"] * 4
    assert realm.evaluate("names => names.map(name => typeof wx[name])", names) == ["function"] * 4
    lacking = ["getStorageSync", "login", "request", "downloadFile", "showToast", "postMessage"]
    assert realm.evaluate("names => names.map(name => typeof wx[name])", lacking) == [
        "undefined"
    ] * len(lacking)
    assert realm.evaluate("[typeof tt, typeof createWX]") == ["undefined"] * 2


def test_the_main_domain_hears_what_the_open_one_did_for_a_friend(
    package: OpenPackage, world: Client
) -> None:
    page = opened(package, world, friends=["bob"], scopes={FRIENDS: "granted"})
    page.evaluate(
        """{
            window.told = [];
            wx.onInteractiveStorageModified((key) => told.push(key));
            wx.onShareMessageToFriend(({ success }) => told.push(success));
        }"""
    )
    realm = realm_of(page)
    options = {"key": "1", "opNum": 1, "operation": "add", "toUser": "bob"}

    ask(realm, "modifyFriendInteractiveStorage", options)
    choose(page, "Cancel")
    assert reply(realm) == {"errMsg": "modifyFriendInteractiveStorage:fail cancel"}
    ask(realm, "modifyFriendInteractiveStorage", {**options, "quiet": True})
    assert reply(realm)["errMsg"] == "modifyFriendInteractiveStorage:ok"
    ask(realm, "shareMessageToFriend", {"openId": "bob"})
    choose(page, "Confirm")
    assert reply(realm)["errMsg"] == "shareMessageToFriend:ok"

    assert page.evaluate("told") == ["1", True]


def test_a_launch_from_a_groups_card_brings_the_ticket_that_its_board_wants(
    package: OpenPackage, world: Client
) -> None:
    player = {"launched_from": "g1", "groups": ["g1"], "scopes": {FRIENDS: "granted"}}
    page = opened(package, world, **player)
    launch = page.evaluate("wx.getLaunchOptionsSync()")
    assert (launch["scene"], bool(launch["shareTicket"])) == (1044, True)
    assert page.evaluate("wx.getEnterOptionsSync()") == launch
    page.evaluate("wx.setUserCloudStorage({ KVDataList: [{ key: 'score', value: '3' }] })")

    realm = realm_of(page)
    options = {"keyList": ["score"], "shareTicket": launch["shareTicket"]}
    ask(realm, "getGroupCloudStorage", options)

    assert [row["openid"] for row in reply(realm)["data"]] == ["player-1"]


def test_what_the_player_said_is_in_the_settings(package: OpenPackage, world: Client) -> None:
    page = opened(package, world)
    page.evaluate("{ wx.authorize({ scope: 'scope.interactedUserInfo', fail(r) { got = r; } }); }")
    choose(page, "Refuse")
    page.wait_for_function("window.got")
    assert page.evaluate("got.errMsg") == "authorize:fail auth deny"
    setting = page.evaluate("new Promise((success) => wx.getSetting({ success }))")
    assert setting["authSetting"]["scope.interactedUserInfo"] is False
    assert FRIENDS not in setting["authSetting"]


# ---- the shared canvas ---------------------------------------------------------------------------


def test_only_the_main_domain_sizes_the_shared_canvas(package: OpenPackage, world: Client) -> None:
    page = opened(package, world)
    realm = realm_of(page)
    page.evaluate("{ context.canvas.width = 200; context.canvas.height = 100; }")
    with page.expect_console_message(says("gave the shared canvas a width, which has no effect")):
        realm.evaluate("{ sharedCanvas.width = 5; }")
    assert realm.evaluate("[sharedCanvas.width, sharedCanvas.height]") == [200, 100]
    with page.expect_console_message(says("子域只支持使用 2D 渲染模式")):
        assert realm.evaluate("wx.createCanvas().getContext('webgl')") is None
    kinds = realm.evaluate("[typeof sharedCanvas.toDataURL, typeof sharedCanvas.getContext('2d')]")
    assert kinds == ["undefined", "object"]


def test_a_layer_lies_where_the_game_places_it(package: OpenPackage, world: Client) -> None:
    page = opened(package, world)
    realm_of(page, "{ sharedCanvasMode: 'screenCanvas' }")
    page.evaluate(
        """{
            const { canvas } = context;
            Object.assign(canvas, { width: 50, height: 20 });
            Object.assign(canvas.style, { left: 40, top: '60px', width: 100, height: 40 });
        }"""
    )
    box = page.locator("canvas[data-tt-emulator=shared]").bounding_box()
    assert box == {"x": 40, "y": 60, "width": 100, "height": 40}


@pytest.mark.parametrize("mode", ["offscreenCanvas", "screenCanvas"])
def test_with_strict_canvas_the_shared_canvas_is_drawn_where_the_platform_lets_it(
    package: OpenPackage, world: Client, mode: str
) -> None:
    page = opened(package, world)
    world.put_settings(strict_canvas=True)
    page.reload()
    page.evaluate("{ window.screenOfGame = wx.createCanvas(); }")
    realm_of(page, json.dumps({"sharedCanvasMode": mode}))
    draw = """(canvas) => {
        const pen = canvas.getContext('2d');
        try { pen.drawImage(context.canvas, 0, 0); } catch (error) { return error.message; }
    }"""
    onto_screen = page.evaluate(f"({draw})(screenOfGame)")
    elsewhere = page.evaluate(f"({draw})(wx.createCanvas())")
    if mode == "offscreenCanvas":
        assert onto_screen is None
        assert "An unsecure canvas can't take an secure canvas" in elsewhere
    else:
        assert "a layer of its own" in onto_screen
        assert "a layer of its own" in elsewhere


# ---- in a package that is played -----------------------------------------------------------------

GAME = """
    const { canvas, postMessage } = wx.getOpenDataContext();
    console.log('main', typeof tt, typeof wx.getFriendCloudStorage,
        typeof wx.getFileSystemManager(), canvas.width > 0);
    wx.setUserCloudStorage({ KVDataList: [{ key: 'score', value: '7' }] })
        .then(() => postMessage('show'));
"""
OPEN = """
    console.log('open', typeof tt, typeof wx.login, typeof localStorage);
    wx.onMessage(() => wx.getFriendCloudStorage({
        keyList: ['score'],
        success: ({ data }) => console.log('rows', JSON.stringify(data[0].KVDataList)),
    }));
"""


def test_a_package_of_wechat_plays_with_its_own_platform(
    profile: BrowserContext, tmp_path: Path
) -> None:
    facts = '{"openDataContext": "sub"}'
    files = {"game.json": facts, "game.js": GAME, "sub/index.js": OPEN}
    with played(profile, write_package(tmp_path, files), play_as="wx") as package:
        page = package.open()
        assert line_of(package, page, "main").endswith("undefined undefined object true")
        assert line_of(package, page, "open ").endswith("undefined undefined undefined")
        page.bring_to_front()
        page.wait_for_function("document.activeElement !== document.body")
        page.keyboard.press("Enter")
        assert line_of(package, page, "rows").endswith('[{"key":"score","value":"7"}]')
        assert package.errors == []


# ---- each row ------------------------------------------------------------------------------------


def test_each_row_comes_as_it_is_armed(package: OpenPackage, world: Client) -> None:
    scopes = {FRIENDS: "granted", "scope.interactedUserInfo": "granted"}
    page = opened(package, world, scopes=scopes)
    realms = {"main": page, "open": realm_of(page)}
    start = "([api, options]) => new Promise((complete) => wx[api]({ ...options, complete }))"
    for row in cases():
        world.arm({"error": row.row, "api": row.api, "times": 1})
        reply = realms[row.domain].evaluate(start, [row.api, row.options])
        assert reply == row.reply, row[:2]


def test_a_world_of_another_platform_is_told_of(package: OpenPackage, world: Client) -> None:
    world.import_text(json.dumps({"schema": 1, "platform": "tt", "players": []}).encode())
    world.put_player("player-1", nickname="Alice")
    head = '<!doctype html><link rel="icon" href="data:,">'
    script = f'{head}<script src="{world.url}/wx.js"></script>'
    page = package(INDEX, {"": script})
    with page.expect_console_message(says("is of the platform tt, not of wx")):
        page.evaluate("typeof wx.login")
    assert page.evaluate("new Promise((complete) => wx.login({ complete }))") == {
        "errMsg": "login:fail"
    }


# ---- a guest -------------------------------------------------------------------------------------

REPLACE = (Path(__file__).parent / "guest" / "replace.js").read_text(encoding="utf-8")
PLAYS = """
    const own = [window.wx, window.createWX];
    window.wx.getLaunchOptionsSync();
    const replacement = window.replaceEverything('what throws', own);
    wx.getRelationFriendList({
        complete({ errMsg }) {
            replacement.restore();
            console.log('guest: ' + errMsg + ' ' + JSON.stringify(replacement.called));
        },
    });
"""


def test_a_window_comes_where_every_native_is_replaced(package: OpenPackage, world: Client) -> None:
    world.import_text(json.dumps({"schema": 1, "platform": "wx", "players": []}).encode())
    head = f'<!doctype html><link rel="icon" href="data:,"><script>{REPLACE}</script>'
    script = f'<script src="{world.url}/wx.js"></script><script>{PLAYS}</script>'
    page = package(INDEX, {"": head + script})
    with page.expect_console_message(says("guest: ")) as told:
        page.keyboard.press("Enter")

    assert told.value.text == "guest: getRelationFriendList:ok []"
