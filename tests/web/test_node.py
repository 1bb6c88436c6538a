"""The tests that are JavaScript: each file is one test here, its output the explanation."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from process import Emulator

from emulator import __version__

pytestmark = pytest.mark.node

HERE = Path(__file__).parent
TT_JS = HERE.parent.parent / "emulator" / "web" / "tt.js"
AGAINST_THE_EMULATOR = HERE / "client.test.js"
AGAINST_A_STUB = sorted(set(HERE.glob("*.test.js")) - {AGAINST_THE_EMULATOR})


def run(node: str, file: Path, **env: str) -> str:
    inherited = {name: value for name, value in os.environ.items() if "TT_EMULATOR" not in name}
    done = subprocess.run(
        [node, "--test", "--test-reporter=tap", str(file)],
        capture_output=True,
        encoding="utf-8",
        env=inherited | env,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("file", AGAINST_A_STUB, ids=lambda file: file.name)
def test_javascript_tests_pass(node: str, file: Path) -> None:
    assert "# pass 0" not in run(node, file)


def test_the_client_scenarios_pass_under_node(node: str, server: Emulator) -> None:
    assert "# skipped 0" in run(node, AGAINST_THE_EMULATOR, TT_EMULATOR_URL=server.url)


def test_tt_js_has_the_version_of_the_package() -> None:
    found = re.search(r"const VERSION = '([^']+)'", TT_JS.read_text(encoding="utf-8"))
    assert found is not None
    assert found[1] == __version__
