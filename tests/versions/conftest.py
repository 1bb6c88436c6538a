"""Environments that other people have: made once, kept in `.venvs` until what they hold changes.

A step of `.ci/run` and no part of the suite: `pytest tests/versions`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".venvs"
DECLARED: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]["dependencies"]

COMMANDS = ("python -m pytest", "pytest")
"""Ways to run it; the first puts the folder on the path of imports."""

Environment = Callable[..., Path]
"""The Python of an environment that holds these requirements and the emulator's wheel."""
Overlay = Callable[..., Path]
"""A folder for PYTHONPATH that holds these requirements, as they are named."""


def pip(python: Path | str, *args: str) -> None:
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run(
        [python, "-m", "pip", *args, *quiet], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr


def key(*held: str) -> str:
    versions = "\n".join([sys.version, *held])
    return hashlib.sha256(versions.encode()).hexdigest()[:16]


def made(folder: Path, make: Callable[[], None]) -> Path:
    """The folder, made if it is not there whole."""
    KEPT.mkdir(exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not (folder / ".whole").exists():
            shutil.rmtree(folder, ignore_errors=True)
            make()
            (folder / ".whole").touch()
    return folder


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip(sys.executable, "wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def environment(wheel: Path) -> Environment:
    def of(*requirements: str) -> Path:
        folder = KEPT / key(*requirements, *DECLARED)
        python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"

        def make() -> None:
            venv.create(folder, with_pip=True)
            pip(python, "install", *requirements, *DECLARED)

        made(folder, make)
        pip(python, "install", "--no-deps", "--force-reinstall", str(wheel))
        return python

    return of


@pytest.fixture(scope="session")
def overlay() -> Overlay:
    def of(*requirements: str) -> Path:
        folder = KEPT / key("overlay", *requirements)
        return made(
            folder,
            lambda: pip(sys.executable, "install", "--target", str(folder), *requirements),
        )

    return of


def run(
    python: Path | str, folder: Path, *args: str, command: str = COMMANDS[0], **env: str
) -> "subprocess.CompletedProcess[str]":
    """Run pytest in the folder by one of `COMMANDS`, as if nothing of this run were there."""
    pytest_ = (
        [python, "-m", "pytest"] if command == COMMANDS[0] else [Path(python).with_name(command)]
    )
    foreign = ("PYTEST", "TT_EMULATOR", "COV_", "PYTHON")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return subprocess.run(
        [*pytest_, "-p", "no:cacheprovider", *args],
        cwd=folder,
        env=inherited | env,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
