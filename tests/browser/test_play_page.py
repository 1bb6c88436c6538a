"""The player's page: a game in a phone, with the tester's views and the game's console beside it."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Frame, Locator, Page, Route, expect

from browser.playing import Played, played, write_package
from browser.tester import Open
from tt_emulator.client import Client

# ruff: noqa: E501  # what is JavaScript

GAME = """\
const canvas = tt.createCanvas();
const pen = canvas.getContext('2d');
pen.fillStyle = '#0a8';
pen.fillRect(0, 0, canvas.width, canvas.height);
console.log('hello from %s', 'the game', { a: 1 });
console.warn('<b>careful</b>');
GameGlobal.frames = 0;
(function frame() { GameGlobal.frames += 1; requestAnimationFrame(frame); })();
tt.onShow(() => console.log('shown'));
tt.onHide(() => console.log('hidden'));
GameGlobal.save = () => tt.setUserCloudStorage({
  KVDataList: [{ key: 'score', value: '1' }],
  success: () => console.log('saved'), fail: ({ errMsg }) => console.error(errMsg),
});
tt.notThereAtAll;
setTimeout(() => { throw new Error('boom'); });
"""

HOSTILE = """\
const page = tt.createCanvas().ownerDocument.defaultView;
for (let i = 0; i < 300; i += 1) page.parent.postMessage({ type: 'lines', lines: Array(1000).fill({ level: 'log', text: '<img src=x onerror=alert(1)>' + 'x'.repeat(50000) }) }, '*');
for (const message of [null, 5, { type: '__proto__' }, { type: 'picture', id: 0, picture: 'x' }, { type: 'first-frame', ms: 'x' }]) page.parent.postMessage(message, '*');
for (const act of [() => { page.top.location = 'about:blank'; }, () => page.parent.document.title, () => page.open('/')]) {
  try { act(); } catch (error) { /* as it should be */ }
}
const emulator = page.location.ancestorOrigins[0];
for (const [method, path] of [['GET', 'faults'], ['DELETE', 'requests'], ['POST', 'reset']]) {
  page.fetch(emulator + '/__emulator/v1/' + path, { method, mode: method === 'DELETE' ? 'cors' : 'no-cors', body: method === 'POST' ? '{}' : undefined }).catch(() => 0);
}
page.parent.postMessage({ type: 'lines', lines: [{ level: 'error', text: 'last' }], dropped: 0 }, emulator);
"""


Play = Callable[..., tuple[Page, Played]]


@pytest.fixture
def play(profile: BrowserContext, forget: Callable[[], None], tmp_path: Path) -> Iterator[Play]:
    """Plays this game.js, which is written into `package` of the test's folder, and opens the page."""
    with ExitStack() as servers:

        def open_page(game: str = GAME, query: str = "", **files: str) -> tuple[Page, Played]:
            folder = write_package(tmp_path / "package", {"game.js": game, **files})
            server = servers.enter_context(played(profile, folder))
            page = profile.new_page()
            page.on("pageerror", lambda error: server.errors.append(error.stack or str(error)))
            page.goto(f"{server.url}/__emulator/play/{query}")
            expect(page.locator(".light-text")).to_have_text("live")
            return page, server

        yield open_page
        forget()


def game_of(page: Page) -> Frame:
    """The game's own frame, once it runs."""
    frame = page.locator("#game").element_handle().content_frame()
    assert frame is not None
    frame.wait_for_function("() => typeof GameGlobal === 'object' && GameGlobal.frames > 1")
    return frame


def lines(page: Page) -> Locator:
    page.evaluate("location.hash = 'console'")
    return page.locator(".line")


def logged(page: Page) -> Locator:
    """What the game itself logs: half a second after its start tt.js tells of absent names."""
    lines(page)
    return page.locator(".line-log")


def test_the_game_is_shown_with_its_console_errors_and_absent_names(play: Play) -> None:
    page, server = play()
    game_of(page)
    view = page.locator(".game-view")
    expect(view).to_contain_text("Uncaught Error: boom")
    expect(view.locator(".game-errors .place")).to_have_text("game.js:16")
    expect(view).to_contain_text("notThereAtAll")
    expect(view.locator(".facts")).to_contain_text("ms")
    console = lines(page)
    logged = console.filter(has_text="hello from")
    expect(logged.locator(".line-text")).to_have_text("hello from the game {a: 1}")
    expect(logged.locator(".place")).to_have_text("game.js:5")
    careful = page.locator(".line-warn", has_text="careful")
    expect(careful.locator(".line-text")).to_have_text("<b>careful</b>")
    assert server.view()["pages"][0]["player"] == "player-1"


def test_a_call_of_the_game_stands_among_the_live_calls_and_meets_what_is_armed(play: Play) -> None:
    page, _ = play()
    game = game_of(page)
    with page.expect_response(lambda answer: "/v1/faults" in answer.url and answer.ok):
        page.locator("#switch-offline").click()
    game.evaluate("GameGlobal.save()")
    page.evaluate("location.hash = 'calls'")
    expect(page.locator(".call").first).to_contain_text("setUserCloudStorage")
    expect(lines(page).filter(has_text="fail")).to_have_count(1)


