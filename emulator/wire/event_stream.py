"""Server-sent events: what a feed tells, as a body that comes piece by piece."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from emulator.journal import Feed
from emulator.journal.feed import Event
from emulator.wire.tongue import in_language

if TYPE_CHECKING:
    from flask import Response

HEARTBEAT_S = 15
LOOK_S = 1.0


def event_stream(
    feed: Feed, after: int, told: Callable[[Sequence[Event]], bytes | None]
) -> "Response":
    """An answer that goes on until the feed closes or the client leaves.

    `told` makes a piece of events that came together, the first of them after the id `after`.
    """
    from flask import Response  # half of a start, and the hot route has use for a piece alone

    return Response(_pieces(feed, after, told), mimetype="text/event-stream")


def piece(event_id: int, kind: str, data: Any) -> bytes:
    """One event."""
    text = msgspec.json.encode(data)
    return f"id: {event_id}\nevent: {kind}\ndata: ".encode() + text + b"\n\n"


def each(events: Sequence[Event], language: str) -> bytes:
    """All that are not forgotten, their texts in that language."""
    return b"".join(
        piece(event.id, event.kind, in_language(view, language))
        for event in events
        if (view := event.view()) is not None
    )


def _pieces(
    feed: Feed, after: int, told: Callable[[Sequence[Event]], bytes | None]
) -> Iterator[bytes]:
    """An empty piece now and then lets the server see that nobody listens any more."""
    yield b": listening\n\n"
    quiet_s = 0.0
    while not feed.closed:
        events = feed.after(after, LOOK_S)
        if events:
            after, quiet_s = events[-1].id, 0.0
            yield told(events) or b""
            continue
        quiet_s += LOOK_S
        yield b": still here\n\n" if quiet_s % HEARTBEAT_S < LOOK_S else b""
