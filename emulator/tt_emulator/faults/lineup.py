"""The armed faults of one world, in order, and how those were that were taken off."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from tt_emulator.domain.deed import Effect
from tt_emulator.domain.hold import Hold
from tt_emulator.errors import Flaw, NotArmed
from tt_emulator.faults.armed import Armed, ArmedAt
from tt_emulator.faults.effects import ArmedFault, CallCounted, FaultsChanged, TakenOff
from tt_emulator.faults.preparing import Prepared
from tt_emulator.faults.views import Fault
from tt_emulator.language.logs import logger

log = logger(__name__)

MAX_TAKEN_OFF = 100
"""Of the faults that are armed no more, the last of which it is known how they were then."""


class Lineup:
    """Needs the registry's lock. `calls` counts those of the world by API, since the first was
    armed; `made` and `ordinal` are the last numbers that a fault has: of all, and of its story.
    """

    def __init__(self) -> None:
        self.armed: list[Armed] = []
        self.by_api: dict[str, list[Armed]] = {}
        self.calls: dict[str, int] = {}
        self.made = 0
        self.ordinal = 0
        self._taken_off: dict[str, tuple[Armed, dict[str, int]]] = {}
        self._holds: dict[str, Hold] = {}  # of those that may come again

    def exchange(self, gone: list[Armed], new: list[Armed]) -> None:
        """Arm the new ones in the place of those, of which it stays known how they are now."""
        for armed in gone[-MAX_TAKEN_OFF:]:
            self._taken_off[armed.id] = armed, dict(self.calls)
        for fault_id in list(self._taken_off)[:-MAX_TAKEN_OFF]:
            del self._taken_off[fault_id]
        self._stand([*(armed for armed in self.armed if armed not in gone), *new])

    def arrange(self, order: tuple[str, ...]) -> None:
        """Have the faults of these ids stand in this order, and any others after them."""
        places = {fault_id: place for place, fault_id in enumerate(order)}
        self._stand(sorted(self.armed, key=lambda armed: places.get(armed.id, len(places))))

    def _stand(self, armed: list[Armed]) -> None:
        self.armed = armed
        self.by_api = {}
        for one in armed:
            for name in one.effect.apis:
                self.by_api.setdefault(name, []).append(one)

    def find(self, fault_id: str) -> Armed:
        """The armed fault. Raises `NotArmed`, which knows how it was if it was taken off."""
        for armed in self.armed:
            if armed.id == fault_id:
                return armed
        then = self._taken_off.get(fault_id)
        raise NotArmed(
            f"No fault {fault_id!r} is armed in this world.",
            "List them to see the ids.",
            then and then[0].view(then[1]),
        )

    def views(self, armed: Iterable[Armed]) -> list[Fault]:
        """These as they are shown."""
        return [each.view(self.calls) for each in armed]

    def known(self) -> Mapping[str, Armed]:
        """By its id each fault that is armed, or was not long ago."""
        taken_off = {fault_id: armed for fault_id, (armed, _) in self._taken_off.items()}
        return taken_off | {armed.id: armed for armed in self.armed}

    def change(
        self, taken_off: tuple[str, ...], new: list[Armed], order: tuple[str, ...] = ()
    ) -> FaultsChanged:
        """What is written of an exchange, or of an order."""
        return FaultsChanged(
            made=self.made,
            ordinal=self.ordinal,
            taken_off=taken_off,
            armed=tuple(armed.written() for armed in new),
            order=order,
        )

    def written(self) -> Iterator[Effect]:
        """Effects from which all of it comes again."""
        for armed, calls in self._taken_off.values():
            yield TakenOff(armed.written(), calls)
        yield CallCounted(dict(self.calls))
        yield self.change((), self.armed)

    def forget_all(self) -> None:
        """Be as a new one. Who holds a call goes on to hold it when it is armed again."""
        self._holds |= {fault_id: armed.hold for fault_id, armed in self.known().items()}
        self.armed, self.by_api = [], {}
        self._taken_off.clear()
        self.calls = {}
        self.made = self.ordinal = 0

    def restore(
        self,
        effect: FaultsChanged | CallCounted | TakenOff,
        prepare: Callable[[object], Prepared | Flaw],
    ) -> None:
        """Do again what was written; a fault that there cannot be any more is left out."""
        if isinstance(effect, CallCounted):
            self.calls |= effect.calls
            for armed in self.armed:
                armed.tally = effect.tallies.get(armed.id, armed.tally)
        elif isinstance(effect, TakenOff):
            for armed in self._again([effect.fault], prepare):
                self._taken_off[armed.id] = armed, effect.calls
        else:
            self.made, self.ordinal = effect.made, effect.ordinal
            gone = [armed for armed in self.armed if armed.id in effect.taken_off]
            self.exchange(gone, list(self._again(effect.armed, prepare)))
            self.arrange(effect.order)

    def _again(
        self, written: Iterable[ArmedFault], prepare: Callable[[object], Prepared | Flaw]
    ) -> Iterator[Armed]:
        for each in written:
            found = prepare(each.spec)
            if isinstance(found, Flaw):
                log.warning("Fault %s was left out: %s", each.id, found.detail)
                continue
            at = ArmedAt(each.id, each.seed, each.ordinal, each.time_ms)
            armed = Armed(at, *found, each.calls_before)
            armed.tally = each.tally
            armed.hold = self._holds.get(armed.id, armed.hold)
            yield armed
