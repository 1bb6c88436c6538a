"""What a package meets where it is played, one small package a test, in real Chromium."""

# ruff: noqa: E501  # what is JavaScript

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from browser.playing import Files, Played, line_of, played, reported, until, write_package
from tt_emulator.client import Client

Play = Callable[..., tuple[Played, Page]]


@pytest.fixture
def play(profile: BrowserContext, forget: Any, tmp_path: Path) -> Iterator[Play]:
    with ExitStack() as servers:

        def play_files(files: Files, query: str = "", **settings: Any) -> tuple[Played, Page]:
            folder = write_package(tmp_path / "package", files)
            package = servers.enter_context(played(profile, folder, **settings))
            return package, package.open(query)

        yield play_files
    forget()


@pytest.mark.parametrize(
    ("as_", "seen"),
    [("tt", "object undefined"), ("wx", "undefined object"), ("both", "object object")],
)
def test_a_package_sees_the_names_that_were_asked_for_in_both_domains(play, as_, seen):
    domain = "console.log(WHERE, typeof tt, typeof wx);"
    package, page = play(
        {
            "game.json": '{"openDataContext": "open"}',
            "game.js": f"{domain.replace('WHERE', repr('main'))}"
            " (GameGlobal.wx || tt).getOpenDataContext().postMessage({});",
            "open/index.js": domain.replace("WHERE", repr("open")),
        },
        play_as=as_,
    )

    line_of(package, page, f"log: main {seen}")
    line_of(package, page, f"log: open {seen}")
    assert package.view()["as"] == as_


def test_both_names_are_one_object(play):
    package, page = play({"game.js": "console.log(tt === wx)"}, play_as="both")
    line_of(package, page, "log: true")


def test_the_open_data_domain_hears_the_main_one_and_is_a_realm_of_its_own(play):
    package, page = play(
        {
            "game.json": '{"openDataContext": "./open/data/"}',
            "game.js": "main_only = 1; tt.getOpenDataContext().postMessage({ hello: 'you' });",
            "open/data/index.js": "const { say } = require('./lib/say'); tt.onMessage(say);",
            "open/data/lib/say.js": "exports.say = ({ hello }) =>"
            " console.log(hello, typeof main_only, typeof fetch, GameGlobal === globalThis);",
        }
    )
    line_of(package, page, "log: you undefined undefined true")


def test_an_uncaught_error_is_told_with_its_file_and_line_everywhere(play):
    package, page = play(
        {
            "game.js": "const { fail } = require('./src/deep');\nfail();",
            "src/deep.js": "// one\n// two\nexports.fail = () => {\n  throw new Error('on purpose');\n};",
        }
    )

    (error,) = until(page, lambda: reported(package, "errors"))
    assert (error["file"], error["line"]) == ("src/deep.js", 4)
    assert "on purpose" in error["message"]
    assert re.search(
        r"at .*src/deep\.js:4:9.*\n.*game\.js:2:1", until(page, lambda: "".join(package.errors))
    )


def test_lines_of_es_modules_are_their_own(play):
    package, page = play(
        {
            "game.js": "import { fail } from './src/deep'\n\n\nfail()",
            "src/deep.js": "// one\nexport function fail() {\n\n  throw new Error('there')\n}",
        }
    )

    (error,) = until(page, lambda: reported(package, "errors"))
    assert (error["file"], error["line"]) == ("src/deep.js", 4)


def test_a_rejection_that_nobody_caught_is_told_as_well(play):
    package, page = play({"game.js": "\nPromise.reject(new Error('later'));"})
    (error,) = until(page, lambda: reported(package, "errors"))
    assert (error["message"], error["file"], error["line"]) == (
        "Unhandled rejection: later",
        "game.js",
        2,
    )


def test_a_file_that_cannot_be_parsed_throws_where_it_is_required_and_nowhere_else(play):
    package, page = play(
        {
            "game.js": "try { require('./bad'); } catch (error) {"
            " console.log(error.name, error.message); }\nconsole.log(require('./good'));",
            "bad.js": "var one = 1;\nvar two = ;\n",
            "good.js": "module.exports = 'good';",
            "unused.js": "}} not javascript {{",
        }
    )

    line_of(package, page, r"log: SyntaxError Unexpected token ';' \(bad\.js:2\)")
    line_of(package, page, "log: good")
    assert package.errors == []


def test_a_missing_module_is_named_with_who_asks(play):
    package, page = play({"game.js": "\nrequire('./none');"})
    (error,) = until(page, lambda: reported(package, "errors"))
    assert "Cannot find module './none', which game.js requires." in error["message"]
    assert (error["file"], error["line"]) == ("game.js", 2)


def test_es_modules_and_commonjs_use_one_another(play):
    package, page = play(
        {
            "game.js": "const { named, default: whole } = require('./es');\n"
            "console.log(named, whole(), require('./es').live()); ",
            "es.js": "import plain, { part } from 'lib/plain'\nimport * as all from './lib/plain.js'\n"
            "import data from './data.json'\n"
            "export let named = `${part} ${all.part} ${plain.part} ${data.n}`\n"
            "export default () => 'whole'\nexport const live = () => { named = 'changed'; return named }",
            "lib/plain.js": "exports.part = 'part';",
            "data.json": '{"n": 7}',
        }
    )
    line_of(package, page, "log: part part part 7 whole changed")


