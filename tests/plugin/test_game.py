"""A package that is played for tests: each in its own world, and what the game did not catch."""

from pathlib import Path

import pytest

from browser.playing import write_package
from played import played
from plugin.suite import Suite

pytestmark = pytest.mark.own_server  # it plays a package, and such a server is not shared

GAME = """
tt.createCanvas();
tt.onTouchStart(() => {
  tt.setUserCloudStorage({ KVDataList: [{ key: 'score', value: '1' }] });
  throw new Error('out of lives');
});
"""
REPORTING = """
import json, urllib.request

def page_says(tt_emulator, *messages, world=None, player="alice"):
    '''As a page of the game does, which the next test may have no browser for.'''
    errors = [{"message": each, "file": "src/a.js", "line": 7, "at": 0} for each in messages]
    report = {
        "page": "p-" + (world or tt_emulator.world), "player": player, "first_frame_ms": None,
        "world": world or tt_emulator.world, "errors": errors,
        "called_absent": {}, "asked_absent": [], "refused_hosts": {},
    }
    body = json.dumps(report).encode()
    urllib.request.urlopen(tt_emulator.game.url + "/__play/pages", body).close()
"""
BROWSER = """
import shutil
import pytest
from playwright.sync_api import sync_playwright

@pytest.fixture(scope="session")
def browser():
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as running:
        flags = ["--no-sandbox", "--disable-gpu"]
        yield running.chromium.launch(executable_path=found, args=flags)

@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "package", {"game.js": GAME})


@pytest.fixture
def game(suite: Suite, package: Path) -> Suite:
    """Runs tests for which the package is played."""

    def run(tests: str, *args: str, conftest: str = "") -> pytest.RunResult:
        return suite(
            REPORTING + tests, "--tt-emulator-play", str(package), *args, conftest=conftest
        )

    return run


def test_the_address_of_the_game_names_world_and_player(game: Suite) -> None:
    result = game("""
from urllib.parse import parse_qs, urlsplit

@pytest.mark.parametrize("place", [{}, {"url": "/"}])
def test_it(tt_emulator, tt_emulator_server, place):
    if place:
        place = {"url": tt_emulator.game.url + "/?a=1"}
    address = tt_emulator.page(player="小明", **place)
    assert address.startswith(tt_emulator.game.url + "/") or not place
    asked = parse_qs(urlsplit(address).query)
    assert asked.pop("a", ["1"]) == ["1"]
    assert asked == {"tt-world": [tt_emulator.world], "tt-player": ["小明"]}
    assert tt_emulator.game.url == tt_emulator_server.game_url != tt_emulator.url
    assert tt_emulator.control("GET", "/v1/play")["dir"].endswith("package")

def test_any_other_page_is_told_the_server(tt_emulator):
    assert "tt-url=" in tt_emulator.page("http://localhost:7456")
""")

    result.assert_outcomes(passed=3)


def test_an_error_that_the_game_did_not_catch_fails_the_test_with_its_line(game: Suite) -> None:
    result = game("""
def test_it(tt_emulator):
    page_says(tt_emulator, "Uncaught Error: boom", "Unhandled rejection: late")

def test_its_neighbour(tt_emulator):
    page_says(tt_emulator)
    page_says(tt_emulator, "of nobody's test", world="another")
""")

    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(
        [
            "the game did not catch:",
            "  src/a.js:7: Uncaught Error: boom",
            "  src/a.js:7: Unhandled rejection: late",
            "*wait_for_error(match), or mark the test tt_allow_game_errors.",
        ]
    )


def test_an_error_that_was_waited_for_is_fine_and_no_other(game: Suite) -> None:
    result = game("""
def test_it(tt_emulator):
    page_says(tt_emulator, "Uncaught Error: out of lives")
    assert tt_emulator.game.wait_for_error("out of l.ves")["line"] == 7

def test_the_same_again(tt_emulator):
    page_says(tt_emulator, "Uncaught Error: out of lives", "Uncaught Error: out of lives")
    tt_emulator.game.wait_for_error("out of lives")

def test_another(tt_emulator):
    page_says(tt_emulator, "Uncaught Error: out of lives", "Uncaught Error: oops")
    tt_emulator.game.wait_for_error("out of lives")
""")

    result.assert_outcomes(passed=3, errors=2)
    result.stdout.fnmatch_lines(["  src/a.js:7: Uncaught Error: oops"])


def test_an_error_that_does_not_come_fails_and_tells_which_came(game: Suite) -> None:
    result = game("""
def test_it(tt_emulator):
    page_says(tt_emulator, "Uncaught Error: oops")
    tt_emulator.game.wait_for_error("out of lives", timeout_ms=0)
""")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E *no error of the game matched 'out of lives' in 0 ms; it threw: "
            "src/a.js:7: Uncaught Error: oops",
            "*- tt-emulator: errors of the game -*",
            "src/a.js:7: Uncaught Error: oops",
        ]
    )


def test_errors_of_the_game_may_happen_if_that_is_said(game: Suite) -> None:
    result = game("""
