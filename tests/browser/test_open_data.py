"""The open data domain in a real browser, in a package on another origin than the emulator."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from browser.package_site import (
    HEAR,
    READY,
    WEB,
    Files,
    OpenPackage,
    open_realm,
    package_site,
    received,
    says,
    wait_for_pixels,
)
from browser.site import Tab
from tt_emulator.client import Client
from tt_emulator.domain import avatars


def thrown_by_open_data(page: Page) -> dict[str, Any]:
    """The first uncaught error, as Chromium's developer tools are told of it."""
    tools = page.context.new_cdp_session(page)
    thrown: list[dict[str, Any]] = []
    tools.on("Runtime.exceptionThrown", lambda found: thrown.append(found["exceptionDetails"]))
    tools.send("Runtime.enable")
    with page.expect_event("pageerror"):
        page.evaluate("{ tt.getOpenDataContext(); }")
    tools.send("Runtime.disable")  # answered after what was thrown
    return thrown[0]


# ---- which names there are -----------------------------------------------------------------------


def test_the_open_data_domain_has_the_platforms_names(package: OpenPackage) -> None:
    realm = open_realm(package())
    names = ["getSharedCanvas", "onMessage", "createImage", "createCanvas", "getSystemInfoSync"]
    names += ["requestAnimationFrame", "setUserCloudStorage", "getUserCloudStorage"]
    assert realm.evaluate("names => names.map(name => typeof tt[name])", names) == ["function"] * 8
    assert realm.evaluate("[GameGlobal === window, typeof require, typeof createTT]") == [
        True,
        "function",
        "undefined",
    ]


def test_neither_domains_globals_lead_to_the_other(package: OpenPackage) -> None:
    page = package("GameGlobal.tops = [top === window, typeof frameElement];" + READY)
    realm = open_realm(page)
    seen = "[parent === window, frameElement, opener, window.length]"
    assert realm.evaluate(seen) == [True, None, None, 0]
    assert realm.evaluate("tops") == [True, "object"]
    assert page.evaluate("[window.length, document.querySelector('iframe')]") == [0, None]
    page.evaluate("window.secretOfMain = 1")
    assert realm.evaluate("typeof secretOfMain") == "undefined"
    assert page.evaluate("typeof heard") == "undefined"


def test_each_domain_has_its_own_built_ins(package: OpenPackage) -> None:
    page = package()
    open_realm(page).evaluate("{ Array.prototype.mine = 1; }")
    assert page.evaluate("[].mine === undefined")


# ---- the shared canvas ---------------------------------------------------------------------------


def test_what_the_open_data_domain_draws_the_main_domain_shows(package: OpenPackage) -> None:
    page = package()
    open_realm(page).evaluate(
        """{
            const pen = sharedCanvas.getContext('2d');
            pen.fillStyle = 'lime';
            pen.fillRect(5, 5, 9, 9);
        }"""
    )
    wait_for_pixels(page, {(6, 6): [0, 255, 0, 255], (1, 1): [0, 0, 0, 0]})


# ---- messages ------------------------------------------------------------------------------------


def test_a_listener_that_throws_takes_no_message_from_the_others(
    package: OpenPackage, complaints: list[str]
) -> None:
    page = package("tt.onMessage(() => { throw new Error('mine'); });\n" + HEAR)
    realm = open_realm(page)
    page.evaluate("{ tt.postMessage(1); tt.postMessage(2); }")
    assert received(realm, 2) == [1, 2]
    assert any("mine" in text for text in complaints)


def test_what_was_saved_before_a_message_is_read_after_it(
    package: OpenPackage, world: Client
) -> None:
    page = package(
        """tt.onMessage(() => tt.getUserCloudStorage({
            keyList: ['score'], complete: ({ KVDataList }) => { GameGlobal.read = KVDataList; },
        }));"""
        + READY
    )
    realm = open_realm(page)
    world.arm({"api": "setUserCloudStorage", "delay_ms": 50})
    page.evaluate(
        """{
            tt.setUserCloudStorage({ KVDataList: [{ key: 'score', value: '9' }] });
            tt.getOpenDataContext().postMessage('refresh');
        }"""
    )

    realm.wait_for_function("GameGlobal.read")
    assert realm.evaluate("read") == [{"key": "score", "value": "9"}]


# ---- which directory -----------------------------------------------------------------------------


@pytest.mark.parametrize("named", ["open", "./open", "open/", "./open/"])
def test_game_json_names_the_directory(package: OpenPackage, named: str) -> None:
    page = package(files={"game.json": json.dumps({"openDataContext": named})})
    open_realm(page)


