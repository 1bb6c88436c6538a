"""The bounded list of a world's exchanges, and counts that outlive what it forgets."""

from collections import Counter, deque
from collections.abc import Iterable

from tt_emulator.domain.clock import Clock
from tt_emulator.domain.model import Call
from tt_emulator.errors import BadRequest
from tt_emulator.journal import views
from tt_emulator.journal.budget import Budget
from tt_emulator.journal.counts import Counts
from tt_emulator.journal.exchange import OWN_BYTES, Exchange
from tt_emulator.journal.feed import Feed
from tt_emulator.journal.match import Bounds, Match
from tt_emulator.journal.watches import Reached, Watches

MAX_EXCHANGES = 1000


class Journal:
    """The exchanges of one world, oldest first. Safe under threads.

    What it may hold comes out of the `budget` of all journals of a server.
    """

    def __init__(self, clock: Clock, feed: Feed, budget: Budget) -> None:
        self._clock = clock
        self._feed = feed
        self._lock = feed.lock  # one for both: each call is published twice
        self._budget = budget
        self._share = budget.join(self._shrink)
        self._exchanges: deque[Exchange] = deque()
        self._by_call_id: dict[str, Exchange] = {}
        self._counts = Counts(budget, self._share)
        self._watches = Watches(self._counts.count)
        self._bytes = 0
        self._last_id = 0

    def open(self, call: Call) -> Exchange:
        """The first stroke. A call whose `call_id` is known is that call again: its exchange.

        Raises `BadRequest` if the same `call_id` comes with another API or player.
        """
        with self._lock:
            call_id = call.call_id
            if call_id is not None and (known := self._by_call_id.get(call_id)):
                return _same(known, call)
            self._last_id = last_id = self._last_id + 1
            exchange = Exchange(last_id, call, self._clock.now_ms(), self._clock.tick_ns())
            self._exchanges.append(exchange)
            self._bytes += OWN_BYTES + len(call.sent)
            if call_id is not None:
                self._by_call_id[call_id] = exchange
            if len(self._exchanges) > MAX_EXCHANGES:
                self._forget(self._exchanges.popleft())
            self._feed.add("exchange", last_id)
        if self._bytes > self._share.max_bytes:
            self._make_room()
        return exchange

    def close(self, exchange: Exchange) -> None:
        """The second stroke; of a call that came again the first answer's time stands."""
        with self._lock:
            if exchange.answered_ns is not None:
                return
            exchange.answered_ns = self._clock.tick_ns()
            kind = self._counts.add(exchange)
            if self._watches:
                self._watches.look(kind, exchange.call.player)
            grown = exchange.pack()
            if grown and self._kept(exchange.id) is not None:
                self._bytes += grown
            self._feed.add("exchange", exchange.id)
        if self._bytes > self._share.max_bytes:
            self._make_room()

    def wait(self, match: Match, bounds: Bounds) -> Reached:
        """Done when the number of answered exchanges that match is within the bounds.

        It is counted once; then only new exchanges are looked at. Whoever does not want to know any
        more says so by `leave`. Raises as `count`.
        """
        with self._lock:
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

    def find(
        self,
        api: str | None = None,
        player: str | None = None,
        after: int = 0,
        limit: int = MAX_EXCHANGES,
    ) -> list[Exchange]:
        """At most `limit` exchanges with an id greater than `after`, oldest first."""
        with self._lock:
            held = list(self._exchanges)
        return _chosen(held, api, player, after)[:limit]

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
    ) -> None:
        """Forget what `find` would give, by default all, and their counts; ids go on counting.

        With neither `after` nor `limit` the counts of those that are not held any more go, too.
        The feed tells of it. Raises as `count`; then nothing is forgotten.
        """
        with self._lock:
            gone = _chosen(self._exchanges, api, player, after)[:limit]
            if after or limit is not None:
                self._counts.remove(each for each in gone if each.answered_ns is not None)
            else:
                self._counts.clear(Match(api=api, player=player))
            self._drop(gone)
            self._watches.recount()
            self._feed.add("journal")
        self._budget.fit(self._share, self._bytes)

    def view(self, exchange_id: int) -> views.Exchange | None:
        """The exchange of an id that was given, `None` if it was forgotten."""
        with self._lock:
            exchange = self._kept(exchange_id)
        return None if exchange is None else exchange.view()

    def held(self) -> int:
        """How many exchanges have not been forgotten."""
        return len(self._exchanges)

    def _make_room(self) -> None:
        self._budget.grow(self._share, self._bytes)
        self._shrink()

    def _shrink(self) -> None:
        with self._lock:
            while self._exchanges and self._bytes > self._share.max_bytes:
                self._forget(self._exchanges.popleft())

    def _drop(self, gone: list[Exchange]) -> None:
        ids = {exchange.id for exchange in gone}
        self._exchanges = deque(each for each in self._exchanges if each.id not in ids)
        for exchange in gone:
            self._forget(exchange)

    def _forget(self, exchange: Exchange) -> None:
        self._bytes -= exchange.size_bytes
        if exchange.call.call_id is not None:
            self._by_call_id.pop(exchange.call.call_id, None)

    def _kept(self, exchange_id: int) -> Exchange | None:
        """The exchange of an id that was given, `None` if it was forgotten."""
        held = self._exchanges
        index = min(exchange_id - held[0].id, len(held) - 1) if held else -1
        while index > 0 and held[index].id > exchange_id:  # where some before it were cleared
            index -= 1
        return held[index] if index >= 0 and held[index].id == exchange_id else None


def _chosen(
    held: Iterable[Exchange], api: str | None, player: str | None, after: int
) -> list[Exchange]:
    return [
        exchange
        for exchange in held
        if exchange.id > after
        and (api is None or exchange.call.api.name == api)
        and (player is None or exchange.call.player == player)
    ]


def _same(known: Exchange, call: Call) -> Exchange:
    if (known.call.api.name, known.call.player) != (call.api.name, call.player):
        raise BadRequest(
            f"The call id {call.call_id!r} belongs to another call of this world.",
            "Send a new X-Emulator-Call with each call, and the same one only to repeat a call.",
        )
    return known
