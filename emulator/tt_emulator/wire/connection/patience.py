"""How long a connection may take to send a request: a head or a body that never ends is cut."""

from typing import Any

from tt_emulator.wire.connection.fairness import FairProtocol


class PatientProtocol(FairProtocol):
    """A connection that ends where nothing comes of it: by one timer, and none a request.

    Who is silent from the beginning, or does not come to the end of a head, has `HEAD_S`. A body
    may pause for `PAUSE_S`, and take `REQUEST_S` in all. While an answer is owed, or waits for its
    reader, nothing is cut.
    """

    HEAD_S = 30.0
    PAUSE_S = 60.0
    REQUEST_S = 900.0

    _between_requests = True
    _reading_head = False
    _begun_s: float | None = None
    _received_s = 0.0
    _was_owed = False
    _timer: Any = None

    def connection_made(self, transport: Any) -> None:
        """As uvicorn's."""
        super().connection_made(transport)
        self._timer = self.loop.call_later(self.HEAD_S, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn's; the timer would hold on to the connection."""
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def _await_rest(self) -> None:
        """A part of a request has come, and not its end."""
        self._received_s = self.loop.time()
        if self._begun_s is None:
            self._begun_s = self._received_s
        if self._timer is None:
            self._timer = self.loop.call_later(self.HEAD_S, self._look)

    def _look(self) -> None:
        self._timer = None
        if self.transport.is_closing():
            return
        if self._between_requests:
            if self._is_silent():
                self.transport.close()
            return
        now_s = self.loop.time()
        was_owed, self._was_owed = self._was_owed, self._queued or not self._is_free()
        if was_owed or self._was_owed:  # meanwhile nobody may have read what came
            self._begun_s = self._received_s = now_s
        left_s = self._due_s() - now_s
        if left_s > 0:
            self._timer = self.loop.call_later(left_s, self._look)
        else:
            self._cut()

    def _due_s(self) -> float:
        begun_s = self._begun_s or 0.0
        if self._reading_head:
            return begun_s + self.HEAD_S
        return min(self._received_s + self.PAUSE_S, begun_s + self.REQUEST_S)

    def _is_silent(self) -> bool:
        """Whether nothing has come yet, on a new connection."""
        return self.timeout_keep_alive_task is None and self._is_free()

    def _is_free(self) -> bool:
        """Whether no answer is owed."""
        return self.cycle is None or self.cycle.response_complete

    def _cut(self) -> None:
        """End the connection, with the reason where one can be sent."""
        self.transport.close()
