"""What is armed in a world, and the one decision about each call."""

from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Any

from tt_emulator.catalog import Api, Catalog
from tt_emulator.domain.hold import Hold
from tt_emulator.domain.model import Call
from tt_emulator.domain.reading import refusal, unknown_api
from tt_emulator.errors import Flaw, NotArmed, Unprocessable
from tt_emulator.faults.armed import Armed, ArmedAt
from tt_emulator.faults.decision import NO_FAULT, NO_MATCH, Decision, decision, held_back
from tt_emulator.faults.effect import FaultEffect
from tt_emulator.faults.kinds import build
from tt_emulator.faults.spec import FaultSpec, read, wanted_apis
from tt_emulator.faults.views import Fault

MAX_FAULTS = 1000
MAX_TAKEN_OFF = 100
"""Of the faults that are armed no more, the last of which it is known how they were then."""


class FaultRegistry:
    """The armed faults of one world, in order. Safe under threads.

    A fault that is taken off or replaced lets go of the calls that it holds. `on_socket` tells
    whether the server can act on the socket, `seed` is the world's luck; `changed` is called after
    each change of what is armed.
    """

    def __init__(
        self,
        catalog: Catalog,
        now_ms: Callable[[], int],
        changed: Callable[[], None],
        *,
        seed: int,
        on_socket: bool,
    ) -> None:
        self._catalog = catalog
        self._now_ms = now_ms
        self._changed = changed
        self._seed = seed
        self._on_socket = on_socket
        self._lock = Lock()
        self._armed: list[Armed] = []
        self._taken_off: dict[str, Fault] = {}
        self._by_api: dict[str, list[Armed]] = {}
        self._calls: dict[str, int] = {}
        self._made = 0
        self._ordinal = 0

    def decide(self, call: Call) -> Decision:
        """Whether and which fault strikes the call; counts it, so ask once a call."""
        if not self._armed:
            return NO_FAULT
        with self._lock:
            candidates = self._counted(call.api.name)
            return self._apply_to(call, candidates) if candidates else NO_MATCH

    def record_failed(self, api: str, player: str | None, domain: str | None, cause: str) -> None:
        """Count a call that failed by `cause` before any fault was asked; once a call.

        Player and domain are `None` where they could not be read.
        """
        if not self._armed:
            return
        with self._lock:
            now_ms = self._now_ms()
            for armed in self._counted(api):
                armed.miss(player, domain, now_ms, cause)

    def _counted(self, name: str) -> Sequence[Armed]:
        """The faults for the API of that name; counts a call of it."""
        self._calls[name] = self._calls.get(name, 0) + 1
        return self._by_api.get(name, ())

    def _apply_to(self, call: Call, candidates: Sequence[Armed]) -> Decision:
        now_ms = self._now_ms()
        applied: list[tuple[Armed, FaultEffect]] = []
        withheld: list[str] = []
        for index, armed in enumerate(candidates):
            outcome = armed.apply_to(call, now_ms)
            if outcome is None:
                continue
            if isinstance(outcome, str):
                withheld.append(outcome)
                continue
            applied.append((armed, outcome))
            if outcome.decides:
                for later in candidates[index + 1 :]:
                    later.stand_back(call, now_ms, armed.id)
                break
        if applied:
            return decision(applied)
        return held_back(withheld) if withheld else NO_MATCH

    def arm(self, raw: Any) -> list[Fault]:
        """Append one fault or a list of them, all or none. Raises `Unprocessable`."""
        return self._install(raw, keep=True)

    def replace(self, raw: Any) -> list[Fault]:
        """Take these faults instead of all that are armed, in one step. Raises `Unprocessable`."""
        return self._install(raw, keep=False)

    def views(self) -> list[Fault]:
        """Every armed fault, in order."""
        with self._lock:
            return [armed.view(self._calls) for armed in self._armed]

    def struck_apis(self) -> list[str]:
        """Names of the APIs that an armed fault may strike, sorted."""
        with self._lock:
            return sorted(self._by_api)

    def get(self, fault_id: str) -> Fault:
        """One fault. Raises `NotArmed`."""
        with self._lock:
            return self._find(fault_id).view(self._calls)

    def disarm(self, fault_id: str) -> None:
        """Take one fault off. Raises `NotArmed`."""
        with self._lock:
            doomed = self._find(fault_id)
            self._remember([doomed])
            self._set([armed for armed in self._armed if armed is not doomed])
        doomed.hold.release()
        self._changed()

    def clear(self) -> None:
        """Take all faults off."""
        with self._lock:
            gone = self._armed
            self._remember(gone)
            self._set([])
        _release(armed.hold for armed in gone)
        self._changed()

    def release(self) -> None:
        """Release the calls that are held; the faults stay armed, and hold those that follow."""
        with self._lock:
            held = [armed.take_hold() for armed in self._armed]
        _release(held)

    def close(self) -> None:
        """Release the calls that are held, and hold none any more: the world ends."""
        _release(armed.hold for armed in self._armed)

    def _install(self, raw: Any, *, keep: bool) -> list[Fault]:
        prepared = self._prepare(raw)
        with self._lock:
            kept = self._armed if keep else []
            if len(kept) + len(prepared) > MAX_FAULTS:
                raise Unprocessable(
                    f"A world holds at most {MAX_FAULTS} faults.", "Disarm some first."
                )
            if not kept:
                self._ordinal = 0
            gone = [] if keep else self._armed
            self._remember(gone)
            before = dict(self._calls)
            new = [Armed(self._armed_at(), spec, effect, before) for spec, effect in prepared]
            self._set([*kept, *new])
            views = [armed.view(self._calls) for armed in new]
        _release(armed.hold for armed in gone)
        self._changed()
        return views

    def _armed_at(self) -> ArmedAt:
        self._made += 1
        self._ordinal += 1
        return ArmedAt(f"f{self._made}", self._seed, self._ordinal, self._now_ms())

    def _set(self, armed: list[Armed]) -> None:
        self._armed = armed
        self._by_api = {}
        for one in armed:
            for name in one.effect.apis:
                self._by_api.setdefault(name, []).append(one)

    def _prepare(self, raw: Any) -> list[tuple[FaultSpec, FaultEffect]]:
        prepared: list[tuple[FaultSpec, FaultEffect]] = []
        flaws: list[Flaw] = []
        for index, item in enumerate(raw if isinstance(raw, list) else [raw]):
            found = self._read(item)
            if isinstance(found, Flaw):
                prefix = f"/{index}" if isinstance(raw, list) else ""
                flaws.append(Flaw(prefix + found.pointer, found.detail))
            else:
                prepared.append(found)
        if flaws:
            raise refusal(flaws, "Nothing was armed; GET /__emulator/v1/errors lists what can be.")
        return prepared

    def _read(self, item: Any) -> tuple[FaultSpec, FaultEffect] | Flaw:
        spec = read(item)
        if isinstance(spec, Flaw):
            return spec
        effect = prepare(spec, self._catalog, on_socket=self._on_socket)
        return effect if isinstance(effect, Flaw) else (spec, effect)

    def _remember(self, gone: list[Armed]) -> None:
        """How these are while they are taken off."""
        for armed in gone[-MAX_TAKEN_OFF:]:
            self._taken_off[armed.id] = armed.view(self._calls)
        for fault_id in list(self._taken_off)[:-MAX_TAKEN_OFF]:
            del self._taken_off[fault_id]

    def _find(self, fault_id: str) -> Armed:
        for armed in self._armed:
            if armed.id == fault_id:
                return armed
        raise NotArmed(
            f"No fault {fault_id!r} is armed in this world.",
            "List them to see the ids.",
            self._taken_off.get(fault_id),
        )


