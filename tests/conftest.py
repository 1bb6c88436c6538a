from collections.abc import Callable
from typing import Any

import pytest

from bench import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def arm(bench: Bench) -> Callable[..., dict[str, Any]]:
    def arm_one(**fields: Any) -> dict[str, Any]:
        return bench.world.desk.arm(fields)[0]

    return arm_one
