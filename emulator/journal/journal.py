"""The bounded list of a world's exchanges, and counts that outlive what it forgets."""

from collections import Counter, deque
from collections.abc import Iterable
from functools import partial
from threading import Lock
from typing import Any

from emulator.domain.clock import Clock
from emulator.domain.model import Call
from emulator.errors import BadRequest
from emulator.journal.exchange import Exchange
from emulator.journal.feed import Feed
from emulator.journal.match import Kind, Match, kind_of

MAX_EXCHANGES = 1000
MAX_BYTES = 16 * 1024 * 1024


class Journal:
    """The exchanges of one world, oldest first. Safe under threads."""

    def __init__(self, clock: Clock, feed: Feed) -> None:
        self._clock = clock
        self._feed = feed
        self._lock = Lock()
        self._exchanges: deque[Exchange] = deque()
        self._by_call_id: dict[str, Exchange] = {}
        self._answered: Counter[Kind] = Counter()
        self._bytes = 0
        self._last_id = 0

    def open(self, call: Call) -> Exchange:
        """The first stroke. A call whose `call_id` is known is that call again: its exchange.

        Raises `BadRequest` if the same `call_id` comes with another API or player.
        """
        with self._lock:
            if call.call_id is not None and (known := self._by_call_id.get(call.call_id)):
                return _same(known, call)
            self._last_id += 1
            exchange = Exchange(self._last_id, call, self._clock.now_ms(), self._clock.tick_ns())
            self._exchanges.append(exchange)
            self._bytes += len(call.sent)
            if call.call_id is not None:
                self._by_call_id[call.call_id] = exchange
            self._trim()
        self._tell(exchange)
        return exchange

    def close(self, exchange: Exchange) -> None:
        """The second stroke; of a call that came again the first answer's time stands."""
        with self._lock:
            if exchange.answered_ns is not None:
                return
            exchange.answered_ns = self._clock.tick_ns()
            self._answered[kind_of(exchange)] += 1
            grown = exchange.pack()
            if grown and self._kept(exchange.id) is not None:
                self._bytes += grown
                self._trim()
        self._tell(exchange)

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
        """How many answered exchanges matched since the last `clear`, forgotten ones included."""
        with self._lock:
            return sum(n for kind, n in self._answered.items() if match.holds(kind))

    def delivered(self) -> Counter[tuple[str, str]]:
        """How often each outcome of each API was delivered since the last `clear`."""
        counts: Counter[tuple[str, str]] = Counter()
        with self._lock:
            for kind, number in self._answered.items():
                counts[kind.api, kind.outcome] += number
        return counts

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
        The feed tells how many are left.
        """
        match = Match(api=api, player=player)
        with self._lock:
            gone = _chosen(self._exchanges, api, player, after)[:limit]
            self._drop(gone)
            if after or limit is not None:
                answered = (each for each in gone if each.answered_ns is not None)
                self._answered -= Counter(map(kind_of, answered))
            else:
                for kind in list(filter(match.holds, self._answered)):
                    del self._answered[kind]
        self._feed.publish("journal", lambda: {"held": len(self._exchanges)})

    def _trim(self) -> None:
        while len(self._exchanges) > MAX_EXCHANGES or self._bytes > MAX_BYTES:
            self._let_go(self._exchanges.popleft())

    def _drop(self, gone: list[Exchange]) -> None:
        ids = {exchange.id for exchange in gone}
        self._exchanges = deque(each for each in self._exchanges if each.id not in ids)
        for exchange in gone:
            self._let_go(exchange)

    def _let_go(self, exchange: Exchange) -> None:
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

    def _tell(self, exchange: Exchange) -> None:
        # by its id, or the feed would hold on to what the journal has forgotten
        self._feed.publish("exchange", partial(self._view, exchange.id))

    def _view(self, exchange_id: int) -> dict[str, Any] | None:
        with self._lock:
            exchange = self._kept(exchange_id)
        return None if exchange is None else exchange.view()


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
