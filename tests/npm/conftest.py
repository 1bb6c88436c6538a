"""The npm package in a game's repository, as docs/npm.md has it: made once in a run."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock

import run_docs
from npm.launcher import BIN, Launcher, write_wheel
from required_programs import missing, program

PAGE = run_docs.read("docs/npm.md")
FILES: dict[str, str] = dict(re.findall(r"<!-- file: (.*?) -->\n```\w+\n(.*?)```", PAGE, re.DOTALL))
PYPROJECT = tomllib.loads(run_docs.read("pyproject.toml"))
SDIST: list[str] = PYPROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
NOT_FOR_A_WHEEL = ("/tests", "/docs")
PYTHON = Path(sys.executable).parent
BASE_PYTHON = Path(getattr(sys, "_base_executable", sys.executable)).parent
"""uv makes no environment of a Python that is in one itself."""
PATIENCE_S = 300


class Game(NamedTuple):
    """A game's repository and the environment of its commands."""

    folder: Path
    env: dict[str, str]

    @property
    def package(self) -> Path:
        return self.folder / "node_modules" / "tt-emulator"

    @property
    def launcher(self) -> list[str]:
        """The command behind `npx tt-emulator`, without the processes of npm."""
        return [program("node"), str(self.package / "bin" / "tt-emulator.mjs")]

    def run(self, *args: str, **env: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            args,
            cwd=self.folder,
            env=self.env | env,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE_S,
            check=False,
        )


def commands(name: str) -> str:
    (found,) = re.findall(rf"<!-- {name} -->\n```sh\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def path_of(*first: Path) -> str:
    """The PATH with these before it, and without any uv."""
    others = os.environ["PATH"].split(os.pathsep)
    return os.pathsep.join([*map(str, first), *(one for one in others if not uv_in(Path(one)))])


def uv_in(folder: Path) -> bool:
    return (folder / ("uv.exe" if os.name == "nt" else "uv")).exists()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the run, for all its workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "npm"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def game(shared: Path) -> Game:
    """A game whose team has installed the package, and started it once."""
    env = {"XDG_CACHE_HOME": str(shared / "cache"), "PATH": path_of(PYTHON), "LANG": "C"}
    made = Game(shared / "game", run_docs.environment(**env))
    once(shared / "game", lambda: install(made))
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "wheels"}
    once(shared / "cache", lambda: first_start(made, offline))
    return made


def install(game: Game) -> None:
    copy_sources(game.folder.parent / "tt-emulator")
    for name, text in FILES.items():
        path = game.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shown = json.loads(FILES["package.json"])
    del shown["devDependencies"]
    (game.folder / "package.json").write_text(json.dumps(shown), encoding="utf-8")
    program("npm")
    for name in ("install", "collect"):
        done = game.run(program("bash"), "-c", f"set -e\n{commands(name)}")
        if done.returncode != 0:
            outcome = pytest.fail if has_index(game) else missing
            outcome(f"{commands(name)} could not be run: {done.stderr[-1000:]}")


def has_index(game: Game) -> bool:
    """Whether pip gets at what builds the wheel, without which nothing can be made."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--no-deps"]
    wanted = PYPROJECT["build-system"]["requires"]
    return game.run(*pip, "--dest", str(game.folder.parent / "built-with"), *wanted).returncode == 0


def copy_sources(folder: Path) -> None:
    """What an sdist has, but for what no package is made of."""
    ignored = shutil.ignore_patterns("__pycache__", "node_modules", "*.whl")
    for pattern in [*SDIST, "/pyproject.toml", "/hatch_build.py"]:  # which hatchling adds
        for path in [] if pattern in NOT_FOR_A_WHEEL else run_docs.ROOT.glob(pattern[1:]):
            target = folder / path.relative_to(run_docs.ROOT)
            if path.is_dir():
                shutil.copytree(path, target, ignore=ignored)
            else:
                shutil.copy(path, target)


def first_start(game: Game, offline: dict[str, str]) -> None:
    done = game.run(program("npx"), "tt-emulator", "version", **offline)

    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("tt-emulator "), done.stderr
    assert "is being installed in " in done.stderr


@pytest.fixture(scope="session")
def uv(shared: Path) -> Path:
    """The folder of a real uv."""
    folder = shared / "uv"

    def make() -> None:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input"]
        done = subprocess.run(
            [*pip, "--target", folder, "uv"], capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode != 0:
            missing(f"pip could not install uv: {done.stderr[-500:]}")

    once(folder, make)
    return folder / "bin"


@pytest.fixture
def launcher(tmp_path: Path, uv: Path) -> Launcher:
    package = tmp_path / "package"
    shutil.copytree(BIN, package / "bin")
    write_wheel(package)
    cache = tmp_path / "我的 cache"
    env = run_docs.environment(
        XDG_CACHE_HOME=str(cache),
        PATH=os.pathsep.join(map(str, (uv, BASE_PYTHON))),
        UV_OFFLINE="1",
        UV_CACHE_DIR=str(uv.parent / "cache"),
        LANG="C",
    )
    command = [program("node"), str(package / "bin" / "tt-emulator.mjs")]
    return Launcher(command, env, cache)


def once(folder: Path, make: Callable[[], None]) -> None:
    """Make the folder, unless another worker of the run has."""
    whole = folder.with_name(f"{folder.name}.whole")
    with FileLock(folder.with_name(f"{folder.name}.lock")):
        if not whole.exists():
            make()
            whole.touch()
