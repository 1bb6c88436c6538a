"""The time between one call's answer and the next call's arrival, and whether it was as wanted."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated, NamedTuple

from msgspec import Meta

from tt_emulator.errors import Flaw
from tt_emulator.journal.exchange import Exchange

MAX_GAP_MS = 86_400_000
MAX_BOUNDS = 999
"""More gaps than these are never held."""
MAX_BROKEN = 5

GapMs = Annotated[float, Meta(ge=0, le=MAX_GAP_MS)]
GapBound = GapMs | Annotated[tuple[GapMs, ...], Meta(min_length=1, max_length=MAX_BOUNDS)]
"""For each gap the same, or for the first ones in order."""


class Gap(NamedTuple):
    """How long after the answer to one call (`before`, its id) the next one came.

    It is negative where the next one came before that answer.
    """

    ms: float
    before: int
    after: int


class GapBounds(NamedTuple):
    """What gaps may be."""

    min_ms: GapBound | None
    max_ms: GapBound | None

    def __bool__(self) -> bool:
        return self.min_ms is not None or self.max_ms is not None

    def wanted(self) -> int:
        """How many gaps there must be: as many as the longer list has bounds."""
        return max(len(each) if isinstance(each, tuple) else 0 for each in self)

    def flaws(self) -> list[Flaw]:
        """The first bound that contradicts the other side's."""
        for number in range(self.wanted() or 1):
            least, most = _bound(self.min_ms, number), _bound(self.max_ms, number)
            if least is not None and most is not None and least > most:
                place = f"/{number}" if isinstance(self.min_ms, tuple) else ""
                return [Flaw(f"/min_gap_ms{place}", "min is greater than max")]
        return []

    def differences(self, gaps: Sequence[Gap], forgotten: int) -> Iterator[str]:
        """What is not as wanted, with so many earlier calls forgotten; then nobody knows which gap
        is the first, and lists cannot be compared.
        """
        if forgotten:
            yield _missing(forgotten)
        elif len(gaps) < self.wanted():
            yield _too_few(self.wanted(), len(gaps))
        judged = self._each_alone() if forgotten else self
        broken = [text for number, gap in enumerate(gaps) for text in judged._broken(number, gap)]
        yield from broken[:MAX_BROKEN]
        if len(broken) > MAX_BROKEN:
            yield _others(len(broken) - MAX_BROKEN)

    def _each_alone(self) -> "GapBounds":
        return GapBounds(*(None if isinstance(each, tuple) else each for each in self))

    def _broken(self, number: int, gap: Gap) -> Iterator[str]:
        least, most = _bound(self.min_ms, number), _bound(self.max_ms, number)
        found = f"gap {number + 1}, from #{gap.before} to #{gap.after}: {ms_text(gap.ms)} ms"
        if least is not None and gap.ms < least:
            short = ms_text(least - gap.ms)
            yield f"{found}, wanted at least {ms_text(least)} ms ({short} ms too short)"
        if most is not None and gap.ms > most:
            long = ms_text(gap.ms - most)
            yield f"{found}, wanted at most {ms_text(most)} ms ({long} ms too long)"


def _missing(forgotten: int) -> str:
    if forgotten == 1:
        return "1 earlier matching call is forgotten: its gaps are not known"
    return f"{forgotten} earlier matching calls are forgotten: their gaps are not known"


def _too_few(wanted: int, found: int) -> str:
    if wanted == 1:
        return f"wanted 1 gap, found {found}"
    return f"wanted {wanted} gaps, found {found}"


def _others(number: int) -> str:
    return "1 gap more broke a bound" if number == 1 else f"{number} gaps more broke a bound"


def _bound(bound: GapBound | None, number: int) -> float | None:
    """That of the gap of this number, which is free if a list ends before it."""
    if not isinstance(bound, tuple):
        return bound
    return bound[number] if number < len(bound) else None


def gaps_between(answered: Sequence[Exchange]) -> list[Gap]:
    """The gaps between these, oldest first, to the microsecond."""
    return [
        Gap(round((after.received_ns - before.answered_ns) / 1e6, 3), before.id, after.id)
        for before, after in pairwise(answered)
        if before.answered_ns is not None
    ]


def ms_text(ms: float) -> str:
    """A time in milliseconds for people: `2000`, `0.25`."""
    return f"{ms:.3f}".rstrip("0").rstrip(".")
