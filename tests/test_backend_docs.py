"""docs/backend.md: its backend and the tests of it are a project, in which they are run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import run_docs
from tt_emulator.catalog import Api
from tt_emulator.platforms import PLATFORMS
from tt_emulator.platforms import load as platform_of
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


def served(api: Api) -> str:
    """The row of an endpoint: where it is, and the fields by which a refusal is told."""
    assert api.endpoint is not None
    places = ", ".join(f"`{api.endpoint.method} {path}`" for path in api.endpoint.paths)
    fields = [*(api.endpoint.failure or {}), api.failure, *api.endpoint.texts]
    return f"| `{api.name}` | {places} | {', '.join(f'`{name}`' for name in fields)} |"


def test_each_endpoint_is_told_with_the_fields_of_its_refusals() -> None:
    catalogs = [platform_of(identity).catalog for identity in PLATFORMS.values()]
    endpoints = [api for one in catalogs for api in one.apis.values() if api.endpoint is not None]
    rows = re.findall(r"^\| `\w+` \| `(?:GET|POST) .*$", PAGE, re.MULTILINE)

    assert {re.sub(r", (?:the form of|of) [\w ]+(?= \|)", "", row) for row in rows} == {
        served(api) for api in endpoints
    }
