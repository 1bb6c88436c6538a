"""A balancer in front of servers that gives each request to the next one, and changes no byte.

A connection stays with its server for as long as it cannot be told that a request is over.
"""

import asyncio
import socket
import struct
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from itertools import cycle
from typing import Any

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser, HttpResponseParser

CONTINUE = 100
Heard = Callable[[bytes], None]


@contextmanager
def balanced(ports: Sequence[int]) -> Iterator[int]:
    """A port whose requests go to these in turn, whoever sends them."""
    opened: Future[tuple[int, Callable[[], object]]] = Future()
    # all of it in the thread: in that of the tests Playwright may have its own loop running
    thread = threading.Thread(target=asyncio.run, args=(_serve(ports, opened),), daemon=True)
    thread.start()
    port, end = opened.result()
    try:
        yield port
    finally:
        end()
        thread.join()


async def _serve(ports: Sequence[int], opened: "Future[tuple[int, Callable[[], object]]]") -> None:
    turns = cycle(ports)
    under_way: set[asyncio.Task[None] | None] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        under_way.add(task := asyncio.current_task())  # or the loop forgets it
        try:
            await _Passage(reader, writer, turns).go_on()
        finally:
            under_way.discard(task)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    port = server.sockets[0].getsockname()[1]
    opened.set_result((port, lambda: loop.call_soon_threadsafe(over.set)))
    await over.wait()
    server.close()


class _Passage:
    """One client's connection, and that to the server whose turn it is."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, turns: Iterator[int]
    ) -> None:
        self._reader, self._writer, self._turns = reader, writer, turns
        self._talk = _Talk()
        self._answers: asyncio.Task[None] | None = None

    async def go_on(self) -> None:
        """Until both ends have ended."""
        try:
            await self._turn()
            await _ending(self._ask(), lambda: self._back)
            if self._answers is not None:
                await self._answers
        finally:
            self._back.close()
            await _closed(self._writer)

    async def _ask(self) -> None:
        while data := await self._reader.read(1 << 16):
            if self._talk.is_over:
                await self._turn()
            self._talk.asked.take(data)
            self._back.write(data)
            await self._back.drain()

    async def _answer(self, there: asyncio.StreamReader, answered: Heard) -> None:
        while data := await there.read(1 << 16):
            answered(data)
            self._writer.write(data)
            await self._writer.drain()

    async def _turn(self) -> None:
        if self._answers is not None:
            self._answers.cancel()
            await _closed(self._back)
        self._talk = _Talk()
        there, self._back = await asyncio.open_connection("127.0.0.1", next(self._turns))
        answers = _ending(self._answer(there, self._talk.answered.take), lambda: self._writer)
        self._answers = asyncio.create_task(answers)


async def _ending(
    copying: Coroutine[Any, Any, None], end: Callable[[], asyncio.StreamWriter]
) -> None:
    """Copy to the end, and end there in the same way."""
    try:
        await copying
    except ConnectionError:
        raw = end().get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end().transport.abort()
    else:
        with suppress(OSError):
            end().write_eof()


async def _closed(end: asyncio.StreamWriter) -> None:
    end.close()
    with suppress(OSError):
        await end.wait_closed()


class _Talk:
    """What was said on a connection to a server."""

    def __init__(self) -> None:
        self.asked = _Messages(HttpRequestParser)
        self.answered = _Messages(HttpResponseParser)

    @property
    def is_over(self) -> bool:
        """All that was asked is answered, to the end, and the connection goes on. Of a HEAD that is
        never known.
        """
        both = (self.asked, self.answered)
        counts = {count for each in both for count in (each.begun, each.whole)}
        return counts != {0} and len(counts) == 1 and all(each.more_follows for each in both)


class _Messages:
    """The requests, or the responses, of a connection."""

    def __init__(self, kind: Callable[["_Messages"], Any]) -> None:
        self.begun = self.whole = 0
        self.more_follows = True
        self._parser = kind(self)
        self._is_odd = False

    def take(self, data: bytes) -> None:
        """More of them has come; what was not understood once is not understood again."""
        try:
            if not self._is_odd:
                self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade):
            self._is_odd, self.more_follows = True, False

    def on_message_begin(self) -> None:
        self.begun += 1

    def on_message_complete(self) -> None:
        self.more_follows = self._parser.should_keep_alive()
        if getattr(self._parser, "get_status_code", lambda: None)() == CONTINUE:
            self.begun -= 1  # the true answer comes after it
        else:
            self.whole += 1
