"""The guest keeps its house: what a page replaces after tt.js changes nothing for tt."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from browser.package_site import WEB, Files, OpenPackage, says
from browser.sounds import wav
from echo import Echo, echo
from tt_emulator.client import Client

GUEST = Path(__file__).parent / "guest"
FAULTS = [
    {"client": "twice", "api": "setUserGroup"},
    {"client": "never", "api": "checkSession"},
    {"client": "throw", "api": "login"},
    {"client": "malformed_ok", "api": "getUserCloudStorage"},
    {"wire": "http_status", "api": "getNetworkType"},
    {"wire": "bad_json", "api": "setUserCloudStorage"},
    {"error": "internal-error", "api": "removeUserCloudStorage"},
]
START = """way => {
    setTimeout(() => { replacement = replaceEverything(way, [playGame]); playGame(); });
    0; // and the game begins later: the browser's own answer to this would meet what is replaced
}"""
OUTCOME = "[replacement.called, replacement.count, seen]"
# V8 itself asks for it when it tells of an error that nobody catches.
OF_THE_BROWSER = {"window.Error.prototype.toString"}

# ---- every native, replaced ----------------------------------------------------------------------


def guest(name: str) -> str:
    return (GUEST / name).read_text(encoding="utf-8")


def files(url: str, way: str) -> Files:
    index = (
        '<!doctype html><link rel="icon" href="data:,"><script src="replace.js"></script>'
        f'<script src="{url}/tt.js" data-compat="wx"></script><script src="game.js"></script>'
    )
    return {
        "": index,
        "replace.js": guest("replace.js"),
        "game.js": guest("game.js"),
        "tone.wav": wav(0.6),
        "open/index.js": "require('./open-data');",
        "open/open-data.js": guest("open-data.js"),
        "open/replace.js": guest("replace.js"),
        "open/late.js": "exports.value = 'late';",
        "open/late.json": '{"value": "later"}',
        "open/by.json": json.dumps({"by": way}),
    }


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def type_and_confirm(page: Page) -> None:
    page.keyboard.type("b")
    page.mouse.click(1240, 700)  # the button, at the right lower corner


@pytest.fixture
def own_server() -> Iterator[Echo]:
    with echo() as running:
        yield running


@pytest.fixture
def page(package: OpenPackage, world: Client, way: str, own_server: Echo) -> Page:
    world.put_player("player-1", KVDataList=[{"key": "best", "value": "1"}])
    world.replace([fault | {"times": 1, "skip": 1} for fault in FAULTS])
    return package(files=files(world.url, way), query=f"&level=3&socket={own_server.port}")


@pytest.fixture
def tools(page: Page) -> CDPSession:
    """Chromium's developer tools, which need nothing of the page."""
    return page.context.new_cdp_session(page)


@pytest.fixture
def played(page: Page, tools: CDPSession, world: Client, way: str) -> Page:
    """The page when the game has played in both its domains, all that was replaced put back."""
    tester: dict[str, Callable[[], Any]] = {
        "choose in the modal": lambda: page.evaluate(START, way),
        "cancel the sheet": lambda: press(page, "Enter"),
        "answer whether to share": lambda: press(page, "Tab", "Enter"),
        "close the panel": lambda: press(page, "Enter"),
        "close it again": lambda: press(page, "Tab", "Enter", "Escape"),
        "type": lambda: press(page, "Escape"),
        "allow": lambda: type_and_confirm(page),
        "add the shortcut": lambda: press(page, "Enter"),
        "tap": lambda: press(page, "Enter"),
        "tap the other": lambda: page.mouse.click(20, 20),
        "go offline": lambda: page.mouse.click(120, 20),
        "go online": lambda: world.put_player("player-1", network="offline"),
        "touch the screen": lambda: world.put_player("player-1", network="online"),
        "open data over": lambda: page.mouse.click(9, 9),
    }
    for line, do in tester.items():
        with page.expect_console_message(says(f"guest: {line}")):
            do()
    tools.send("Runtime.evaluate", {"expression": "replacement.restore()"})
    return page


