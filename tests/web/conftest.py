import os
import shutil

import pytest


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node, 18 or newer. Without it CI fails, anybody else skips."""
    found = shutil.which("node")
    if found is None:
        outcome = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        outcome("Node is not installed: the tests of tt.js need it")
    return found