def test_a_link_opens_the_package_that_is_played(play: Play) -> None:
    page, server = play()
    page.evaluate("location.hash = 'link'")
    page.locator("#link-player").fill("bob")
    link = page.locator("#shown-link")
    expect(link).to_have_attribute("href", f"{server.game_url}/?tt-player=bob")
    page.locator("#link-page").fill("/other.html")
    expect(link).to_have_attribute("href", f"{server.url}/other.html?tt-player=bob")


def test_one_click_takes_the_player_off_the_network_and_another_puts_them_back(play: Play) -> None:
    page, server = play()
    game_of(page)
    network = page.locator("#play-offline")
    with Client(server.url) as client:
        for wanted, pressed in (("offline", "true"), ("online", "false")):
            network.click()
            expect(network).to_have_attribute("aria-pressed", pressed)
            assert client.control("GET", "/v1/players/player-1")["network"] == wanted
        client.put_player("player-1", network="offline")  # elsewhere
        expect(network).to_have_attribute("aria-pressed", "true")


def test_in_the_background_the_game_hears_so_and_draws_no_frames(play: Play) -> None:
    page, _ = play()
    game = game_of(page)
    page.locator("#play-background").click()
    expect(page.locator(".cover")).to_be_visible()
    expect(logged(page).last).to_contain_text("hidden")
    frames = "() => new Promise((done) => { const before = GameGlobal.frames; const { port1, port2 } = new MessageChannel(); let left = 200; port1.onmessage = () => { left -= 1; if (left) port2.postMessage(0); else done(GameGlobal.frames - before); }; port2.postMessage(0); })"
    assert game.evaluate(frames) == 0
    assert game.evaluate("document.hidden")
    page.get_by_role("button", name="Bring it back").click()
    expect(logged(page).last).to_contain_text("shown")
    before = game.evaluate("GameGlobal.frames")
    game.wait_for_function("before => GameGlobal.frames > before", arg=before)


def test_another_player_or_a_reload_begins_the_game_anew_and_the_page_stays(play: Play) -> None:
    page, _ = play()
    game_of(page).evaluate("GameGlobal.old = true")
    page.evaluate("window.kept = true")
    page.locator("#play-player").fill("alice & bob")
    page.get_by_role("button", name="Play as").click()
    here = re.compile(re.escape("tt-player=alice+%26+bob"))  # a page that allows no eval waits so
    expect(page.locator("#game")).to_have_attribute("src", here)
    game_of(page).wait_for_function("() => GameGlobal.old === undefined")
    game_of(page).evaluate("GameGlobal.old = true")
    page.locator("#play-reload").click()
    game_of(page).wait_for_function("() => GameGlobal.old === undefined")
    assert page.evaluate("window.kept")
    page.reload()
    expect(page.locator("#play-player")).to_have_value("alice & bob")


def test_the_game_plays_in_the_world_of_the_page(play: Play) -> None:
    page, server = play(query="?world=other")
    game_of(page).evaluate("GameGlobal.save()")
    expect(logged(page).last).to_contain_text("saved")
    with Client(server.url, "other") as client:
        assert [call["player"] for call in client.requests()] == ["player-1"]


def test_a_change_of_a_file_begins_the_game_anew_and_the_page_stays(
    play: Play, tmp_path: Path
) -> None:
    page, _ = play()
    game_of(page)
    page.evaluate("window.kept = true")
    changed = GAME.replace("hello from", "changed in")
    (tmp_path / "package" / "game.js").write_text(changed)
    expect(lines(page).filter(has_text="changed in the game")).to_have_count(1)
    assert page.evaluate("window.kept")


