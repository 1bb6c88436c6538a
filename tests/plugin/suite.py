"""Tests inside tests: what each of them starts with."""

from collections.abc import Callable

import pytest

SAVE = """
import pytest

PAIRS = {"KVDataList": [{"key": "score", "value": "1"}]}
OK = {"errMsg": "setUserCloudStorage:ok"}

def save(tt_emulator, **who):
    return tt_emulator.call("setUserCloudStorage", PAIRS, **who)
"""

Suite = Callable[..., pytest.RunResult]
"""`suite(tests, *flags, conftest="")` runs them."""
