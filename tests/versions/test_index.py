"""What an index is given, as its own client judges it."""

import os
import subprocess
import sys
from pathlib import Path

from versions.conftest import ROOT, Overlay


def test_twine_finds_nothing_to_say(overlay: Overlay, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-d", tmp_path]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)

    done = subprocess.run(
        [sys.executable, "-m", "twine", "check", "--strict", *tmp_path.iterdir()],
        env=os.environ | {"PYTHONPATH": str(overlay("twine")), "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("PASSED") == 2
