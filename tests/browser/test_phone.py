"""What a page's tt has of the phone: storage, network, screen, fingers, life cycle, overlays."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from browser.package_site import OpenPackage, open_realm, package_site, says
from browser.site import Tab
from tt_emulator.client import Client
from tt_emulator.platforms.tt.pages import load

CALL = """([api, options]) => new Promise(complete => tt[api]({...options, complete}))"""
# What tt.js draws lies in a closed shadow tree: before tt.js, this opens them.
OPEN_SHADOWS = """<script>
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function () { return attach.call(this, {mode: 'open'}); };
</script>"""
RANK = {"relationType": "default", "dataType": 0, "rankType": "week", "suffix": "分"}
HIDE = """hidden => {
    Object.defineProperty(document, 'hidden', {configurable: true, value: hidden});
    document.dispatchEvent(new Event('visibilitychange'));
}"""


def call(page: Page, api: str, **options: Any) -> Any:
    return page.evaluate(CALL, [api, options])


# ---- storage -------------------------------------------------------------------------------------


def test_storage_outlives_the_page_and_is_apart_by_player_and_domain(
    package: OpenPackage, tab: Tab
) -> None:
    page = package(query="&tt-player=alice")
    page.evaluate("tt.setStorageSync('save', {level: [1, 2]})")
    other = tab(page.url.replace("alice", "bob"))
    assert other.evaluate("tt.getStorageSync('save')") == ""
    page.reload()
    assert page.evaluate("tt.getStorageSync('save')") == {"level": [1, 2]}
    assert call(page, "getStorage", key="save")["data"] == {"level": [1, 2]}
    assert open_realm(page).evaluate("tt.getStorageSync('save')") == ""


@pytest.mark.parametrize(
    "moment", ["save()", "addEventListener('pagehide', save)", "tt.onHide(save)"]
)
def test_what_is_set_as_the_page_goes_is_kept(
    package: OpenPackage, world: Client, moment: str
) -> None:
    world.replace([{"delay_ms": 60_000, "api": "setStorage"}])
    page = package()
    page.evaluate(
        f"{{ const save = () => tt.setStorage({{key: 'last', data: 'words'}}); {moment}; }}"
    )
    page.reload()
    assert page.evaluate("tt.getStorageSync('last')") == "words"


def test_a_browser_that_keeps_no_more_fails_as_the_documented_limit_does(
    package: OpenPackage,
) -> None:
    page = package()
    with page.expect_console_message(says("keeps no more for this origin")):
        reply = page.evaluate(
            """async () => {
                const call = (key) => new Promise(complete =>
                    tt.setStorage({key, data: 'x'.repeat(1048576), complete}));
                let reply = {};
                for (let n = 0; n < 10 && !reply.errNo; n += 1) reply = await call(`part-${n}`);
                return reply;
            }"""
        )
    assert reply == {"errMsg": "setStorage:fail exceed storage max size 10Mb", "errNo": 21102}


# ---- network -------------------------------------------------------------------------------------


def test_a_listener_hears_the_player_go_offline_and_come_back(
    package: OpenPackage, world: Client
) -> None:
    page = package(query="&tt-player=alice")
    page.evaluate("{ window.heard = []; tt.onNetworkStatusChange(s => heard.push(s)); }")
    world.put_player("bob", network="offline")
    world.put_player("alice", network="offline")
    page.wait_for_function("heard.length === 1")
    assert call(page, "getNetworkType")["networkType"] == "none"
    world.put_player("alice", network="online")
    page.wait_for_function("heard.length === 2")
    assert page.evaluate("heard") == [
        {"networkType": "none", "isConnected": False},
        {"networkType": "wifi", "isConnected": True},
    ]


SIX_LISTEN = """([url, world]) => {
    window.heard = [];
    window.phones = [0, 1, 2, 3, 4, 5].map((n) => createTT({url, world, player: `p${n}`}));
    for (const phone of phones) phone.onNetworkStatusChange((status) => heard.push(status));
}"""


def test_a_page_in_the_background_holds_no_connection_and_hears_when_it_comes_back(
    package: OpenPackage, world: Client
) -> None:
    page = package()
    page.evaluate(SIX_LISTEN, [world.url, world.world])  # as many as a browser has connections
    ends = {"predicate": lambda request: request.url.endswith("/tt/events"), "timeout": 5_000}
    with page.expect_event("requestfailed", **ends):
        page.evaluate(HIDE, True)
    page.evaluate("{ tt.login({ complete() { window.answered = true; } }); }")
    page.wait_for_function("window.answered", timeout=5_000)
    world.put_player("p0", network="offline")
    page.evaluate("{ for (const phone of phones.slice(1)) phone.offNetworkStatusChange(); }")
    page.evaluate(HIDE, False)
    page.wait_for_function("heard.length === 1", timeout=5_000)
    assert page.evaluate("heard") == [{"networkType": "none", "isConnected": False}]


def test_a_page_in_which_nobody_listens_opens_no_stream(package: OpenPackage) -> None:
    page = package()
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    call(page, "getNetworkType")
    call(page, "getSystemInfo")
    assert not [url for url in requested if url.endswith("/tt/events")]


# ---- the screen and fingers ----------------------------------------------------------------------


@pytest.fixture
def phone(chromium: Browser, world: Client) -> Iterator[Page]:
    """A page on a screen that is touched, with an open data domain."""
    context = chromium.new_context(viewport={"width": 390, "height": 700}, has_touch=True)
    with package_site(world.url, {"open/index.js": TOUCHED}) as url:
        page = context.new_page()
        page.goto(f"{url}?tt-world={world.world}")
        yield page
    context.close()


TOUCHED = """GameGlobal.touched = [];
for (const kind of ['Start', 'Move', 'End', 'Cancel']) {
    GameGlobal['on' + kind] = (event) => touched.push([kind, event]);
    tt['onTouch' + kind](GameGlobal['on' + kind]);
}
GameGlobal.ready = true;"""


def touch(tools: CDPSession, kind: str, *points: tuple[int, int, int]) -> None:
    """Tell Chromium which fingers are where, or leave, each as (x, y, id)."""
    fingers = [{"x": x, "y": y, "id": number} for x, y, number in points]
    tools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})


def test_the_first_canvas_is_the_screen_and_fills_the_window(phone: Page) -> None:
    assert phone.evaluate("(window.screenCanvas = tt.createCanvas()).isConnected")
    size = "[screenCanvas.width, screenCanvas.height, screenCanvas.clientWidth]"
    assert phone.evaluate(size) == [390, 700, 390]
    assert not phone.evaluate("tt.createCanvas().isConnected")


def test_the_first_canvas_is_the_pages_own_if_it_has_one(phone: Page) -> None:
    phone.evaluate("document.body.append(document.createElement('canvas'))")
    assert phone.evaluate("tt.createCanvas() === document.querySelector('canvas')")
    assert phone.evaluate("document.querySelectorAll('canvas').length") == 1


def test_two_fingers_are_told_apart_in_both_domains(phone: Page) -> None:
    realm = open_realm(phone)
    phone.evaluate(TOUCHED)
    tools = phone.context.new_cdp_session(phone)
    touch(tools, "touchStart", (10, 20, 5))
    touch(tools, "touchStart", (10, 20, 5), (100, 50, 9))
    touch(tools, "touchMove", (15, 25, 5), (100, 50, 9))
    touch(tools, "touchEnd", (15, 25, 5))
    touch(tools, "touchStart", (100, 50, 9), (30, 30, 7))
    for domain in (phone, realm):
        domain.wait_for_function("touched.length >= 5")
        found = [
            [
                kind,
                [(each["identifier"], each["clientX"]) for each in event["touches"]],
                [(each["identifier"], each["clientY"]) for each in event["changedTouches"]],
            ]
            for kind, event in domain.evaluate("touched.slice(0, 5)")
        ]
        assert found == [
            ["Start", [(0, 10)], [(0, 20)]],
            ["Start", [(0, 10), (1, 100)], [(1, 50)]],
            ["Move", [(0, 15), (1, 100)], [(0, 25)]],
            ["End", [(1, 100)], [(0, 25)]],
            ["Start", [(0, 30), (1, 100)], [(0, 30)]],
        ]
    assert realm.evaluate("touched[0][1].touches instanceof Array")


def test_the_mouse_is_a_finger_while_its_button_is_down(phone: Page) -> None:
    phone.evaluate(TOUCHED)
    phone.mouse.move(5, 5)
    phone.mouse.down()
    phone.mouse.move(9, 6)
    phone.mouse.up()
    phone.mouse.move(20, 20)
    phone.mouse.click(3, 3, button="right")
    found = phone.evaluate("touched.map(([kind, {touches}]) => [kind, touches.length])")
    assert found == [["Start", 1], ["Move", 1], ["End", 0]]


def test_a_listener_that_was_taken_off_hears_nothing(phone: Page) -> None:
    phone.evaluate(TOUCHED)
    phone.evaluate("{ tt.offTouchStart(GameGlobal.onStart); tt.offTouchEnd(); }")
    phone.mouse.click(5, 5)
    assert phone.evaluate("touched") == []


# ---- coming and going ----------------------------------------------------------------------------


def test_on_show_is_called_once_at_the_start_and_when_the_page_comes_back(
    package: OpenPackage, world: Client
) -> None:
    index = (
        f"<!doctype html><script src='{world.url}/tt.js'></script>"
        "<script>window.seen = []; tt.onShow(o => seen.push(o)); tt.onHide(() => seen.push(0));"
        "tt.onShow(window.gone = () => seen.push('gone')); tt.offShow(gone);</script>"
    )
    opened = "&tt-scene=021036&tt-location=sidebar_card&tt-launch-from=homepage&level=3"
    page = package(files={"": index}, query=opened)
    page.wait_for_function("seen.length === 1")
    page.evaluate(HIDE, True)
    page.evaluate(HIDE, False)
    launch = {
        "scene": "021036",
        "query": {"level": "3"},
        "location": "sidebar_card",
        "launch_from": "homepage",
    }
    assert page.evaluate("seen") == [launch, 0, launch]
    assert page.evaluate("tt.getLaunchOptionsSync()") == launch


def test_on_error_hears_what_the_game_throws(package: OpenPackage) -> None:
    page = package()
    page.evaluate("{ tt.onError(e => { window.told = e; }); }")
    page.evaluate("{ setTimeout(() => { throw new Error('the game broke'); }); }")
    page.wait_for_function("window.told")
    assert "the game broke" in page.evaluate("told.message")
    assert "Error: the game broke" in page.evaluate("told.stack")


# ---- what the platform draws ---------------------------------------------------------------------


def test_a_listener_of_the_window_hears_its_new_size_in_both_forms(package: OpenPackage) -> None:
    page = package()
    page.evaluate("{ window.heard = []; tt.onWindowResize(size => heard.push(size)); }")
    page.set_viewport_size({"width": 500, "height": 600})
    page.wait_for_function("heard.length > 0 && heard[heard.length - 1].windowWidth === 500")
    size = {"windowWidth": 500, "windowHeight": 600}
    assert page.evaluate("heard[heard.length - 1]") == {**size, "size": size}


def test_a_rejection_that_nobody_handles_is_heard(package: OpenPackage) -> None:
    page = package()
    page.evaluate(
        """{ window.heard = []; tt.onUnhandledRejection(rejection => heard.push(rejection));
            void Promise.reject(new Error('of the game')); }"""
    )
    page.wait_for_function("heard.length === 1")
    assert page.evaluate("[heard[0].reason.message, heard[0].promise instanceof Promise]") == [
        "of the game",
        True,
    ]


def test_a_turn_of_the_screen_is_heard_and_its_faults_reach_it(
    package: OpenPackage, world: Client
) -> None:
    page = package()
    page.evaluate("{ window.heard = []; tt.onDeviceOrientationChange(turn => heard.push(turn)); }")
    world.arm({"error": "orientation-in-live", "times": 1})
    assert call(page, "setDeviceOrientation", value="portrait") == {
        "errMsg": "setDeviceOrientation:fail"
        " setDeviceOrientation: can't set device orientation in live",
        "errNo": 21100,
    }
    assert call(page, "setDeviceOrientation", value="portrait")["errMsg"].endswith(":ok")
    page.wait_for_function("heard.length > 0")
    assert page.evaluate("heard") == [{"value": "portrait"}]


def test_an_accelerometer_that_runs_is_not_started_again(package: OpenPackage) -> None:
    page = package()
    assert call(page, "startAccelerometer") == {"errMsg": "startAccelerometer:ok"}
    assert call(page, "startAccelerometer") == {
        "errMsg": "startAccelerometer:fail The accelerometer is running",
        "errNo": 21000,
    }
    for api in ("stopAccelerometer", "startAccelerometer", "startGyroscope", "stopGyroscope"):
        assert call(page, api) == {"errMsg": f"{api}:ok"}


KEYBOARD = """{
    window.heard = [];
    for (const kind of ['Input', 'Confirm', 'Complete']) {
        tt['onKeyboard' + kind](({value}) => heard.push([kind, value]));
    }
}"""


@pytest.fixture
def typing(package: OpenPackage) -> Page:
    """A page that notes what its keyboard tells."""
    page = package(before=OPEN_SHADOWS)
    page.evaluate(KEYBOARD)
    return page


def heard_once(page: Page, count: int) -> Any:
    page.wait_for_function(f"heard.length >= {count}")
    return page.evaluate("heard")


def test_what_is_typed_and_confirmed_is_heard_and_the_keyboard_goes(typing: Page) -> None:
    shown = call(typing, "showKeyboard", defaultValue="abcd", maxLength=4, confirmType="send")
    assert shown == {"errMsg": "showKeyboard:ok"}
    typing.keyboard.press("Backspace")
    typing.keyboard.type("xyz")
    typing.get_by_role("button", name="发送").click()
    assert heard_once(typing, 4) == [
        ["Input", "abc"],
        ["Input", "abcx"],
        ["Confirm", "abcx"],
        ["Complete", "abcx"],
    ]
    assert typing.get_by_role("textbox").count() == 0


def test_a_keyboard_that_is_held_stays_and_can_be_written_in_and_hidden(typing: Page) -> None:
    call(typing, "showKeyboard", confirmHold=True)
    typing.keyboard.type("a")
    typing.keyboard.press("Enter")
    call(typing, "updateKeyboard", value="mine")
    assert typing.get_by_role("textbox").input_value() == "mine"
    call(typing, "hideKeyboard")
    assert heard_once(typing, 3) == [["Input", "a"], ["Confirm", "a"], ["Complete", "mine"]]
    assert call(typing, "updateKeyboard", value="late") == {"errMsg": "updateKeyboard:ok"}


def test_several_lines_are_typed_where_the_game_allows_them(typing: Page) -> None:
    call(typing, "showKeyboard", multiple=True)
    typing.keyboard.type("a")
    typing.keyboard.press("Enter")
    typing.keyboard.press("Escape")
    assert heard_once(typing, 3) == [["Input", "a"], ["Input", "a\n"], ["Complete", "a\n"]]


def test_a_touch_of_the_game_ends_the_keyboard(typing: Page) -> None:
    call(typing, "showKeyboard", defaultValue="a")
    typing.mouse.click(300, 100)
    assert heard_once(typing, 1) == [["Complete", "a"]]


def test_a_keyboard_that_is_hidden_at_once_does_not_stay(typing: Page) -> None:
    typing.evaluate("{ tt.showKeyboard({}); tt.hideKeyboard(); }")
    assert call(typing, "checkSession") == {"errMsg": "checkSession:ok"}
    assert typing.get_by_role("textbox").count() == 0


def test_a_value_that_is_none_is_refused_as_documented(typing: Page, world: Client) -> None:
    refused = {"errMsg": "updateKeyboard:fail invalid param", "errNo": 20001}
    assert call(typing, "updateKeyboard") == refused
    world.arm({"error": "framework-error", "api": "showKeyboard"})
    assert call(typing, "showKeyboard")["errNo"] == 10401
    assert typing.get_by_role("textbox").count() == 0


def test_the_panel_of_get_im_rank_list_shows_the_boards_and_can_be_closed(
    package: OpenPackage, world: Client, complaints: list[str]
) -> None:
    for player, score in (("alice", 30), ("bob", 50), ("小明", 70)):
        world.call("setImRankData", {"dataType": 0, "value": str(score)}, player=player)
    world.put_player("alice", friends=["bob"])
    page = package(query="&tt-player=alice", before=OPEN_SHADOWS)
    reply = call(page, "getImRankList", **RANK, rankTitle="高手榜")
    assert reply == {"errMsg": "getImRankList:ok"}
    panel = page.get_by_role("dialog")
    assert lines(panel.inner_text()) == (
        "高手榜 周榜 × 好友 全部 1 bob 50分 2 alice 30分 我的排名：第 2 名 · 30分"
    )
    page.get_by_role("button", name="全部").click()
    assert "1 小明 70分 2 bob 50分 3 alice 30分 我的排名：第 3 名" in lines(panel.inner_text())
    page.get_by_role("button", name="关闭").click()
    assert panel.count() == 0
    call(page, "getImRankList", **(RANK | {"relationType": "friend", "rankType": "all"}))
    assert lines(panel.inner_text()).startswith("排行榜 总榜 × 1 bob")
    page.keyboard.press("Escape")
    assert panel.count() == 0
    assert complaints == []


def test_an_empty_panel_says_so_and_a_refused_one_is_not_drawn(
    package: OpenPackage, world: Client
) -> None:
    page = package(before=OPEN_SHADOWS)
    call(page, "getImRankList", **(RANK | {"relationType": "all"}))
    assert "暂无数据 我的排名：未上榜" in lines(page.get_by_role("dialog").inner_text())
    page.keyboard.press("Escape")
    world.replace([{"error": 21101, "api": "getImRankList"}])
    assert call(page, "getImRankList", **RANK)["errNo"] == 21101
    assert page.get_by_role("dialog").count() == 0


def test_the_game_is_not_touched_through_the_panel(phone: Page) -> None:
    phone.evaluate(TOUCHED)
    call(phone, "getImRankList", **RANK)
    phone.mouse.click(200, 350)
    assert phone.evaluate("touched") == []
    phone.keyboard.press("Escape")
    phone.mouse.click(200, 350)
    assert phone.evaluate("touched.length") == 2


def test_a_modal_answers_what_the_player_chose(package: OpenPackage) -> None:
    page = package(before=OPEN_SHADOWS)
    for choice, confirm in (("确定", True), ("取消", False)):
        page.evaluate(
            "{ tt.showModal({title: '提示', content: '再来?', complete(r) { got = r; }}); }"
        )
        page.get_by_role("alertdialog").get_by_role("button", name=choice).click()
        page.wait_for_function("window.got")
        assert page.evaluate("[got, got = null][0]") == {
            "errMsg": "showModal:ok",
            "confirm": confirm,
            "cancel": not confirm,
        }


def test_a_modal_without_a_word_fails_and_one_without_a_choice_has_one_button(
    package: OpenPackage,
) -> None:
    page = package(before=OPEN_SHADOWS)
    assert call(page, "showModal", title="") == {"errMsg": "showModal:fail"}
    page.evaluate("{ tt.showModal({content: 1, showCancel: false, confirmText: '好'}); }")
    dialog = page.get_by_role("alertdialog")
    dialog.wait_for()
    assert dialog.get_by_role("button").all_inner_texts() == ["好"]


def test_a_failure_of_a_modal_reaches_it_and_draws_nothing(
    package: OpenPackage, world: Client
) -> None:
    page = package(before=OPEN_SHADOWS)
    world.arm({"error": "internal-error", "api": "showModal"})
    assert call(page, "showModal", title="a") == {"errMsg": "showModal:fail"}
    assert page.get_by_role("alertdialog").count() == 0
    assert [each["api"] for each in world.requests(api="showModal")] == ["showModal"]


def test_an_action_sheet_answers_what_was_tapped_or_that_it_was_cancelled(
    package: OpenPackage,
) -> None:
    page = package(before=OPEN_SHADOWS)
    for choice, reply in (
        ("乙", {"errMsg": "showActionSheet:ok", "tapIndex": 1}),
        ("取消", {"errMsg": "showActionSheet:fail cancel"}),
    ):
        page.evaluate("{ tt.showActionSheet({itemList: ['甲', '乙'], complete(r) { got = r; }}); }")
        page.get_by_role("dialog").get_by_role("button", name=choice).click()
        page.wait_for_function("window.got")
        assert page.evaluate("[got, got = null][0]") == reply


def test_a_toast_is_seen_and_goes(package: OpenPackage) -> None:
    page = package(before=OPEN_SHADOWS)
    assert call(page, "showToast", title="已保存", duration=200) == {"errMsg": "showToast:ok"}
    page.get_by_text("已保存").wait_for(state="detached")


def test_a_loading_stays_until_it_is_hidden_and_what_comes_later_takes_its_place(
    package: OpenPackage,
) -> None:
    page = package(before=OPEN_SHADOWS)
    status = page.get_by_role("status")
    call(page, "showLoading", title="加载中")
    call(page, "hideToast")
    assert status.all_inner_texts() == ["加载中"]
    call(page, "showToast", title="好", duration=60_000)
    assert status.inner_text().endswith("好")
    call(page, "hideLoading")
    assert status.count() == 1
    call(page, "hideToast")
    assert status.count() == 0


def test_a_loading_that_is_hidden_at_once_does_not_stay(package: OpenPackage) -> None:
    page = package(before=OPEN_SHADOWS)
    page.evaluate("{ tt.showLoading({title: 'a'}); tt.hideLoading(); }")
    call(page, "checkSession")
    assert page.get_by_role("status").count() == 0


# ---- what a player is asked for ------------------------------------------------------------------

START = "{ tt[api]({...options, complete(r) { got = r; }}); }"


def answered(page: Page, choice: str, api: str, **options: Any) -> Any:
    """What the call ends in once the player has chosen."""
    page.evaluate(f"([api, options]) => {START}", [api, options])
    page.get_by_role("alertdialog").get_by_role("button", name=choice).click()
    page.wait_for_function("window.got")
    return page.evaluate("[got, got = null][0]")


def test_a_scope_is_asked_for_once_and_what_the_player_chose_stays(package: OpenPackage) -> None:
    page = package(before=OPEN_SHADOWS)
    allowed = {"errMsg": "authorize:ok", "data": {"scope.userInfo": "ok"}}
    assert answered(page, "允许", "authorize", scope="scope.userInfo") == allowed
    assert answered(page, "拒绝", "authorize", scope="scope.album") == {"errMsg": "authorize:fail"}
    assert call(page, "authorize", scope="scope.userInfo") == allowed
    assert call(page, "authorize", scope="scope.album") == {"errMsg": "authorize:fail"}
    assert call(page, "authorize", scope="scope.screenRecord")["errMsg"] == "authorize:ok"
    assert call(page, "getSetting")["authSetting"] == {
        "scope.userInfo": True,
        "scope.album": False,
        "scope.screenRecord": True,
    }


def test_the_players_data_are_not_asked_for_without_a_session(
    package: OpenPackage, world: Client
) -> None:
    page = package(before=OPEN_SHADOWS)
    world.put_player("player-1", session="none")
    refused = {"errMsg": "authroize:fail invalid session"}
    assert call(page, "authorize", scope="scope.userInfo") == refused


def test_a_shortcut_is_added_by_a_player_who_touches_the_page(package: OpenPackage) -> None:
    page = package(before=OPEN_SHADOWS)
    assert call(page, "checkShortcut")["status"] == {"exist": False, "needUpdate": False}
    page.mouse.click(5, 5)
    cancelled = {"errMsg": "addShortcut:fail user cancel", "errNo": 21305}
    assert answered(page, "拒绝", "addShortcut") == cancelled
    assert answered(page, "允许", "addShortcut") == {"errMsg": "addShortcut:ok"}
    assert call(page, "checkShortcut")["status"] == {"exist": True, "needUpdate": False}


# By the page itself, which says again and again what came: what a test has it evaluate counts as a
# touch.
AT_ONCE = """<script>
    const tell = (reply) => setInterval(() => console.log(JSON.stringify(reply)), 50);
    addEventListener('load', () => tt.%s({complete: tell}));
