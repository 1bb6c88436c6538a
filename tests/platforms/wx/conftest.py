import pytest

from harness import Bench
from platforms.wx.wx_bench import prepared


@pytest.fixture
def bench() -> Bench:
    return prepared()
