"""docs/backend.md: what it says of SDKs, by the versions that it names."""

import re
import sys
from pathlib import Path

import pytest

import run_docs
from versions.conftest import Overlay, run

SDKS = re.findall(
    r"<!-- sdk: (.*?) -->\n```python\n(.*?)```", run_docs.read("docs/backend.md"), re.DOTALL
)


@pytest.mark.parametrize(("sdk", "test"), SDKS, ids=[sdk for sdk, _ in SDKS])
def test_an_sdk_is_pointed_at_the_emulator(
    tmp_path: Path, overlay: Overlay, sdk: str, test: str
) -> None:
    (tmp_path / "test_sdk.py").write_text(test, encoding="utf-8")

    done = run(sys.executable, tmp_path, "-q", PYTHONPATH=str(overlay(sdk)))

    assert "1 passed" in done.stdout, done.stdout + done.stderr
