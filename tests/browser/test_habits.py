"""Habits of shipped games that no page documents: it is there, or the console says so."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.package_site import HEAR, READY, Files, OpenPackage, open_realm, says, wait_for_pixels
from browser.tester import Open
from tt_emulator.client import Client

CALL = """([api, options]) => new Promise(complete => tt[api]({...options, complete}))"""


def call(page: Page, api: str, **options: Any) -> Any:
    return page.evaluate(CALL, [api, options])


# ---- sharedCanvas in the main domain -------------------------------------------------------------


def test_the_main_domain_has_the_shared_canvas_and_starts_nothing_before_it_is_looked_at(
    package: OpenPackage,
) -> None:
    page = package()
    assert page.evaluate(
        "'sharedCanvas' in window && !Object.keys(window).includes('sharedCanvas')"
    )
    page.evaluate("tt.getSystemInfoSync()")
    assert len(page.frames) == 1
    assert page.evaluate("[typeof window.sharedCanvas, typeof sharedCanvas]") == ["object"] * 2
    assert page.evaluate("sharedCanvas === tt.getOpenDataContext().canvas")
    assert page.evaluate(
        "sharedCanvas instanceof HTMLCanvasElement && GameGlobal.sharedCanvas === sharedCanvas"
    )


def test_an_engine_that_looks_at_the_shared_canvas_first_sees_what_is_drawn(
    package: OpenPackage,
) -> None:
    page = package(
        "const p = sharedCanvas.getContext('2d'); p.fillStyle = 'lime'; p.fillRect(5, 5, 9, 9);"
    )
    page.evaluate("{ window.texture = sharedCanvas; }")
    wait_for_pixels(page, {(6, 6): [0, 255, 0, 255]})
    assert page.evaluate("texture.getContext('2d').getImageData(6, 6, 1, 1).data[1]") == 255


@pytest.mark.parametrize(
    "own",
    [
        "var sharedCanvas = 'mine'",
        "let sharedCanvas = 'mine'",
        "const sharedCanvas = 'mine'",
        "window.sharedCanvas = 'mine'",
        "Object.defineProperty(window, 'sharedCanvas', {value: 'mine'})",
    ],
)
def test_a_game_may_have_a_shared_canvas_of_its_own(package: OpenPackage, own: str) -> None:
    page = package()
    page.add_script_tag(content=own)
    assert page.evaluate("sharedCanvas") == "mine"
    assert len(page.frames) == 1


def test_a_world_may_keep_the_shared_canvas_from_the_main_domain(
    package: OpenPackage, world: Client
) -> None:
    world.put_settings(shared_canvas_in_main=False)
    page = package()
    assert page.evaluate("typeof window.sharedCanvas") == "undefined"
    realm = open_realm(page)
    assert realm.evaluate("typeof sharedCanvas") == "object"


# ---- avatars -------------------------------------------------------------------------------------

ME = "new Promise(done => tt.getUserInfo({success: r => done(r.userInfo.avatarUrl)}))"
# Sets nothing but src, draws the picture, and reads it back, which a tainted canvas refuses.
DRAWN = """([make, src]) => new Promise(done => {
    const image = make === 'Image' ? new Image() : make === 'element'
        ? document.createElement('img') : tt.createImage();
    const pen = document.createElement('canvas').getContext('2d');
    image.onload = () => {
        pen.drawImage(image, 0, 0);
        done([image.width, pen.getImageData(0, 0, 80, 80).data.some(Boolean)]);
    };
    image.onerror = () => done('onerror');
    image.src = src;
})"""
SUFFIXES = ["", "?aaa=aa.jpg", "&_t=1", "/132", "#x.png", "?imageView2/2/w/96", "/0?x=.png"]


@pytest.mark.parametrize("make", ["createImage", "Image", "element"])
def test_an_avatar_loads_whatever_a_game_appends_and_leaves_a_canvas_clean(
    package: OpenPackage, complaints: list[str], make: str
) -> None:
    page = package()
    for domain in (page, open_realm(page)):
        avatar = domain.evaluate(ME)
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/avatars/\w+/\w+\.png", avatar)
        for suffix in SUFFIXES:
            assert domain.evaluate(DRAWN, [make, avatar + suffix]) == [80, True], suffix
        size = "/".join([*avatar.split("/")[:-1], "0"])
        assert domain.evaluate(DRAWN, [make, size]) == [80, True]
    assert complaints == []


def test_a_picture_that_once_showed_an_avatar_may_show_anothers_host(
    package: OpenPackage,
) -> None:
    page = package(
        files={"a.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"}
    )
    avatar = page.evaluate(ME)
    kept = """([avatar, other]) => {
        const image = new Image();
        image.src = avatar;
        const first = image.crossOrigin;
        image.src = other;
        const chosen = Object.assign(new Image(), {crossOrigin: 'use-credentials'});
        chosen.src = avatar;
        return [first, image.crossOrigin, chosen.crossOrigin];
    }"""
    assert page.evaluate(kept, [avatar, "https://cdn.invalid/a.png"]) == [
        "anonymous",
        None,
        "use-credentials",
    ]


def test_the_testers_page_shows_the_avatars(ui: Open, world: Client) -> None:
    world.put_player("alice", nickname="Alice")
    page = ui("players")
    page.wait_for_function(
        "[...document.querySelectorAll('img')].some(each => each.naturalWidth === 80)"
    )


# ---- the emulated phone --------------------------------------------------------------------------


def test_the_phone_is_what_the_world_says_in_both_domains(
    package: OpenPackage, world: Client
) -> None:
    area = {"left": 0, "right": 375, "top": 44, "bottom": 778, "width": 375, "height": 734}
    system = {
        "platform": "ios",
        "language": "en",
        "brand": "Apple",
        "model": "iPhone X",
        "statusBarHeight": 44,
    }
    world.put_settings(
        system={
            **system,
            "windowWidth": 375,
            "windowHeight": 812,
            "safeArea": {"top": 44, "bottom": 778},
        }
    )
    page = package()
    for domain in (page, open_realm(page)):
        info = domain.evaluate("tt.getSystemInfoSync()")
        assert info.items() >= {**system, "windowWidth": 375, "safeArea": area}.items()
        assert "ios" in info["system"].lower()
    assert call(page, "getSystemInfo").items() >= {**system, "safeArea": area}.items()


def test_the_language_is_there_from_the_start(package: OpenPackage) -> None:
    page = package()
    assert page.evaluate("tt.getSystemInfoSync().language.substr(0, 2)") == "zh"
    assert page.evaluate("typeof tt.getSystemInfoSync().statusBarHeight") == "number"


# ---- a picture that did not load -----------------------------------------------------------------

AFTER = """
const pen = {canvas}.getContext('2d'), image = tt.createImage();
image.onerror = () => {{
    pen.drawImage(image, 0, 0);
    pen.drawImage(image, 0, 0, 9, 9);
    pen.fillStyle = pen.createPattern(image, 'repeat') || 'lime';
    pen.fillRect(0, 0, 9, 9);
    GameGlobal.drawn = true;
}};
image.src = 'http://127.0.0.1:2/a.png';
"""


def test_what_is_drawn_after_a_failed_picture_is_on_the_board(
    package: OpenPackage,
) -> None:
    page = package(AFTER.format(canvas="tt.getSharedCanvas()") + READY)
    with page.expect_console_message(says("http://127.0.0.1:2/a.png")) as logged:
        open_realm(page, "GameGlobal.drawn")
    assert (logged.value.type, "nothing is drawn" in logged.value.text) == ("warning", True)
    wait_for_pixels(page, {(3, 3): [0, 255, 0, 255]})


def test_the_same_holds_on_canvases_of_the_main_domain(package: OpenPackage) -> None:
    page = package()
    page.add_script_tag(content="{" + AFTER.format(canvas="tt.createCanvas()") + "}")
    page.wait_for_function("window.drawn")


PENS = {
    "canvas": "document.createElement('canvas').getContext('2d')",
    "offscreen": "new OffscreenCanvas(5, 5).getContext('2d')",
}
EMPTY = {
    "a failed picture": """await new Promise((done) => {
        const image = new Image();
        image.onerror = () => done(image);
        image.src = 'http://127.0.0.1:2/a.png';
    })""",
    "a canvas without a width": "Object.assign(document.createElement('canvas'), { width: 0 })",
    "a canvas without a height": "Object.assign(document.createElement('canvas'), { height: 0 })",
    "an offscreen canvas": "new OffscreenCanvas(0, 9)",
}


@pytest.mark.parametrize("pen", PENS)
@pytest.mark.parametrize("what", EMPTY)
def test_what_shows_nothing_is_drawn_as_nothing_on_every_canvas(
    package: OpenPackage, pen: str, what: str
) -> None:
    page = package(HEAR)
    draw = f"""(async () => {{
        const pen = {PENS[pen]}, what = {EMPTY[what]};
        return [pen.drawImage(what, 0, 0), pen.createPattern(what, 'repeat')];
    }})()"""
    for domain in (page, open_realm(page)):
        with page.expect_console_message(says("nothing is drawn")):
            assert domain.evaluate(draw) == [None, None]


def test_what_is_wrong_in_the_drawing_itself_still_throws(package: OpenPackage) -> None:
    page = package()
    thrown = """() => {
        return [undefined, {}, { width: 0, height: 0 }].map(what => {
        try {
            document.createElement('canvas').getContext('2d').drawImage(what, 0, 0);
        } catch (error) {
            return error.name;
        }
    }); }"""
    assert page.evaluate(thrown) == ["TypeError", "TypeError", "TypeError"]


# ---- two panels ----------------------------------------------------------------------------------

RANK = {"relationType": "friend", "dataType": 0, "rankType": "all"}
TWICE = """rank => Promise.all([0, 1].map(() =>
    new Promise(complete => tt.getImRankList({...rank, complete}))))"""
SHOWING = {"errMsg": "getImRankList:fail rank list is showing", "errNo": 21105}


def test_a_second_panel_is_refused_until_the_first_is_closed(package: OpenPackage) -> None:
    page = package()
    assert page.evaluate(TWICE, RANK) == [{"errMsg": "getImRankList:ok"}, SHOWING]
    assert call(page, "getImRankList", **RANK) == SHOWING
    page.keyboard.press("Escape")
    assert call(page, "getImRankList", **RANK) == {"errMsg": "getImRankList:ok"}


def test_one_screen_has_one_panel_whoever_asks(package: OpenPackage, world: Client) -> None:
    page = package()
    call(page, "getImRankList", **RANK)
    requested = """([url, world, rank]) => new Promise(complete =>
        createTT({url, world, player: 'other'}).getImRankList({...rank, complete}))"""
    assert page.evaluate(requested, [world.url, world.world, RANK]) == SHOWING


def test_a_panel_that_could_not_be_drawn_stands_in_nobodys_way(
    package: OpenPackage, world: Client
) -> None:
    page = package()
    page.route("**/tt/getImRankList?*", lambda route: route.abort())
    with page.expect_console_message(says("could not be drawn")):
        call(page, "getImRankList", **RANK)
    page.unroute("**/tt/getImRankList?*")
    assert call(page, "getImRankList", **RANK) == {"errMsg": "getImRankList:ok"}


def test_the_refusal_of_a_second_panel_can_be_armed(package: OpenPackage, world: Client) -> None:
    world.replace([{"error": "rank-list-showing", "times": 1}])
    page = package()
    assert call(page, "getImRankList", **RANK) == SHOWING
    assert call(page, "getImRankList", **RANK) == {"errMsg": "getImRankList:ok"}


# ---- sizes of canvases ---------------------------------------------------------------------------

SIZES = """[tt.createCanvas(), tt.createCanvas(), tt.getOpenDataContext().canvas]
    .map(({width, height}) => [width, height])"""


def test_canvases_begin_as_large_as_the_screen(package: OpenPackage) -> None:
    page = package()
    screen = page.evaluate("[innerWidth, innerHeight]")
    assert page.evaluate(SIZES) == [screen] * 3
    realm = open_realm(page)
    assert realm.evaluate("[[sharedCanvas, tt.createCanvas()].map(c => [c.width, c.height])]") == [
        [screen] * 2
    ]


def test_they_follow_the_window_that_the_world_is_set_to(
    package: OpenPackage, world: Client
) -> None:
    world.put_settings(system={"windowWidth": 375, "windowHeight": 667})
    page = package()
    assert page.evaluate(SIZES) == [[375, 667]] * 3
    assert page.evaluate("document.querySelector('canvas').clientWidth") == 375


def test_a_world_may_have_canvases_as_browsers_make_them(
    package: OpenPackage, world: Client
) -> None:
    world.put_settings(screen_sized_canvas=False)
    page = package()
    assert page.evaluate(SIZES)[1:] == [[300, 150]] * 2
    assert open_realm(page).evaluate("tt.createCanvas().width") == 300


# ---- the canvas over the page --------------------------------------------------------------------

BUTTON = """<script>window.clicks = 0</script>
<button style="position:fixed;left:9px;top:9px" onclick="clicks += 1">+</button>"""

LATER = """<script>
const keptByALibrary = EventTarget.prototype.addEventListener;
const touch = () => { window.touched = 1; };
</script>"""


@pytest.fixture
def covered(package: OpenPackage, world: Client) -> Page:
    """A page with a button and without a canvas, whose game has made its screen."""
    files: Files = {"": f"<!doctype html>{BUTTON}<script src='{world.url}/tt.js'></script>{LATER}"}
    page = package(HEAR, files)
    with page.expect_console_message(says("over the whole window")) as logged:
        page.evaluate("{ window.screenCanvas = tt.createCanvas(); }")
    assert "tt.onTouchStart" in logged.value.text
    return page


def test_buttons_below_the_screen_work_until_the_game_listens_to_touches(covered: Page) -> None:
    covered.locator("button").click()
    assert covered.evaluate("clicks") == 1
    covered.evaluate("{ window.touched = 0; tt.onTouchStart(() => { touched += 1; }); }")
    covered.mouse.click(15, 15)
    assert covered.evaluate("[clicks, touched]") == [1, 1]


@pytest.mark.parametrize(
    "listen",
    [
        "screenCanvas.addEventListener('pointerdown', () => { window.touched = 1; })",
        "screenCanvas.addEventListener('click', { handleEvent() { window.touched = 1; } })",
        "screenCanvas.onmousedown = () => { window.touched = 1; }",
        "screenCanvas.onclick = () => { window.touched = 1; }",
        "screenCanvas.setAttribute('onclick', 'window.touched = 1')",
        "EventTarget.prototype.addEventListener.call(screenCanvas, 'click', touch)",
        "Reflect.apply(keptByALibrary, screenCanvas, ['pointerdown', touch, true])",
        "screenCanvas.addEventListener('click', touch); screenCanvas.style.cssText = 'top: 0'",
        "screenCanvas.addEventListener('click', touch);"
        " screenCanvas.removeEventListener('click', touch, true)",
        "screenCanvas.style.pointerEvents = 'auto';"
        " addEventListener('click', (e) => { window.touched = +(e.target === screenCanvas); })",
    ],
)
def test_a_game_that_listens_on_the_screen_itself_is_touched(covered: Page, listen: str) -> None:
    covered.evaluate(f"{{ {listen}; }}")
    covered.mouse.click(200, 200)
    assert covered.evaluate("touched") == 1


@pytest.mark.parametrize(
    "act",
    [
        "screenCanvas.style.cssText = 'position:fixed;left:0;top:0;width:100%;height:100%'",
        "screenCanvas.setAttribute('style', '')",
        "screenCanvas.style.pointerEvents = ''",
        "screenCanvas.id = screenCanvas.className = 'game'; document.body.append(screenCanvas)",
        "screenCanvas.onclick = null",
        "screenCanvas.onclick = touch; screenCanvas.onclick = null",
        "screenCanvas.addEventListener('click', null)",
        "screenCanvas.addEventListener('click', undefined)",
        "screenCanvas.addEventListener('click', touch);"
        " screenCanvas.removeEventListener('click', touch)",
        "screenCanvas.addEventListener('click', touch, { capture: true, passive: true });"
        " screenCanvas.removeEventListener('click', touch, true)",
        "screenCanvas.addEventListener('click', touch, { once: true }); screenCanvas.click()",
        "screenCanvas.addEventListener('click', touch, { signal: AbortSignal.abort() })",
        "const all = new AbortController(); const { signal } = all;"
        " screenCanvas.addEventListener('click', touch, { signal }); all.abort()",
        "document.addEventListener('click', touch)",
    ],
)
def test_buttons_work_while_nobody_listens_on_the_screen(covered: Page, act: str) -> None:
    covered.evaluate(f"{{ {act}; }}")
    covered.mouse.click(15, 15)
    assert covered.evaluate("clicks") == 1


def test_a_screen_of_the_es_module_is_touched_as_well(package: OpenPackage, world: Client) -> None:
    script = f"import {{ createTT }} from '{world.url}/tt.mjs'; window.createTT = createTT;"
    page = package(HEAR, {"": f"<!doctype html>{BUTTON}<script type='module'>{script}</script>"})
    page.evaluate(f"{{ window.screenCanvas = createTT({{ url: '{world.url}' }}).createCanvas(); }}")
    page.locator("button").click()
    page.evaluate("{ screenCanvas.addEventListener('click', () => { window.touched = 1; }); }")
    page.mouse.click(15, 15)
    assert page.evaluate("[clicks, touched]") == [1, 1]


def test_an_attribute_that_is_taken_away_listens_no_longer(covered: Page) -> None:
    covered.evaluate("{ screenCanvas.setAttribute('onclick', 'touch()'); }")
    expect(covered.locator("canvas")).to_have_css("pointer-events", "auto")
    covered.evaluate("{ screenCanvas.removeAttribute('onclick'); }")
    covered.locator("button").click()
    assert covered.evaluate("clicks") == 1


def test_a_screen_is_touched_whoever_of_the_page_listens(covered: Page, world: Client) -> None:
    covered.evaluate(f"{{ createTT({{ url: '{world.url}' }}).onTouchStart(touch); }}")
    covered.mouse.click(15, 15)
    assert covered.evaluate("[clicks, touched]") == [0, 1]


def test_listening_to_what_is_no_touch_leaves_the_buttons(covered: Page) -> None:
    covered.evaluate("{ screenCanvas.addEventListener('webglcontextlost', () => {}); }")
    covered.locator("button").click()
    assert covered.evaluate("clicks") == 1
    expect(covered.locator("canvas")).to_have_css("pointer-events", "none")


def test_touches_of_the_open_data_domain_count_too(package: OpenPackage) -> None:
    page = package("tt.onTouchStart(() => {});" + READY)
    page.evaluate("{ tt.createCanvas(); }")
    open_realm(page)
    expect(page.locator("canvas")).to_have_css("pointer-events", "auto")
