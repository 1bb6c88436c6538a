"""Event streams on a loop cost a socket each, and what happens is made into bytes once for all."""

import asyncio
import threading
import tracemalloc
from collections.abc import Awaitable, Callable, Iterator
from itertools import chain
from typing import Any

import pytest

from harness import Bench
from tt_emulator.journal import Feed
from tt_emulator.journal.feed import MAX_EVENTS
from tt_emulator.wire import broadcast
from tt_emulator.wire.broadcast import Broadcasts, Listener
from tt_emulator.wire.event_stream import PIECE_BYTES, EventStream
from wire.asgi import AsgiRequest, bridge_to

EVENTS, STATES = "/__emulator/v1/events", "/tt/events"


class Streams:
    """Streams of one feed, whose events are rendered as their ids; how often is counted."""

    def __init__(self, size: int = 0) -> None:
        self.feed = Feed()
        self.broadcasts = Broadcasts()
        self.renders: list[list[int]] = []
        self._size = size

    def render(self, events: Any) -> tuple[bytes, int]:
        ids = [event.id for event in events]
        self.renders.append(ids)
        return b"".join(b"%d" % number + b"x" * self._size + b"\n" for number in ids), ids[-1]

    def open(self, write: Callable[[bytes], Awaitable[None]], alike: Any = "en") -> Any:
        stream = EventStream(self.feed, Listener(self.feed.last_id, self.render, alike))
        return asyncio.ensure_future(stream.run(write, self.broadcasts))

    def publish(self, number: int = 1) -> None:
        for _ in range(number):
            self.feed.publish("state")


class Reader:
    """Reads what is written to it, or stops to."""

    def __init__(self) -> None:
        self.received = b""
        self.writes = 0
        self.reads = asyncio.Event()
        self.reads.set()

    async def __call__(self, piece: bytes) -> None:
        self.writes += 1
        self.received += piece
        await self.reads.wait()

    async def until(self, text: bytes) -> None:
        while text not in self.received:
            await asyncio.sleep(0)


def run(act: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(act(), 60))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def without_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcast, "MAX_REST_S", 0)


def test_what_happens_is_rendered_once_however_many_listen():
    async def listen() -> None:
        streams, readers = Streams(), [Reader() for _ in range(500)]
        for reader in readers:
            streams.open(reader)
        for reader in readers:
            await reader.until(b"listening")

        streams.publish(3)
        for reader in readers:
            await reader.until(b"1\n2\n3\n")

        assert streams.renders == [[1, 2, 3]]

    run(listen)


def test_those_who_are_not_alike_are_rendered_for_each():
    async def listen() -> None:
        streams, readers = Streams(), [Reader() for _ in range(3)]
        for reader, alike in zip(readers, ["en", "zh", None], strict=True):
            streams.open(reader, alike)
        streams.publish()
        for reader in readers:
            await reader.until(b"1\n")

        assert streams.renders == [[1]] * 3

    run(listen)


def test_many_changes_wake_the_loop_once(monkeypatch):
    async def listen() -> None:
        streams, readers = Streams(), [Reader() for _ in range(100)]
        for reader in readers:
            streams.open(reader)
        for reader in readers:
            await reader.until(b"listening")
        loop = asyncio.get_running_loop()
        woken: list[Any] = []
        wake = loop.call_soon_threadsafe
        monkeypatch.setattr(
            loop, "call_soon_threadsafe", lambda *args: woken.append(wake(*args)), raising=False
        )

        streams.publish(1000)
        await readers[-1].until(b"\n1000\n")

        assert len(woken) == 1

    run(listen)


def test_a_stream_in_whose_world_nothing_happens_does_nothing(monkeypatch):
    async def listen() -> None:
        quiet, busy, reader, other = Streams(), Streams(), Reader(), Reader()
        quiet.open(reader)
        busy.open(other)
        for _ in range(50):
            busy.publish()
            await other.until(b"%d\n" % busy.feed.last_id)

        assert (quiet.renders, reader.writes) == ([], 1)

    run(listen)


def test_a_quiet_stream_gives_signs_of_life(monkeypatch):
    monkeypatch.setattr(broadcast, "HEARTBEAT_S", 0.01)

    async def listen() -> None:
        streams, reader = Streams(), Reader()
        streams.open(reader)
        await reader.until(b": still here\n\n: still here\n\n")

    run(listen)


def test_for_a_reader_who_does_not_read_nothing_piles_up_and_the_others_hear_all():
    async def listen() -> None:
        streams, slow, quick = Streams(size=100), Reader(), Reader()
        streams.open(slow)
        streams.open(quick)
        await slow.until(b"listening")
        slow.reads.clear()
        for _ in range(40):
            streams.publish(50)
            await quick.until(b"\n%dx" % streams.feed.last_id)

        written = slow.received.count(b"x\n")
        assert (slow.writes, written) == (2, 50)

        slow.reads.set()
        await slow.until(b"\n2000x")
        ids = [int(line.rstrip(b"x")) for line in slow.received.split(b"\n")[2:-1]]
        assert ids == [*range(1, 51), *range(2001 - MAX_EVENTS, 2001)]

    run(listen)


