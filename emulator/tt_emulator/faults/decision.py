"""What the desk decides about one call, and the words in which the journal tells it."""

from msgspec import Struct

from tt_emulator.domain.hold import Hold
from tt_emulator.domain.model import Wait
from tt_emulator.faults.armed import Armed
from tt_emulator.faults.strike import Strike

MAX_TOLD = 20
"""Faults that are told one by one in a reason."""


class Decision(Struct, frozen=True):
    """What happens to one call: waits, then at most one strike at its moment.

    `fault` is the one that struck; where several delayed the call and none did more, the first.
    `hold` has the call while the strike lasts.
    """

    fault: str | None = None
    strike: Strike | None = None
    moment: str = "before"
    before: Wait = Wait(0)
    after: Wait = Wait(0)
    hold: Hold | None = None
    reason: str = "no fault matched"

    def held(self, step: Wait) -> Wait:
        """The strike's own wait, as one that ends with the hold."""
        if self.hold is None:
            return step
        return Wait(step.duration_ms, ((step.duration_ms, self.hold),))


NO_FAULT = Decision(reason="no fault armed")
NO_MATCH = Decision()


def decision(met: list[tuple[Armed, Strike]]) -> Decision:
    """Of the strikes that a call met, in their order: only the last may decide."""
    last, strike = met[-1]
    struck = [armed for armed, each in met if not each.harmless]
    decides = strike.decides and not strike.harmless
    shares: dict[str, list[tuple[float, Hold]]] = {"before": [], "after": []}
    for armed, _ in met:
        shares[armed.spec.moment].append((armed.delay_ms(), armed.hold))
    named = last if decides else next(iter(struck), None)
    return Decision(
        fault=None if named is None else named.id,
        strike=strike if decides else None,
        moment=last.spec.moment,
        before=_wait(shares["before"]),
        after=_wait(shares["after"]),
        hold=last.hold,
        reason=_listed([_told(armed, strike) for armed, strike in met]),
    )


def held_back(reasons: list[str]) -> Decision:
    """Nothing happens, although faults matched."""
    return Decision(reason=_listed(reasons))


def _wait(shares: list[tuple[float, Hold]]) -> Wait:
    return Wait(sum(ms for ms, _ in shares), tuple(shares))


def _listed(reasons: list[str]) -> str:
    """All of them; of very many the first and the last, which is the one that decided."""
    between = len(reasons) - MAX_TOLD
    if between > 0:
        reasons = [*reasons[: MAX_TOLD - 1], f"{between} more", reasons[-1]]
    return ", ".join(reasons)


def _told(armed: Armed, strike: Strike) -> str:
    if strike.harmless:
        return f"{armed.name} let it through"
    return f"{armed.name} struck, hit {armed.tally.hits}"