def test_the_script_tag_wins_over_game_json(package: OpenPackage) -> None:
    files: Files = {"src/other/index.js": "GameGlobal.other = true"}
    page = package("", files, tag='data-open-data="src/other"')
    open_realm(page, "GameGlobal.other")


@pytest.mark.parametrize("game", ['{"openDataContext": ""}', "{}", "[]", "no JSON"])
def test_a_game_without_open_data_gets_a_context_whose_messages_go_nowhere(
    package: OpenPackage, game: str
) -> None:
    page = package(files={"game.json": game})
    with page.expect_console_message(says("open data domain: ")) as logged:
        page.evaluate("{ tt.getOpenDataContext().postMessage({}); }")
    assert "go nowhere" in logged.value.text
    assert page.evaluate("tt.getOpenDataContext().canvas.width === window.innerWidth")


def test_a_game_that_never_asks_for_it_pays_nothing(package: OpenPackage) -> None:
    page = package()
    page.evaluate("typeof tt.setUserCloudStorage + typeof tt.getOpenDataContext")
    assert len(page.frames) == 1


# ---- how modules are loaded ----------------------------------------------------------------------


def test_require_runs_each_file_once_with_its_own_scope(package: OpenPackage) -> None:
    files: Files = {
        "open/index.js": """
            const a = require('./a'), b = require('./lib'), data = require('a.json');
            GameGlobal.result = [a.n, b.n, b.a === a, data.x, require('./a') === a];
            GameGlobal.ready = true;
        """,
        "open/a.js": "const n = 1; exports.n = n; GameGlobal.runs = (GameGlobal.runs || 0) + 1;",
        "open/a.json": '{"x": 5}',
        "open/lib/index.js": "const n = 2; module.exports = {n, a: require('../a.js')};",
    }
    realm = open_realm(package(files=files))
    assert realm.evaluate("[...result, runs, typeof n]") == [1, 2, True, 5, True, 1, "undefined"]


def test_require_cannot_reach_the_main_domains_files(package: OpenPackage) -> None:
    page = package("require('../game.js')", {"game.js": "GameGlobal.leaked = true"})
    assert "Neither domain can load" in thrown_by_open_data(page)["text"]
    assert page.frames[1].evaluate("typeof leaked") == "undefined"


def test_a_plugin_is_refused_clearly(package: OpenPackage) -> None:
    page = package("requirePlugin('Layout')")
    assert "there are no plugins" in thrown_by_open_data(page)["text"]


@pytest.mark.parametrize(
    ("style", "source"),
    [
        ("plain", "var a = 1;\n\nnotThere();"),
        ("CommonJS", "const b = require('./b');\n\nnotThere();"),
        ("ES module", "import './b.js';\n\nnotThere();"),
    ],
)
def test_an_error_tells_its_file_and_line(package: OpenPackage, style: str, source: str) -> None:
    page = package(source, {"open/b.js": ""})
    thrown = thrown_by_open_data(page)
    assert thrown["url"].endswith("/package/open/index.js")
    assert thrown["lineNumber"] == 2  # counted from 0


def test_a_syntax_error_tells_its_file_and_line(package: OpenPackage) -> None:
    page = package("require('./broken')", {"open/broken.js": "var a = 1;\n\nvar = 2;"})
    text = thrown_by_open_data(page)["text"]
    assert "Unexpected token '='" in text
    assert "/package/open/broken.js:3" in text


COMMENTS = """/*
import old from 'old';
*/
const url = 'http://a/*'; // import './older.js'
"""


@pytest.mark.parametrize(
    ("index", "file"),
    [
        ("GameGlobal.ready = require('./a').ready;", "exports.ready = true;"),
        ("import { ready } from './a.js'; GameGlobal.ready = ready;", "export const ready = true;"),
    ],
)
def test_an_import_that_is_commented_out_is_none(
    package: OpenPackage, complaints: list[str], index: str, file: str
) -> None:
    open_realm(package(COMMENTS + index, {"open/a.js": file}))
    assert complaints == []


def test_an_import_that_leads_nowhere_is_told_with_its_file(package: OpenPackage) -> None:
    page = package("import x from 'render/nothing';")
    with page.expect_console_message(says('index.js: "render/nothing" is no file')):
        page.evaluate("{ tt.getOpenDataContext(); }")


