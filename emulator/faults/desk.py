"""What is armed in a world, and the one decision about each call."""

from collections.abc import Callable
from threading import Lock
from typing import Any

from msgspec import Struct

from emulator.catalog import Catalog
from emulator.domain.model import Call
from emulator.errors import Flaw, NotFound, Unprocessable
from emulator.faults.armed import Armed, prepare
from emulator.faults.kinds import Strike
from emulator.faults.spec import FaultSpec, read

MAX_FAULTS = 1000


class Decision(Struct, frozen=True):
    """What happens to one call: waits, then at most one strike at its moment."""

    fault: str | None = None
    strike: Strike | None = None
    moment: str = "before"
    before_ms: float = 0
    after_ms: float = 0
    reason: str = "no fault matched"


NO_FAULT = Decision(reason="no fault armed")
_NO_MATCH = Decision()


class Desk:
    """The armed faults of one world, in order. Safe under threads."""

    def __init__(self, catalog: Catalog, now_ms: Callable[[], int]) -> None:
        self._catalog = catalog
        self._now_ms = now_ms
        self._lock = Lock()
        self._armed: list[Armed] = []
        self._made = 0

    def decide(self, call: Call) -> Decision:
        """Whether and which fault strikes the call; counts it, so ask once a call."""
        if not self._armed:
            return NO_FAULT
        with self._lock:
            struck = []
            for armed in self._armed:
                if armed.matches(call) and armed.strikes():
                    struck.append(armed)
                    if armed.strike.decides:
                        break
        return _decision(struck) if struck else _NO_MATCH

    def arm(self, raw: Any) -> list[dict[str, Any]]:
        """Append one fault or a list of them, all or none. Raises `Unprocessable`."""
        return self._install(raw, keep=True)

    def replace(self, raw: Any) -> list[dict[str, Any]]:
        """Take these faults instead of all that are armed, in one step. Raises `Unprocessable`."""
        return self._install(raw, keep=False)

    def views(self) -> list[dict[str, Any]]:
        """Every armed fault, in order."""
        with self._lock:
            return [armed.view() for armed in self._armed]

    def get(self, fault_id: str) -> dict[str, Any]:
        """One fault. Raises `NotFound`."""
        with self._lock:
            return self._find(fault_id).view()

    def disarm(self, fault_id: str) -> None:
        """Take one fault off. Raises `NotFound`."""
        with self._lock:
            doomed = self._find(fault_id)
            self._armed = [armed for armed in self._armed if armed is not doomed]

    def clear(self) -> None:
        """Take all faults off."""
        with self._lock:
            self._armed = []

    def _install(self, raw: Any, *, keep: bool) -> list[dict[str, Any]]:
        prepared = self._prepare(raw)
        with self._lock:
            kept = self._armed if keep else []
            if len(kept) + len(prepared) > MAX_FAULTS:
                raise Unprocessable(
                    f"A world holds at most {MAX_FAULTS} faults.", "Disarm some first."
                )
            now_ms = self._now_ms()
            new = [
                Armed(f"f{self._made + number}", spec, strike, now_ms)
                for number, (spec, strike) in enumerate(prepared, start=1)
            ]
            self._made += len(new)
            self._armed = [*kept, *new]
            return [armed.view() for armed in new]

    def _prepare(self, raw: Any) -> list[tuple[FaultSpec, Strike]]:
        prepared: list[tuple[FaultSpec, Strike]] = []
        flaws: list[Flaw] = []
        for index, item in enumerate(raw if isinstance(raw, list) else [raw]):
            found = self._read(item)
            if isinstance(found, Flaw):
                prefix = f"/{index}" if isinstance(raw, list) else ""
                flaws.append(Flaw(prefix + found.pointer, found.detail))
            else:
                prepared.append(found)
        if flaws:
            raise Unprocessable(
                f"Not armed: {flaws[0].pointer} {flaws[0].detail}.".replace("  ", " "),
                "GET /__emulator/v1/errors lists what can be armed; nothing was changed.",
                tuple(flaws),
            )
        return prepared

    def _read(self, item: Any) -> tuple[FaultSpec, Strike] | Flaw:
        spec = read(item)
        if isinstance(spec, Flaw):
            return spec
        strike = prepare(spec, self._catalog)
        return strike if isinstance(strike, Flaw) else (spec, strike)

    def _find(self, fault_id: str) -> Armed:
        for armed in self._armed:
            if armed.id == fault_id:
                return armed
        raise NotFound(
            f"No fault {fault_id!r} is armed in this world.", "List them to see the ids."
        )


def _decision(struck: list[Armed]) -> Decision:
    decider = next((armed for armed in struck if armed.strike.decides), None)
    told = [f"{armed.id} struck ({armed.hits})" for armed in struck]
    return Decision(
        fault=(decider or struck[0]).id,
        strike=decider.strike if decider else None,
        moment=decider.spec.moment if decider else "before",
        before_ms=sum(armed.spec.delay_ms for armed in struck if armed.spec.moment == "before"),
        after_ms=sum(armed.spec.delay_ms for armed in struck if armed.spec.moment == "after"),
        reason=", ".join(told),
    )
