"""Programs that some tests need: without one CI fails, anybody else skips."""

import os
import shutil
from typing import Any

import pytest


def missing(what: str) -> Any:
    """Fail or skip, and say what is not there."""
    outcome = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
    return outcome(what)


def program(name: str) -> str:
    """Where the program is; Debian has some where only root looks."""
    places = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"])
    return shutil.which(name, path=places) or missing(f"{name} is not installed")