def errors(seen: dict[str, Any], *names: str) -> list[Any]:
    replies = [seen[name] for name in names]
    return [reply.get("errNo", reply.get("errorCode", reply["errMsg"])) for reply in replies]


@pytest.mark.parametrize("way", ["what throws", "what is made of tt"])
def test_a_game_plays_on_where_every_native_is_replaced(played: Page, world: Client) -> None:
    called, count, seen = played.evaluate(OUTCOME)
    assert (count > 5_000, set(called) - OF_THE_BROWSER) == (True, set())
    assert [seen["platform"], seen["can"], seen["level"]] == ["android", [True, False, True], "3"]
    assert seen["absent"] == [None, None, None, None, False]
    assert seen["getUserCloudStorage"]["KVDataList"] == [{"key": "best", "value": "7"}]
    assert errors(
        seen, "cycle", "wrong", "documented", "badJson", "status", "badKey", "nobody"
    ) == [
        999999,
        999999,
        999993,
        108001,
        20000,
        20001,
        "login:fail network unavailable",
    ]
    assert seen["twice"] == ["setUserGroup:ok"] * 2
    assert (seen["malformed"]["data"], "never" in seen, "thrown" in seen) == (None, False, False)
    assert seen["kept"][:3] == [{"deep": [1, "zwei"]}, "text", ""]
    assert (seen["getStorage"]["data"], seen["refused"]) == (4, 20001)
    assert seen["canvases"] == [True, False, True]
    assert [seen["avatar"], seen["none"], seen["drawn"], seen["pattern"]] == [
        "loaded",
        "failed",
        True,
        None,
    ]
    assert [kind for kind, *_ in seen["touches"][:4]] == ["start", "move", "end", "cancel"]
    assert seen["sound"] == [["canplay", "pause"], "tone.wav", True, True, True, True]
    assert (seen["noSound"]["errCode"], seen["context"]) == (10004, True)
    assert seen["life"] == ["show", "show"]
    assert seen["showModal"]["confirm"] is True
    assert errors(seen, "firstPanel", "secondPanel", "panel") == [
        "getImRankList:ok",
        21105,
        "getImRankList:ok",
    ]
    assert (seen["ad"]["errMsg"], seen["network"]["isConnected"]) == (
        "createRewardedVideoAd:fail",
        False,
    )
    assert_a_whole_phone(seen)
    assert (seen["lastWords"], seen["shared"]) == (["words", "words"], [True])

    called, count, seen = played.frames[1].evaluate(OUTCOME)
    assert (count > 5_000, set(called) - OF_THE_BROWSER) == (True, set())
    first, second = seen["messages"]
    assert (first["nested"], second, seen["touches"]) == ([{"list": [1, 2]}], "text", 1)
    assert (seen["shared"], seen["canvas"], seen["late"]) == (True, True, ["late", "later", "late"])
    assert "Neither domain can load" in seen["outside"]
    assert [row["openid"] for row in seen["getFriendCloudStorage"]["data"]] == ["player-1"]
    assert "cancelled" not in seen


def assert_a_whole_phone(seen: dict[str, Any]) -> None:
    assert seen["downloadFile"]["tempFilePath"].startswith("ttfile://temp/")
    assert (seen["sent"], seen["socket"], seen["lost"]) == ("send:ok", [["a", True], 3001], 1006)
    assert seen["unreachable"] == "connectSocket:fail network unavailable"
    assert errors(seen, "again", "addShortcut", "navigateToMiniProgram") == [
        "authorize:ok",
        "addShortcut:ok",
        21100,
    ]
    assert [seen["font"], seen["tap"], seen["tapped"]] == [
        None,
        "createFeedbackButton:ok",
        "getUserInfo:ok",
    ]
    assert seen["getClipboardData"]["data"] == "a"
    assert seen["showActionSheet"]["errMsg"] == "showActionSheet:fail cancel"
    assert seen["keyboard"] == ["input", "confirm"]
    assert seen["device"] == ["rejection", "orientation"]
    assert errors(seen, "setDeviceOrientation", "runsAlready", "stopGyroscope", "clip") == [
        "setDeviceOrientation:ok",
        21000,
        "stopGyroscope:ok",
        "recordClip:fail",
    ]
    assert seen["info"] == [1280, "android", "zh_CN", 87, "develop"]
    assert (seen["now"], seen["hasUpdate"]) == (True, False)
    assert seen["recorder"] == "getGameRecorderManager:fail"


