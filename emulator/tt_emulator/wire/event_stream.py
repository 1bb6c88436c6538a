"""Server-sent events: the events of a feed, as a body that comes piece by piece."""

import threading
from collections.abc import Awaitable, Callable, Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from tt_emulator.domain.store import nothing
from tt_emulator.journal import Event, Feed
from tt_emulator.wire.broadcast import (
    EVENTS_AT_ONCE,
    HEARTBEAT,
    HEARTBEAT_S,
    Broadcasts,
    Listener,
    Render,
)
from tt_emulator.wire.language import in_language
from tt_emulator.world.quota import Seat

if TYPE_CHECKING:
    from flask import Response

PIECE_BYTES = 64 * 1024
"""About as much is made of events at once, and taken on for a reader who does not read."""
OPENING = b": listening\n\n"

Write = Callable[[bytes], Awaitable[None]]

_ONE_LINE = bytes.maketrans(b"\r\n", b"  ")


def event_stream(
    feed: Feed,
    after: int,
    render: Render,
    alike: Hashable | None = None,
    *,
    seat: Seat | None = None,
) -> "Response":
    """An answer that goes on until the feed closes or the client leaves; it begins with what came
    after the id `after`. Streams of one feed that are `alike` render the same. It has the `seat` of
    a listener until then.
    """
    from flask import Response  # half of a start, and the hot route has use for a piece alone

    seen_id = after if after <= feed.last_id else 0  # of an earlier life: all is new
    body = EventStream(feed, Listener(seen_id, render, alike), seat)
    return Response(body, mimetype="text/event-stream", direct_passthrough=True)


class EventStream:
    """The body of that answer. A server with an event loop awaits `run`, where a stream costs no
    thread; any other iterates over it, in a thread.
    """

    def __init__(self, feed: Feed, listener: Listener, seat: Seat | None = None) -> None:
        self._feed = feed
        self._listener = listener
        self._seat = seat or Seat(nothing)

    def __iter__(self) -> Iterator[bytes]:
        """The pieces, as they come."""
        with self._seat:
            yield OPENING
            yield from self._pieces()

    def _pieces(self) -> Iterator[bytes]:
        changed = threading.Event()
        listener = self._listener
        with self._feed.streamed(), self._feed.listening(changed.set):
            while not self._feed.closed:
                changed.clear()
                if events := self._feed.after(listener.seen_id, EVENTS_AT_ONCE):
                    piece, listener.seen_id = listener.render(events)
                    yield piece
                elif not changed.wait(HEARTBEAT_S):
                    yield HEARTBEAT

    async def run(self, write: Write, broadcasts: Broadcasts) -> None:
        """Write the pieces as they come. While `write` waits for a slow reader nothing is made for
        it, and nothing is kept but that piece; in the end it misses events.
        """
        with self._seat:
            await write(OPENING)
            await self._write_pieces(write, broadcasts)

    async def _write_pieces(self, write: Write, broadcasts: Broadcasts) -> None:
        with self._feed.streamed(), broadcasts.joined(self._feed) as broadcast:
            while not self._feed.closed:
                piece = await broadcast.piece(self._listener)
                for begin in range(0, len(piece), PIECE_BYTES):
                    await write(piece[begin : begin + PIECE_BYTES])


def piece(event_id: int, kind: str, data: Any) -> bytes:
    """One event. What a game sent may have several lines, and each would end the field."""
    text = msgspec.json.encode(data).translate(_ONE_LINE)
    return f"id: {event_id}\nevent: {kind}\ndata: ".encode() + text + b"\n\n"


def each(events: Sequence[Event], view: Callable[[Event], Any], language: str) -> tuple[bytes, int]:
    """The first events, as many as make a piece, without what is forgotten; their texts in that
    language.
    """
    views: dict[tuple[str, int], Any] = {}
    pieces: list[bytes] = []
    length = 0
    for event in events:
        about = event.kind, event.exchange
        if about not in views:
            views[about] = in_language(view(event), language)
        if views[about] is not None:
            pieces.append(piece(event.id, event.kind, views[about]))
            length += len(pieces[-1])
        if length >= PIECE_BYTES:
            break
    return b"".join(pieces), event.id
