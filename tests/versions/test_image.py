"""The image, as far as a machine without Docker can have it.

The steps of the Dockerfile are run in a folder in the place of the image's `/`, with a fresh
environment in the place of its Python, and what the image runs is run there as its user.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docker.utils.build import exclude_paths
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from container_files import IMAGE, Step, command, pairs, said, stages
from process import START_S, wait_ready
from versions.conftest import ROOT, Environment

FOREIGN = ("TT_EMULATOR", "PYTHON", "VIRTUAL_ENV")
OWN_FOLDERS = ("src", "opt", "data")
MAX_BYTES = 150_000_000
TOOLS = {"pip", "setuptools", "wheel", "hatchling", "pytest"}
NOT_COPIED = shutil.ignore_patterns("test", "site-packages", "__pycache__", "config-*", "share")
LIST = """
import json, sys
from importlib.metadata import distributions
json.dump({each.metadata["Name"]: each.requires or [] for each in distributions()}, sys.stdout)
"""

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="images are of Linux"),
    pytest.mark.timeout(600),
]


class Image:
    """Where the stage stands that is being built, or in the end the image."""

    def __init__(self, place: Path, context: Path) -> None:
        self._place, self._context = place, context
        self.root = place / "root"
        self.cwd = self.root
        self.env: dict[str, str] = {}
        self.user: int | None = None

    def build(self, all_steps: list[Step]) -> None:
        """Do them, each stage in a root of the same name: scripts know by which path they go."""
        for stage in stages(all_steps):
            base, _, name = stage[0].value.partition(" AS ")
            assert base.startswith("${")
            self._begin()
            for step in stage[1:]:
                getattr(self, f"_{step.name.lower()}")(step.value)
            if name:
                self.root.rename(self._place / name)

    def run(self, words: list[str], **env: str) -> "subprocess.Popen[str]":
        """What the image has, as its user."""
        found = shutil.which(words[0], path=self.env["PATH"])
        assert found is not None
        return subprocess.Popen(
            [found, *words[1:]],
            cwd=self.cwd,
            env=self.env | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **self._as_user(),
        )

    def done(self, words: list[str]) -> tuple[int, str]:
        """Its exit code, and what it printed."""
        child = self.run(words)
        out, _ = child.communicate(timeout=START_S)
        return child.returncode, out

    def _as_user(self) -> dict[str, Any]:
        if os.getuid() != 0 or self.user is None:
            return {}
        return {"user": self.user, "group": self.user, "extra_groups": []}

    def _begin(self) -> None:
        self.root.mkdir()
        kept = {name: each for name, each in os.environ.items() if not name.startswith(FOREIGN)}
        path = f"{self._place}/python/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        self.cwd, self.user = self.root, None
        self.env = kept | {"PATH": path, "LD_LIBRARY_PATH": f"{self._place}/base/lib"}

    def _here(self, text: str) -> str:
        """With its paths below the root, and with no owner that only root can give."""
        folders = "|".join(OWN_FOLDERS)
        text = re.sub(rf"(?<![\w./])/(?=(?:{folders})\b)", f"{self.root}/", text)
        return text if os.getuid() == 0 else re.sub(r"--(owner|group)=\d+", "", text)

    def _arg(self, name: str) -> None:
        """A value that the environment gives is there already."""

    def _workdir(self, value: str) -> None:
        self.cwd = Path(self._here(value))
        self.cwd.mkdir(parents=True, exist_ok=True)

    def _copy(self, value: str) -> None:
        *flags, source, target = value.split()
        of = self._context
        for flag in flags:
            of = self._place / flag.removeprefix("--from=")
        taken = of / source.lstrip("/")
        shutil.copytree(taken, self.cwd / self._here(target), symlinks=True, dirs_exist_ok=True)

    def _run(self, value: str) -> None:
        done = subprocess.run(
            ["sh", "-c", self._here(value)],
            cwd=self.cwd,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def _env(self, value: str) -> None:
        for name, text in pairs(self._here(value)).items():
            self.env[name] = text.replace("$PATH", self.env["PATH"])

    def _user(self, value: str) -> None:
        user, group = map(int, value.split(":"))
        assert user == group != 0
        self.user = user

    def _told(self, value: str) -> None:
        """What the test looks up where it wants it."""

    _volume = _expose = _healthcheck = _entrypoint = _cmd = _told


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)  # for the image's user
        make_python(place)
        built = Image(place, context(place / "context"))
        built.build(IMAGE)
        yield built


def make_python(place: Path) -> None:
    """Make the environment `python`, of a Python that the image's user may go to."""
    base = Path(sys.base_prefix)
    if any(not folder.stat().st_mode & 0o001 for folder in (base, *base.parents)):
        base = shutil.copytree(base, place / "base", symlinks=True, ignore=NOT_COPIED)
    python = base / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    subprocess.run([python, "-m", "venv", place / "python"], check=True)


