"""What a page's console says of absent names, of frames that are refused, of addresses."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from browser.package_site import HEAR, READY, WEB, OpenPackage, open_realm, package_site, says
from browser.site import Tab
from process import Emulator
from shared_servers import ephemeral
from tt_emulator.client import Client
from tt_emulator.platforms.tt.pages import load

SAVE = "new Promise(complete => tt.setUserCloudStorage({KVDataList: [], complete}))"
TYPES = WEB / "tt.d.ts"
BOOT = """
    createVideo createCamera getRecorderManager getBatteryInfo getBatteryInfoSync scanCode
    setKeepScreenOn setEnableDebug getLocation chooseImage saveImageToPhotosAlbum
    onCompassChange offCompassChange startCompass stopCompass createGameBanner
    createVideoDecoder followOfficialAccount createMoreGamesButton setInnerAudioOption
"""
NAMES = re.findall(r"\w+", BOOT)

Lines = list[ConsoleMessage]


@pytest.fixture
def lines(profile: Any) -> Lines:
    """What tabs write to their consoles."""
    console_lines: Lines = []

    def note(logged: ConsoleMessage) -> None:
        console_lines.append(logged)

    profile.on("console", note)
    return console_lines


def about(lines: Lines, part: str) -> list[str]:
    return [line.text for line in lines if part in line.text]


# ---- names that are not there --------------------------------------------------------------------


def ask(names: list[str]) -> str:
    return "".join(f"void tt.{name};" for name in names)


def test_an_engine_that_asks_for_twenty_names_hears_one_line(
    package: OpenPackage, lines: Lines, world: Client
) -> None:
    page = package(ask(NAMES) + READY)
    with page.expect_console_message(says("not emulated")) as logged:
        page.evaluate(ask(NAMES))
    assert all(f"tt.{name}" in logged.value.text for name in NAMES)
    assert f"{world.url}/stand-ins.js" in logged.value.text
    with page.expect_console_message(says("not emulated")):
        open_realm(page)
    page.evaluate(ask(NAMES))
    with page.expect_console_message(says("tt.oneMore is not emulated")):
        page.evaluate("{ void tt.oneMore; }")
    assert len(about(lines, "createVideo")) == 2  # one a realm


def test_the_stand_ins_that_the_line_names_let_an_engine_boot(
    package: OpenPackage, world: Client, complaints: list[str]
) -> None:
    page = package()
    page.evaluate("{ tt.loadFont = () => 'of the game'; }")
    page.add_script_tag(url=f"{world.url}/stand-ins.js")
    boot = """(() => {
        const video = Object.assign(tt.createVideo({}), {src: 'a.mp4'});
        video.onEnded(() => {});
        video.play();
        tt.onCompassChange(() => {});
        tt.startCompass();
        return [tt.loadFont(), typeof tt.showToast];
    })()"""
    assert page.evaluate(boot) == ["of the game", "function"]
    assert complaints == []


def belonging() -> list[tuple[str, str]]:
    """The names of one domain alone, by catalog and types, each with the other domain."""
    text = TYPES.read_text(encoding="utf-8")

    def members(interface: str) -> set[str]:
        found = re.search(rf"interface {interface} extends ScreenTT \{{(.*?)\n  \}}", text, re.S)
        assert found is not None
        return set(re.findall(r"^    (\w+)\??[(:]", found[1], re.M))

    main, opened = members("PageTT"), members("OpenTT")
    apis = [api for api in load().apis.values() if not api.member_of]
    main |= {api.name for api in apis if api.domains == ("main",)} | {"env"}
    opened |= {api.name for api in apis if api.domains == ("open",)}
    return [(name, "open") for name in sorted(main - opened)] + [
        (name, "main") for name in sorted(opened - main)
    ]


def test_a_name_of_the_other_domain_is_told_as_that(package: OpenPackage) -> None:
    named = belonging()
    assert {
        ("getSharedCanvas", "main"),
        ("onShow", "open"),
        ("env", "open"),
        ("vibrateShort", "open"),
    } <= {*named}
    page = package()
    realm = open_realm(page)
    for domain, where, other in (
        ("main", page, "open data domain"),
        ("open", realm, "main domain"),
    ):
        names = [name for name, requested in named if requested == domain]
        with page.expect_console_message(says(names[0])) as logged:
            where.evaluate(ask(names))
        assert "not emulated" not in logged.value.text
        _, sentence = logged.value.text.split("[tt-emulator] ")
        assert f"they belong to the {other}" in sentence
        assert all(f"tt.{name}" in sentence for name in names)


def test_on_message_belongs_to_the_open_data_domain_or_to_both_by_a_setting(
    package: OpenPackage,
) -> None:
    page = package()
    with page.expect_console_message(says("tt.onMessage")) as logged:
        page.evaluate("{ void tt.onMessage; }")
    assert "it belongs to the open data domain" in logged.value.text
    assert "two_way_messages" in logged.value.text


# ---- frames and pages that are refused -----------------------------------------------------------


def test_a_sandboxed_frame_is_told_why_its_calls_fail(
    package: OpenPackage, world: Client, lines: Lines
) -> None:
    page = package(files={"vendor/tt.js": (WEB / "tt.js").read_bytes()})
    inner = (
        f"<script src='vendor/tt.js' data-url='{world.url}'></script>"
        "<script>tt.login({}); tt.setStorageSync('a', 1); kept = tt.getStorageSync('a');</script>"
    )
    with page.expect_console_message(says("This frame is sandboxed")) as logged:
        page.evaluate(
            """inner => {
                const frame = Object.assign(document.createElement('iframe'), {srcdoc: inner});
                frame.sandbox = 'allow-scripts';
                document.body.append(frame);
            }""",
            inner,
        )
    assert "allow-same-origin" in logged.value.text
    assert logged.value.text.endswith("--allow-origin null")
    assert page.frames[1].evaluate("kept") == 1


def test_a_hint_to_start_the_emulator_names_the_pages_port(tab: Tab, site: str) -> None:
    page = tab(f"{site}/game")
    with page.expect_console_message(says("no answer from http://127.0.0.1:9000")) as logged:
        page.evaluate("{ createTT({url: 'http://127.0.0.1:9000', state: {}}).login(); }")
    assert "tt-emulator start --port 9000 " in logged.value.text


# ---- which emulator ------------------------------------------------------------------------------


@pytest.fixture
def other() -> Any:
    """A second emulator, which the page's script tag names."""
    with ephemeral() as running:
        yield running