# What of the scripts a game does not come to, by what its first line has in it.
NOT_PLAYED = {
    "sentences": ["=> '", '=> "tt.', "=> GLOBAL", "=> what +", "listed(", "=> entry +"],
    "errors": ["(error) =>", "(event) => { // it cannot", "complain", "notLoaded", "ownConsole"],
    "Node, or an old browser": [
        *("memory", "names()", "(...request) =>", "self[name]", "() => null"),
        *("readAgain", "window.localStorage", "() => found", "// jsdom", "causeOutside"),
        *("has(MEMBERS.main, name)", "TT_EMULATOR_TOKEN"),
    ],
    "another platform": [
        *("forgive(", "promised(", "(resolve, reject) => begin", "{ ...read, callbacks }"),
        *("(callback) => typeof callback", "(key) => shelf().read(prefix + key) !== null"),
        *("problemOf(", "(ms) => (ms < MOST_MS"),
    ],
    "leaves the page": ["location.reload()"],
    "while the page loads": ["loopbackUrl", "(value) => define(window"],
    "by settings, or never": [
        "mute(isSilent)",
        "withFixedSize",
        "OWN_SENTENCES.fixedSize",
        "context.outbox",
        "() => {})",
        "STORAGE_ROWS.full",
        "messages.late",
    ],
    "toJSON of a library": ["withoutForeign"],
    "the game's own listeners": [
        *("set(handler)", "apply(get, canvas", "noteListener(", "[name](...passed)", "(other) =>"),
    ],
    "an emulator that goes wrong": [
        "json.parse(body)",
        "(part) => part",
        "(ms) => new Promise(",
        "MOVING_MS",
        "hearEvents",
    ],
    "one that refuses": ["responseText(request)"],
    "other modules": ["mapImports", "runModules", "runPlain", "setAttribute(script"],
    "instanceof": ["value(instance)"],
    "where a package is played": [
        *(".emit(value)", "mappedTo(", "says so once, and counts", "has(CATALOG[api].errors, row)"),
        *("async tell(", "async before(", "newName()", "() => true"),
        *("begin(hear)", "following.isCurrent()", "isLatest &&", "(text, part) =>"),
    ],
}

OF_TESTERS = {"three-fingers", "own-events", "game-panel", "game-panel-view", "panel-sentences"}
"""Modules to which no game comes: tests/browser/test_game_panel.py does."""


@pytest.mark.parametrize("way", ["what throws"])
def test_that_game_comes_to_all_that_tt_js_does(
    page: Page, tools: CDPSession, request: pytest.FixtureRequest
) -> None:
    """Or the test above would prove less with each function that comes to tt.js."""
    tools.send("Profiler.enable")
    tools.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": False})
    page.reload()
    request.getfixturevalue("played")
    known = [part for parts in NOT_PLAYED.values() for part in parts]
    scripts: list[Any] = []

    def unplayed() -> set[str]:
        scripts.extend(tools.send("Profiler.takePreciseCoverage")["result"])
        names = ("tt.js", "open-data.js")
        lines = {line for name in names for line in never_called(scripts, name)}
        return {line for line in lines if not any(part in line for part in known)}

    for _ in range(50):  # the console hears of absent names half a second after the last of them
        if not unplayed():
            break
        page.wait_for_timeout(100)
    assert unplayed() == set()


def never_called(scripts: list[Any], name: str) -> set[str]:
    """The first line of each function of the script that no realm has called."""
    text = (WEB / name).read_text(encoding="utf-8")
    lines: dict[int, str] = {}
    called = set()
    for script in scripts:
        if script["url"].rpartition("/")[2] == name and "/package/" not in script["url"]:
            for function in script["functions"]:
                whole = function["ranges"][0]
                start = whole["startOffset"]
                lines[start] = text[start:].partition("\n")[0]
                if whole["count"]:
                    called.add(start)
    return {
        line
        for start, line in lines.items()
        if start not in called and module_at(text, start) not in OF_TESTERS
    }


