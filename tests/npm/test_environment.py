"""The environment in which the launcher installs the emulator, and what it is made with."""

import json
import os
import re
import shutil
import signal
from pathlib import Path

import pytest

from npm.launcher import (
    INSTALLING,
    PATIENCE_S,
    VERSION,
    WHERE,
    Launcher,
    posix,
    write_script,
    write_wheel,
)
from tt_emulator.errors import EmulatorError, SettingsError

pytestmark = pytest.mark.node


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ({"LANG": "en_US.UTF-8"}, r"error: tt-emulator needs uv, or Python 3\.11 or newer.*\.\n"),
        ({"LANG": "zh_CN.UTF-8"}, r"错误：tt-emulator 需要 PATH 中有 uv，或者 Python 3\.11.*。\n"),
        ({"LC_ALL": "zh_TW.UTF-8", "LANG": "C"}, r"错误：.*\n"),
        ({"TT_EMULATOR_LANG": "zh", "LANG": "C"}, r"错误：.*\n"),
        ({"TT_EMULATOR_LANG": "en", "LANG": "zh_CN.UTF-8"}, r"error: .*\n"),
    ],
)
def test_without_uv_and_python_one_sentence_says_what_to_install(
    launcher: Launcher, tmp_path: Path, language: dict[str, str], sentence: str
) -> None:
    done = launcher.run(
        WHERE, **{"PATH": str(tmp_path), "LC_ALL": "", "LC_MESSAGES": ""} | language
    )

    assert (done.returncode, done.stdout) == (SettingsError.exit_code, "")
    assert re.fullmatch(sentence, done.stderr), done.stderr
    assert not launcher.cache.exists()


def test_a_first_start_says_on_stderr_that_it_installs_and_a_second_one_says_nothing(
    launcher: Launcher,
) -> None:
    first, second = launcher.run(WHERE), launcher.run(WHERE)

    assert first.stderr == f"{INSTALLING}{launcher.folder}, this once.\n"
    assert (second.stderr, second.stdout) == ("", first.stdout)


def test_another_wheel_has_another_environment(launcher: Launcher) -> None:
    first = launcher.run(WHERE).stdout
    write_wheel(Path(launcher.command[1]).parents[1], Summary="changed")
    second = launcher.run(WHERE).stdout

    folders = {Path(path).parents[1].name for path in (first, second)}
    assert len(folders) == 2
    assert {name[: len(VERSION)] for name in folders} == {VERSION}


@posix
def test_of_two_first_starts_at_the_same_time_both_run_and_one_environment_holds(
    launcher: Launcher, tmp_path: Path, uv: Path
) -> None:
    (tmp_path / "bin").mkdir()
    made, *gates = (pipe(tmp_path / name) for name in ("made", "one", "other"))
    wait = f"echo >'{tmp_path}/made'; read -r _ <\"$GATE\""
    script = f'\'{uv}/uv\' "$@" || exit\nif [ "$1" = tool ]; then {wait}; fi'
    write_script(tmp_path / "bin" / "uv", script)
    path = os.pathsep.join([str(tmp_path / "bin"), launcher.env["PATH"]])
    one, other = ({"PATH": path, "GATE": str(tmp_path / name)} for name in ("one", "other"))
    with launcher.running(WHERE, env=one) as first, launcher.running(WHERE, env=other) as second:
        for _ in range(2):
            assert os.read(made, 1) == b"\n"
        assert len(launcher.environments()) == 2  # and neither has been published
        prefixes = set()
        for gate, child in zip(gates, (first, second), strict=True):
            os.write(gate, b"\n")
            prefixes.add(child.communicate(timeout=PATIENCE_S)[0].strip())
            assert child.returncode == 0
    for opened in (made, *gates):
        os.close(opened)

    assert prefixes == {str(path) for path in launcher.environments()}
    assert launcher.run(WHERE).stderr == ""
    assert {path.name for path in launcher.folder.glob("*/env*")} == {"environment.json"}


def pipe(path: Path) -> int:
    """A named pipe that has both its ends open, so that none of its programs waits to open it."""
    os.mkfifo(path)
    return os.open(path, os.O_RDWR)


