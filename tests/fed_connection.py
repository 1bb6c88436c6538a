"""A connection that a test feeds by hand: on a real socket nobody decides where a piece ends."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from uvicorn.server import ServerState

from harness import Bench
from tt_emulator.config import Settings
from tt_emulator.wire.guard import Guard
from tt_emulator.wire.hot.protocol import game_protocol


class Transport(asyncio.Transport):
    """Keeps what was written, until it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self._written: list[bytes] = []
        self.closed = False
        self.reads = True

    @property
    def written(self) -> bytes:
        return b"".join(self._written)

    def write(self, data: Any) -> None:
        if not self.closed:
            self._written.append(bytes(data))

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None:
        self.reads = False

    def resume_reading(self) -> None:
        self.reads = True


async def no_app(scope: Any, receive: Any, send: Any) -> None:
    """Stands where Flask does; the streams below do not get there."""


@contextmanager
def connected(
    app: Callable[[Bench], Any] = lambda _: no_app, loop: Any = None, **hooks: Any
) -> Iterator[tuple[Any, Transport, Bench]]:
    """A connection, where it writes to, and the engine behind it.

    `app` makes what stands behind the connection, `hooks` are methods in the place of its own.
    """
    bench = Bench()
    own = None if loop else asyncio.new_event_loop()
    loop = loop or own
    config = uvicorn.Config(app(bench), ws="none", timeout_keep_alive=75)
    made = game_protocol(bench.engine, Guard(Settings(), None))
    connection = type("Connection", (made,), hooks)(config, ServerState(), {}, loop)
    transport = Transport()
    connection.connection_made(transport)
    try:
        yield connection, transport, bench
    finally:
        if own is not None:
            own.close()


def fed(pieces: list[bytes]) -> tuple[Transport, Bench]:
    """What was written after these pieces, and the engine behind the connection."""
    with connected() as (connection, transport, bench):
        for piece in pieces:
            if not transport.closed:
                connection.data_received(piece)
    return transport, bench


def responses_to(pieces: list[bytes]) -> tuple[list[tuple[int, Any]], bool, Bench]:
    """The answers to the pieces, whether the connection was closed, and the engine behind it."""
    transport, bench = fed(pieces)
    parts = re.split(rb"HTTP/1\.1 (\d+) [^\r]*\r\n", transport.written)[1:]
    answers = [
        (int(status), json.loads(rest.partition(b"\r\n\r\n")[2]))
        for status, rest in zip(parts[::2], parts[1::2], strict=True)
    ]
    return answers, transport.closed, bench
