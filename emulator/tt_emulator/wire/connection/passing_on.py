"""Requests that another server is to answer, whoever here was asked for the answer."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from tt_emulator.errors import Elsewhere
from tt_emulator.wire.connection.ending import end
from tt_emulator.wire.connection.pipelining import PipelinedProtocol
from tt_emulator.wire.forward import Forwarding, Passage, Passed
from tt_emulator.wire.language import RawHeaders
from tt_emulator.wire.original import Original, original

LEFT_S = 1.0


class PassingProtocol(PipelinedProtocol):
    """A connection that passes requests on, where it is told of other servers by `forwarding`."""

    forwarding: Forwarding | None = None

    _passage: Passage | None = None

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn's; what waits elsewhere for this client ends."""
        super().connection_lost(exc)
        if self._passage is not None:
            self._passage.close()

    def shutdown(self) -> None:
        """As uvicorn's; for what the owner has not answered soon, the client comes again."""
        super().shutdown()
        if self._passage is not None:
            self.loop.call_later(LEFT_S, partial(end, self.transport, reset=False))

    def forward(
        self, elsewhere: Elsewhere, request: Original, then: Callable[[Passed], None]
    ) -> None:
        """Pass the request on; `then` hears what came of it. Nobody is asked for who has gone."""
        if self.transport.is_closing():
            then(Passed.ON)
            return
        if self.forwarding is None:
            then(Passed.NOT)
            return
        if self._passage is None:
            self._passage = Passage(self.forwarding, self)
        self._passage.pass_on(elsewhere, request, then)


class Onward:
    """Passes on a request that uvicorn has: `cycle` is that of the connection."""

    def __init__(
        self, connection: PassingProtocol, cycle: Any, target: bytes, headers: RawHeaders
    ) -> None:
        self._connection = connection
        self._cycle = cycle
        self._method = connection.parser.get_method()
        self._version = connection.parser.get_http_version()
        self._target = target
        self._headers = headers
        self._tries = 0

    async def __call__(self, elsewhere: Elsewhere, body: bytes) -> Passed:
        """What came of passing it on with this body; then it may be answered."""
        ended = self._connection.loop.create_future()
        sent = original(self._method, self._target, self._version, self._headers, body)
        sent.tries = self._tries
        self._connection.forward(elsewhere, sent, lambda passed: _tell(ended, passed))
        passed: Passed = await ended
        self._tries = sent.tries
        if passed is Passed.ON:
            self._complete()
        return passed

    def _complete(self) -> None:
        """As uvicorn does it at the end of a response of its own."""
        cycle = self._cycle
        cycle.response_started = cycle.response_complete = True
        cycle.message_event.set()
        if not cycle.keep_alive:
            end(self._connection.transport, reset=False)
        cycle.on_response()


def _tell(ended: "asyncio.Future[Passed]", passed: Passed) -> None:
    if not ended.done():  # the server that ends waits for nobody
        ended.set_result(passed)