def test_a_picture_of_the_screen_is_saved(play: Play, tmp_path: Path) -> None:
    page, _ = play()
    game_of(page)
    with page.expect_download() as saved:
        page.locator("#play-picture").click()
    assert saved.value.suggested_filename == "game.png"
    saved.value.save_as(tmp_path / "game.png")
    assert (tmp_path / "game.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_hostile_game_neither_breaks_the_page_nor_reaches_the_control_plane(play: Play) -> None:
    page, server = play(HOSTILE)
    with Client(server.url) as client:
        client.call("login", {})
        expect(page.locator(".game-view")).to_be_visible()
        console = lines(page)
        expect(console.first).to_contain_text("<img src=x onerror=alert(1)>")
        assert page.evaluate("document.querySelectorAll('.line img').length") == 0
        assert (
            page.evaluate(
                "Math.max(...[...document.querySelectorAll('.line-text')].map((each) => each.textContent.length))"
            )
            <= 4000
        )
        assert page.locator(".line").count() <= 500
        assert len(client.requests()) == 1
        assert page.url.startswith(f"{server.url}/__emulator/play/")
        page.locator("#language").click()
        expect(page.locator("#play-reload")).to_have_text("重新加载")


def test_a_game_that_hangs_leaves_the_page_be(play: Play) -> None:
    page, _ = play("tt.createCanvas(); for (;;);")
    page.locator('nav a[href="#console"]').click()
    expect(page.locator('nav a[aria-current][href="#console"]')).to_be_visible()
    page.locator("#play-offline").click()
    expect(page.locator("#play-offline")).to_have_attribute("aria-pressed", "true")
    page.locator("#play-picture").click()
    expect(page.locator(".notice-bad")).to_contain_text("gave no picture")


def test_another_page_that_frames_the_game_is_told_nothing_and_is_not_heard(
    play: Play, profile: BrowserContext
) -> None:
    _, server = play()
    other = profile.new_page()

    def without_policy(route: Route) -> None:
        response = route.fetch()
        headers = {**response.headers, "content-security-policy": ""}
        route.fulfill(response=response, headers=headers)

    other.route(f"{server.game_url}/", without_policy)
    outer = "<script>heard = []; onmessage = (event) => heard.push(event.data)</script>"
    other.route("**/outer", lambda route: route.fulfill(body=outer, content_type="text/html"))
    other.goto(f"{server.url.replace('127.0.0.1', 'localhost')}/outer")
    other.evaluate(
        "url => { const frame = document.createElement('iframe'); frame.id = 'game'; frame.src = url; document.body.append(frame); }",
        f"{server.game_url}/",
    )
    game = game_of(other)
    other.evaluate(
        "document.getElementById('game').contentWindow.postMessage({ type: 'hidden', value: true }, '*')"
    )
    game.evaluate("postMessage({ type: 'hidden', value: true }, '*')")  # nor is the game itself
    game.evaluate(
        "() => new Promise((done) => { addEventListener('message', done); postMessage(0, '*'); })"
    )
    assert not game.evaluate("document.hidden")
    assert other.evaluate("heard") == []


def test_on_a_phone_the_game_fills_the_screen_and_a_button_opens_the_rest(play: Play) -> None:
    page, _ = play()
    page.set_viewport_size({"width": 360, "height": 740})
    game_of(page)
    box = page.locator("#game").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 740}
    expect(page.locator("nav.views")).to_be_hidden()
    menu = page.locator(".capsule-more")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#switch-offline")).to_be_visible()
    expect(page.get_by_role("button", name="Back to the game")).to_be_focused()
    for view in ("game", "console", "errors", "calls"):
        page.evaluate("view => { location.hash = view }", view)
        page.locator(f'nav.views a[aria-current][href="#{view}"]').wait_for()
        assert page.evaluate("document.getElementById('app').scrollWidth") == 360, view
    page.keyboard.press("Escape")
    expect(page.locator("nav.views")).to_be_hidden()
    expect(menu).to_be_focused()


def test_a_phone_has_the_size_and_the_orientation_that_are_chosen(play: Play) -> None:
    page, _ = play(**{"game.json": '{"deviceOrientation": "landscape"}'})
    game = game_of(page)
    assert game.evaluate("[innerWidth, innerHeight]") == [844, 390]
    page.locator("#play-turn").click()
    page.locator("#play-size").select_option("375 × 667")
    game.wait_for_function("() => innerWidth === 375 && innerHeight === 667")
    expect(page.locator(".told")).to_contain_text("375 × 667 · pixel ratio 1")
    page.locator("#play-tell-phone").click()
    game_of(page).wait_for_function("() => GameGlobal.tt.getSystemInfoSync().pixelRatio === 2")
    expect(page.locator(".told")).to_contain_text("pixel ratio 2")


def test_both_languages_are_a_click_away_and_the_game_goes_on(play: Play) -> None:
    page, server = play()
    game_of(page).evaluate("GameGlobal.old = true")
    page.locator("#language").click()
    expect(page.locator("nav.views a").first).to_have_text("游戏")
    expect(page.locator("#play-offline")).to_have_text("断网")
    assert game_of(page).evaluate("GameGlobal.old")
    assert [error for error in server.errors if "boom" not in error] == []


def test_where_nothing_is_played_one_sentence_says_how(ui: Open, world: Client) -> None:
    page = ui()
    page.goto(f"{world.url}/__emulator/play/")
    expect(page.locator(".unplayed")).to_have_text(
        "No game is played here. Start with: tt-emulator play DIR"
    )
    expect(page.locator("#game")).to_have_count(0)


def test_nobody_is_shut_out_of_the_players_page(play: Play) -> None:
    """axe-core finds nothing serious, in either theme, beside and over the game."""
    package = find_spec("axe_playwright_python")
    assert package is not None
    assert package.origin is not None
    axe = Path(package.origin).with_name("axe.min.js").read_text(encoding="utf-8")
    page, _ = play()
    game_of(page)
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(axe)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        if width == 360:
            page.locator(".capsule-more").click()
        for view in ("game", "console"):
            page.evaluate("view => { location.hash = view }", view)
            page.locator(f'nav.views a[aria-current][href="#{view}"]').wait_for()
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
                found = page.evaluate(
                    "axe.run(document, { resultTypes: ['violations'], iframes: false })"
                )
                serious = [
                    (one["id"], [node["html"] for node in one["nodes"]][:3])
                    for one in found["violations"]
                    if one["impact"] in ("serious", "critical")
                ]
                assert serious == [], (width, view, theme)
