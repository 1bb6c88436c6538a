"""A cork: calls that are answered in one turn of the event loop are answered together, at its end.

A client that sleeps is woken by what is sent to it, which takes as long as to decide a call; by the
next answer, if that follows at once, it is awake.
"""

import asyncio
from collections.abc import Callable, Collection
from typing import Any

MAX_HELD = 32
"""Answers that leave before the turn is over: nobody waits for more calls than that."""

LARGE_BYTES = 2048
"""Answers that leave at once: only by them the transport tells of a client that reads none."""


class Cork:
    """Holds back answers until the turn of the loop is over, or until `pull`: a `Batch` of them.
    Nothing leaves before what is to be written first.
    """

    def __init__(self) -> None:
        self._held: list[CorkedTransport] = []
        self._unwritten: list[Callable[[], None]] = []

    def write_first(self, write: Callable[[], None]) -> None:
        """As a `Batch` does."""
        if not (self._held or self._unwritten):
            asyncio.get_running_loop().call_soon(self.pull)
        self._unwritten.append(write)

    def hold(self, transport: "CorkedTransport", loop: asyncio.AbstractEventLoop) -> None:
        """The connection has something to send."""
        held = self._held
        if not (held or self._unwritten):
            loop.call_soon(self.pull)
        held.append(transport)
        if len(held) >= MAX_HELD:
            self.pull()

    def write_unwritten(self) -> None:
        """Write what is to be written first."""
        while self._unwritten:
            self._unwritten.pop()()

    def pull(self) -> None:
        """Send all of it."""
        self.write_unwritten()
        held, self._held = self._held, []
        for transport in held:
            transport.flush()


class CorkedTransport:
    """The transport, with a cork for what is written by `write_in_turn`; all leaves in order."""

    def __init__(
        self,
        transport: asyncio.Transport,
        cork: Cork,
        connections: Collection[Any],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._transport = transport
        self._cork = cork
        self._connections = connections
        self._loop = loop
        self._held: list[bytes] = []
        self.is_closing: Callable[[], bool] = transport.is_closing

    def write_in_turn(self, data: bytes) -> None:
        """Send it at the end of the turn; at once if it is large, or nobody else is there."""
        if len(data) > LARGE_BYTES or len(self._connections) == 1:
            self.write(data)
            return
        self._held.append(data)
        if len(self._held) == 1:
            self._cork.hold(self, self._loop)

    def write(self, data: bytes) -> None:
        """Send it."""
        if self._held:
            self._held.append(data)
            self.flush()
        else:
            self._cork.write_unwritten()
            self._transport.write(data)

    def flush(self) -> None:
        """Send what is held back."""
        self._cork.write_unwritten()
        if self._held:
            held, self._held = self._held, []
            self._transport.write(held[0] if len(held) == 1 else b"".join(held))

    def close(self) -> None:
        """End the connection once all has left."""
        self.flush()
        self._transport.close()

    def abort(self) -> None:
        """End the connection; what was written before has been sent."""
        self.flush()
        self._transport.abort()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
