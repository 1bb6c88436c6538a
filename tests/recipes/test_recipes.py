"""The recipes of docs/ci.md for JavaScript test runners, run as in a project of their own."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from npm_packages import installed
from process import Emulator
from required_programs import missing, program
from shared_servers import ephemeral
from tt_emulator import __version__
from tt_emulator.cli import main
from tt_emulator.client import Client

pytestmark = [pytest.mark.node, pytest.mark.timeout(600)]  # the first one waits for npm

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "emulator" / "tt_emulator" / "web" / "demo"
MODULES = HERE / "node_modules"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
IGNORED = shutil.ignore_patterns("node_modules", "*.py", "__pycache__")


@pytest.fixture(scope="session")
def npm() -> str:
    return program("npm")


@pytest.fixture(scope="session")
def modules() -> Path:
    """The test runners, at the versions of package.json."""
    return installed(HERE)


@pytest.fixture
def project(modules: Path, tmp_path: Path) -> Path:
    """A game's repository: the recipes, the game's code, and what `tt-emulator js` copies."""
    shutil.copytree(HERE, tmp_path, dirs_exist_ok=True, ignore=IGNORED)
    shutil.copy(DEMO / "cloud-save.js", tmp_path / "game")
    (tmp_path / "node_modules").symlink_to(modules, target_is_directory=True)
    assert main(["js", str(tmp_path / "vendor")]) == 0
    return tmp_path


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def command(project: Path) -> Run:
    """Runs a command in the project, with no settings from the environment but these."""

    def run(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
        inherited = {key: value for key, value in os.environ.items() if "TT_EMULATOR" not in key}
        return subprocess.run(
            args,
            cwd=project,
            env=inherited | {"NO_COLOR": "1"} | env,
            capture_output=True,
            encoding="utf-8",
            timeout=100,
            check=False,
        )

    return run


@pytest.fixture
def recipe(npm: str, command: Run) -> Run:
    """Runs one as CI does: `tt-emulator exec -- npm run NAME`."""

    def run(name: str, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
        plays = ("--play", "demo") if name == "package" else ()
        emulated = [sys.executable, "-m", "tt_emulator", "exec", *plays, "--"]
        return command(
            *emulated, npm, "run", "-s", name, "--", *args, *PATIENT.get(name, ()), **env
        )

    return run


PATIENT = {"vitest": ("--test-timeout=60000",), "jest": ("--testTimeout=60000",)}
"""The computer that runs these may have much else to do."""


def browser() -> dict[str, str]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return {"CHROMIUM": found or missing("Chromium is not installed: apt install chromium")}


PASSED = {
    "node": "pass 10\n",
    "vitest": "10 passed",
    "jest": "Tests:       10 passed, 10 total",
    "playwright": "2 passed",
    "package": "2 passed",
}
IN_A_BROWSER = ("playwright", "package")


@pytest.mark.parametrize("name", PASSED)
def test_a_recipe_runs(recipe: Run, name: str) -> None:
    done = recipe(name, **(browser() if name in IN_A_BROWSER else {}))

    assert done.returncode == 0, done.stdout + done.stderr
    assert PASSED[name] in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "flag", "environment"),
    [
        ("vitest", "--environment", "jsdom"),
        ("vitest", "--environment", "happy-dom"),
        ("jest", "--env", "jsdom"),
    ],
)
def test_a_recipe_runs_in_an_environment_that_stands_for_a_browser(
    recipe: Run, name: str, flag: str, environment: str
) -> None:
    done = recipe(name, flag, environment)

    assert done.returncode == 0, done.stdout + done.stderr
    assert PASSED[name] in done.stdout + done.stderr


def test_an_adapter_that_is_made_of_tt_works_in_windows_that_are_no_browsers(
    project: Path,
) -> None:
    done = subprocess.run(
        [program("node"), "--test", str(project / "environments" / "adapters.mjs")],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["node", "vitest", "jest"])
def test_a_failure_that_did_not_happen_fails_the_run(recipe: Run, project: Path, name: str) -> None:
    test = project / name / "save.test.mjs"
    lines = test.read_text(encoding="utf-8").splitlines()
    begin = next(number for number, line in enumerate(lines) if "'a score is saved'" in line)
    lines.insert(begin + 1, "  await emu.fail('app-in-background', { times: 3 });")
    test.write_text("\n".join(lines), encoding="utf-8")

    done = recipe(name)

    assert done.returncode == 1
    assert "fault f1 was not used up (3 left): app-in-background" in done.stdout + done.stderr


def test_an_error_that_the_played_game_did_not_catch_fails_its_test_with_its_line(
    recipe: Run, project: Path
) -> None:
    test = project / "package" / "save.spec.mjs"
    text = test.read_text(encoding="utf-8")
    broken = "await game.evaluate(() => setTimeout(() => { throw new Error('boom'); }));"
    test.write_text(
        text.replace("await emu.waitFor('set", f"{broken}\n  await emu.waitFor('set")
        + """
