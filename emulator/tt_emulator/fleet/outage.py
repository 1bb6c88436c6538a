"""Whether Redis is away, as all connections of a server have found it."""

from tt_emulator.fleet.failures import Away

PATIENCE_S = 5.0
SHORT_PATIENCE_S = 0.2


class Outage:
    """Begins when Redis was not reached for `PATIENCE_S`, and ends when it is reached.

    Meanwhile a verb tries once and not for long. `why` says what failed, and is `None` as soon as
    Redis is reached.
    """

    def __init__(self, place: str) -> None:
        self.why: str | None = None
        self._place = place

    def patience_s(self) -> float:
        """How long to try."""
        return PATIENCE_S if self.why is None else SHORT_PATIENCE_S

    def begin(self, reason: str) -> Away:
        """Redis was not reached: the error to raise."""
        away = Away(
            f"Redis at {self._place} is not reached: {reason}.",
            "Does it run, and is the address right? Then try again.",
        )
        self.why = away.detail
        return away
