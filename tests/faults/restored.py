"""Registries whose deeds are written, and registries made again of what was written."""

from collections.abc import Iterable
from typing import Any

import msgspec

from harness import OPTIONS, as_json
from journal.restored import CATALOG, WrittenDeed
from tt_emulator.domain.model import Call
from tt_emulator.domain.past import Past
from tt_emulator.errors import NotArmed
from tt_emulator.faults import Decision, FaultRegistry
from tt_emulator.world.live import decode

NOW_MS = 1_700_000_000_000


class Written:
    """A registry, with all that was written of it; `ms` is the time of day."""

    def __init__(self, ms: int = NOW_MS) -> None:
        self.ms = ms
        self.deed = WrittenDeed()
        self.faults = FaultRegistry(
            CATALOG,
            Past(self, self),
            lambda: None,
            seed=3,
            on_socket=True,
            deed=self.deed,
        )

    first_id = last_id = 0

    def now_ms(self) -> int:
        return self.ms

    def tick_ns(self) -> int:
        return self.ms * 1_000_000

    def decide(self, api: str = "login", **fields: Any) -> Decision:
        known = CATALOG.apis[api]
        options = OPTIONS.get(api, {})
        call = Call(known, options, **({"domain": known.domains[0]} | fields))
        with self.deed:
            return self.faults.decide(call)

    def restore(self, effects: Iterable[bytes]) -> "Written":
        for text in effects:
            effect: Any = decode(text)
            self.faults.restore(effect)
        return self


def by_deeds(written: Written) -> Written:
    """One made again from what each deed wrote."""
    return Written(written.ms).restore(each for line in written.deed.lines for each in line)


def by_the_whole(written: Written) -> Written:
    """One made again from all that it is now."""
    return Written(written.ms).restore(map(msgspec.json.encode, written.faults.written()))


def seen(written: Written, ids: int = 40) -> Any:
    """All that can be seen of it, of faults that were taken off, too."""
    gone: dict[str, Any] = {}
    for fault_id in (f"f{number}" for number in range(1, ids)):
        try:
            written.faults.get(fault_id)
        except NotArmed as error:
            gone[fault_id] = as_json(error.fault)
    return {
        "armed": as_json(written.faults.views()),
        "struck": written.faults.struck_apis(),
        "gone": gone,
    }


def shown(decision: Decision) -> Any:
    """What a decision does, but for who holds the call."""
    return (
        decision.fault,
        decision.effect,
        decision.moment,
        decision.before.duration_ms,
        decision.after.duration_ms,
        [ms for ms, _ in decision.before.shares],
        decision.reason,
        decision.acts,
    )