def prepare(spec: FaultSpec, catalog: Catalog, *, on_socket: bool) -> FaultEffect | Flaw:
    """What the fault will do, or why it could never do it."""
    for name in wanted_apis(spec):
        if name in catalog.apis and name not in catalog.struck:
            return Flaw("/api", f"{name} is answered in the page, no fault can reach it")
        if unknown := unknown_api(name, catalog.struck):
            return Flaw("/api", unknown)
    effect = build(spec, catalog, on_socket=on_socket)
    if isinstance(effect, Flaw):
        return effect
    return _unmet(spec, [catalog.apis[name] for name in effect.apis]) or effect


def _unmet(spec: FaultSpec, apis: list[Api]) -> Flaw | None:
    """A clause that holds for no call of the APIs that the fault can strike."""
    keyed = [api for api in apis if spec.key is None or _names_keys(api)]
    if not keyed:
        return Flaw("/key", "no API that the fault can strike names keys")
    if spec.domain is None or any(spec.domain in api.domains for api in keyed):
        return None
    names_keys = "names keys and " if any(spec.domain in api.domains for api in apis) else ""
    return Flaw("/domain", f"no API it can strike {names_keys}exists in the {spec.domain} domain")


def _names_keys(api: Api) -> bool:
    return any(
        param.type in {"array<KVData>", "array<string>"} or param.name == "key"
        for param in api.params
    )


def _release(holds: Iterable[Hold]) -> None:
    for hold in holds:
        hold.release()
