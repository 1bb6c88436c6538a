"""The package whole: packed, installed, started by npx, with the real emulator in it."""

import json
import re
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import pytest
import yaml

import pipelines
import run_docs
from npm.conftest import BASE_PYTHON, FILES, PAGE, SDIST, Game, path_of
from npm_packages import installed
from played import played
from process import emulator, wait_ready
from required_programs import missing, program
from tt_emulator import __version__

pytestmark = [pytest.mark.node, pytest.mark.timeout(600)]  # the first one waits for npm and pip

WEB = run_docs.ROOT / "emulator" / "tt_emulator" / "web"
RECIPES = run_docs.ROOT / "tests" / "recipes"
PACKAGE = json.loads(run_docs.read("npm/package.json"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def test_its_version_is_that_of_the_python_package() -> None:
    assert PACKAGE["version"] == __version__


def test_an_sdist_has_what_it_is_made_of() -> None:
    assert "/npm" in SDIST  # the fixtures pack it from what an sdist has


def test_it_carries_the_wheel_of_its_version_and_what_the_emulator_serves(game: Game) -> None:
    (wheel,) = game.package.glob("*.whl")

    assert wheel.name == f"tt_emulator-{__version__}-py3-none-any.whl"
    for name in PACKAGE["files"]:
        (carried,) = game.package.glob(name)
        if (WEB / name).exists():
            assert carried.read_bytes() == (WEB / name).read_bytes(), name
    assert (game.package / "LICENSE").read_bytes() == (run_docs.ROOT / "LICENSE").read_bytes()


def test_the_package_json_of_the_page_is_what_npm_makes_of_it(game: Game) -> None:
    text = (game.folder / "package.json").read_text(encoding="utf-8")

    assert json.loads(text) == json.loads(FILES["package.json"])


def test_a_later_start_by_npx_only_starts_it(game: Game) -> None:
    done = game.run(program("npx"), "tt-emulator", "version")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"tt-emulator {__version__} (Python 3.")


def test_a_later_start_needs_neither_uv_nor_python_on_the_path(game: Game, tmp_path: Path) -> None:
    done = game.run(*game.launcher, "version", PATH=str(tmp_path))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"tt-emulator {__version__} (Python 3.")


def test_the_tests_of_the_page_pass_by_npm_test(game: Game) -> None:
    done = game.run(program("npm"), "test")

    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"\bpass 2\n", done.stdout), done.stdout


