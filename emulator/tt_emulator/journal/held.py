"""The exchanges that a journal holds, oldest first."""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator

from tt_emulator.journal.exchange import Exchange

MAX_EXCHANGES = 1000


class Held:
    """At most so many of them, which take `bytes` of memory. Needs the journal's lock."""

    def __init__(self) -> None:
        self.bytes = 0
        self.by_call_id: dict[str, Exchange] = {}
        self._exchanges: deque[Exchange] = deque()

    def __len__(self) -> int:
        return len(self._exchanges)

    def __iter__(self) -> Iterator[Exchange]:
        return iter(self._exchanges)

    @property
    def first_id(self) -> int:
        """Of the oldest, 0 if there is none."""
        try:
            return self._exchanges[0].id
        except IndexError:
            return 0

    @property
    def last(self) -> Exchange | None:
        """The latest, `None` if there is none."""
        return self._exchanges[-1] if self._exchanges else None

    def get(self, exchange_id: int) -> Exchange | None:
        """The exchange of an id that was given, `None` if it was forgotten."""
        held = self._exchanges
        index = min(exchange_id - held[0].id, len(held) - 1) if held else -1
        while index > 0 and held[index].id > exchange_id:  # where some before it were cleared
            index -= 1
        return held[index] if index >= 0 and held[index].id == exchange_id else None

    def append(self, exchange: Exchange) -> None:
        """Hold the latest exchange."""
        exchanges, call_id = self._exchanges, exchange.call.call_id
        exchanges.append(exchange)
        self.bytes += exchange.size_bytes
        if call_id is not None:
            self.by_call_id[call_id] = exchange
        if len(exchanges) > MAX_EXCHANGES:
            self._forget(exchanges.popleft())

    def replace(self, size_bytes: int, exchange: Exchange) -> None:
        """Hold this one in the place of the one of its id, which had that size."""
        self.bytes += exchange.size_bytes - size_bytes
        self._exchanges[bisect_left(self._exchanges, exchange.id, key=_id_of)] = exchange
        if exchange.call.call_id is not None:
            self.by_call_id[exchange.call.call_id] = exchange

    def forget(self, ids: Iterable[int]) -> None:
        """Hold these no more."""
        gone = set(ids)
        held, self._exchanges = self._exchanges, deque()
        for exchange in held:
            if exchange.id in gone:
                self._forget(exchange)
            else:
                self._exchanges.append(exchange)

    def shrink(self, max_bytes: int) -> bool:
        """Hold no more than takes so much, the latest; whether any had to go."""
        held = len(self._exchanges)
        while self._exchanges and self.bytes > max_bytes:
            self._forget(self._exchanges.popleft())
        return len(self._exchanges) < held

    def forget_before(self, exchange_id: int) -> None:
        """Hold those no more that came before this id."""
        while self._exchanges and self._exchanges[0].id < exchange_id:
            self._forget(self._exchanges.popleft())

    def _forget(self, exchange: Exchange) -> None:
        self.bytes -= exchange.size_bytes
        if exchange.call.call_id is not None:
            self.by_call_id.pop(exchange.call.call_id, None)


def _id_of(exchange: Exchange) -> int:
    return exchange.id
