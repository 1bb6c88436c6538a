"""Fairness: a connection answers so many requests in a turn of the loop, and none that it cannot
send. A client that sends a thousand at once, or never reads, holds up nobody but itself.
"""

import asyncio
from collections.abc import Callable

from uvicorn.protocols.http.flow_control import FlowControl

from tt_emulator.wire.connection.keep_alive import KeepAliveProtocol

PIECE_BYTES = 2048
ANSWERS_A_TURN = 32


class BacklogFlow(FlowControl):
    """Reading that is resumed goes on with what has come, before the transport is read again."""

    def __init__(self, transport: asyncio.Transport, go_on: Callable[[], None]) -> None:
        super().__init__(transport)
        self._go_on = go_on
        self._held = False
        self._reads = True

    def pause_reading(self) -> None:
        """As uvicorn's."""
        self.read_paused = True
        self._read(wanted=False)

    def resume_reading(self) -> None:
        """As uvicorn's; while it is held, the backlog goes on."""
        if self.read_paused:
            self.read_paused = False
            if self._held:
                self._go_on()
            self._read(wanted=not self._held)

    def hold(self, *, held: bool) -> None:
        """Whether there is a backlog: then the transport is not read."""
        self._held = held
        self._read(wanted=not held and not self.read_paused)

    def _read(self, *, wanted: bool) -> None:
        if wanted != self._reads and not self._transport.is_closing():
            self._reads = wanted
            (self._transport.resume_reading if wanted else self._transport.pause_reading)()


class FairProtocol(KeepAliveProtocol):
    """A connection that gives way. A subclass hands over what comes to `_enqueue` while `_queued`,
    and in pieces of more than `PIECE_BYTES`; it gets it back as `_parse` in smaller ones.
    """

    flow: BacklogFlow

    _queued = False
    """Whether something waits for a turn, or an answer for its reader."""
    _refused = False
    """Whether nothing more is read."""
    _backlog = b""
    _taken = 0
    _turn_due = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """As uvicorn's, with a flow that knows of the backlog."""
        super().connection_made(transport)
        self.flow = BacklogFlow(transport, self._go_on)

    def pause_writing(self) -> None:
        """As uvicorn's; requests that come now wait."""
        super().pause_writing()
        self._queued = True

    def resume_writing(self) -> None:
        """As uvicorn's."""
        super().resume_writing()
        self._go_on()

    def _parse(self, data: bytes) -> None:
        raise NotImplementedError

    def _enqueue(self, data: bytes) -> None:
        self._backlog = self._backlog[self._taken :] + data
        self._taken = 0
        if not self._turn_due:
            self._take_turn()

    def _go_on(self) -> None:
        if not self._turn_due:
            self._turn_due = True
            self.loop.call_soon(self._take_turn)

    def _take_turn(self) -> None:
        self._turn_due = False
        until = self.server_state.total_requests + ANSWERS_A_TURN
        while self._taken < len(self._backlog) and self._may_parse():
            if self.server_state.total_requests >= until:
                self._go_on()
                break
            piece = self._backlog[self._taken : self._taken + PIECE_BYTES]
            self._taken += PIECE_BYTES
            self._parse(piece)
        if self._taken >= len(self._backlog) or self._is_over():
            self._backlog, self._taken = b"", 0
        elif self.pipeline:
            self.flow.pause_reading()  # so that it goes on with the next answer
        self._queued = bool(self._backlog) or self.flow.write_paused
        self.flow.hold(held=bool(self._backlog))

    def _may_parse(self) -> bool:
        waits = self.pipeline or self.flow.write_paused or self.flow.read_paused
        return not (waits or self._is_over())

    def _is_over(self) -> bool:
        return self._refused or self.transport.is_closing() or self.parser is None