def module_at(text: str, start: int) -> str:
    """The module of tt.js whose code stands there."""
    return ["", *re.findall(r"^// ([\w-]+)\.js$", text[:start], re.MULTILINE)][-1]


# ---- adapters that are made of tt ----------------------------------------------------------------

ADAPTERS = {
    "createElement": (
        """
        const real = document.createElement.bind(document);
        document.createElement = (n) => (n === 'canvas' ? tt.createCanvas() : real(n));
        const made = document.createElement('canvas');
        """,
        "made instanceof HTMLCanvasElement",
    ),
    "Image": (
        "window.Image = function () { return tt.createImage(); }; const made = new Image();",
        "made instanceof HTMLImageElement",
    ),
    "frames": (
        """
        window.requestAnimationFrame = tt.requestAnimationFrame;
        window.cancelAnimationFrame = tt.cancelAnimationFrame;
        requestAnimationFrame(() => { window.framed = true; });
        """,
        "new Promise(done => setTimeout(() => done(framed), 200))",
    ),
    "XMLHttpRequest": (
        """
        window.XMLHttpRequest = class {
            open() {} setRequestHeader() {} send() { throw new Error('game'); }
        };
        const info = tt.getSystemInfoSync();
        """,
        "info.platform === 'android'",
    ),
    "localStorage": (
        """
        Object.defineProperty(window, 'localStorage', { configurable: true, value: {
            getItem: (k) => tt.getStorageSync(k), setItem: (k, v) => tt.setStorageSync(k, v) } });
        localStorage.setItem('a', '1');
        """,
        "localStorage.getItem('a') === '1'",
    ),
    "window": (
        """
        const get = () => tt.getSystemInfoSync().windowWidth;
        for (const name of ['innerWidth', 'innerHeight', 'devicePixelRatio', 'screen']) {
            Object.defineProperty(window, name, { configurable: true, get });
        }
        """,
        "tt.getSystemInfoSync().windowWidth === 1280",
    ),
    "listeners": (
        """
        const heard = [];
        const add = (type, listener) => tt.onTouchStart(listener);
        for (const at of [window, document, EventTarget.prototype]) at.addEventListener = add;
        addEventListener('touchstart', () => heard.push('touch'));
        """,
        "Array.isArray(heard)",
    ),
    "navigator": (
        """
        const value = { vibrate: () => tt.vibrateShort(), get language() {
            return tt.getSystemInfoSync().language; } };
        Object.defineProperty(window, 'navigator', { configurable: true, value });
        tt.vibrateShort();
        """,
        "navigator.language === 'zh_CN'",
    ),
    "console": (
        """
        console.info = console.warn = (title) => tt.showToast({ title, x: tt.nothing });
        const told = tt.createVideo;
        """,
        "told === undefined",
    ),
}


@pytest.mark.parametrize("name", ADAPTERS)
def test_an_adapter_that_is_made_of_tt_works(
    package: OpenPackage, complaints: list[str], name: str
) -> None:
    adapter, holds = ADAPTERS[name]
    page = package()
    page.add_script_tag(content=adapter)
    assert page.evaluate(holds) is True
    assert page.evaluate("typeof tt.getLaunchOptionsSync().scene") == "string"
    assert complaints == []


# ---- fetch, as tracing libraries and mocks replace it --------------------------------------------

FETCHES = {
    "adds headers": """
        const f = window.fetch;
        const traced = { 'sentry-trace': '1-2-1', baggage: 'a=b' };
        window.fetch = (u, o = {}) => f(u, { ...o, headers: { ...o.headers, ...traced } });""",
    "adds headers by the class": """
        const f = window.fetch;
        window.fetch = (u, o) => {
            const headers = new Headers(o.headers);
            headers.set('traceparent', '00-1');
            return f(u, { ...o, headers });
        };""",
    "rejects": "window.fetch = () => Promise.reject(new Error('mine'));",
    "throws": "window.fetch = () => { throw new Error('mine'); };",
    "answers itself": "window.fetch = async () => new Response('{}');",
    "is undefined": "window.fetch = undefined;",
    "is made of tt": "window.fetch = () => new Promise((success) => tt.login({ success }));",
    "is XMLHttpRequest's": """
        const send = XMLHttpRequest.prototype.send;
        XMLHttpRequest.prototype.send = function (body) {
            this.setRequestHeader('b3', '0');
            return send.call(this, body);
        };""",
}


