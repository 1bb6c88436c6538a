"""Requests that come before the answers to earlier ones have left: each has its turn."""

from collections.abc import Callable
from typing import Any

from tt_emulator.wire.connection.patience import PatientProtocol
from tt_emulator.wire.connection.pending import Turn, Waiting


class PipelinedProtocol(PatientProtocol):
    """A connection that responds in the order of the requests, whoever gives the responses."""

    _unanswered: tuple[Any, ...] = ()
    """The requests that uvicorn has."""

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn's, which tells the latest request only that its client has gone."""
        for cycle in self._unanswered:
            cycle.disconnected = True
            cycle.message_event.set()
        super().connection_lost(exc)

    def _record_unanswered(self) -> None:
        """Uvicorn has got another one."""
        earlier = (cycle for cycle in self._unanswered if not cycle.response_complete)
        self._unanswered = (*earlier, self.cycle)

    def _in_turn(self, act: Callable[[Turn | None], None], *, keep_alive: bool) -> None:
        """Do it when the answers to all earlier requests have left: at once, if they have."""
        if self._is_free():
            act(None)
            return
        turn = Turn(act, keep_alive=keep_alive)
        self.flow.pause_reading()
        self.pipeline.appendleft((turn, self.app))  # type: ignore[arg-type]  # stands in for a cycle
        self.cycle = turn  # type: ignore[assignment]  # as above

    def _owed(self, turn: Waiting | None, *, keep_alive: bool = True) -> Waiting:
        """What holds the place of the request while its answer is owed: its turn, if it has one."""
        if turn is None:
            turn = self.cycle = Waiting(keep_alive=keep_alive)  # type: ignore[assignment]  # stands in for uvicorn's own
        return turn

    def _write(self, data: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(data)
