"""docs/ci.md: its files make a project, in which what its YAML runs is run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import run_docs
from required_programs import program
from tt_emulator import __version__
from tt_emulator.platforms.tt.pages import load
from tt_emulator.pytest_plugin import options
from tt_emulator.pytest_plugin.world import TTEmulator

PAGE = run_docs.read("docs/ci.md")
RECIPES = Path(__file__).parent / "recipes"
DEMO = Path(__file__).parent.parent / "emulator" / "tt_emulator" / "web" / "demo"
FILES = dict(re.findall(r"<!-- file: (.*?) -->\n```\w+\n(.*?)```", PAGE, re.DOTALL))
PIPELINES = {
    name: yaml.safe_load(text)
    for name, text in re.findall(r"<!-- ci: (\w+) -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
}
NOT_HERE = ("apt-get update", "pip install ", "npm ci")  # what they install is there
OF_A_PACKAGE = "package/test_game.py"
ALONE = {  # pytest as a game team has it, without the plugins of this project's own tests
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_ADDOPTS": "-p tt_emulator -p xdist",
}
PACKAGE_JSON = '{"private": true, "scripts": {"test": "node --test node/save.test.mjs"}}'

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the commands are for bash")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A game's repository, with the page's files in it."""
    for name, text in FILES.items():
        if name == OF_A_PACKAGE:  # it wants a browser, and a game
            continue
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "package.json").write_text(PACKAGE_JSON, encoding="utf-8")
    (tmp_path / "game").mkdir()
    shutil.copy(DEMO / "cloud-save.js", tmp_path / "game")
    return tmp_path


def run(commands: str, project: Path, **env: str) -> str:
    """What they print; fails if one of them does."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", f"set -eo pipefail\n{commands}"],
        cwd=project,
        env=run_docs.environment(PATH=path, **ALONE, **env),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def github() -> dict[str, tuple[str, dict[str, list[str]]]]:
    """The commands of each job, and its matrix."""
    jobs = PIPELINES["github"]["jobs"]
    return {
        name: (
            "\n".join(step["run"] for step in job["steps"] if "run" in step),
            job["strategy"]["matrix"],
        )
        for name, job in jobs.items()
    }


def gitlab() -> dict[str, tuple[str, dict[str, list[str]]]]:
    before = PIPELINES["gitlab"]["default"]["before_script"]
    jobs = {name: job for name, job in PIPELINES["gitlab"].items() if name != "default"}
    return {
        name: (
            "\n".join([*before, *job["script"]]),
            job.get("parallel", {"matrix": [{}]})["matrix"][0],
        )
        for name, job in jobs.items()
    }


JOBS = {f"github {name}": job for name, job in github().items()}
JOBS |= {f"gitlab {name}": job for name, job in gitlab().items()}


def runnable(commands: str) -> str:
    return "\n".join(line for line in commands.splitlines() if not line.startswith(NOT_HERE))


@pytest.mark.node
@pytest.mark.parametrize("job", JOBS)
def test_what_a_job_runs_works_in_a_project(project: Path, job: str) -> None:
    program("npm")
    commands, matrix = JOBS[job]
    for name, values in matrix.items():
        commands = commands.replace(f"${{{{ matrix.{name} }}}}", values[0])
    summary = project / "summary.md"
    first = {name: values[0] for name, values in matrix.items() if name.isupper()}

    output = run(runnable(commands), project, GITHUB_STEP_SUMMARY=str(summary), **first)

    assert "${{" not in commands
    if "error" in job:
        assert "1 passed" in output
    elif job.startswith("github"):
        assert "pass 10\n" in output
        assert "| **total** |" in summary.read_text(encoding="utf-8")
    else:
        assert "tt-emulator.setUserCloudStorage" in (project / "pytest.xml").read_text("utf-8")


def test_the_tests_of_a_wechat_game_pass(project: Path) -> None:
    assert "8 passed" in run("pytest tests/test_wechat.py", project)


def test_each_command_of_the_page_can_run_here_or_only_installs() -> None:
    skipped = {
        line
        for commands, _ in JOBS.values()
        for line in commands.splitlines()
        if line.startswith(NOT_HERE)
    }

    assert {line.split()[0] for line in skipped} == {"apt-get", "pip", "npm"}
    assert all(
        f"tt_emulator-{__version__}-py3" in line for line in skipped if line.startswith("pip")
    )


def test_there_is_a_job_for_each_documented_error() -> None:
    names = [row.name for row in load().rows("setUserCloudStorage")]

    assert JOBS["github each-error"][1] == {"error": names}
    assert JOBS["gitlab each-error"][1] == {"ERROR": names}


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
