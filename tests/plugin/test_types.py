"""The types of the fixtures, as a test that is checked by `mypy --strict` sees them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import tt_emulator.pytest_plugin as plugin
from tt_emulator.pytest_plugin.server import Server
from tt_emulator.pytest_plugin.world import Fault, Player, TTEmulator

TYPED = Path(__file__).parent / "typed"


def checked(name: str, cache: Path) -> str:
    """What mypy says of the file, each complaint with its line."""
    return subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(cache), str(TYPED / name)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    ).stdout


def test_a_typed_test_can_say_what_its_fixtures_are(tmp_path: Path) -> None:
    assert checked("good.py", tmp_path) == "Success: no issues found in 1 source file\n"


def test_a_misspelt_field_or_value_is_a_type_error(tmp_path: Path) -> None:
    lines = (TYPED / "bad.py").read_text(encoding="utf-8").splitlines()
    wrong = {number for number, line in enumerate(lines, 1) if line.startswith("    ")}

    output = checked("bad.py", tmp_path)
    assert {int(number) for number in re.findall(r"bad\.py:(\d+): error", output)} == wrong


@pytest.mark.parametrize("kind", [Fault, Player, Server, TTEmulator])
def test_a_type_that_is_exported_is_the_fixtures_own(kind: type) -> None:
    assert getattr(plugin, kind.__name__) is kind
    assert kind.__name__ in plugin.__all__


def test_it_has_no_other_names() -> None:
    assert not hasattr(plugin, "Nope")