def test_a_large_event_is_written_in_parts():
    async def listen() -> None:
        streams, reader = Streams(size=10 * PIECE_BYTES), Reader()
        streams.open(reader)
        await reader.until(b"listening")
        reader.reads.clear()
        streams.publish()
        await reader.until(b"1xxx")

        assert len(reader.received) < 2 * PIECE_BYTES
        reader.reads.set()
        await reader.until(b"x\n")

    run(listen)


def test_the_history_comes_in_pieces_and_whole():
    async def listen() -> None:
        streams, reader = Streams(), Reader()
        stream = EventStream(streams.feed, Listener(0, streams.render, "en"))
        streams.publish(MAX_EVENTS)
        running = asyncio.ensure_future(stream.run(reader, streams.broadcasts))
        await reader.until(b"\n1000\n")

        assert list(chain(*streams.renders)) == list(range(1, MAX_EVENTS + 1))
        assert len(streams.renders) > 5
        running.cancel()

    run(listen)


def test_when_all_have_left_nothing_is_left_running():
    async def listen() -> None:
        before = asyncio.all_tasks()
        streams, readers = Streams(), [Reader() for _ in range(3)]
        running = [streams.open(reader) for reader in readers]
        for reader in readers:
            await reader.until(b"listening")
        for task in running:
            task.cancel()
        await asyncio.wait(running)
        await asyncio.sleep(0)

        assert asyncio.all_tasks() == before
        streams.publish()
        await asyncio.sleep(0)
        assert streams.renders == []

    run(listen)


def test_a_stream_that_cannot_be_rendered_ends_and_the_others_go_on():
    async def listen() -> None:
        streams, reader = Streams(), Reader()

        def broken(events: Any) -> tuple[bytes, int]:
            raise LookupError("a bug")

        ends = EventStream(streams.feed, Listener(0, broken, None))
        ending = asyncio.ensure_future(ends.run(Reader(), streams.broadcasts))
        streams.open(reader)
        await reader.until(b"listening")
        streams.publish()

        with pytest.raises(LookupError):
            await ending
        await reader.until(b"1\n")

    run(listen)


def test_all_streams_of_the_server_run_without_a_thread_of_their_own():
    async def listen() -> None:
        bench = Bench()
        bridge = bridge_to(bench)
        first = AsgiRequest(bridge, "GET", EVENTS)
        await first.until(b"listening")
        before = threading.active_count()
        requests = [AsgiRequest(bridge, "GET", path) for path in [EVENTS, STATES] * 20]
        for one in requests:
            await one.until(b"listening")
        bench.world.players.put("player-1", {"network": "offline"})
        for one in requests:
            await one.until(b"event: state")

        assert threading.active_count() <= before + 16
        for one in [first, *requests]:
            await one.leave()

    run(listen)


def test_streams_end_with_their_world():
    async def listen() -> None:
        bench = Bench()
        bridge = bridge_to(bench)
        requests = [AsgiRequest(bridge, "GET", path) for path in (EVENTS, STATES)]
        for one in requests:
            await one.until(b"listening")

        bench.engine.worlds.drop("default")

        for one in requests:
            await one.task

    run(listen)


@pytest.mark.parametrize("path", [EVENTS, "/__emulator/v1/requests/wait"])
def test_what_waits_does_not_keep_the_body_of_its_request(path):
    async def wait() -> None:
        bench = Bench()
        bridge = bridge_to(bench)
        method = "GET" if path == EVENTS else "POST"
        padding = " " * 1_000_000  # JSON all the same
        warm = AsgiRequest(bridge, "GET", EVENTS)
        await warm.until(b"listening")
        await warm.leave()
        tracemalloc.start()
        requests = [
            AsgiRequest(bridge, method, path, b'{"timeout_ms":60000}' + padding.encode())
            for _ in range(10)
        ]
        if path == EVENTS:
            for one in requests:
                await one.until(b"listening")
        while path != EVENTS and bench.world.journal.waiting() < len(requests):
            await asyncio.sleep(0.001)
        while tracemalloc.get_traced_memory()[0] > 5_000_000:  # of ten bodies of a million
            await asyncio.sleep(0.001)
        tracemalloc.stop()
        for one in requests:
            await one.leave()

    run(wait)


@pytest.fixture
def pieces() -> tuple[Feed, Iterator[bytes]]:
    """A stream that another server iterates over, in a thread."""
    streams = Streams()
    streams.publish(2)
    return streams.feed, iter(EventStream(streams.feed, Listener(0, streams.render)))


def test_another_server_iterates_over_the_same_body(pieces):
    feed, stream = pieces

    assert next(stream) == b": listening\n\n"
    assert next(stream) == b"1\n2\n"
    feed.publish("state")
    assert next(stream) == b"3\n"
    feed.close()
    assert list(stream) == []


def test_there_too_a_quiet_stream_gives_signs_of_life(pieces, monkeypatch):
    _, stream = pieces
    monkeypatch.setattr("tt_emulator.wire.event_stream.HEARTBEAT_S", 0.01)
    next(stream)
    next(stream)

    assert next(stream) == b": still here\n\n"