Opened = Callable[..., Page]


@pytest.fixture
def opened(tab: Tab, other: Emulator) -> Any:
    """Opens a page whose script tag names the other emulator, with this address."""
    with package_site(other.url, {"open/index.js": HEAR}) as url:
        yield lambda query: tab(f"{url}?{query}")


def calls(url: str, world: str) -> list[str]:
    with Client(url, world) as client:
        return [call["api"] for call in client.requests()]


def test_the_address_of_a_page_says_which_emulator_it_plays_with(
    opened: Opened, other: Emulator, world: Client, lines: Lines
) -> None:
    page = opened(f"tt-url={world.url}&tt-world={world.world}&tt-player=ann&level=3")
    assert page.evaluate(SAVE) == {"errMsg": "setUserCloudStorage:ok"}
    realm = open_realm(page)
    assert realm.evaluate(SAVE) == {"errMsg": "setUserCloudStorage:ok"}
    assert [(c["player"], c["domain"]) for c in world.requests()] == [
        ("ann", "main"),
        ("ann", "open"),
    ]
    assert world.world not in Client(other.url).worlds()
    (matching,) = [line for line in lines if "tt-url" in line.text]
    assert matching.type == "warning"
    assert world.url in matching.text
    assert other.url in matching.text
    assert page.evaluate("tt.getLaunchOptionsSync().query") == {"level": "3"}
    assert page.evaluate(
        "new Promise(d => tt.getUserInfo({success: r => d(r.userInfo.avatarUrl)}))"
    ).startswith(world.url)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "game.localhost", "LOCALHOST"])
def test_the_same_server_under_another_name_is_not_told_as_two(
    opened: Opened, other: Emulator, lines: Lines, name: str
) -> None:
    page = opened(f"tt-url=http://{name}:{other.port}/")
    assert page.evaluate(SAVE) == {"errMsg": "setUserCloudStorage:ok"}
    assert about(lines, "tt-url") == []


STRANGERS = [
    "https://stranger.example",
    "http://192.168.1.5:8717",
    "http://127.0.0.1.stranger.example:8717",
    "http://localhost.stranger.example",
    "http://127.0.0.1@stranger.example",
    "http://0.0.0.0:8717",
    "http://[::ffff:127.0.0.1]:8717",
    "//127.0.0.1:8717",
    "127.0.0.1:8717",
    "localhost:8717",
    "file:///etc/hosts",
    "javascript:alert(1)",
    "nonsense",
]


