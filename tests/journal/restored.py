"""Journals whose deeds are written, and journals made again of what was written."""

from collections.abc import Iterable
from typing import Any

import msgspec

from harness import ScriptedClock, as_json
from tt_emulator.domain.deed import Effect, Moved
from tt_emulator.domain.past import Past
from tt_emulator.faults import FaultRegistry
from tt_emulator.journal import Budget, Feed, Journal
from tt_emulator.journal.effects import Exchanged, Published
from tt_emulator.platforms import load
from tt_emulator.world.exchanges import Exchanges
from tt_emulator.world.live import decode

CATALOG = load().catalog


class WrittenDeed:
    """A deed that writes what moved as JSON, a line each."""

    def __init__(self) -> None:
        self.moved: Moved = {}
        self.lines: list[list[bytes]] = []
        self._depth = 0
        self.of_call = self

    def __enter__(self) -> None:
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if not self._depth and self.moved:
            self.lines.append([msgspec.json.encode(make()) for make in self.moved.values()])
            self.moved.clear()


class Written:
    """A journal and its feed, with all that was written of them."""

    def __init__(self, budget: Budget | None = None) -> None:
        self.deed = WrittenDeed()
        self.clock = ScriptedClock()
        self.feed = Feed("changes", self.deed)
        self.journal = Journal(self.clock, self.feed, budget or Budget(), self.deed)
        faults = FaultRegistry(
            CATALOG,
            Past(self.clock, self.journal),
            lambda: None,
            seed=1,
            on_socket=True,
            deed=self.deed,
        )
        self._exchanges = Exchanges(CATALOG, self.clock, faults)

    def restore(self, effects: Iterable[bytes]) -> "Written":
        """Do it all again, oldest first."""
        for text in effects:
            effect: Any = decode(text)
            if isinstance(effect, Published):
                self.feed.restore(effect)
            elif isinstance(effect, Exchanged):
                self.journal.restore(self._exchanges.again(effect))
            else:
                self.journal.restore(effect)
        self.journal.restored()
        self.deed.moved.clear()
        self.feed.show()
        return self


def by_deeds(written: Written) -> Written:
    """One made again from what each deed wrote."""
    return Written().restore(effect for line in written.deed.lines for effect in line)


def by_the_whole(written: Written) -> Written:
    """One made again from all that it is now."""
    whole: list[Effect] = [*written.journal.written(), written.feed.written()]
    return Written().restore(map(msgspec.json.encode, whole))


def seen(written: Written) -> dict[str, Any]:
    """All that can be seen of it."""
    journal = written.journal
    held = journal.find()
    return {
        "views": [as_json(exchange.view()) for exchange in held],
        "answers": [exchange.answer() for exchange in held],
        "outcomes": [exchange.outcome for exchange in held],
        "call ids": {exchange.call.call_id: exchange.id for exchange in held},
        "delivered": sorted(journal.delivered().items()),
        "came": journal.came(held),
        "events": written.feed.after(0),
    }