def context(folder: Path) -> Path:
    """What of the checkout goes to who builds an image."""
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for name in exclude_paths(str(ROOT), ignored):
        if (ROOT / name).is_file() and name not in ("Dockerfile", ".dockerignore"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def started(image: Image) -> Iterator["subprocess.Popen[str]"]:
    """What the image starts, on a free port."""
    child = image.run([*command("ENTRYPOINT"), *command("CMD")], TT_EMULATOR_PORT="0")
    yield child
    child.terminate()
    child.communicate(timeout=START_S)


def ready_file(image: Image) -> Path:
    return image.root / said("VOLUME").lstrip("/") / ".tt-emulator" / "ready.json"


def needed(installed: dict[str, list[str]], name: str, found: set[str], *extras: str) -> set[str]:
    """It with these extras, and what it requires here."""
    found.add(name)
    for requirement in map(Requirement, installed[name]):
        wanted, marker = canonicalize_name(requirement.name), requirement.marker
        holds = marker is None or any(marker.evaluate({"extra": each}) for each in ("", *extras))
        if holds and wanted not in found:
            needed(installed, wanted, found, *requirement.extras)
    return found


def test_it_has_the_wheel_and_what_that_needs_and_nothing_else(image: Image) -> None:
    code, printed = image.done(["python", "-I", "-c", LIST])
    listed = {canonicalize_name(name): each for name, each in json.loads(printed).items()}

    assert code == 0
    assert {*listed} == needed(listed, "tt-emulator", set(), "team")
    assert not TOOLS & {*listed}


def test_it_has_no_source_no_tests_and_no_tools(image: Image) -> None:
    files = [path for path in image.root.rglob("*") if path.is_file() and not path.is_symlink()]
    names = {part for path in files for part in path.relative_to(image.root).parts}
    programs = {path.name for path in (image.root / "opt" / "tt-emulator" / "bin").iterdir()}

    assert {path.name for path in image.root.iterdir()} == {"opt", "data"}
    assert not names & {"tests", ".git", ".venv", ".cache", "pyproject.toml"}
    assert not programs & {"pip", "pip3", "gcc", "cc"}
    assert sum(path.stat().st_size for path in files) < MAX_BYTES


def test_it_is_healthy_while_it_runs_and_ends_with_0_on_sigterm(
    image: Image, started: "subprocess.Popen[str]"
) -> None:
    facts = wait_ready(started, ready_file(image))
    up, _ = image.done(command("HEALTHCHECK"))
    verb, shown = image.done(["tt-emulator", "fault", "list"])
    started.terminate()
    _, err = started.communicate(timeout=START_S)
    # on this machine the usual port may be another's
    down, _ = image.done([*command("HEALTHCHECK"), "--url", facts["url"]])

    assert (up, started.returncode, down) == (0, 0, 6)
    assert (verb, shown) == (0, "nothing is armed\n")  # it needs no token
    assert facts["host"] == "0.0.0.0"
    assert f"\n  token: {facts['token']}\n" in err


def test_it_runs_as_its_user_who_alone_has_the_data(
    image: Image, started: "subprocess.Popen[str]"
) -> None:
    wait_ready(started, ready_file(image))
    user = image.user if os.getuid() == 0 else os.getuid()
    code, printed = image.done(["python", "-c", "import os; print(os.getuid())"])

    assert (code, int(printed)) == (0, user)
    assert {path.stat().st_uid for path in ready_file(image).parent.rglob("*")} == {user}


def test_the_token_of_its_environment_is_taken(image: Image) -> None:
    words = [*command("ENTRYPOINT"), *command("CMD")]
    child = image.run(words, TT_EMULATOR_PORT="0", TT_EMULATOR_TOKEN="of-the-office")
    try:
        assert wait_ready(child, ready_file(image))["token"] == "of-the-office"
    finally:
        child.terminate()
        child.communicate(timeout=START_S)


def test_a_source_distribution_has_all_that_builds_it(
    environment: Environment, tmp_path: Path
) -> None:
    build = ["-m", "hatchling", "build", "--target", "sdist", "--directory", str(tmp_path)]
    subprocess.run([environment("hatchling"), *build], cwd=ROOT, check=True, capture_output=True)
    (packed,) = tmp_path.iterdir()
    with tarfile.open(packed) as files:
        names = {name.partition("/")[2] for name in files.getnames()}

    assert {"Dockerfile", ".dockerignore", "compose.yaml"} <= names
    assert {f".devcontainer/{name}" for name in ("Dockerfile", "devcontainer.json")} <= names
    assert {f"fixtures/containers/{name}" for name in ("backend.py", "game/index.html")} <= names