SAVE = """new Promise(complete =>
    tt.setUserCloudStorage({KVDataList: [{key: 's', value: '7'}], complete}))"""


@pytest.mark.parametrize("how", FETCHES)
def test_a_page_whose_fetch_is_another_has_a_network(
    package: OpenPackage, world: Client, complaints: list[str], how: str
) -> None:
    page = package()
    page.add_script_tag(content=FETCHES[how])
    assert page.evaluate(SAVE) == {"errMsg": "setUserCloudStorage:ok"}
    assert world.call("getUserCloudStorage", {"keyList": ["s"]})["data"] == [
        {"key": "s", "value": "7"}
    ]
    page.evaluate("{ tt.onNetworkStatusChange((status) => { window.status_ = status; }); }")
    world.put_player("player-1", network="offline")
    page.wait_for_function("window.status_")
    assert complaints == []


# ---- what a library gives to every object and list -----------------------------------------------

GIVEN_TO_ALL = {
    "toJSON of lists": "Array.prototype.toJSON = () => 'x';",
    "toJSON of objects": "Object.prototype.toJSON = () => { throw new Error('mine'); };",
    "members of a request": """
        Object.assign(Object.prototype, { signal: 7, mode: 'none', cache: 'none', redirect: 8,
            referrer: 'no url at all:', priority: 9, duplex: 'none', integrity: 1, window: 2 });""",
    "members of other options": """
        Object.assign(Object.prototype, { once: true, passive: 1, fatal: true, stream: true,
            delegatesFocus: true, slotAssignment: 'none', attributeFilter: 5, subtree: 6 });""",
    "traps": "Object.prototype.getPrototypeOf = () => { throw new Error('mine'); };",
    "species of lists": """
        Object.defineProperty(Array, Symbol.species, { get() { throw new Error('mine'); } });""",
    "species of promises": """
        Object.defineProperty(Promise, Symbol.species, { get() { throw new Error('mine'); } });""",
}
ALL_ALONG = """(async () => {
    const owners = [Object.prototype, Array.prototype, Array, Promise];
    const before = owners.map(Object.getOwnPropertyDescriptors);
    const { defineProperties, hasOwn } = Object;
    const { ownKeys, deleteProperty } = Reflect;
    const call = (api, options) => new Promise((complete) =>
        tt[api](Object.assign({ complete }, options)));
    GIVE
    const seen = [
        (await call('setUserCloudStorage', { KVDataList: [{ key: 's', value: '7' }] })).errMsg,
        (await call('getUserCloudStorage', { keyList: ['s'] })).KVDataList[0].value,
        (await call('setStorage', { key: 'a', data: [1] })).errMsg,
        (await call('getImRankList',
            { relationType: 'friend', dataType: 0, rankType: 'all' })).errMsg,
        tt.getStorageSync('a')[0],
    ];
    tt.onNetworkStatusChange((status) => { window.status_ = status; });
    tt.onShow(() => {});
    const failed = await new Promise((heard) => {
        const ad = tt.createRewardedVideoAd({});
        ad.onError(heard);
        (async () => { try { await ad.load(); } catch (error) { /* as ever */ } })();
    });
    tt.getOpenDataContext().postMessage({ list: [1] });
    await new Promise((done) => { setTimeout(done, 100); });
    for (let at = 0; at < owners.length; at += 1) {
        const names = ownKeys(owners[at]);
        for (let name = 0; name < names.length; name += 1) {
            if (!hasOwn(before[at], names[name])) deleteProperty(owners[at], names[name]);
        }
        defineProperties(owners[at], before[at]);
    }
    return [...seen, failed.errMsg];
})()"""