test('expected', async ({ emu, game }) => {
  BROKEN
  expect((await emu.waitForGameError(/bo+m/)).message).toBe('Uncaught Error: boom');
});
""".replace("BROKEN", broken),
        encoding="utf-8",
    )

    done = recipe("package", **browser())

    assert done.returncode == 1
    assert re.search("1 failed.*2 passed", done.stdout, re.DOTALL), done.stdout
    assert re.search(r"the game did not catch:\n.*Uncaught Error: boom", done.stdout)


def test_a_test_that_fails_under_playwright_leaves_a_story_that_another_server_finds_the_same(
    recipe: Run, project: Path, server: Emulator
) -> None:
    test = project / "playwright" / "save.spec.mjs"
    text = test.read_text(encoding="utf-8")
    told = "toHaveText('saved 7');\n});"
    assert told in text
    test.write_text(text.replace(told, "toHaveText('saved 7');\n  expect(1).toBe(2);\n});"))

    done = recipe("playwright", **browser())

    assert re.search("1 failed.*1 passed", done.stdout, re.DOTALL), done.stdout + done.stderr
    (story,) = (project / "test-results").glob("*/story.json")
    assert '"key":"score"' in story.read_text(encoding="utf-8")
    assert main(["replay", str(story), "--url", server.url]) == 0


THROWS = """
import {{ createEmulator }} from '../vendor/tt-emulator.mjs';
{imports}
test('throws before done()', async () => {{
  const emu = createEmulator();
  await emu.fail('server-error', {{ times: 1 }});
  throw new Error('before done()');
}});
test('ends its own', async () => {{
  const emu = createEmulator();
  await emu.fail('server-error');
  await emu.done();
}});
"""


@pytest.mark.parametrize(
    ("name", "imports"), [("vitest", "import { test } from 'vitest';"), ("jest", "")]
)
def test_a_test_that_throws_before_done_leaves_no_world(
    command: Run, npm: str, project: Path, name: str, imports: str
) -> None:
    test = project / name / "save.test.mjs"
    test.write_text(THROWS.format(imports=imports), encoding="utf-8")

    with ephemeral() as running:
        done = command(npm, "run", "-s", name, "--", *PATIENT[name], TT_EMULATOR_URL=running.url)
        worlds = Client(running.url).worlds()

    output = done.stdout + done.stderr
    assert re.search("1 failed[ |,]+1 passed", output)
    assert output.count("done() was not called for world js-save.test-") == 1
    assert [world for world in worlds if world.startswith("js-")] == []


def test_the_types_fit_what_a_test_in_typescript_writes(recipe: Run) -> None:
    done = recipe("types")

    assert done.returncode == 0, done.stdout


def test_the_types_fit_those_that_others_have_of_the_same_name(recipe: Run) -> None:
    done = recipe("types-of-others")

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("way", ["dev", "build"])
def test_the_es_module_plays_in_a_page_of_vite(recipe: Run, way: str) -> None:
    done = recipe("vite", way, **browser())

    assert done.stdout.strip() == f"{__version__} setUserCloudStorage:ok undefined", done.stderr


def test_each_recipe_is_tested() -> None:
    scripts = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["scripts"]

    assert scripts.keys() == {*PASSED, "types", "types-of-others", "vite"}
