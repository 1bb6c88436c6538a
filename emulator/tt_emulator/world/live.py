"""What a world has beside what is stored, as it is written and brought back."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from tt_emulator.domain.boards import Boards
from tt_emulator.domain.clock import Clock
from tt_emulator.domain.codes import Codes, Issued, NoCodes
from tt_emulator.domain.deed import Beginning, Deed, Effect, Seen
from tt_emulator.domain.lifetime import Lifetime, OwnLifetime
from tt_emulator.domain.past import Past
from tt_emulator.domain.settings import WorldSettings
from tt_emulator.domain.store import WorldStore
from tt_emulator.domain.tokens import Token, Tokens
from tt_emulator.faults import FaultRegistry
from tt_emulator.faults.effects import CallCounted, FaultsChanged, TakenOff
from tt_emulator.journal import Budget, Exchange, Feed, Journal
from tt_emulator.journal.effects import Cleared, Counted, Exchanged, HeldFrom, JournalAt, Published
from tt_emulator.platforms.platform import Platform
from tt_emulator.world.exchanges import Exchanges
from tt_emulator.world.ranking import boards

Written = (
    Beginning
    | Exchanged
    | JournalAt
    | HeldFrom
    | Counted
    | Cleared
    | Published
    | FaultsChanged
    | CallCounted
    | TakenOff
    | Issued
    | NoCodes
    | Token
    | Lifetime
)
"""Every effect on what a world has beside what is stored."""

decode = msgspec.json.Decoder(Written).decode


class LiveState:
    """What is armed and counted, the exchanges, the feeds of changes; boards; login codes and
    access tokens, which have the `ending` of their world; and how long it stays unused.

    `feed` tells of everything, `state_feed` of state alone: pages listen there, and a busy game
    wakes none of them. `seed` is the world's luck, `on_socket` whether faults can act on the
    socket; what the journal may hold comes out of `budget`, whom it tells of calls is `answered`.
    What a `deed` does is written with it.
    """

    def __init__(  # noqa: PLR0913  # parts of one server, each by its name
        self,
        platform: Platform,
        clock: Clock,
        budget: Budget,
        deed: Deed,
        *,
        seed: int,
        on_socket: bool,
        answered: Callable[[Exchange], None] | None = None,
        ending: str = "",
    ) -> None:
        self._platform = platform
        self._deed = deed
        self.feed = Feed("changes", deed)
        self.state_feed = Feed("state", deed)
        self.journal = Journal(clock, self.feed, budget, deed, answered)
        self.past = Past(clock, self.journal)
        self.faults = FaultRegistry(
            platform.catalog,
            self.past,
            self._publish_faults,
            seed=seed,
            on_socket=on_socket,
            deed=deed,
        )
        self.codes = Codes(deed, f"{platform.global_name}.login", ending)
        self.tokens = Tokens(deed, ending)
        self.lifetime = OwnLifetime(deed)
        self._exchanges = Exchanges(platform.catalog, clock, self.faults)
        self._redo: dict[type, Callable[[Any], None]] = {
            Beginning: lambda _: self._forget_all(),
            Exchanged: lambda effect: self.journal.restore(self._exchanges.again(effect)),
            Published: lambda effect: self._feed(effect.feed).restore(effect),
            Issued: self.codes.restore,
            NoCodes: lambda _: self.codes.forget_all(),
            Token: self.tokens.restore,
            Lifetime: self.lifetime.restore,
            **dict.fromkeys((JournalAt, HeldFrom, Counted, Cleared), self.journal.restore),
            **dict.fromkeys((FaultsChanged, CallCounted, TakenOff), self.faults.restore),
        }

    def new_boards(self, store: WorldStore, settings: WorldSettings) -> Boards:
        """The boards of a world that is initialized, or ranks by other keys; nobody is on them
        until somebody asks.
        """
        return boards(store, settings, self._platform)

    def publish_state(self) -> None:
        """Publish to all listeners that the state has changed."""
        with self._deed:
            for feed in (self.feed, self.state_feed):
                feed.publish("state")

    def whole(self) -> Iterator[Effect]:
        """Effects from which all of it comes again."""
        yield Beginning()
        yield from self.faults.written()
        yield from self.codes.written()
        yield from self.tokens.written()
        if self.lifetime.given is not None:
            yield self.lifetime.given
        yield from self.journal.written()
        yield from (self.feed.written(), self.state_feed.written())

    def restore(self, effects: Iterable[bytes]) -> None:
        """Be what these effects say, oldest first, and nothing else."""
        self._forget_all()
        for text in effects:
            effect = decode(text)
            self._redo[type(effect)](effect)
        self.journal.restored()
        self.past.begin_anew()  # what was noted went with the process, or was refused
        if self._deed.moved is not None:
            self._deed.moved.clear()
        self.show()

    def seen(self) -> Seen:
        """What others would see now, if all that has moved were written."""
        return self.feed.added_id, self.state_feed.added_id, len(self.journal.unseen)

    def show(self, seen: Seen | None = None) -> None:
        """Let others see what had moved then, or by now."""
        changes, state, answered = seen or self.seen()
        if self.feed.last_id != changes:
            self.feed.show(changes)
        if self.state_feed.last_id != state:
            self.state_feed.show(state)
        if answered:
            self.journal.show(answered)

    def close(self) -> None:
        """Let everybody go who waits for something, calls that a fault holds among them."""
        self.faults.close()
        self.journal.end()
        self.feed.close()
        self.state_feed.close()

    def _forget_all(self) -> None:
        parts = self.faults, self.codes, self.tokens, self.lifetime, self.journal
        for part in (*parts, self.feed, self.state_feed):
            part.forget_all()

    def _feed(self, name: str) -> Feed:
        return self.state_feed if name == "state" else self.feed

    def _publish_faults(self) -> None:
        self.feed.publish("faults")
        self.state_feed.publish("state")  # which tells which APIs are armed
