"""Time, injected so that tests need not wait."""

import time
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Annotated, Protocol

from msgspec import Meta

Timestamp = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
"""A moment as `iso` writes it."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Clock(Protocol):
    """Two readings: one a person can read, one that never runs backwards."""

    def now_ms(self) -> int:
        """Unix time."""

    def tick_ns(self) -> int:
        """Nanoseconds since an arbitrary point, monotonic."""


class SystemClock:
    """The computer's own clocks."""

    def now_ms(self) -> int:
        """Unix time."""
        return time.time_ns() // 1_000_000

    def tick_ns(self) -> int:
        """Nanoseconds since an arbitrary point, monotonic."""
        return time.monotonic_ns()


class FlooredClock:
    """A clock whose Unix time never goes below `floor_ms`, nor below what it gave before."""

    def __init__(self, clock: Clock, floor_ms: int) -> None:
        self.floor_ms = floor_ms
        self.tick_ns = clock.tick_ns
        self._unfloored_ms = clock.now_ms
        self._lock = Lock()

    def now_ms(self) -> int:
        """Unix time."""
        now_ms = self._unfloored_ms()
        if now_ms > self.floor_ms:  # hardly ever, where many ask in a millisecond
            with self._lock:  # or it could be lowered by who has asked before
                self.floor_ms = max(self.floor_ms, now_ms)
        return self.floor_ms


def iso(unix_ms: float) -> str:
    """A moment as people and JavaScript read it: `2026-01-31T08:15:00.250Z`."""
    moment = _EPOCH + timedelta(milliseconds=unix_ms)  # exact, as a float of seconds is not
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