</script>"""


@pytest.mark.parametrize(
    ("api", "number"), [("addShortcut", {"errNo": 21500}), ("shareAppMessage", {})]
)
def test_what_no_touch_asked_for_is_refused(
    package: OpenPackage, api: str, number: dict[str, int]
) -> None:
    page = package(before=AT_ONCE % api)
    said = page.wait_for_event("console", lambda line: line.text.startswith('{"errMsg'))
    message = f"{api}:fail must be invoked by user gesture"
    assert json.loads(said.text) == {"errMsg": message, **number}


def test_what_is_copied_can_be_pasted(package: OpenPackage) -> None:
    page = package()
    assert call(page, "getClipboardData") == {"errMsg": "getClipboardData:ok", "data": ""}
    assert call(page, "setClipboardData", data="abc") == {"errMsg": "setClipboardData:ok"}
    assert call(page, "getClipboardData")["data"] == "abc"


def test_a_button_over_the_game_is_where_its_style_says_and_tells_who_the_player_is(
    package: OpenPackage, world: Client
) -> None:
    world.put_player("player-1", nickname="爱丽丝")
    page = package(before=OPEN_SHADOWS)
    page.evaluate(
        """{
            const style = {left: 40, top: 60, width: 120, height: 30, color: '#fff'};
            window.made = tt.createUserInfoButton({type: 'text', text: '登录', style});
            made.onTap(r => { got = r; });
        }"""
    )
    drawn = page.get_by_role("button", name="登录")
    assert drawn.bounding_box() == {"x": 40, "y": 60, "width": 120, "height": 30}
    drawn.click()
    page.wait_for_function("window.got")
    assert page.evaluate("[got.errMsg, got.userInfo.nickName]") == ["getUserInfo:ok", "爱丽丝"]
    page.evaluate("{ made.style.left = 10; made.hide(); made.show(); }")
    assert drawn.evaluate("made => made.getBoundingClientRect().left") == 10
    page.evaluate("{ made.destroy(); }")
    assert drawn.count() == 0


def test_the_player_says_how_a_share_ends(package: OpenPackage) -> None:
    page = package(before=OPEN_SHADOWS)
    page.mouse.click(5, 5)
    assert answered(page, "允许", "shareAppMessage", title="join") == {
        "errMsg": "shareAppMessage:ok"
    }
    assert answered(page, "拒绝", "shareAppMessage") == {"errMsg": "shareAppMessage:fail"}


@pytest.mark.parametrize("api", ["vibrateShort", "showShareMenu", "shareAppMessage", "checkScene"])
def test_faults_and_the_journal_reach_what_only_looks_on(
    package: OpenPackage, world: Client, api: str
) -> None:
    page = package()
    row = load().apis[api].errors[0]
    world.arm({"error": row.name, "api": api})
    assert call(page, api)["errMsg"] == f"{api}:fail {row.message}"
    assert world.count(api=api, error=row.name) == 1


# ---- what is there so that games start -----------------------------------------------------------


def test_what_has_nowhere_to_go_fails_or_says_so(package: OpenPackage) -> None:
    page = package()
    assert call(page, "checkScene", scene="sidebar") == {
        "errMsg": "checkScene:ok",
        "isExist": False,
    }
    for api in ("navigateToScene", "requestSubscribeMessage"):
        assert call(page, api) == {"errMsg": f"{api}:fail"}
    assert call(page, "navigateToMiniProgram", appId="tt1") == {
        "errMsg": "navigateToMiniProgram:fail unSupport on game",
        "errorCode": 21100,
    }
    for api in ("showShareMenu", "vibrateShort", "vibrateLong"):
        assert call(page, api) == {"errMsg": f"{api}:ok"}
    assert page.evaluate("['onShow', 'createRewardedVideoAd', 'nothing'].map(tt.canIUse)") == [
        True,
        True,
        False,
    ]


def test_the_managers_that_games_ask_for_at_their_start_are_there(
    package: OpenPackage, complaints: list[str]
) -> None:
    page = package()
    outcome = page.evaluate(
        """async () => {
            for (const level of ['debug', 'info', 'log', 'warn', 'error']) {
                tt.getLogManager()[level]('x', 1);
                tt.getRealtimeLogManager()[level]('x', 1);
            }
            const update = tt.getUpdateManager();
            update.onUpdateReady(() => {});
            update.onUpdateFailed(() => {});
            const checked = await new Promise(done => update.onCheckForUpdate(done));
            const recorder = tt.getGameRecorderManager();
            const failed = new Promise(done => recorder.onError(done));
            recorder.start({duration: 30});
            const clip = await new Promise(fail => recorder.recordClip({fail}));
            return [checked, await failed, clip, recorder === tt.getGameRecorderManager()];
        }"""
    )
    assert outcome == [
        {"hasUpdate": False},
        {"errMsg": "getGameRecorderManager:fail"},
        {"errMsg": "recordClip:fail"},
        True,
    ]
    assert call(page, "updateShareMenu") == {"errMsg": "updateShareMenu:ok"}
    assert complaints == []


def test_the_clock_of_the_performance_is_in_microseconds(package: OpenPackage) -> None:
    page = package()
    between = """() => {
        const before = performance.now() * 1000;
        const now = tt.getPerformance().now();
        return [before <= now, now <= performance.now() * 1000];
    }"""
    assert page.evaluate(between) == [True, True]


def test_an_update_loads_the_page_again(package: OpenPackage) -> None:
    page = package()
    with page.expect_navigation():
        page.evaluate("{ tt.getUpdateManager().applyUpdate(); }")


@pytest.mark.parametrize("kind", ["RewardedVideo", "Interstitial", "Banner"])
def test_an_advertisement_fails_without_an_unhandled_rejection(
    package: OpenPackage, complaints: list[str], kind: str
) -> None:
    page = package()
    outcome = page.evaluate(
        """async (name) => {
            const ad = tt[name]({adUnitId: 'x'});
            const failed = new Promise(done => ad.onError(done));
            ad.load();
            return [await failed, await ad.show().catch(error => error)];
        }""",
        f"create{kind}Ad",
    )
    assert outcome == [{"errMsg": f"create{kind}Ad:fail"}] * 2
    assert complaints == []


def lines(text: str) -> str:
    """The text of a panel in one line."""
    return re.sub(r"\s+", " ", text).strip()
