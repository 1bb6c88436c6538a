"""What counts as use of a world, for those that go when nobody uses them."""

import pytest

from harness import Bench
from tt_emulator.config import Settings
from tt_emulator.wire.app import create_app
from tt_emulator.wire.guard import Guard

HOUR_MS = 3_600_000


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "default/lifetime", None),
        ("PUT", "default/lifetime", {"ttl_s": 600}),
        ("GET", "default", None),
        ("PUT", "default", {"schema": 1, "players": []}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_who_asks_about_a_world_or_changes_it_uses_it(method: str, path: str, body: object) -> None:
    bench = Bench()
    bench.save({"a": "1"})
    bench.clock.ms += HOUR_MS
    control = create_app(bench.engine, Guard(Settings(), None), dict).test_client()

    answer = control.open(f"/__emulator/v1/worlds/{path}", method=method, json=body)

    assert answer.status_code in (200, 204)
    assert bench.world.used_at_ms(bench.clock.now_ms()) == bench.clock.now_ms()