@pytest.mark.parametrize("what", GIVEN_TO_ALL)
def test_what_a_library_gives_to_all_changes_nothing(
    package: OpenPackage, world: Client, complaints: list[str], what: str
) -> None:
    page = package()
    page.evaluate("{ tt.getSystemInfoSync(); }")
    with page.expect_console_message(says("guest: played")):
        page.evaluate(
            f"""{{ setTimeout(async () => {{
                window.all = await {ALL_ALONG.replace("GIVE", GIVEN_TO_ALL[what])};
                console.log('guest: played');
            }}); }}"""
        )
    assert page.evaluate("window.all") == [
        *("setUserCloudStorage:ok", "7", "setStorage:ok", "getImRankList:ok", 1),
        "createRewardedVideoAd:fail",
    ]
    world.put_player("player-1", network="offline")
    page.wait_for_function("window.status_")
    assert complaints == []


# ---- libraries that were there before tt.js ------------------------------------------------------

EARLIER = {
    "fetch's answers are proxies": """
        const f = fetch;
        const proxyOf = (it) => new Proxy(it, { get(target, name) {
            const value = target[name];
            return typeof value === 'function' ? value.bind(target) : value; } });
        window.fetch = async (u, o) => proxyOf(await f(u, o));""",
    "fetch's answers and their headers are proxies": """
        const f = fetch;
        const proxyOf = (it) => new Proxy(it, { get(target, name) {
            const value = target[name];
            if (name === 'headers' || name === 'body') return proxyOf(value);
            return typeof value === 'function' ? value.bind(target) : value; } });
        window.fetch = async (u, o) => proxyOf(await f(u, o));""",
    "XMLHttpRequest has nothing on its prototype": """
        const Native = XMLHttpRequest;
        window.XMLHttpRequest = function () {
            const real = new Native();
            const facade = {};
            for (const name of ['open', 'send', 'setRequestHeader', 'getResponseHeader']) {
                facade[name] = (...given) => real[name](...given);
            }
            for (const name of ['status', 'responseText']) {
                Object.defineProperty(facade, name, { get: () => real[name] });
            }
            return facade;
        };""",
    "XMLHttpRequest and its instances are proxies": """
        window.XMLHttpRequest = new Proxy(XMLHttpRequest, { construct(Target, given) {
            const real = new Target(...given);
            return new Proxy(real, { get(target, name) {
                const value = target[name];
                return typeof value === 'function' ? value.bind(target) : value; } });
        } });""",
    "XMLHttpRequest returns the native one": """
        const Native = XMLHttpRequest;
        window.XMLHttpRequest = function () { return new Native(); };""",
}


@pytest.mark.parametrize("how", EARLIER)
def test_a_library_that_came_before_tt_js_leaves_the_page_its_network_and_its_phone(
    package: OpenPackage, world: Client, complaints: list[str], how: str
) -> None:
    world.put_settings(system={"platform": "ios"})
    page = package(
        before=f"<script>{{{EARLIER[how]}}}</script>",
    )
    assert page.evaluate("tt.getSystemInfoSync().platform") == "ios"
    assert page.evaluate(SAVE) == {"errMsg": "setUserCloudStorage:ok"}
    page.evaluate("{ tt.onNetworkStatusChange((status) => { window.status_ = status; }); }")
    world.put_player("player-1", network="offline")
    page.wait_for_function("window.status_")
    assert complaints == []


COOKIES = {
    "fetch": """
        const f = fetch;
        window.fetch = (u, o) => f(u, { ...o, credentials: 'include' });""",
    "XMLHttpRequest": """
        const send = XMLHttpRequest.prototype.send;
        XMLHttpRequest.prototype.send = function (body) {
            this.withCredentials = true;
            return send.call(this, body);
        };""",
}


@pytest.mark.parametrize("how", COOKIES)
def test_a_library_that_sends_cookies_is_named_where_the_emulator_lets_the_page_in_anyway(
    package: OpenPackage, how: str
) -> None:
    page = package(before=f"<script>{{{COOKIES[how]}}}</script>")
    with page.expect_console_message(says("emulator running?")) as logged:
        page.evaluate(f"tt.getSystemInfoSync() && {SAVE}")
    assert "Load tt.js before it" in logged.value.text
    assert "--allow-origin" not in logged.value.text
