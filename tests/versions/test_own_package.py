"""A project that has a package `emulator` of its own, as emulators of other things have."""

from pathlib import Path

import pytest

from versions.conftest import COMMANDS, Environment, run

TESTS = """
from emulator.console import reset
from tt_emulator.pytest_plugin import TTEmulator

def test_its_own():
    assert reset() == "the console's own"

def test_with_ours(tt_emulator: TTEmulator):
    assert tt_emulator.call("login")["errMsg"] == "login:ok"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "emulator").mkdir()
    (tmp_path / "emulator" / "__init__.py").touch()
    console = tmp_path / "emulator" / "console.py"
    console.write_text('def reset():\n    return "the console\'s own"\n', encoding="utf-8")
    (tmp_path / "conftest.py").touch()
    (tmp_path / "test_console.py").write_text(TESTS, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_it_keeps_its_package_and_has_our_fixtures(
    environment: Environment, project: Path, command: str
) -> None:
    done = run(environment("pytest"), project, "-q", command=command)

    assert "2 passed" in done.stdout, done.stdout + done.stderr