@pytest.mark.parametrize("fails", [False, True])
def test_the_pipeline_of_the_page_keeps_the_stories_of_the_tests_that_fail(
    game: Game, tmp_path: Path, fails: bool
) -> None:
    shutil.copytree(game.folder, tmp_path, symlinks=True, dirs_exist_ok=True)
    if fails:
        with (tmp_path / "tests" / "save.test.mjs").open("a", encoding="utf-8") as file:
            file.write(
                "test('第二关 is saved', async () => { await save(); assert.ok(false); });\n"
            )
    (text,) = re.findall(r"<!-- ci: github -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
    (job,) = pipelines.github(yaml.safe_load(text)).values()

    outcome = pipelines.played(job, tmp_path, XDG_CACHE_HOME=game.env["XDG_CACHE_HOME"])

    assert outcome.failed == fails, outcome.output
    kept = [name.partition(".js-")[0] for name in outcome.kept]
    assert kept == ["reports/stories/第二关-is-saved"] * fails


def test_exec_passes_the_exit_code_of_its_command_on_through_npx(game: Game) -> None:
    done = game.run(
        program("npx"), "tt-emulator", "exec", "--", program("node"), "-e", "process.exit(7)"
    )

    assert done.returncode == 7, done.stderr


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no signals")
def test_a_server_that_is_asked_to_end_ends_cleanly(game: Game, tmp_path: Path) -> None:
    ready = tmp_path / "ready.json"
    flags = ["--ephemeral", "--port", "0", "--ready-file", str(ready)]
    child = subprocess.Popen(
        [*game.launcher, "start", *flags],
        env=game.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert wait_ready(child, ready)["version"] == __version__

    child.terminate()
    _, err = child.communicate(timeout=60)

    assert child.returncode == 0, err
    assert not ready.exists()


TYPED = """
import { createEmulator, type Armed } from 'tt-emulator';
import { createTT, type TT } from 'tt-emulator/tt.js';
import { createWX, type WX } from 'tt-emulator/wx.js';
import { createTT as createTTModule } from 'tt-emulator/tt.mjs';
import { createWX as createWXModule } from 'tt-emulator/wx.mjs';

const emu = createEmulator();
const fault: Promise<Armed> = emu.fail('network-unavailable', { times: 1 });
const tt: TT = createTT({ url: emu.url });
const wx: WX = createWX({ url: emu.url });
createTTModule().login({ success: ({ code }) => code });
createWXModule().login({ success: ({ code }) => code });
// @ts-expect-error: no such error
emu.fail('network-unavailabel');
// @ts-expect-error: no such function
tt.setUserCloudStorag({});
export { fault, wx };
"""


@pytest.mark.parametrize(
    ("module", "resolution"),
    [("nodenext", "nodenext"), ("esnext", "bundler"), ("esnext", "node10")],
)
def test_its_types_resolve(game: Game, tmp_path: Path, module: str, resolution: str) -> None:
    (tmp_path / "node_modules").symlink_to(game.folder / "node_modules", target_is_directory=True)
    (tmp_path / "typed.mts").write_text(TYPED, encoding="utf-8")
    flags = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom,esnext.disposable"]
    compiler = installed(RECIPES) / "typescript" / "bin" / "tsc"

    done = game.run(
        *(program("node"), str(compiler), *flags, "--module", module),
        *("--moduleResolution", resolution, str(tmp_path / "typed.mts")),
    )

    assert done.returncode == 0, done.stdout


@pytest.fixture
def pages(game: Game, tmp_path: Path) -> tuple[Game, str]:
    """The game with the page's files for Playwright, at ports that are free: the emulator's."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    browser = browser or missing("Chromium is not installed: apt install chromium")
    options = {"launchOptions": {"executablePath": browser, "args": ["--no-sandbox"]}}
    port, game_port = free_ports()
    (tmp_path / "node_modules").symlink_to(installed(RECIPES), target_is_directory=True)
    project = tmp_path / "game"
    shutil.copytree(game.folder, project, symlinks=True)
    for name in ("playwright.config.mjs", "pages/save.spec.mjs"):
        text = FILES[name].replace("8717", port).replace("8718", game_port)
        here = f"defineConfig({{\n  use: {json.dumps(options)},"
        (project / name).write_text(text.replace("defineConfig({", here), encoding="utf-8")

    return game._replace(folder=project), port


@pytest.mark.browser
def test_the_tests_of_the_page_pass_by_playwright(pages: tuple[Game, str]) -> None:
    done = pages[0].run(program("npm"), "run", "test:pages", CI="true")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


@pytest.mark.browser
def test_where_another_emulator_has_the_port_playwright_tells_that_it_is_taken(
    pages: tuple[Game, str],
) -> None:
    game, port = pages
    with emulator("--ephemeral", port=int(port)):
        done = game.run(program("npm"), "run", "test:pages", CI="")

    assert done.returncode == 1
    assert (
        f"Port {port} on 127.0.0.1 is taken: a tt-emulator runs there already"
        in done.stdout + done.stderr
    )


@pytest.mark.browser
def test_playwright_takes_the_emulator_that_plays_at_the_port_already(
    pages: tuple[Game, str],
) -> None:
    game, port = pages
    config = (game.folder / "playwright.config.mjs").read_text(encoding="utf-8")
    (game_port,) = re.findall(r"--game-port (\d+)", config)
    with played(Path("demo"), "--ephemeral", "--port", port, "--game-port", game_port) as running:
        done = game.run(program("npm"), "run", "test:pages", CI="")
        stopped = running.stop()

    assert (done.returncode, stopped) == (0, 0), done.stdout + done.stderr
    assert "1 passed" in done.stdout


def free_ports() -> tuple[str, str]:
    with (
        socket.create_server(("127.0.0.1", 0)) as one,
        socket.create_server(("127.0.0.1", 0)) as other,
    ):
        return str(one.getsockname()[1]), str(other.getsockname()[1])


def test_uv_installs_it_where_it_is(game: Game, uv: Path, tmp_path: Path) -> None:
    offline = {"UV_OFFLINE": "1", "UV_FIND_LINKS": "wheels"}
    in_the_way = {
        "UV_SYSTEM_PYTHON": "1",
        "UV_PYTHON": "3.9",
        "PIP_INDEX_URL": "http://127.0.0.1:9",
    }
    cache = {"XDG_CACHE_HOME": str(tmp_path), "UV_CACHE_DIR": str(tmp_path / "uv")}

    done = game.run(
        *(program("npx"), "tt-emulator", "exec", "--", program("node"), "-e", "process.exit(9)"),
        PATH=path_of(uv, BASE_PYTHON),
        **offline,
        **in_the_way,
        **cache,
    )

    assert done.returncode == 9, done.stderr
    (made,) = tmp_path.glob("tt-emulator/*/*/*/pyvenv.cfg")
    assert "\nuv = " in made.read_text(encoding="utf-8")
