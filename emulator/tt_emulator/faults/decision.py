"""What the registry decides about one call, and the reason that the journal gives."""

from collections.abc import Mapping

from msgspec import UNSET, Struct, UnsetType

from tt_emulator.domain.hold import Hold
from tt_emulator.domain.model import Wait
from tt_emulator.faults.armed import Armed
from tt_emulator.faults.effect import UNDOCUMENTED, FaultEffect
from tt_emulator.faults.effects import WrittenDecision

MAX_LISTED = 20
"""Faults that are listed one by one in a reason."""


class Decision(Struct, frozen=True):
    """What happens to one call: waits, then at most one effect at its moment.

    `fault` is the one that struck; where several delayed the call and none did more, the first.
    `hold` has the call while the effect lasts. `story` is what is written of it, beside fault and
    reason.
    """

    fault: str | None = None
    effect: FaultEffect | None = None
    moment: str = "before"
    before: Wait = Wait(0)
    after: Wait = Wait(0)
    hold: Hold | None = None
    reason: str = "no fault matched"
    story: WrittenDecision | UnsetType = UNSET

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
    named = last if decides else next(iter(struck), None)
    story = WrittenDecision(
        last.id if decides else None,
        last.tally.used - 1,
        tuple((armed.id, armed.delay_ms(), armed.spec.moment) for armed, _ in applied),
    )
    return Decision(
        fault=None if named is None else named.id,
        effect=effect if decides else None,
        moment=last.spec.moment,
        before=_wait(story, "before", holds := {armed.id: armed.hold for armed, _ in applied}),
        after=_wait(story, "after", holds),
        hold=last.hold,
        reason=_listed([_reason(armed, effect) for armed, effect in applied]),
        story=story,
    )


def decided_before(
    story: WrittenDecision, fault: str | None, reason: str, armed: Mapping[str, Armed]
) -> Decision:
    """The decision that was written, by the faults that are still known; who held its call does so
    again.
    """
    decider = armed.get(story.decider or "")
    last = armed.get(story.delays[-1][0]) if story.delays else None
    holds = {fault_id: armed[fault_id].hold for fault_id, _, _ in story.delays if fault_id in armed}
    return Decision(
        fault=fault,
        effect=decider.picked(story.used) if decider else None,
        moment=story.delays[-1][2] if story.delays else "before",
        before=_wait(story, "before", holds),
        after=_wait(story, "after", holds),
        hold=last.hold if last else None,
        reason=reason,
        story=story,
    )


def held_back(reasons: list[str]) -> Decision:
    """Nothing happens, although faults matched."""
    return Decision(reason=_listed(reasons))


def _wait(story: WrittenDecision, moment: str, holds: Mapping[str, Hold]) -> Wait:
    """Until all who delay the call at that moment are done; one that is not known holds nobody."""
    shares = [(ms, holds.get(by) or Hold()) for by, ms, when in story.delays if when == moment]
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
    struck = f"{armed.name} struck, hit {armed.tally.hits}"
    return f"{struck} ({UNDOCUMENTED})" if effect.undocumented else struck