@pytest.mark.tt_allow_game_errors
def test_it(tt_emulator):
    page_says(tt_emulator, "Uncaught Error: boom")
    assert [error["file"] for error in tt_emulator.game.errors()] == ["src/a.js"]
""")

    result.assert_outcomes(passed=1)


@pytest.mark.parametrize("outcome", ["assert 0", "pytest.skip()", "pytest.xfail()"])
def test_a_test_that_ended_early_is_not_blamed_twice(game: Suite, outcome: str) -> None:
    result = game(f"""
def test_it(tt_emulator):
    page_says(tt_emulator, "Uncaught Error: boom")
    {outcome}
""")

    assert result.parseoutcomes().get("errors") is None


def test_a_world_of_one_name_is_not_blamed_for_the_errors_of_an_earlier_test(game: Suite) -> None:
    result = game("""
@pytest.fixture
def tt_emulator_world():
    return "always"

def test_one(tt_emulator):
    page_says(tt_emulator, "Uncaught Error: boom")

def test_two(tt_emulator):
    page_says(tt_emulator, "Uncaught Error: boom")
""")

    result.assert_outcomes(passed=2, errors=1)


def test_where_no_package_is_played_it_is_told_how_to(suite: Suite) -> None:
    result = suite("def test_it(tt_emulator): tt_emulator.page(player='alice')")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *plays no package.", "E *--tt-emulator-play DIR*"])


def test_a_folder_that_is_no_package_is_told(suite: Suite, tmp_path: Path) -> None:
    result = suite("def test_it(tt_emulator): pass", "--tt-emulator-play", str(tmp_path))

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["E *There is no game.json in *"])


def test_a_server_that_plays_already_is_used(suite: Suite, package: Path) -> None:
    with played(package, "--ephemeral") as running:
        result = suite(
            REPORTING
            + f"""
def test_it(tt_emulator):
    assert tt_emulator.game.url == {running.game_url!r}
    page_says(tt_emulator, "Uncaught Error: boom")
""",
            "--tt-emulator-url",
            running.url,
        )

    result.assert_outcomes(passed=1, errors=1)


@pytest.mark.browser
def test_in_a_browser_each_test_plays_alone_and_is_told_its_errors(game: Suite) -> None:
    result = game(
        """
def tapped(page, address):
    page.goto(address)
    page.locator("canvas").click()

def test_one(page, tt_emulator):
    tapped(page, tt_emulator.page(player="alice"))
    tt_emulator.wait_for("setUserCloudStorage", player="alice")

def test_page_closed_first(tt_emulator, page):
    tapped(page, tt_emulator.page(player="bob"))

def test_expected(page, tt_emulator):
    tapped(page, tt_emulator.page())
    assert tt_emulator.game.wait_for_error("out of lives")["line"] == 5
    tt_emulator.wait_for("setUserCloudStorage")
    assert [each["player"] for each in tt_emulator.requests("setUserCloudStorage")] == ["player-1"]

def test_untouched(page, tt_emulator):
    page.goto(tt_emulator.page())
    page.locator("canvas").wait_for()
""",
        conftest=BROWSER,
    )

    result.assert_outcomes(passed=4, errors=2)
    result.stdout.fnmatch_lines(["  game.js:5: Uncaught Error: out of lives"])


@pytest.mark.browser
def test_a_test_that_waits_in_vain_for_a_game_shows_the_error_of_its_start(
    game: Suite, package: Path
) -> None:
    (package / "game.js").write_text("\nnull.play();\n", encoding="utf-8")
    result = game(
        """
def test_it(page, tt_emulator):
    with page.expect_event("pageerror"):
        page.goto(tt_emulator.page())
    assert page.locator("canvas").count()
""",
        conftest=BROWSER,
    )

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*- tt-emulator: errors of the game -*", "game.js:2: Uncaught TypeError: *"]
    )


def test_workers_of_xdist_play_the_package_each_with_a_server_of_its_own(
    pytester: pytest.Pytester, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makepyfile(
        test_game=REPORTING
        + """
import pathlib, pytest

@pytest.mark.parametrize("number", range(4))
def test_it(tt_emulator, number):
    pathlib.Path(f"url-{number}").write_text(tt_emulator.game.url)
    page_says(tt_emulator, *(["Uncaught Error: boom"] if number == 2 else []))
"""
    )
    plugins = ("-p", "tt_emulator", "-p", "xdist", "-p", "no:cacheprovider")
    result = pytester.runpytest_subprocess(
        *plugins, "-n", "2", "--dist", "each", "--tt-emulator-play", str(package)
    )

    result.assert_outcomes(passed=8, errors=2)
    result.stdout.fnmatch_lines(["*src/a.js:7: Uncaught Error: boom"])