def test_a_subpackage_comes_with_progress_and_runs_its_game_js(play):
    package, page = play(
        {
            "game.json": '{"subpackages": [{"name": "one", "root": "parts/one/"}, {"name": "two", "root": "two.js"}]}',
            "game.js": """
                const done = (name) => ({ name, success: ({ errMsg }) => console.log(name, errMsg), fail: ({ errMsg }) => console.log(name, errMsg) });
                const task = tt.loadSubpackage(done('one'));
                task.onProgressUpdate(({ progress, totalBytesWritten, totalBytesExpectedToWrite }) =>
                    console.log('progress', progress, totalBytesWritten <= totalBytesExpectedToWrite));
                tt.loadSubpackage(done('two.js'));
                tt.loadSubpackage(done('two'));
                tt.loadSubpackage(done('three'));
            """,
            "parts/one/game.js": "console.log('one runs', require('./more'));",
            "parts/one/more.js": "module.exports = 'with more';",
            "two.js": "console.log('two runs');",
        }
    )

    line_of(package, page, "log: one runs with more")
    line_of(package, page, "log: one loadSubpackage: ok")
    line_of(package, page, "log: progress 100 true")
    line_of(package, page, "log: two loadSubpackage: ok")
    line_of(package, page, r"log: two\.js loadSubpackage: ok")
    line_of(package, page, "log: three loadSubpackage: fail")
    with Client(package.url) as client:
        assert client.count(api="loadSubpackage") == 4


def test_an_armed_failure_of_a_subpackage_keeps_it_from_running(play):
    package, page = play(
        {
            "game.json": '{"subpackages": [{"name": "one", "root": "one"}]}',
            "game.js": "load = () => tt.loadSubpackage({ name: 'one', fail: (r) => console.log(r.errMsg) });",
            "one/game.js": "console.log('it runs');",
        }
    )
    page.wait_for_function("typeof load === 'function'")
    with Client(package.url) as client:
        client.fault(error="internal-error", api="loadSubpackage")
    page.evaluate("load()")

    line_of(package, page, "log: loadSubpackage: fail$")
    assert not any("it runs" in line for line in package.lines)


def test_plugins_come_from_their_folders(play, tmp_path):
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "core.js").write_text("exports.name = require('./part').name;")
    (tmp_path / "engine" / "part.js").write_text("exports.name = 'engine';")
    (tmp_path / "engine" / "index.js").write_text("exports.default = 'whole';")
    package, page = play(
        {
            "game.json": '{"plugins": {"eng": {"version": "1"}}}',
            "game.js": "console.log(requirePlugin('eng/core.js').name, requirePlugin('eng', {}).default);",
        },
        plugin=(f"eng={tmp_path / 'engine'}",),
    )
    line_of(package, page, "log: engine whole")


def test_a_call_of_what_is_not_emulated_is_told_with_its_line(play):
    package, page = play({"game.js": "if (tt.createCamera) {}\n\ntt.createCamera();"})

    line_of(
        package, page, r"error: .*tt\.createCamera was called and is not emulated \(game\.js:3\)"
    )
    absent = until(page, lambda: reported(package, "called_absent"))
    assert absent == {"createCamera": 1}
    assert "createCamera" in package.view()["pages"][0]["asked_absent"]


def test_lenient_leaves_what_a_browser_has(play):
    game = {
        "game.js": "console.log(typeof window, typeof document, typeof Image, window.innerWidth > 0);"
    }
    package, page = play(game, lenient=True)
    line_of(package, page, "log: object object function true")


def test_the_first_frame_is_timed_once_a_pixel_is_there(play):
    package, page = play(
        {
            "game.js": "const pen = tt.createCanvas().getContext('2d'); pen.clearRect(0, 0, 9, 9);\n"
            "draw = () => pen.fillRect(0, 0, 1, 1);"
        }
    )
    page.wait_for_function("typeof draw === 'function'")
    page.wait_for_timeout(300)
    assert reported(package, "first_frame_ms") is None

    page.evaluate("draw()")

    first = until(page, lambda: reported(package, "first_frame_ms"))
    assert first > 300


def test_a_change_of_a_file_reloads_the_game(play, tmp_path):
    package, page = play({"game.js": "console.log('first');"})
    line_of(package, page, "log: first")
    page.wait_for_timeout(500)

    (tmp_path / "package" / "game.js").write_text("console.log('second');")

    line_of(package, page, "log: second")


def test_a_module_that_was_compiled_before_is_not_compiled_again(play, tmp_path):
    package, page = play(
        {
            "game.js": "import { one } from './one';\nconsole.log('begun', one);",
            "one.js": "export const one = 1;",
        }
    )
    line_of(package, page, "log: begun 1")
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.reload()
    until(page, lambda: package.lines.count("log: begun 1") == 2)
    assert not [url for url in asked if "compile-worker" in url]

    (tmp_path / "package" / "one.js").write_text("export const one = 2;")
    line_of(package, page, "log: begun 2")


def test_five_thousand_files_harm_nobody(play):
    files = {f"res/{at % 50}/{at}.bin": b"x" for at in range(5000)}
    begin = time.monotonic()
    package, page = play({"game.js": "console.log('here');", **files})
    line_of(package, page, "log: here")
    with Client(package.url) as client:
        assert client.health()["status"] == "ok"
    assert time.monotonic() - begin < 60


def test_a_large_file_is_served_in_pieces(play):
    _, page = play({"game.js": "ready = true;", "res/large.bin": b"\0" * 100_000_000})
    page.wait_for_function("typeof ready !== 'undefined'")
    length = page.evaluate(
        "fetch('res/large.bin').then(async (answer) => (await answer.arrayBuffer()).byteLength)"
    )
    assert length == 100_000_000


def test_two_pages_are_two_players(play):
    package, page = play(
        {"game.js": "tt.login({ success: () => console.log('in') });"}, "?tt-player=ann"
    )
    line_of(package, page, "log: in")
    package.open("?tt-player=ben&tt-world=w2")
    until(page, lambda: len(package.view()["pages"]) == 2)
    pages = [(each["player"], each["world"]) for each in package.view()["pages"]]
    assert pages == [("ann", "default"), ("ben", "w2")]
