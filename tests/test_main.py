import subprocess
import sys

from tt_emulator import __version__


def test_the_package_can_be_run() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tt_emulator", "--version"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    assert run.stdout == f"tt-emulator {__version__}\n"
