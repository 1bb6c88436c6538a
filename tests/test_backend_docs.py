"""docs/backend.md: its backend and the tests of it are a project, in which they are run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import run_docs
from tt_emulator.platforms.tt.pages import load

PAGE = run_docs.read("docs/backend.md")
FILES = dict(re.findall(r"<!-- file: (.*?) -->\n```python\n(.*?)```", PAGE, re.DOTALL))
ALONE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "-p tt_emulator"}


def test_the_tests_of_the_backend_pass(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    written = FILES["test_backend.py"].count("\ndef test_")
    rows = [row for row in load().rows("set_user_storage") if row.evidence == "documented"]

    done = subprocess.run(
        [sys.executable, "-m", "pytest"],
        cwd=tmp_path,
        env=run_docs.environment(PATH=os.environ["PATH"], **ALONE),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert f"{written - 1 + len(rows)} passed" in done.stdout, done.stdout
    assert done.returncode == 0


def test_the_address_of_the_platform_is_one_variable_of_the_backend() -> None:
    hosts = re.findall(r"https?://[\w.:]+", FILES["backend.py"])

    assert hosts == ["https://minigame.zijieapi.com"]
    assert len(FILES["backend.py"].splitlines()) < 80
