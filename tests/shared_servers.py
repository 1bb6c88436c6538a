"""The server that most tests ask: one by itself, or one of two that share their worlds."""

import asyncio
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from itertools import cycle
from uuid import uuid4

from process import Emulator, emulator
from redis_server import redis_server

NewWorld = Callable[[], str]

KINDS = ("one", "owner", "other", "turns")
"""One server alone; of two the one that has all worlds, or that has none, or each in turn."""


@contextmanager
def serving(kind: str) -> Iterator[tuple[Emulator, NewWorld]]:
    """The server to ask, and what gives the name of a world that nobody has used."""
    if kind == "one":
        with emulator("--ephemeral", stderr=None) as running:
            yield running, _new_name
        return
    with ExitStack() as stack:
        redis = stack.enter_context(redis_server())
        redis.ask("SET", "tt:1:marker", "1")  # nobody waits for what nobody has
        flags = ("--shared", redis.url)
        owner = stack.enter_context(emulator(*flags, stderr=None))
        other = stack.enter_context(emulator(*flags, stderr=None))
        if kind == "turns":
            port = stack.enter_context(_balanced([owner.port, other.port]))
            url = f"http://127.0.0.1:{port}"
            yield Emulator(other.child, other.facts | {"url": url, "port": port}), _new_name
        else:
            yield (owner, _new_name) if kind == "owner" else (other, lambda: _made_at(owner.port))


def _new_name() -> str:
    return f"w-{uuid4().hex}"


def _made_at(port: int) -> str:
    """A world that this server has."""
    name = _new_name()
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/tt/state", headers={"X-Emulator-World": name})
    assert connection.getresponse().status == 200
    connection.close()
    return name


@contextmanager
def _balanced(ports: list[int]) -> Iterator[int]:
    """A port whose connections go to these in turn, as by a balancer that knows of no HTTP."""
    loop = asyncio.new_event_loop()
    turns = cycle(ports)

    under_way: set[object] = set()  # or the loop forgets them

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        under_way.add(task := asyncio.current_task())
        there, back = await asyncio.open_connection("127.0.0.1", next(turns))
        try:
            await asyncio.gather(_copied(reader, back), _copied(there, writer))
        finally:
            for end in (writer, back):
                end.close()
                with suppress(OSError):
                    await end.wait_closed()
            under_way.discard(task)

    server = loop.run_until_complete(asyncio.start_server(connected, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(server.wait_closed())
        loop.close()


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Copy until the end, and end in the same way."""
    try:
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        raw = writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
    else:
        with suppress(OSError):
            writer.write_eof()
