import subprocess
import sys
from pathlib import Path

from tt_emulator import __version__

SCRIPT = Path(__file__).parent.parent / "run_emulator.py"


def run(folder: Path, *args: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *args],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_checkout_runs_from_any_directory(tmp_path: Path) -> None:
    assert run(tmp_path, str(SCRIPT), "--version").stdout == f"tt-emulator {__version__}\n"


def test_it_passes_the_exit_code_on(tmp_path: Path) -> None:
    assert run(tmp_path, str(SCRIPT), "bogus").returncode == 2


def test_a_missing_dependency_is_named_with_the_command_that_installs_it(tmp_path: Path) -> None:
    without_packages = run(tmp_path, "-E", "-S", str(SCRIPT))

    assert without_packages.returncode == 4
    assert without_packages.stderr == (
        "error: The Python package 'click' is not installed.\n"
        f'hint: {sys.executable} -m pip install -e "{SCRIPT.parent}"\n'
    )
