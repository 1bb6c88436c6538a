"""The pipelines of docs/ci.md: each job is run, with tests that pass and with some that fail."""

import re
import shutil
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

import pipelines
from npm_packages import installed
from pipelines import JOBS, RECIPES, SUMMARY
from process import Emulator
from required_programs import missing, program
from tt_emulator.cli import main

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

pytestmark = [
    pytest.mark.skipif(shutil.which("bash") is None, reason="the commands are for bash"),
    pytest.mark.timeout(600),  # the first one waits for npm
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    pipelines.lay_out(tmp_path)
    return tmp_path


def played(name: str, project: Path) -> pipelines.Outcome:
    """A job, where the programs and packages are that it needs."""
    env = {}
    if "browser" in name:
        (project / "node_modules").symlink_to(installed(RECIPES), target_is_directory=True)
        shutil.copy(RECIPES / "playwright.config.mjs", project)
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        env["CHROMIUM"] = found or missing("Chromium is not installed: apt install chromium")
    elif "node" in "".join(step.commands for step in JOBS[name].steps):
        program("node")
    return pipelines.played(JOBS[name], project, **env)


def told(project: Path, outcome: pipelines.Outcome) -> str:
    """What a reader finds at once: the summary of the job where there is one, else its log."""
    summary = project / SUMMARY
    return summary.read_text(encoding="utf-8") if summary.exists() else outcome.output


def stories(outcome: pipelines.Outcome) -> list[str]:
    """The stories of tests that were kept."""
    return [name for name in outcome.kept if re.search(r"/stories/.*\.json|/story\.json", name)]


class Expected(NamedTuple):
    """What a reader finds of a job, and which reports are kept."""

    texts: tuple[str, ...]
    reports: tuple[str, ...] = ()


def of_each_job(expected: dict[str, Expected]) -> pytest.MarkDecorator:
    """A run for each job, with the marks of what it needs."""
    marks = {
        name: [pytest.mark.browser] * ("browser" in name)
        + [pytest.mark.node] * ("error" not in name)
        for name in expected
    }
    return pytest.mark.parametrize(
        ("job", "expected"),
        [pytest.param(name, each, marks=marks[name], id=name) for name, each in expected.items()],
    )


TEXTS_OF_GITHUB = ("pytest.txt", "node.txt", "errors.md")
PASSED = {
    "github tests": Expected(
        ("20 passed", "pass 10\n", "| **total** |"), ("pytest.xml", "node.xml", *TEXTS_OF_GITHUB)
    ),
    "github browser": Expected(("2 passed",), ("playwright.xml", "playwright.txt")),
    "github each-error": Expected(("1 passed",)),
    "gitlab tests": Expected(("20 passed", "ok: 100 %"), ("pytest.xml",)),
    "gitlab node": Expected(("pass 10\n",), ("node.xml",)),
    "gitlab browser": Expected(("2 passed",), ("playwright.xml",)),
    "gitlab each-error": Expected(("1 passed",)),
}


@of_each_job(PASSED)
def test_what_a_job_runs_works_in_a_project(project: Path, job: str, expected: Expected) -> None:
    outcome = played(job, project)

    assert not outcome.failed, outcome.output
    for text in expected.texts:
        assert text in told(project, outcome)
    assert {f"reports/{name}" for name in expected.reports} <= {*outcome.kept}
    assert stories(outcome) == []


BROKEN = {
    "tests/test_saves.py": """

def test_a_failure_that_never_happens(tt_emulator, alice):
    tt_emulator.fail("app-in-background", api="login", times=3)
    alice.call("setUserCloudStorage", SAVE)


def test_a_failure_of_another_player(tt_emulator, alice):
    tt_emulator.fail("server-error", player="bob")
    assert alice.call("setUserCloudStorage", SAVE)["errorCode"] == 108002
""",
    "node/save.test.mjs": """
test('a failure that never happens', async () => {
  await emu.fail('app-in-background', { api: 'login', times: 3 });
  await submit(7);
});

test('a failure of another player', async () => {
  await emu.fail('server-error', { player: 'bob' });
  assert.equal((await submit(7)).failure?.errorCode, 108002);
});
""",
    "playwright/save.spec.mjs": """
test('a failure that never happens', async ({ emu, game }) => {
  await emu.fail('app-in-background', { api: 'login', times: 3 });
  await game.getByRole('button').click();
  await expect(game.getByRole('status')).toHaveText('saved 7');
});

test('a failure of another player', async ({ emu, game }) => {
  await emu.fail('server-error', { player: 'bob' });
  await game.getByRole('button').click();
  await emu.waitFor('setUserCloudStorage');
  expect((await emu.requests()).at(-1).reply.errorCode).toBe(108002);
});
""",
}
"""To each file of tests two that fail: one at its end, one in its middle."""

NEAR_MISSES = ("never struck: ", "api did not match: the calls were ", ": alice against bob")
PYTEST, NODE, PLAYWRIGHT = "1 failed, 21 passed, 1 error", "fail 2\n", "2 failed"
FAILED = {
    "github tests": Expected(
        (PYTEST, NODE, "| **total** |"), ("pytest.xml", "node.xml", *TEXTS_OF_GITHUB)
    ),
    "github browser": Expected((PLAYWRIGHT,), ("playwright.xml", "playwright.txt")),
    "gitlab tests": Expected((PYTEST,), ("pytest.xml",)),
    "gitlab node": Expected((NODE,), ("node.xml",)),
    "gitlab browser": Expected((PLAYWRIGHT,), ("playwright.xml",)),
}
STORIES = {"github tests": 4}


@of_each_job(FAILED)
def test_a_job_that_fails_keeps_what_failed_its_near_misses_and_its_stories(
    project: Path, server: Emulator, job: str, expected: Expected
) -> None:
    for name, tests in BROKEN.items():
        with (project / name).open("a", encoding="utf-8") as file:
            file.write(tests)

    outcome = played(job, project)

    assert outcome.failed
    for text in (*expected.texts, *NEAR_MISSES):
        assert text in told(project, outcome)
    assert {f"reports/{name}" for name in expected.reports} <= {*outcome.kept}
    for name in expected.reports:
        if name.endswith(".xml"):
            report = ElementTree.parse(project / "reports" / name)
            assert len([*report.iter("failure"), *report.iter("error")]) == 2
    assert len(stories(outcome)) == STORIES.get(job, 2)
    for test in ("never.happens", "another.player"):
        named = [story for story in stories(outcome) if re.search(test, story)]
        assert len(named) == STORIES.get(job, 2) / 2
    for story in stories(outcome):
        assert Path(story).name in outcome.output
        assert main(["replay", str(project / story), "--url", server.url]) == 0


@pytest.mark.node
@pytest.mark.parametrize("job", ["github tests", "gitlab tests"])
def test_a_job_whose_tests_met_too_few_errors_keeps_which(project: Path, job: str) -> None:
    tests = project / "tests" / "test_saves.py"
    text = tests.read_text(encoding="utf-8")
    every = '@pytest.mark.tt_every_error("setUserCloudStorage")\n'
    assert every in text
    tests.write_text(text.replace(every, "@pytest.mark.skip\n"), encoding="utf-8")

    outcome = played(job, project)

    assert outcome.failed
    assert re.search(r"FAIL: 25 % of the documented errors met, 100 % wanted", outcome.output)
    assert re.search(r"setUserCloudStorage.* 2/8 .*bad-response", told(project, outcome))
    assert "reports/pytest.xml" in outcome.kept
