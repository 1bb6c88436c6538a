"""The pipelines of docs/ci.md, carried out as GitHub and GitLab do: which commands after a failure
still run, and which files are kept.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

import run_docs

PAGE = run_docs.read("docs/ci.md")
FILES = dict(re.findall(r"<!-- file: (.*?) -->\n```\w+\n(.*?)```", PAGE, re.DOTALL))
OF_A_PACKAGE = "package/test_game.py"
"""This one wants a browser, and a game."""
RECIPES = run_docs.ROOT / "tests" / "recipes"
GITHUB, GITLAB = (
    yaml.safe_load(text)
    for text in re.findall(r"<!-- ci: \w+ -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
)
NOT_HERE = ("apt-get update", "pip install ", "npm ci", "npx playwright install")
"""What these install is there."""
STRICT = "-eo", "pipefail"
SUMMARY = "summary.md"
ALONE = {  # pytest as a game team has it, without the plugins of this project's own tests
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_ADDOPTS": "-p tt_emulator -p xdist",
}


@dataclass(frozen=True)
class Step:
    """Commands, or paths to keep; `always`: also after a failure."""

    commands: str = ""
    keeps: tuple[str, ...] = ()
    always: bool = False
    shell: tuple[str, ...] = STRICT
    env: dict[str, str] = field(default_factory=dict)


class Job(NamedTuple):
    """Steps, and the values of which the job runs with each."""

    steps: list[Step]
    matrix: dict[str, list[str]]


class Outcome(NamedTuple):
    """Whether a command failed, what all printed, and the files that were kept."""

    failed: bool
    output: str
    kept: list[str]


def github(workflow: dict[str, Any]) -> dict[str, Job]:
    """The jobs of a workflow, by name."""
    # https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
    shell = STRICT if workflow.get("defaults") == {"run": {"shell": "bash"}} else ("-e",)
    return {name: _of_github(job, shell) for name, job in workflow["jobs"].items()}


def _of_github(job: dict[str, Any], shell: tuple[str, ...]) -> Job:
    steps = [
        Step(
            step.get("run", ""),
            tuple(step["with"]["path"].splitlines()) if _uploads(step) else (),
            step.get("if") == "always()",
            shell,
            step.get("env", {}),
        )
        for step in job["steps"]
    ]
    return Job(steps, job.get("strategy", {"matrix": {}})["matrix"])


def _uploads(step: dict[str, Any]) -> bool:
    return str(step.get("uses")).startswith("actions/upload-artifact@")


def gitlab() -> dict[str, Job]:
    # https://docs.gitlab.com/ci/yaml/
    hidden = {name: GITLAB[name] for name in GITLAB if name.startswith(".")}
    jobs = {name: GITLAB[name] for name in GITLAB.keys() - hidden.keys() - {"default"}}
    return {
        name: _of_gitlab(hidden.get(job.get("extends"), {}) | job) for name, job in jobs.items()
    }


def _of_gitlab(job: dict[str, Any]) -> Job:
    commands = "\n".join([*GITLAB["default"]["before_script"], *job["script"]])
    steps = [Step(commands, env=job.get("variables", {}))]
    if artifacts := job.get("artifacts"):
        paths = (*artifacts["paths"], artifacts["reports"]["junit"])
        steps.append(Step(keeps=paths, always=artifacts["when"] == "always"))
    return Job(steps, job.get("parallel", {"matrix": [{}]})["matrix"][0])


JOBS = {f"github {name}": job for name, job in github(GITHUB).items()}
JOBS |= {f"gitlab {name}": job for name, job in gitlab().items()}


def lines() -> Iterator[str]:
    for job in JOBS.values():
        for step in job.steps:
            yield from step.commands.splitlines()


def lay_out(project: Path) -> None:
    """A game's repository, with the page's files in it."""
    for name in FILES.keys() - {OF_A_PACKAGE}:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(FILES[name], encoding="utf-8")
    shutil.copytree(RECIPES / "game", project / "game")
    shutil.copy(run_docs.ROOT / "emulator/tt_emulator/web/demo/cloud-save.js", project / "game")


def played(job: Job, project: Path, **env: str) -> Outcome:
    """Carry it out in the project, with the first value of its matrix."""
    first = {name: values[0] for name, values in job.matrix.items()}
    env |= {name: value for name, value in first.items() if name.isupper()}
    output, kept, failed = "", list[str](), False
    for step in job.steps:
        if failed and not step.always:
            continue
        kept += [name for path in step.keeps for name in files(project, path)]
        if commands := runnable(step.commands, first):
            done = run(commands, project, *step.shell, **env, **step.env)
            failed |= done.returncode != 0
            output += done.stdout + done.stderr
    return Outcome(failed, output, kept)


def runnable(commands: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        commands = commands.replace(f"${{{{ matrix.{name} }}}}", value)
    assert "${{" not in commands
    return "\n".join(line for line in commands.splitlines() if not line.startswith(NOT_HERE))


def files(project: Path, pattern: str) -> list[str]:
    """The files that a path of an artifact names; a folder stands for all that is in it."""
    found = [each for path in project.glob(pattern) for each in (path, *path.rglob("*"))]
    return [path.relative_to(project).as_posix() for path in found if path.is_file()]


def run(commands: str, project: Path, *shell: str, **env: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", *shell, "-c", commands],
        cwd=project,
        env=run_docs.environment(
            PATH=path, GITHUB_STEP_SUMMARY=str(project / SUMMARY), **ALONE, **env
        ),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
