"""The walk-through of CONTRIBUTING.md, walked through in a copy of the repository."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import shown

STEPS = re.findall(
    r"<!-- (file|line|section): (\S+) -->\n +```\w+\n(.*?)   ```",
    shown.read("CONTRIBUTING.md"),
    re.DOTALL,
)
OWN_TEST = "tests/faults/test_stall.py"
ASKS_FOR_SECTION = "tests/test_docs.py::test_each_kind_of_fault_has_its_section"
BLOCKS = {path: dedent(block) for _, path, block in STEPS}


def copy(folder: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "node_modules", ".*")
    for name in ("emulator", "tests", "docs"):
        shutil.copytree(shown.ROOT / name, folder / name, ignore=ignored)
    shutil.copy(shown.ROOT / "pyproject.toml", folder)


def insert(file: Path, text: str, before: str) -> None:
    old = file.read_text(encoding="utf-8")
    assert old.count(before) == 1
    file.write_text(old.replace(before, text + before), encoding="utf-8")


def failing(folder: Path) -> list[str]:
    """Which of the new kind's own test and the one that asks for its section fail."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            OWN_TEST,
            ASKS_FOR_SECTION,
        ],
        cwd=folder,
        env=shown.environment(PYTHONPATH=str(folder / "emulator")),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return re.findall(r"^FAILED (\S+)", done.stdout, re.MULTILINE)


def test_a_kind_of_fault_is_one_file_one_line_one_section_and_one_test(tmp_path: Path) -> None:
    copy(tmp_path)
    for path in ("emulator/tt_emulator/faults/stall.py", OWN_TEST):
        (tmp_path / path).write_text(BLOCKS[path], encoding="utf-8")
    line = BLOCKS["emulator/tt_emulator/faults/kinds.py"].splitlines()[0]
    kinds = tmp_path / "emulator/tt_emulator/faults/kinds.py"
    insert(kinds, f"{line}\n", before="from tt_emulator.faults.strike import")
    insert(kinds, "    Stall,\n", before="    Client,\n")

    assert failing(tmp_path) == [ASKS_FOR_SECTION]
    section = BLOCKS["docs/faults.md"] + "\n"
    insert(tmp_path / "docs/faults.md", section, before="### `client`: `twice`")
    assert failing(tmp_path) == []


def test_the_walk_through_names_four_places() -> None:
    assert sorted(BLOCKS) == [
        "docs/faults.md",
        "emulator/tt_emulator/faults/kinds.py",
        "emulator/tt_emulator/faults/stall.py",
        "tests/faults/test_stall.py",
    ]
