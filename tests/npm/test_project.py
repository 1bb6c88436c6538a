"""What lies in the folder of a start: settings and modules of a project are not the launcher's."""

from pathlib import Path

import pytest

from npm.conftest import BASE_PYTHON
from npm.launcher import INSTALLING, Launcher, posix, write_library, write_script, write_wheel

pytestmark = pytest.mark.node

GIVEN = "import library; print(library.VERSION)"
OWN_WHEELS = {"UV_FIND_LINKS": "wheels", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "wheels"}
SETTINGS = 'no-index = true\nfind-links = ["theirs"]\n'
FORCED = 'constraint-dependencies = ["library==2"]\noverride-dependencies = ["library==2"]\n'
OF_UV = {
    "uv.toml": SETTINGS,
    "pyproject.toml": f'[project]\nname = "game"\nversion = "1"\n[tool.uv]\n{SETTINGS}{FORCED}',
}
OF_PIP = {
    "pip.conf": "[global]\nfind-links = theirs\n",
    "pip.ini": "[global]\nfind-links = theirs\n",
    "setup.cfg": "[install]\nprefix = stolen\n[easy_install]\nfind_links = theirs\n",
}
MODULES = ("click", "library", "ensurepip", "venv", "pip", "sitecustomize", "usercustomize")
PROGRAMS = ("uv", "python3", "python", ".venv/bin/python")


@pytest.fixture
def project(launcher: Launcher, tmp_path: Path) -> Path:
    """One that has a wheel of what the program requires, and a newer one of its own."""
    write_wheel(Path(launcher.command[1]).parents[1], Requires_Dist="library")
    folder = tmp_path / "project"
    write_library(folder / "wheels", "1")
    write_library(folder / "theirs", "2")
    return folder


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("cache", ["cache", "project/.cache"])
@pytest.mark.parametrize("name", OF_UV)
def test_uv_has_its_settings_from_the_environment_and_none_from_a_project(
    launcher: Launcher, project: Path, name: str, cache: str
) -> None:
    write(project, {name: OF_UV[name]})

    done = launcher.run(
        GIVEN, cwd=project, XDG_CACHE_HOME=str(project.parent / cache), UV_FIND_LINKS="wheels"
    )

    assert (done.returncode, done.stdout) == (0, "1\n"), done.stderr


@posix
def test_uv_has_its_settings_from_the_user(launcher: Launcher, project: Path) -> None:
    mirror, home = project.parent / "mirror", project.parent / "home"
    write_library(mirror, "3")
    (home / "uv").mkdir(parents=True)
    write(home / "uv", {"uv.toml": f"no-index = true\nfind-links = ['{mirror}']\n"})

    done = launcher.run(GIVEN, cwd=project, XDG_CONFIG_HOME=str(home))

    assert (done.returncode, done.stdout) == (0, "3\n"), done.stderr


@posix
@pytest.mark.parametrize("installer", ["uv", "pip"])
def test_no_code_of_a_project_is_run_and_nothing_is_written_there(
    launcher: Launcher, project: Path, installer: str
) -> None:
    write(project, OF_UV | OF_PIP)
    (project / ".venv" / "bin").mkdir(parents=True)
    write(project, {".venv/pyvenv.cfg": "home = /nowhere\nversion = 3.13\n"})
    run = f"open('{project}/run', 'a').write(__name__ + ' ')"
    write(project, {f"{module}.py": run for module in MODULES})
    for name in PROGRAMS:
        write_script(project / name, f"echo {name} >>'{project}/run'")
    before = {*project.rglob("*")}
    env = OWN_WHEELS | {"PYTHONPATH": ".", "PIP_REQUIRE_VIRTUALENV": "1"}
    if installer == "pip":
        env["PATH"] = str(BASE_PYTHON)

    starts = [launcher.run(GIVEN, cwd=project, **env) for _ in range(2)]

    assert [done.stdout for done in starts] == ["1\n", "1\n"], starts
    assert starts[0].stderr.startswith(INSTALLING)
    assert {*project.rglob("*")} == before
