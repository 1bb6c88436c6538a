"""What the registry decides about one call, and the reason that the journal gives."""

from msgspec import Struct

from tt_emulator.domain.hold import Hold
from tt_emulator.domain.model import Wait
from tt_emulator.faults.armed import Armed
from tt_emulator.faults.effect import FaultEffect

MAX_LISTED = 20
"""Faults that are listed one by one in a reason."""


class Decision(Struct, frozen=True):
    """What happens to one call: waits, then at most one effect at its moment.

    `fault` is the one that struck; where several delayed the call and none did more, the first.
    `hold` has the call while the effect lasts.
    """

    fault: str | None = None
    effect: FaultEffect | None = None
    moment: str = "before"
    before: Wait = Wait(0)
    after: Wait = Wait(0)
    hold: Hold | None = None
    reason: str = "no fault matched"

    @property
    def acts(self) -> bool:
        """Whether the service acts, whatever the game gets of it."""
        return self.effect is None or self.moment == "after"

    def held(self, step: Wait) -> Wait:
        """The effect's own wait, as one that ends with the hold."""
        if self.hold is None:
            return step
        return Wait(step.duration_ms, ((step.duration_ms, self.hold),))


NO_FAULT = Decision(reason="no fault armed")
NO_MATCH = Decision()


def decision(applied: list[tuple[Armed, FaultEffect]]) -> Decision:
    """Of the effects that were applied to a call, in their order: only the last may decide."""
    last, effect = applied[-1]
    struck = [armed for armed, each in applied if not each.harmless]
    decides = effect.decides and not effect.harmless
    shares: dict[str, list[tuple[float, Hold]]] = {"before": [], "after": []}
    for armed, _ in applied:
        shares[armed.spec.moment].append((armed.delay_ms(), armed.hold))
    named = last if decides else next(iter(struck), None)
    return Decision(
        fault=None if named is None else named.id,
        effect=effect if decides else None,
        moment=last.spec.moment,
        before=_wait(shares["before"]),
        after=_wait(shares["after"]),
        hold=last.hold,
        reason=_listed([_reason(armed, effect) for armed, effect in applied]),
    )


def held_back(reasons: list[str]) -> Decision:
    """Nothing happens, although faults matched."""
    return Decision(reason=_listed(reasons))


def _wait(shares: list[tuple[float, Hold]]) -> Wait:
    return Wait(sum(ms for ms, _ in shares), tuple(shares))


def _listed(reasons: list[str]) -> str:
    """All of them; of very many the first and the last, which is the one that decided."""
    between = len(reasons) - MAX_LISTED
    if between > 0:
        reasons = [*reasons[: MAX_LISTED - 1], f"{between} more", reasons[-1]]
    return ", ".join(reasons)


def _reason(armed: Armed, effect: FaultEffect) -> str:
    if effect.harmless:
        return f"{armed.name} let it through"
    return f"{armed.name} struck, hit {armed.tally.hits}"