@pytest.mark.parametrize("url", STRANGERS)
def test_a_page_that_is_sent_to_a_stranger_plays_nowhere_and_says_so(
    opened: Opened, other: Emulator, lines: Lines, url: str
) -> None:
    requested: list[str] = []
    page = opened("tt-world=tried")
    page.on("request", lambda request: requested.append(request.url))
    page.goto(f"{page.url.partition('?')[0]}?tt-world=tried&tt-url={url.replace('&', '%26')}")
    assert page.evaluate(SAVE)["errorCode"] == 999985
    assert page.evaluate("[tt.getSystemInfoSync().platform, typeof tt.onShow]") == [
        "android",
        "function",
    ]
    assert open_realm(page).evaluate(SAVE)["errorCode"] == 999985
    matching = [line for line in lines if "REFUSED" in line.text]
    assert [line.type for line in matching] == ["error"]
    assert url in matching[0].text
    site, own = urlsplit(page.url).netloc, urlsplit(other.url).netloc
    assert {urlsplit(each).netloc for each in requested} <= {site, own}
    assert not [each for each in requested if "/tt/" in urlsplit(each).path]
    assert "tried" not in Client(other.url).worlds()


# ---- by compat, and in workers -------------------------------------------------------------------


def test_the_main_domain_is_not_told_to_set_the_compat_that_it_has(package: OpenPackage) -> None:
    page = package(tag='data-compat="wx"')
    with page.expect_console_message(says("tt.getFriendCloudStorage")) as logged:
        page.evaluate("{ void tt.getFriendCloudStorage; }")
    assert "belongs to the open data domain" in logged.value.text
    assert "data-compat" not in logged.value.text


WORKER = """
importScripts('EMULATOR/tt.js');
const tt = createTT({ url: 'EMULATOR', world: 'WORLD', player: 'bob' });
tt.nothing;
tt.onShow;
tt.setUserCloudStorage({ KVDataList: [{ key: 's', value: '7' }], complete(reply) {
    postMessage([typeof self.tt, reply.errMsg, tt.getSystemInfoSync().platform]);
} });
"""


def test_a_classic_worker_gets_create_tt(package: OpenPackage, world: Client, lines: Lines) -> None:
    world.put_settings(system={"platform": "ios"})
    script = WORKER.replace("EMULATOR", world.url).replace("WORLD", world.world)
    page = package(files={"worker.js": script})
    answer = """new Promise((done) => {
        new Worker('worker.js').onmessage = ({ data }) => done(data); })"""
    assert page.evaluate(answer) == ["undefined", "setUserCloudStorage:ok", "ios"]
    assert world.call("getUserCloudStorage", {"keyList": ["s"]}, player="bob")["data"]
    assert "undefined in a worker" in "".join(about(lines, "tt.onShow"))


# ---- in Chinese ----------------------------------------------------------------------------------


def test_a_chinese_page_and_its_open_data_domain_hear_chinese(
    package: OpenPackage, lines: Lines
) -> None:
    page = package(READY, before='<html lang="zh-CN">')
    realm = open_realm(page)
    with page.expect_console_message(says("【不会送达】")):
        realm.evaluate("tt.postMessage(1)")
    with page.expect_console_message(says("tt.onMessage 在主域中是 undefined：它属于开放数据域。")):
        page.evaluate("{ void tt.onMessage; }")
    assert about(lines, "tt 由 ")
    assert not about(lines, "tt is ")
    refused = realm.evaluate(
        "(() => { try { require('./a') } catch ({ message }) { return message } })()"
    )
    assert "不是开放数据域目录" in refused


def test_a_page_and_a_worker_of_a_chinese_browser_hear_chinese(
    chromium: Browser, world: Client
) -> None:
    script = WORKER.replace("EMULATOR", world.url).replace("WORLD", world.world)
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    with package_site(world.url, {"worker.js": script}, f"data-world={world.world}") as url:
        with page.expect_console_message(says("tt 由 ")):
            page.goto(url)
        with page.expect_console_message(
            says("tt.onShow 只有页面里才有，在 worker 中是 undefined。")
        ):
            page.evaluate("{ new Worker('worker.js') }")
    context.close()
