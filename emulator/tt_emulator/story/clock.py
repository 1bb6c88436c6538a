"""The clock of a story that is played again."""

from tt_emulator.domain.clock import Clock


class StoryClock:
    """A `Clock` that shows what it is set to, until it goes on by the computer's."""

    def __init__(self, real: Clock, at_ms: int) -> None:
        self._real = real
        self._at_ms = float(at_ms)
        self._since_ns: int | None = None

    def set(self, at_ms: float) -> None:
        """Show that moment, which is no earlier than the last."""
        self._at_ms = max(at_ms, self._at_ms)

    def go_on(self) -> None:
        """Go on from here as any clock does."""
        self._since_ns = self._real.tick_ns()

    def now_ms(self) -> int:
        """Unix time."""
        return int(self._now_ms())

    def tick_ns(self) -> int:
        """Nanoseconds since 1970."""
        return int(self._now_ms() * 1e6)

    def _now_ms(self) -> float:
        if self._since_ns is None:
            return self._at_ms
        return self._at_ms + (self._real.tick_ns() - self._since_ns) / 1e6
