"""docs/ci.md: its files make a project, in which its commands work; test_pipelines.py: its YAML."""

import re
import shutil
from pathlib import Path

import pytest

import pipelines
import run_docs
from pipelines import FILES, JOBS, NOT_HERE, OF_A_PACKAGE, PAGE, RECIPES, STRICT
from tt_emulator import __version__
from tt_emulator.platforms.tt.pages import load
from tt_emulator.pytest_plugin import options
from tt_emulator.pytest_plugin.world import TTEmulator

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the commands are for bash")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    pipelines.lay_out(tmp_path)
    return tmp_path


def run(commands: str, project: Path) -> str:
    """What they print; fails if one of them does."""
    done = pipelines.run(commands, project, *STRICT)
    assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_tests_of_a_wechat_game_pass(project: Path) -> None:
    assert "8 passed" in run("pytest tests/test_wechat.py", project)


def test_each_command_of_the_page_can_run_here_or_only_installs() -> None:
    skipped = {line for line in pipelines.lines() if line.startswith(NOT_HERE)}

    assert {line.split()[0] for line in skipped} == {"apt-get", "pip", "npm", "npx"}
    assert all(
        f"tt_emulator-{__version__}-py3" in line for line in skipped if line.startswith("pip")
    )


def test_there_is_a_job_for_each_documented_error() -> None:
    names = [row.name for row in load().rows("setUserCloudStorage")]

    assert JOBS["github each-error"].matrix == {"error": names}
    assert JOBS["gitlab each-error"].matrix == {"ERROR": names}


PAGES = """
import shutil
import pytest
from playwright.sync_api import sync_playwright

@pytest.fixture
def page():
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as running:
        yield running.chromium.launch(executable_path=found, args=["--no-sandbox"]).new_page()
"""


@pytest.mark.browser
def test_the_tests_of_a_package_pass(project: Path) -> None:
    (project / "package" / "conftest.py").write_text(PAGES, encoding="utf-8")
    (project / OF_A_PACKAGE).write_text(FILES[OF_A_PACKAGE], encoding="utf-8")

    assert "2 passed" in run("pytest --tt-emulator-play demo package", project)


@pytest.mark.parametrize(
    "block", run_docs.blocks(PAGE), ids=lambda block: block.commands.split()[1]
)
def test_each_command_works(project: Path, block: run_docs.Block) -> None:
    run(block.commands, project)


def test_the_recipes_are_those_that_are_run() -> None:
    recipes = {str(path.relative_to(RECIPES).as_posix()) for path in RECIPES.glob("*/save.*.mjs")}

    assert {name for name in FILES if name.endswith(".mjs")} == recipes
    for name in recipes:
        assert FILES[name] == (RECIPES / name).read_text(encoding="utf-8"), name


def cells(first: str) -> str:
    """The first column of the table that begins with that cell."""
    table = PAGE.partition(f"\n| {first}")[2].partition("\n\n")[0]
    return " ".join(line.split(" | ")[0] for line in table.splitlines()[2:])


def names(text: str) -> set[str]:
    return set(re.findall(r"[`(]((?:--)?[a-z][\w-]*)", text))


def test_each_option_fixture_and_marker_is_told() -> None:
    import tt_emulator.pytest_plugin as plugin

    offered = re.findall(r"--tt-emulator-[a-z-]+", Path(options.__file__).read_text("utf-8"))
    fixtures = re.findall(
        r"@pytest\.fixture.*\ndef (\w+)", Path(plugin.__file__).read_text("utf-8")
    )

    assert names(cells("option")) == set(offered)
    assert names(cells("fixture")) == {*fixtures}
    for marker in options.MARKERS:
        assert re.split(r"\W", marker)[0] in PAGE


def test_the_verbs_that_are_told_are_there() -> None:
    named = set(re.findall(r"`(\w+)(?:\(|`)", cells("|")))

    assert {"fail", "wait_for", "assert_called", "import_world", "world"} <= named
    for verb in named - {"url", "world"}:
        assert hasattr(TTEmulator, verb), verb


@pytest.mark.parametrize("language", ["", ".zh-CN"])
def test_the_example_of_a_readme_passes(tmp_path: Path, language: str) -> None:
    text = run_docs.read(f"README{language}.md")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (tmp_path / "test_it.py").write_text(example, encoding="utf-8")

    assert "1 passed" in run("pytest", tmp_path)
    assert f"(docs/ci{language}.md)" in text
