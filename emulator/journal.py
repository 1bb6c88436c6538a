"""The bounded list of a world's exchanges: call, decision, reply, timings."""

from collections import deque
from threading import Lock
from typing import Any

import msgspec
from msgspec import Struct

from emulator.domain.clock import Clock, iso
from emulator.domain.model import Call, Reply
from emulator.errors import BadRequest

MAX_EXCHANGES = 1000


class Exchange(Struct):
    """One call and what became of it; `answered_ns` is `None` while it is under way.

    `decision` is the fault desk's, kept for a repeated call; `fault` and `reason` are what of it
    people read.
    """

    id: int
    call: Call
    received_ms: int
    received_ns: int
    answered_ns: int | None = None
    decision: Any = None
    reply: Reply | None = None
    fault: str | None = None
    reason: str = ""

    def view(self) -> dict[str, Any]:
        """The exchange as the control API shows it."""
        duration_ms = (
            None if self.answered_ns is None else (self.answered_ns - self.received_ns) / 1e6
        )
        return {
            "id": self.id,
            "call_id": self.call.call_id,
            "api": self.call.api.name,
            "player": self.call.player,
            "domain": self.call.domain,
            "options": msgspec.Raw(self.call.sent),
            "fault": self.fault,
            "reason": self.reason,
            "reply": self.reply.body if self.reply and duration_ms is not None else None,
            "received_at": iso(self.received_ms),
            "answered_at": None if duration_ms is None else iso(self.received_ms + duration_ms),
            "duration_ms": duration_ms,
        }


class Journal:
    """The exchanges of one world, oldest first. Safe under threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._exchanges: deque[Exchange] = deque()
        self._by_call_id: dict[str, Exchange] = {}
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
            if call.call_id is not None:
                self._by_call_id[call.call_id] = exchange
            if len(self._exchanges) > MAX_EXCHANGES:
                self._forget(self._exchanges.popleft())
            return exchange

    def close(self, exchange: Exchange) -> None:
        """The second stroke; of a call that came again the first answer's time stands."""
        if exchange.answered_ns is None:
            exchange.answered_ns = self._clock.tick_ns()

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
        found = [
            exchange
            for exchange in held
            if exchange.id > after
            and (api is None or exchange.call.api.name == api)
            and (player is None or exchange.call.player == player)
        ]
        return found[:limit]

    def clear(self) -> None:
        """Forget all exchanges; ids go on counting."""
        with self._lock:
            self._exchanges.clear()
            self._by_call_id.clear()

    def _forget(self, exchange: Exchange) -> None:
        if exchange.call.call_id is not None:
            self._by_call_id.pop(exchange.call.call_id, None)


def _same(known: Exchange, call: Call) -> Exchange:
    if (known.call.api.name, known.call.player) != (call.api.name, call.player):
        raise BadRequest(
            f"The call id {call.call_id!r} belongs to another call of this world.",
            "Send a new X-Emulator-Call with each call, and the same one only to repeat a call.",
        )
    return known
