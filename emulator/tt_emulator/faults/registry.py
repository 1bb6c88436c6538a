"""What is armed in a world, and the one decision about each call."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from threading import Lock
from typing import Any

from tt_emulator.catalog import Catalog
from tt_emulator.domain.deed import UNWRITTEN, Deed, Effect
from tt_emulator.domain.hold import Hold
from tt_emulator.domain.model import Call
from tt_emulator.domain.past import FaultsWere, Past, TalliesWere, encode
from tt_emulator.domain.reading import refusal
from tt_emulator.errors import Flaw, Unprocessable
from tt_emulator.faults.armed import Armed, ArmedAt
from tt_emulator.faults.decision import (
    NO_FAULT,
    NO_MATCH,
    Decision,
    decided_before,
    decision,
    held_back,
)
from tt_emulator.faults.effect import FaultEffect
from tt_emulator.faults.effects import (
    CallCounted,
    FaultsChanged,
    FaultsImage,
    TakenOff,
    WrittenDecision,
)
from tt_emulator.faults.lineup import Lineup
from tt_emulator.faults.order import ordered
from tt_emulator.faults.preparing import Prepared, all_prepared, prepared
from tt_emulator.faults.spec import given
from tt_emulator.faults.views import Fault

MAX_FAULTS = 1000


class FaultRegistry:
    """The armed faults of one world, in order. Safe under threads.

    A fault that is taken off or replaced lets go of the calls that it holds. `on_socket` tells
    whether the server can act on the socket, `seed` is the world's luck; `changed` is called after
    each change of what is armed. What was before each step is noted in the `past`; what a `deed`
    does here is written with it.
    """

    def __init__(
        self,
        catalog: Catalog,
        past: Past,
        changed: Callable[[], None],
        *,
        seed: int,
        on_socket: bool,
        deed: Deed = UNWRITTEN,
    ) -> None:
        self._catalog = catalog
        self._past = past
        self._deed = deed
        self._moved = deed.moved
        self._now_ms = past.now_ms
        self._changed = changed
        self._seed = seed
        self._on_socket = on_socket
        self._lock = Lock()
        self._lineup = Lineup()

    @property
    def armed(self) -> int:
        """How many there are."""
        return len(self._lineup.armed)

    def decide(self, call: Call) -> Decision:
        """Whether and which fault strikes the call; counts it, so ask once a call."""
        if not self._lineup.armed:
            return NO_FAULT
        with self._lock:
            candidates = self._counted(call.api.name)
            return self._apply_to(call, candidates) if candidates else NO_MATCH

    def record_failed(self, api: str, player: str | None, domain: str | None, cause: str) -> None:
        """Count a call that failed by `cause` before any fault was asked; once a call.

        Player and domain are `None` where they could not be read.
        """
        if not self._lineup.armed:
            return
        with self._deed.of_call, self._lock:
            now_ms = self._now_ms()
            for armed in self._counted(api):
                armed.miss(player, domain, now_ms, cause)

    def _counted(self, name: str) -> Sequence[Armed]:
        """The faults for the API of that name; counts a call of it."""
        calls = self._lineup.calls
        before = calls.get(name, 0)
        calls[name] = before + 1
        candidates = self._lineup.by_api.get(name, ())
        tallies = {armed.id: encode(armed.tally) for armed in candidates}
        self._past.note(TalliesWere(name, before, tallies))
        if self._moved is not None:
            self._moved["met", name] = lambda: CallCounted(
                {name: calls[name]}, {each.id: each.tally for each in candidates}
            )
        return candidates

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

    def ensure(self, raw: Any) -> None:
        """As `replace`, but if it is these that are armed, they go on. Raises `Unprocessable`."""
        wanted = [spec for spec, _ in self._prepare(raw)]
        with self._lock:
            are_armed = [armed.spec for armed in self._lineup.armed] == wanted
        if not are_armed:
            self.replace(raw)

    def views(self) -> list[Fault]:
        """Every armed fault, in order."""
        with self._lock:
            return self._lineup.views(self._lineup.armed)

    def specs(self) -> list[dict[str, Any]]:
        """What was asked for each armed fault, in order, as it can be armed again."""
        with self._lock:
            return [given(armed.spec) for armed in self._lineup.armed]

    def struck_apis(self) -> list[str]:
        """Names of the APIs that an armed fault may strike, sorted."""
        with self._lock:
            return sorted(self._lineup.by_api)

    def get(self, fault_id: str) -> Fault:
        """One fault. Raises `NotArmed`."""
        with self._lock:
            return self._lineup.find(fault_id).view(self._lineup.calls)

    def disarm(self, fault_id: str) -> None:
        """Take one fault off. Raises `NotArmed`."""
        with self._deed:
            with self._lock:
                doomed = self._lineup.find(fault_id)
                self._exchange([doomed], [], self.image())
            self._changed()
        doomed.hold.release()

    def clear(self) -> None:
        """Take all faults off."""
        with self._deed:
            with self._lock:
                gone = self._lineup.armed
                self._exchange(gone, [], self.image())
            self._changed()
        _release(armed.hold for armed in gone)

    def reorder(self, raw: Any) -> list[Fault]:
        """Have the armed faults tried in another order; counts, ids and luck stay as they are.

        `raw` names each by its id, once: `{"ids": ["f2", "f1"]}`. Raises `Unprocessable`.
        """
        lineup = self._lineup
        with self._deed:
            with self._lock:
                are = tuple(armed.id for armed in lineup.armed)
                wanted = ordered(raw, are)
                if wanted == are:
                    return lineup.views(lineup.armed)
                were = self.image()
                lineup.arrange(wanted)
                self._note(were, (), [], wanted)
                views = lineup.views(lineup.armed)
            self._changed()
        return views

    def release(self) -> None:
        """Release the calls that are held; the faults stay armed, and hold those that follow."""
        with self._lock:
            held = [armed.take_hold() for armed in self._lineup.armed]
        _release(held)

    def close(self) -> None:
        """Release the calls that are held, and hold none any more: the world ends."""
        _release(armed.hold for armed in self._lineup.armed)

    def _install(self, raw: Any, *, keep: bool) -> list[Fault]:
        wanted = self._prepare(raw)
        lineup = self._lineup
        with self._deed:
            with self._lock:
                gone = [] if keep else lineup.armed
                if len(lineup.armed) - len(gone) + len(wanted) > MAX_FAULTS:
                    raise Unprocessable(
                        f"A world holds at most {MAX_FAULTS} faults.", "Disarm some first."
                    )
                were = self.image()
                if len(gone) == len(lineup.armed):
                    lineup.ordinal = 0
                before = dict(lineup.calls)
                new = [Armed(self._armed_at(), spec, effect, before) for spec, effect in wanted]
                self._exchange(gone, new, were)
                views = lineup.views(new)
            self._changed()
        _release(armed.hold for armed in gone)
        return views

    def _armed_at(self) -> ArmedAt:
        lineup = self._lineup
        lineup.made += 1
        lineup.ordinal += 1
        return ArmedAt(f"f{lineup.made}", self._seed, lineup.ordinal, self._now_ms())

    def _exchange(self, gone: list[Armed], new: list[Armed], were: FaultsImage) -> None:
        self._lineup.exchange(gone, new)
        self._note(were, tuple(armed.id for armed in gone), new)

    def _note(
        self,
        were: FaultsImage,
        gone: tuple[str, ...],
        new: list[Armed],
        order: tuple[str, ...] = (),
    ) -> None:
        self._past.note(FaultsWere(encode(were)), self._lineup.change(gone, new, order))
        if self._moved is not None:
            self._moved["faults", len(self._moved)] = lambda: self._lineup.change(gone, new, order)

    def flaw_of(self, spec: object) -> Flaw | None:
        """Why this cannot be armed here, `None` if it can."""
        found = prepared(spec, catalog=self._catalog, on_socket=self._on_socket)
        return found if isinstance(found, Flaw) else None

    def image(self) -> FaultsImage:
        """All of it as it is now."""
        lineup = self._lineup
        return FaultsImage(dict(lineup.calls), lineup.change((), lineup.armed))

    def adopt(self, image: FaultsImage) -> None:
        """Be what another registry was; what cannot be armed here is left out."""
        with self._deed:
            for effect in (CallCounted(image.calls), image.lineup):
                self._do_again(effect)

    def do(self, change: FaultsChanged) -> None:
        """Do again what a tester did with another registry, with the ids that it gave."""
        with self._deed:
            were = self.image()
            self._do_again(change)
            self._past.note(FaultsWere(encode(were)), change)

    def _do_again(self, effect: FaultsChanged | CallCounted) -> None:
        taken_off = effect.taken_off if isinstance(effect, FaultsChanged) else ()
        gone = [armed for armed in self._lineup.armed if armed.id in taken_off]
        self.restore(effect)
        if self._moved is not None:
            self._moved["faults", len(self._moved)] = lambda: effect
        self._changed()
        _release(armed.hold for armed in gone)

    def _prepare(self, raw: Any) -> list[Prepared]:
        found, flaws = all_prepared(raw, self._catalog, on_socket=self._on_socket)
        if flaws:
            raise refusal(flaws, "Nothing was armed; GET /__emulator/v1/errors lists what can be.")
        return found

    def written(self) -> Iterator[Effect]:
        """Effects from which all of it comes again."""
        with self._lock:
            yield from self._lineup.written()

    def forget_all(self) -> None:
        """Be as a new one."""
        with self._lock:
            self._lineup.forget_all()

    def restore(self, effect: FaultsChanged | CallCounted | TakenOff) -> None:
        """Do again what was written."""
        with self._lock:
            self._lineup.restore(
                effect, partial(prepared, catalog=self._catalog, on_socket=self._on_socket)
            )

    def decided_before(self, story: WrittenDecision, fault: str | None, reason: str) -> Decision:
        """The decision that was written with its call."""
        with self._lock:
            return decided_before(story, fault, reason, self._lineup.known())


def _release(holds: Iterable[Hold]) -> None:
    for hold in holds:
        hold.release()