STRICT = (
    "default-src 'none'; script-src 'self' EMULATOR; connect-src 'self' EMULATOR; "
    "img-src 'self' data:; style-src 'self'"
)


def test_a_strict_policy_allows_a_plain_script(package: OpenPackage, complaints: list[str]) -> None:
    page = package("var own = 1; module.exports = own;" + HEAR, policy=STRICT)
    realm = open_realm(page)
    page.evaluate("{ tt.postMessage(1); }")
    assert received(realm, 1) == [1]
    assert complaints == []


def test_a_strict_policy_allows_modules_with_relative_paths(
    package: OpenPackage, complaints: list[str]
) -> None:
    files: Files = {"open/ready.js": "export default true"}
    open_realm(package("import r from './ready.js'; GameGlobal.ready = r", files, policy=STRICT))
    assert complaints == []


def test_a_strict_policy_forbids_require_and_the_console_says_what_to_do(
    package: OpenPackage,
) -> None:
    page = package("require('./b')", {"open/b.js": ""}, policy=STRICT)
    advice = "bundle the directory into one plain script"
    assert advice in thrown_by_open_data(page)["text"]


def test_a_nonce_of_the_script_tag_is_handed_on(
    package: OpenPackage, complaints: list[str]
) -> None:
    policy = (
        "default-src 'none'; script-src 'nonce-abc'; connect-src 'self' EMULATOR; img-src data:"
    )
    files: Files = {"open/ready.js": "module.exports = true"}
    index = "GameGlobal.ready = require('./ready')"
    open_realm(package(index, files, tag='nonce="abc"', policy=policy))
    assert complaints == []


# ---- what the realm can do -----------------------------------------------------------------------


def test_calls_of_the_open_data_domain_are_marked_and_of_the_same_player(
    package: OpenPackage, world: Client
) -> None:
    page = package(query="&tt-player=%E5%B0%8F%E6%98%8E")
    realm = open_realm(page)
    realm.evaluate("new Promise(done => tt.removeUserCloudStorage({keyList: [], complete: done}))")
    (call,) = world.requests(api="removeUserCloudStorage")
    assert [call["domain"], call["player"]] == ["open", "小明"]


def test_the_realm_has_animation_frames_and_the_pages_window_size(package: OpenPackage) -> None:
    page = package()
    realm = open_realm(page)
    assert realm.evaluate("new Promise(done => tt.requestAnimationFrame(() => done(true)))")
    assert realm.evaluate("tt.getSystemInfoSync()") == page.evaluate("tt.getSystemInfoSync()")


def test_assets_are_found_from_the_packages_root(package: OpenPackage) -> None:
    realm = open_realm(package(files={"open/assets/a.png": PICTURE}))
    assert realm.evaluate(LOAD, "open/assets/a.png") == "onload 80"


def test_pictures_of_the_emulators_origin_do_not_taint_the_shared_canvas(tab: Tab) -> None:
    stand_in: Files = {f"/{name}": (WEB / name).read_bytes() for name in ("tt.js", "open-data.js")}
    stand_in["/avatar.png"] = PICTURE
    with package_site("", stand_in) as other:
        emulator = other.removesuffix("/package/")
        with package_site(emulator, {"open/index.js": HEAR}) as url:
            page = tab(url)
            realm = open_realm(page)
            assert realm.evaluate(LOAD, f"{emulator}/avatar.png") == "onload 80"
            read_back = (
                "sharedCanvas.getContext('2d').getImageData(0, 0, 80, 80).data.some(Boolean)"
            )
            assert realm.evaluate(read_back)


def test_pictures_of_other_origins_are_loaded_as_the_game_asks(tab: Tab, world: Client) -> None:
    with (
        package_site("", {"/a.png": PICTURE}) as elsewhere,
        package_site(world.url, {"open/index.js": HEAR}) as url,
    ):
        realm = open_realm(tab(url))
        ask = "url => Object.assign(tt.createImage(), {src: url}).crossOrigin"
        assert realm.evaluate(ask, elsewhere) is None


AVATAR = avatars.avatar_url("anybody", "")
PICTURE = avatars.png_at(AVATAR.removeprefix(avatars.PREFIX)) or b""
# Sets nothing but src, draws the picture, and says what was called and how wide it is.
LOAD = """src => new Promise(done => {
    const image = tt.createImage();
    image.onload = () => {
        sharedCanvas.getContext('2d').drawImage(image, 0, 0);
        done(`onload ${image.width}`);
    };
    image.onerror = () => done(`onerror ${image.width}`);
    image.src = src;
})"""
