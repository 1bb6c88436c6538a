"""A connection to the server that has a world: what it answers goes on to a client as it comes."""

import asyncio
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Protocol, TypeVar, cast
from urllib.parse import urlsplit

from httptools import HttpParserError, HttpResponseParser
from uvicorn.protocols.http.flow_control import FlowControl

from tt_emulator.wire.original import MOVING, Original

_UNAVAILABLE = b"HTTP/1.1 503 "
_MOVING = b"\r\n%b:" % MOVING.lower().encode()


class Client(Protocol):
    """The connection of who asked."""

    transport: asyncio.Transport
    loop: asyncio.AbstractEventLoop

    @property
    def flow(self) -> FlowControl:
        """Whether it reads what is sent to it."""


class Upstream(asyncio.Protocol):
    """The connection to `url`, for one client. It passes on each byte of a response, in the pieces
    in which they come and not faster than the client reads.

    `answered` hears of the end of a response, and whether more requests may follow; `ended` of the
    connection's end, and whether it was reset. `moved` hears instead that the server has the world
    no longer; of that nothing is passed on. `begun` is whether something was passed on of the
    response to the latest request.
    """

    begun = False
    _held = b""
    transport: asyncio.Transport

    def __init__(
        self,
        url: str,
        client: Client,
        answered: Callable[[bool], None],
        ended: Callable[[bool], None],
        moved: Callable[[], None],
    ) -> None:
        self.url = url
        self.used_s = 0.0
        self._client = client
        self._answered = answered
        self._ended: Callable[[bool], None] | None = ended
        self._moved = moved
        self._end: _End | None = None
        self._draining: asyncio.Task[None] | None = None

    def ask(self, request: Original, by: str, *, last: bool = False) -> None:
        """Pass the request on, in the name of the server `by`; after the `last` one the connection
        ends, and so does the client's.
        """
        self.begun, self._held = False, b""
        self._end = _EndOfHead() if request.wants_head_alone else _EndOfBody()
        self.transport.writelines([request.onward(by, last=last), request.body])

    def leave(self) -> None:
        """End the connection; nobody hears of that."""
        self._ended = None
        if self._draining is not None:
            self._draining.cancel()
        self.transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is there."""
        self.transport = cast("asyncio.Transport", transport)  # uvloop's is none by its class

    def data_received(self, data: bytes) -> None:
        """Pass it on."""
        end = self._end
        if end is None:  # nobody has asked
            self.transport.abort()
            return
        if not self.begun:
            data = self._held + data
            if _is_half_a_refusal(data):
                self._held = data
                return
            if _has_moved(data):
                self._moved()
                return
            self.begun = True
        client = self._client
        if not client.transport.is_closing():
            client.transport.write(data)
        if client.flow.write_paused and self._draining is None:
            self.transport.pause_reading()
            self._draining = client.loop.create_task(self._go_on())
        if end.has_come(data):
            self._end = None
            self.used_s = client.loop.time()
            self._answered(end.keep_alive)

    def connection_lost(self, exc: Exception | None) -> None:
        """It has ended."""
        if self._draining is not None:
            self._draining.cancel()
        if self._ended is not None:
            self._ended(exc is not None)

    async def _go_on(self) -> None:
        await self._client.flow.drain()
        self._draining = None
        if not self.transport.is_closing():
            self.transport.resume_reading()


def _is_half_a_refusal(data: bytes) -> bool:
    opening = data[: len(_UNAVAILABLE)]
    return _UNAVAILABLE.startswith(opening) and b"\r\n\r\n" not in data


def _has_moved(data: bytes) -> bool:
    return data.startswith(_UNAVAILABLE) and _MOVING in data.partition(b"\r\n\r\n")[0].lower()


class _End(Protocol):
    """Tells where a response ends."""

    keep_alive: bool

    def has_come(self, data: bytes) -> bool: ...


class _EndOfBody:
    keep_alive = False
    _over = False

    def __init__(self) -> None:
        self._parser: HttpResponseParser | None = HttpResponseParser(self)

    def has_come(self, data: bytes) -> bool:
        if self._parser is not None:
            try:
                self._parser.feed_data(data)
            except HttpParserError:
                self._parser = None  # then it ends where the connection does
        return self._over

    def on_message_complete(self) -> None:
        assert self._parser is not None
        self._over = self._parser.get_status_code() >= 200
        self.keep_alive = self._parser.should_keep_alive()


class _EndOfHead:
    keep_alive = True
    _head = b""

    def has_come(self, data: bytes) -> bool:
        self._head += data
        self.keep_alive = b"\r\nconnection: close\r\n" not in self._head.lower()
        return b"\r\n\r\n" in self._head


AProtocol = TypeVar("AProtocol", bound=asyncio.BaseProtocol)


async def connect(
    url: str, loop: asyncio.AbstractEventLoop, make: Callable[[], AProtocol]
) -> AProtocol:
    """Connect to the server at `url`, for the protocol that `make` makes. Raises `OSError`."""
    host, port = _address(url)
    _, protocol = await loop.create_connection(make, host, port)
    return protocol


@lru_cache(maxsize=1000)
def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or 80


async def answers(url: str, loop: asyncio.AbstractEventLoop, timeout_s: float) -> bool:
    """Whether the server at `url` answers anything at all in that time."""
    try:
        async with asyncio.timeout(timeout_s):
            asked = await connect(url, loop, partial(_Ping, loop.create_future()))
            return await asked.answered
    except OSError:
        return False


class _Ping(asyncio.Protocol):
    """The kernel still takes connections for a process that is about to end: so it is asked."""

    def __init__(self, answered: "asyncio.Future[bool]") -> None:
        self.answered = answered

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n")

    def data_received(self, data: bytes) -> None:
        self._tell(answered=True)
        self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._tell(answered=False)

    def _tell(self, *, answered: bool) -> None:
        if not self.answered.done():
            self.answered.set_result(answered)
