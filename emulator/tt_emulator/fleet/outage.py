"""Whether Redis is away, as all connections of a server have found it."""

from time import monotonic

from tt_emulator.fleet.failures import Away

PATIENCE_S = 5.0
SHORT_PATIENCE_S = 0.2
HOPELESS_S = 0.5

_HINT = "Does it run, and is the address right? Then try again."


class Outage:
    """Begins when Redis was not reached for `PATIENCE_S`, and ends when it is reached.

    Meanwhile a verb tries once and not for long, and none does shortly after another. `why` says
    what failed, and is `None` as soon as Redis is reached.
    """

    def __init__(self, place: str) -> None:
        self.why: str | None = None
        self._place = place
        self._hopeless_until_s = 0.0

    def require_hope(self) -> None:
        """Raise `Away` if it was tried in vain a moment ago."""
        if self.why is not None and monotonic() < self._hopeless_until_s:
            raise Away(self.why, _HINT)

    def end(self) -> None:
        """Redis was reached."""
        self.why = None

    def patience_s(self) -> float:
        """How long to try."""
        return PATIENCE_S if self.why is None else SHORT_PATIENCE_S

    def begin(self, reason: str) -> Away:
        """Redis was not reached: the error to raise."""
        away = Away(
            f"Redis at {self._place} is not reached: {reason}.",
            _HINT,
        )
        self.why = away.detail
        self._hopeless_until_s = monotonic() + HOPELESS_S
        return away
