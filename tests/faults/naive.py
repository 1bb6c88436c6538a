"""The faults' rules once more, slow and plain: a story, replayed from its beginning each time.

It shares nothing with the registry but the draw of luck and the names of the platform's rows.
"""

from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from tt_emulator.domain.chance import draw
from tt_emulator.platforms.tt.pages import load

CATALOG = load()
ASYNC = [api.name for api in CATALOG.apis.values() if api.kind == "async"]
WIRES = {"reset", "truncate", "drip"}
SEED = 1


class Armed(NamedTuple):
    id: str
    spec: dict[str, Any]
    ordinal: int
    at_ms: int


class Called(NamedTuple):
    """`failed` is what a call failed at before faults were asked; `keys` are known of others."""

    api: str
    player: str
    domain: str
    keys: list[str]
    failed: str | None
    at_ms: int


class Gone(NamedTuple):
    ids: frozenset[str]


class Lot(NamedTuple):
    """What became of one call, as one fault sees it."""

    kind: str
    detail: Any = None


class Outcome(NamedTuple):
    """What became of one call, as its game and the journal see it; `reason` is none of a fault's
    where the call failed before any.
    """

    fault: str | None
    reason: str | None


class Fault:
    """A fault and all that has come since it was armed."""

    def __init__(self, armed: Armed) -> None:
        self.id, self.spec, self.ordinal, self.armed_ms = armed
        self.name = self.id + (f" ({self.spec['label']})" if self.spec.get("label") else "")
        self.lots: list[Lot] = []
        self.matched = 0

    def count(self, *kinds: str) -> int:
        return sum(lot.kind in kinds for lot in self.lots)

    def items(self) -> list[str | int]:
        return self.spec.get("sequence") or [self.spec.get("error") or self.spec.get("wire") or ""]

    def strikes(self, api: str) -> bool:
        named = self.spec.get("api", ASYNC)
        errors = {each for each in self.items() if each and each != "ok" and each not in WIRES}
        rows = {row.name for row in CATALOG.apis[api].errors}
        return api in ([named] if isinstance(named, str) else named) and errors <= rows

    @property
    def remaining(self) -> int | None:
        if "sequence" in self.spec and not self.spec.get("loop"):
            return len(self.items()) - self.count("hit", "ok")
        limit = self.spec.get("times")
        return None if limit is None else limit - self.count("hit")

    def late_ms(self, at_ms: int) -> float:
        """How long after its time that is; below 0 for one that is not over."""
        return at_ms - self.armed_ms - 1000 * self.spec["ttl_s"] if "ttl_s" in self.spec else -1

    def lot(self, call: Called, decider: str | None) -> Lot:
        if not self.strikes(call.api):
            return Lot("api", call.api)
        if missed := self.missed(call):
            return missed
        if (late_ms := self.late_ms(call.at_ms)) >= 0:
            return Lot("expired", late_ms)
        if call.failed is not None:
            return Lot("failed", call.failed)
        if decider is not None:
            return Lot("over") if self.remaining == 0 else Lot("decided", decider)
        return self.lot_of_a_match()

    def missed(self, call: Called) -> Lot | None:
        spec = self.spec
        if spec.get("domain", call.domain) != call.domain:
            return Lot("domain", call.domain)
        if spec.get("player", call.player) != call.player:
            return Lot("player", call.player)
        looks = "key" in spec and call.failed is None
        if looks and not any(fnmatchcase(key, spec["key"]) for key in call.keys):
            return Lot("key", call.keys)
        if call.failed is None and len(call.keys) < spec.get("min_keys", 0):
            return Lot("min_keys", len(call.keys))
        return None

    def lot_of_a_match(self) -> Lot:
        before, self.matched = self.matched, self.matched + 1
        if before < self.spec.get("skip", 0):
            return Lot("skipped")
        if self.remaining == 0:
            return Lot("over")
        if (before - self.spec.get("skip", 0) + 1) % self.spec.get("every", 1):
            return Lot("skipped")
        if draw(SEED, self.ordinal, before) >= self.spec.get("probability", 1):
            return Lot("unlucky")
        turn = self.count("hit", "ok") % len(self.items())
        if "sequence" in self.spec and self.items()[turn] == "ok":
            return Lot("ok")
        return Lot("hit")

    def view(self) -> dict[str, Any]:
        return {
            "matched": self.matched,
            "hits": self.count("hit"),
            "remaining": self.remaining,
            "completed": self.remaining == 0,
            "near_miss": None if self.count("hit") else "; ".join(self.why()),
        }

    def why(self) -> list[str]:
        """Why it never struck: each kind of call there was, and no other."""
        reached = [*self.why_held_back(), *self.why_too_late(), *self.why_failed()]
        return reached + self.why_not_reached(nothing_nearer=not reached)

    def why_held_back(self) -> Iterator[str]:
        if matched := self.count("skipped", "unlucky"):
            luck = ", no luck in the others" if self.count("unlucky") else ""
            yield f"matched {matched} times: {self.count('skipped')} skipped{luck}"
        if self.count("ok"):
            yield f"let {self.count('ok')} through"
        if self.count("over"):
            yield f"{self.count('over')} came after its end"
        for fault, number in Counter(self.details("decided")).items():
            yield f"{fault} decided first, " + ("once" if number == 1 else f"{number} times")

    def why_too_late(self) -> Iterator[str]:
        if late_ms := self.details("expired"):
            late = f"{late_ms[0] / 1000:.1f}" if late_ms[0] >= 100 else f"{late_ms[0] / 1000:.3g}"
            yield f"it had expired (ttl_s {self.spec['ttl_s']}) {late} s before the call"
        if late_ms[1:]:
            yield f"{len(late_ms) - 1} more came later"

    def why_failed(self) -> Iterator[str]:
        causes = Counter(self.details("failed"))
        named = counted(causes) if len(causes) > 1 else "".join(causes)
        if causes.total() == 1:
            yield f"1 call came and failed before any fault: {named}"
        elif causes:
            yield f"{causes.total()} calls came and failed before any fault: {named}"

    def why_not_reached(self, *, nothing_nearer: bool) -> list[str]:
        missed = {
            clause: self.count(clause) for clause in ("min_keys", "key", "player", "domain", "api")
        }
        nearest = next((clause for clause, number in missed.items() if number), None)
        reasons = []
        if nothing_nearer:
            if nearest is None:
                return ["no call since it was armed"]
            if nearest == "api":
                calls = dict(sorted(Counter(self.details("api")).items()))
                return [f"api did not match: the calls were {counted(calls)}"]
            last = self.details(nearest)[-1]
            compared = last if nearest != "key" else ", ".join(last) or "no key"
            reasons.append(
                f"api matched, {nearest} did not: {compared} against {self.spec[nearest]}"
            )
            missed[nearest] -= 1
        if rest := {clause: number for clause, number in missed.items() if number}:
            reasons.append(f"other calls did not match: {counted(rest)}")
        return reasons

    def details(self, kind: str) -> list[Any]:
        return [lot.detail for lot in self.lots if lot.kind == kind]


def counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())


class Story:
    """All that happened, in its order."""

    def __init__(self) -> None:
        self.events: list[Armed | Called | Gone] = []

    def outcomes(self) -> tuple[list[Fault], list[Outcome]]:
        """The faults that are armed in the end, and what became of each call."""
        armed: list[Fault] = []
        outcomes: list[Outcome] = []
        for event in self.events:
            if isinstance(event, Armed):
                armed.append(Fault(event))
            elif isinstance(event, Gone):
                armed = [fault for fault in armed if fault.id not in event.ids]
            else:
                outcomes.append(decide(armed, event))
        return armed, outcomes


def decide(armed: list[Fault], call: Called) -> Outcome:
    decider: str | None = None
    named: str | None = None
    struck, held_back = [], []
    for fault in armed:
        lot = fault.lot(call, decider)
        fault.lots.append(lot)
        if lot.kind in ("hit", "ok"):
            hit = f"struck, hit {fault.count('hit')}" if lot.kind == "hit" else "let it through"
            struck.append(f"{fault.name} {hit}")
            decides = fault.items() != [""]
            decider = fault.id if decides else decider
            if lot.kind == "hit" and (decides or named is None):
                named = fault.id
        elif lot.kind == "skipped":
            skip, every = fault.spec.get("skip", 0), fault.spec.get("every", 1)
            number = (fault.matched - skip) % every
            held_back.append(
                f"{fault.name} skipped it, {fault.count('skipped')} of {skip}"
                if fault.matched <= skip
                else f"{fault.name} strikes one in {every}, match {number}"
            )
        elif lot.kind == "unlucky":
            held_back.append(f"{fault.name} had no luck, match {fault.matched}")
    if call.failed is not None:
        return Outcome(None, None)
    nothing = "no fault matched" if armed else "no fault armed"
    return Outcome(named, ", ".join(struck or held_back) or nothing)