@posix
def test_one_that_is_ended_while_it_installs_leaves_nothing_behind(
    launcher: Launcher, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "never")
    half = f"mkdir -p \"$UV_TOOL_DIR/tt-emulator\"; echo half; read -r _ <'{tmp_path}/never'"
    write_script(tmp_path / "uv", f'[ "$1" = --version ] || {{ {half}; }}')
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    with launcher.running(WHERE, env={"PATH": path}) as child:
        assert child.stderr is not None
        assert child.stderr.readline().startswith(INSTALLING)
        assert child.stderr.readline() == "half\n"
        assert len(launcher.environments()) == 1
        child.terminate()
        child.communicate(timeout=PATIENCE_S)

    assert child.returncode == 128 + signal.SIGTERM
    assert list(launcher.folder.iterdir()) == []


def test_what_a_killed_start_has_half_made_is_not_used_and_thrown_away(launcher: Launcher) -> None:
    launcher.run(WHERE)
    (killed,) = launcher.environments()
    (killed.parent / "environment.json").unlink()

    done = launcher.run(WHERE)

    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith(INSTALLING)
    assert list(launcher.folder.iterdir()) == [Path(done.stdout.strip()).parent]
    assert not killed.exists()


def test_one_that_another_start_is_still_making_stays(launcher: Launcher) -> None:
    launcher.run(WHERE)
    (whole,) = launcher.folder.iterdir()
    (whole / "environment.json").unlink()
    half = whole.rename(launcher.folder / f"{os.getpid()}-half")

    done = launcher.run(WHERE)

    assert done.stderr.startswith(INSTALLING)
    assert {*launcher.folder.iterdir()} == {half, Path(done.stdout.strip()).parent}


@pytest.mark.parametrize("damage", ["no Python", "no environment", "no JSON"])
def test_in_the_place_of_a_broken_environment_another_is_made(
    launcher: Launcher, damage: str
) -> None:
    broken = Path(launcher.run(WHERE).stdout.strip())
    if damage == "no JSON":
        (broken.parent / "environment.json").write_text("{", encoding="utf-8")
    elif damage == "no Python":
        shutil.rmtree(broken / ("Scripts" if os.name == "nt" else "bin"))
    else:
        shutil.rmtree(broken)

    done = launcher.run(WHERE)

    assert (done.returncode, Path(done.stdout.strip()) != broken) == (0, True), done.stderr
    assert done.stderr.startswith(INSTALLING)
    assert launcher.run(WHERE).stderr == ""


LATE = """
print(sys.prefix, flush=True)
sys.stdin.readline()
import tt_emulator.server
"""


def test_when_its_python_has_changed_a_running_emulator_keeps_its_environment(
    launcher: Launcher, tmp_path: Path
) -> None:
    assert launcher.run(WHERE).returncode == 0  # who made it is over
    with launcher.running(LATE) as running:
        assert running.stdout is not None
        used = Path(running.stdout.readline().strip())
        known = used.parent / "environment.json"
        text = json.loads(known.read_text(encoding="utf-8"))
        known.write_text(json.dumps(text | {"base": str(tmp_path / "python")}), encoding="utf-8")

        later = [launcher.run(WHERE) for _ in range(2)]
        _, err = running.communicate("\n", timeout=PATIENCE_S)

    assert running.returncode == 0, err
    assert later[0].stderr.startswith(INSTALLING)
    assert later[1].stderr == ""
    assert {Path(done.stdout.strip()) for done in later} | {used} == {*launcher.environments()}


def test_an_installation_that_fails_is_told_with_its_reason_and_leaves_nothing(
    launcher: Launcher,
) -> None:
    write_wheel(Path(launcher.command[1]).parents[1], Requires_Dist="not-to-be-had")

    done = launcher.run(WHERE)

    assert (done.returncode, done.stdout) == (EmulatorError.exit_code, "")
    assert "not-to-be-had" in done.stderr
    uv = shutil.which("uv", path=launcher.env["PATH"])
    assert f"error: tt-emulator {VERSION} could not be installed: {uv} ended with 1" in done.stderr
    assert list(launcher.folder.iterdir()) == []


def test_a_cache_folder_that_cannot_be_written_to_is_told(launcher: Launcher) -> None:
    launcher.cache.write_text("a file", encoding="utf-8")

    done = launcher.run(WHERE)

    assert done.returncode == EmulatorError.exit_code
    assert f"error: tt-emulator {VERSION} could not be installed: E" in done.stderr


def test_a_folder_without_a_wheel_is_told(launcher: Launcher) -> None:
    package = Path(launcher.command[1]).parents[1]
    (package / f"tt_emulator-{VERSION}-py3-none-any.whl").unlink()

    done = launcher.run(WHERE)

    assert done.returncode == EmulatorError.exit_code
    assert done.stderr.startswith(f"error: There is no wheel of tt-emulator in {package}.\n")
