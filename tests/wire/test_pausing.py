import asyncio
from time import monotonic
from typing import Any

import pytest

from emulator.wire import pausing

DURATION_S = 0.02


@pytest.mark.parametrize("timers", [1, 0.9])
def test_a_pause_is_never_shorter_than_asked_also_if_timers_end_early(
    monkeypatch: Any, timers: float
) -> None:
    monkeypatch.setattr(pausing, "sleep", lambda wanted_s: asyncio.sleep(wanted_s * timers))
    begun_s = monotonic()
    asyncio.run(pausing.pause(DURATION_S))

    assert monotonic() - begun_s >= DURATION_S
