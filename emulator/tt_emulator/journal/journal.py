"""The bounded list of a world's exchanges, and counts that outlive what it forgets."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from tt_emulator.domain.clock import Clock
from tt_emulator.domain.deed import UNWRITTEN, Deed, Effect, Moved
from tt_emulator.domain.model import Call
from tt_emulator.errors import BadRequest
from tt_emulator.journal import views
from tt_emulator.journal.budget import Budget
from tt_emulator.journal.counts import Counts, rows_of
from tt_emulator.journal.effects import Cleared, Counted, HeldFrom, JournalAt
from tt_emulator.journal.exchange import Exchange
from tt_emulator.journal.feed import Feed
from tt_emulator.journal.held import MAX_EXCHANGES, Held
from tt_emulator.journal.match import Bounds, Kind, Match
from tt_emulator.journal.watches import Reached, Watches

_OUTCOME = (
    "call",
    "received_ns",
    "answered_ns",
    "reply",
    "fault",
    "lost",
    "failed",
    "reason",
    "text",
    "size_bytes",
)


class Journal:
    """The exchanges of one world, oldest first. Safe under threads.

    `last_id` is the last one that was given, `unseen` the answered calls that may be seen once they
    are written. What it may hold comes out of the `budget` of all journals of a server. What a
    `deed` does here is written with it. `answered` is called with each exchange once it is written,
    under the lock: let it only take it.
    """

    def __init__(
        self,
        clock: Clock,
        feed: Feed,
        budget: Budget,
        deed: Deed = UNWRITTEN,
        answered: Callable[[Exchange], None] | None = None,
    ) -> None:
        self._clock = clock
        self._deed = deed
        self._moved = deed.moved
        self._feed = feed
        self._lock = feed.lock  # one for both: each call is published twice
        self._budget = budget
        self._share = budget.join(self._shrink)
        self._held = Held()
        self._counts = Counts(budget, self._share)
        self._watches = Watches(self._counts.count)
        self.last_id = 0
        self._under_way: dict[int, Exchange] = {}  # those that take time
        self._undone: dict[int, Exchange] = {}  # while what was written is done again
        self._answered = answered
        self.unseen: list[tuple[Kind, Exchange]] = []
        self._has_shrunk = False

    def open(self, call: Call) -> Exchange:
        """The first stroke. A call whose `call_id` is known is that call again: its exchange.

        Raises `BadRequest` if the same `call_id` comes with another API or player.
        """
        with self._lock:
            call_id = call.call_id
            if call_id is not None and (known := self._held.by_call_id.get(call_id)):
                return _same(known, call)
            self.last_id = last_id = self.last_id + 1
            exchange = Exchange(last_id, call, self._clock.now_ms(), self._clock.tick_ns())
            exchange.size_bytes += len(call.sent)
            self._held.append(exchange)
            self._feed.add("exchange", last_id)
        if self._held.bytes > self._share.max_bytes:
            self._make_room()
        return exchange

    def close(self, exchange: Exchange) -> None:
        """The second stroke; of a call that came again the first answer's time stands."""
        with self._lock:
            if exchange.answered_ns is not None or exchange.undone:
                return
            exchange.answered_ns = self._clock.tick_ns()
            kind = self._counts.add(exchange)
            if self._watches.by_caller or self._answered is not None:
                self.unseen.append((kind, exchange))
            grown = exchange.pack()
            if grown and self._held.get(exchange.id) is not None:
                self._held.bytes += grown
            self._feed.add("exchange", exchange.id)
            if self._moved is not None:
                self._move(self._moved, exchange)
            elif self.unseen:
                self._show(len(self.unseen))
        if self._held.bytes > self._share.max_bytes:
            self._make_room()

    def keep(self, exchange: Exchange) -> None:
        """Have it written as it is now: it will take time."""
        if self._moved is not None and exchange.answered_ns is None:
            self._under_way[exchange.id] = exchange
            self._moved[exchange.id] = exchange.effect

    def show(self, number: int) -> None:
        """Let who waits for calls know of the first so many `unseen`: they are written."""
        with self._lock:
            self._show(number)

    def wait(self, match: Match, bounds: Bounds) -> Reached:
        """Done when the number of answered exchanges that match is within the bounds.

        It is counted once; then only new exchanges are looked at. Whoever does not want to know any
        more says so by `leave`. Raises as `count`.
        """
        with self._deed, self._lock:
            return self._watches.add(match, bounds)

    def leave(self, match: Match, reached: Reached) -> None:
        """Nobody waits for that any more."""
        with self._lock:
            self._watches.remove(match, reached)

    def waiting(self) -> int:
        """How many wait for calls."""
        with self._lock:
            return len(self._watches)

    def end(self) -> None:
        """Let go of everybody who waits."""
        with self._lock:
            self._watches.end()

    def give_back(self) -> None:
        """Hold nothing any more, for others to have the room: the world was dropped."""
        self._budget.leave(self._share)
        self._shrink()

    @property
    def last_call_at_ms(self) -> int | None:
        """When the last call came that is held, `None` if none is."""
        with self._lock:
            last = self._held.last
        return None if last is None else last.received_ms

    def find(
        self,
        api: str | None = None,
        player: str | None = None,
        after: int = 0,
        limit: int = MAX_EXCHANGES,
        until: int | None = None,
    ) -> list[Exchange]:
        """At most `limit` exchanges with an id after `after` and up to `until`, oldest first."""
        with self._lock:
            held = list(self._held)
        return _chosen(held, api, player, after, until)[:limit]

    def count(self, match: Match) -> int:
        """How many answered exchanges matched since the last `clear`, forgotten ones included.

        Raises `NotCounted` for a player, where there were too many to count each.
        """
        with self._lock:
            return self._counts.count(match)

    def came(self, held: Iterable[Exchange]) -> int:
        """How many calls came since the last `clear`, of which these are held."""
        under_way = sum(exchange.answered_ns is None for exchange in held)
        return self.count(Match()) + under_way

    def delivered(self) -> Counter[tuple[str, str]]:
        """How often each outcome of each API was delivered since the last `clear`."""
        with self._lock:
            return self._counts.delivered()

    def ever_delivered(self) -> Counter[tuple[str, str]]:
        """The same since the server has the world, whatever was cleared since."""
        with self._lock:
            return self._counts.ever()

    @property
    def bytes(self) -> int:
        """How much memory the exchanges take that it holds."""
        return self._held.bytes

    def calls(self) -> Counter[str]:
        """How often each API was answered since the last `clear`."""
        counts: Counter[str] = Counter()
        for (api, _), number in self.delivered().items():
            counts[api] += number
        return counts

    def clear(
        self,
        api: str | None = None,
        player: str | None = None,
        after: int = 0,
        limit: int | None = None,
        until: int | None = None,
    ) -> None:
        """Forget what `find` would give, by default all, and their counts; ids go on counting.

        With neither `after` nor `limit`, and where no call has come after `until`, the counts of
        those that are not held any more go, too.
        The feed tells of it. Raises as `count`; then nothing is forgotten.
        """
        with self._deed, self._lock:
            gone = _chosen(self._held, api, player, after, until)[:limit]
            is_part = until is not None and until < self.last_id
            match = Match(api=api, player=player)
            counts = None
            if after or limit is not None or is_part:
                counts = rows_of(gone)
            elif player is not None:
                counts = self._counts.rows(match)
            else:
                self._counts.count(match)
            cleared = Cleared(tuple(each.id for each in gone), api, player, counts)
            self._move_held()
            self._clear(cleared)
            self._watches.recount()
            self._feed.add("journal")
            if self._moved is not None:
                self._moved["cleared", len(self._moved)] = lambda: cleared
        self._budget.fit(self._share, self._held.bytes)

    def _clear(self, cleared: Cleared) -> None:
        if cleared.counts is None:
            self._counts.forget(Match(api=cleared.api, player=cleared.player))
        else:
            self._counts.remove(cleared.counts)
        self._held.forget(cleared.exchanges)

    def written(self) -> Iterator[Effect]:
        """Effects from which it comes again, first of them the exchanges, oldest first."""
        with self._lock:
            for exchange in self._held:
                yield exchange.effect()
            yield JournalAt(self.last_id)
            yield from self._counts.written()

    def forget_all(self) -> None:
        """Be as a new one, until `restored`."""
        with self._lock:
            for exchange in (*self._held, *self._under_way.values()):
                exchange.undone = True
                self._undone[exchange.id] = exchange
            self._held.forget(self._undone)
            self.unseen.clear()
            self._counts.begin_anew()
            self.last_id = 0

    def restore(self, effect: Exchange | JournalAt | HeldFrom | Counted | Cleared) -> None:
        """Do again what was written; of an exchange, as it then was."""
        with self._lock:
            if isinstance(effect, Exchange):
                self._restore(effect)
            elif isinstance(effect, HeldFrom):
                self._held.forget_before(effect.id)
            elif isinstance(effect, JournalAt):
                self.last_id = effect.last_id
                self._counts.forget(Match())
            elif isinstance(effect, Counted):
                self._counts.restore(effect)
            else:
                self._clear(effect)

    def restored(self) -> None:
        """All was done again. A call that is under way goes on, unless nothing knows of it."""
        with self._lock:
            self._under_way = {
                each.id: each for each in self._under_way.values() if not each.undone
            }
            self._undone.clear()
            self._counts.restored()
            self._watches.recount()
        if self._held.bytes > self._share.max_bytes:
            self._make_room()

    def _restore(self, written: Exchange) -> None:
        before = self._held.get(written.id)
        was_answered = before is not None and before.answered_ns is not None
        size_bytes = 0 if before is None else before.size_bytes
        exchange = self._as_written(written)
        if exchange.id > self.last_id:
            self.last_id = exchange.id
            self._held.append(exchange)
            self._feed.add("exchange", exchange.id)
        elif before is not None:
            self._held.replace(size_bytes, exchange)
        if exchange.answered_ns is not None and not was_answered:
            self._counts.add(exchange)
            self._feed.add("exchange", exchange.id)

    def _as_written(self, written: Exchange) -> Exchange:
        """The exchange that others may have, as it was written; it keeps its decision."""
        same = self._undone.get(written.id)
        if same is None:
            return written
        same.undone = False
        written.call = replace(written.call, base_url=same.call.base_url)
        for field in _OUTCOME:
            setattr(same, field, getattr(written, field))
        return same

    def _move(self, moved: Moved, exchange: Exchange) -> None:
        moved[exchange.id] = exchange.effect
        if self._has_shrunk:
            self._move_held()
        if self._under_way:
            self._under_way.pop(exchange.id, None)

    def _move_held(self) -> None:
        if self._has_shrunk and self._moved is not None:
            self._has_shrunk = False
            oldest = next(iter(self._held), None)
            held_from = HeldFrom(self.last_id + 1 if oldest is None else oldest.id)
            self._moved[HeldFrom] = lambda: held_from

    def _show(self, number: int) -> None:
        unseen, self.unseen = self.unseen[:number], self.unseen[number:]
        for kind, exchange in unseen:
            self._watches.look(kind, exchange.call.player)
            if self._answered is not None:
                self._answered(exchange)

    def view(self, exchange_id: int) -> views.Exchange | None:
        """The exchange of an id that was given, `None` if it was forgotten."""
        with self._lock:
            exchange = self._held.get(exchange_id)
        return None if exchange is None else exchange.view()

    @property
    def first_id(self) -> int:
        """The id of the oldest exchange that is held, 0 if none is."""
        return self._held.first_id

    def still_waits_ms(self, exchange_id: int) -> float:
        """How long the call is to wait once it has been acted on, 0 if that is over."""
        exchange = self._held.get(exchange_id)
        if exchange is None or exchange.decision is None or exchange.reply is not None:
            return 0
        return float(exchange.decision.after.duration_ms)

    def held(self) -> int:
        """How many exchanges have not been forgotten."""
        return len(self._held)

    def _make_room(self) -> None:
        self._budget.grow(self._share, self._held.bytes)
        self._shrink()

    def _shrink(self) -> None:
        with self._lock:
            self._has_shrunk |= self._held.shrink(self._share.max_bytes)


def _chosen(
    held: Iterable[Exchange],
    api: str | None,
    player: str | None,
    after: int,
    until: int | None,
) -> list[Exchange]:
    return [
        exchange
        for exchange in held
        if exchange.id > after
        and (until is None or exchange.id <= until)
        and (api is None or exchange.call.api.name == api)
        and (player is None or exchange.call.player == player)
    ]


def _same(known: Exchange, call: Call) -> Exchange:
    """The known exchange; a reply that it still lacks is for whoever asks now."""
    if (known.call.api.name, known.call.player) != (call.api.name, call.player):
        raise BadRequest(
            f"The call id {call.call_id!r} belongs to another call of this world.",
            "Send a new X-Emulator-Call with each call, and the same one only to repeat a call.",
        )
    if known.answered_ns is None and known.call.base_url != call.base_url:
        known.call = replace(known.call, base_url=call.base_url)
    return known
