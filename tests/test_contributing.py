"""The walk-through of CONTRIBUTING.md, walked through in a copy of the repository."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

import run_docs

PAGE = run_docs.read("CONTRIBUTING.md")
STEPS = re.findall(
    r"<!-- (?:file|line|section|chinese): (\S+) -->\n +```\w+\n(.*?)   ```", PAGE, re.DOTALL
)
BLOCKS = {path: dedent(block) for path, block in STEPS}
(COMMAND,) = re.findall(r"<!-- tests -->\n```sh\n\.venv/bin/pytest (.*?)```", PAGE, re.DOTALL)
TESTS = shlex.split(COMMAND.replace("\\\n", ""))
SLOW = "not test_each_block_works and not test_its_own_tests_pass"
"""Of them those are left out that run a server for what was there before."""

KIND = "emulator/tt_emulator/faults/stall.py"
KINDS = "emulator/tt_emulator/faults/kinds.py"
CHINESE = "emulator/tt_emulator/language/zh.toml"
PAGES = ("docs/faults.md", "docs/faults.zh-CN.md")
OWN_TEST = "tests/faults/test_stall.py"
ASKING = {
    "tests/language/test_zh.py::test_every_text_of_the_source_has_its_chinese",
    "tests/test_docs.py::test_each_kind_of_fault_has_its_section",
    "tests/client/test_fields.py::test_each_kind_of_fault_is_a_value_and_no_other",
    "tests/web/test_tt_emulator.py::test_its_types_have_the_kinds_of_faults",
}
"""The tests that ask for what is beside the file and the line."""


def copy(folder: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "node_modules", ".mypy_cache", ".*_cache")
    for name in ("emulator", "tests", "docs", "fixtures", ".ci", ".devcontainer"):
        shutil.copytree(run_docs.ROOT / name, folder / name, ignore=ignored)
    for file in (
        *run_docs.ROOT.glob("*.md"),
        *run_docs.ROOT.glob("*.py"),
        run_docs.ROOT / "pyproject.toml",
        run_docs.ROOT / "compose.yaml",
        run_docs.ROOT / "compose.team.yaml",
    ):
        shutil.copy(file, folder)


def insert(file: Path, text: str, before: str) -> None:
    old = file.read_text(encoding="utf-8")
    assert old.count(before) == 1
    file.write_text(old.replace(before, text + before), encoding="utf-8")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python program in the copy."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=run_docs.environment(PYTHONPATH=str(folder / "emulator")),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def succeeds(folder: Path, *arguments: str) -> None:
    done = run(folder, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr


def failing(folder: Path, *tests: str) -> set[str]:
    """Which of the tests fail."""
    done = run(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return set(re.findall(r"^FAILED (\S+)", done.stdout, re.MULTILINE))


def add_kind(folder: Path) -> None:
    """The file and the line."""
    (folder / KIND).write_text(BLOCKS[KIND], encoding="utf-8")
    line = BLOCKS[KINDS].splitlines()[0]
    insert(folder / KINDS, f"{line}\n", before="from tt_emulator.faults.throw import")
    insert(folder / KINDS, "    Stall,\n", before="    Twice,\n")


def add_rest(folder: Path) -> None:
    """The Chinese, the section, the test, and what is generated."""
    table, lines = BLOCKS[CHINESE].split("\n", 1)
    assert table == "[fault_kinds]"
    insert(folder / CHINESE, lines, before='"A documented error" = ')
    for page in PAGES:
        insert(folder / page, BLOCKS[page] + "\n", before="### `client`: `twice`")
    (folder / OWN_TEST).write_text(BLOCKS[OWN_TEST], encoding="utf-8")
    succeeds(folder, ".ci/generate")


@pytest.mark.timeout(400)
def test_a_kind_of_fault_is_one_file_one_line_one_section_and_one_test(tmp_path: Path) -> None:
    copy(tmp_path)
    add_kind(tmp_path)
    assert failing(tmp_path, *ASKING) == ASKING
    assert run(tmp_path, ".ci/generate", "--check").returncode == 1

    add_rest(tmp_path)

    succeeds(tmp_path, ".ci/generate", "--check")
    succeeds(tmp_path, "-m", "ruff", "format", "--check", ".", ".ci/generate")
    succeeds(tmp_path, "-m", "ruff", "check", ".", ".ci/generate")
    succeeds(tmp_path, "-m", "mypy", KIND, KINDS)
    assert failing(tmp_path, *TESTS, "-k", SLOW) == set()


def test_a_note_wants_its_chinese_and_no_other(tmp_path: Path) -> None:
    copy(tmp_path)
    notes = tmp_path / ".ci/notes-wx.zh.toml"
    old = notes.read_text(encoding="utf-8")
    said, other = '"As of its siblings."', '"Nothing says this."'
    assert old.count(said) == 1

    notes.write_text(old.replace(said, other), encoding="utf-8")
    done = run(tmp_path, ".ci/generate", "--check")

    assert done.returncode == 1
    assert f"no Chinese for it in .ci/*.zh.toml, add it there: {said} = …" in done.stdout
    assert f"says it any more, take it out of .ci/notes-wx.zh.toml: {other}" in done.stdout


def test_the_walk_through_names_its_places() -> None:
    assert sorted(BLOCKS) == sorted([KIND, CHINESE, KINDS, *PAGES, OWN_TEST])


def test_the_tests_of_the_walk_through_are_those_that_ask_for_its_places() -> None:
    assert [one for one in (*ASKING, OWN_TEST) if not one.startswith(tuple(TESTS))] == []
