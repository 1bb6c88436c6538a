"""The event loop's side of event streams: each waits on a future, none on a thread.

However many listen and whatever happens, the changes of a feed wake the loop once. It then gives
the streams their turns, for a moment at a time so that calls come in between, and rests: with many
listeners, to tell them takes longer than to answer the call of which they are told.
"""

import asyncio
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from msgspec import Struct

from tt_emulator.journal import Event, Feed

HEARTBEAT_S = 15
HEARTBEAT = b": still here\n\n"
EVENTS_AT_ONCE = 100
MOMENT_S = 0.0005
TURNS_IN_A_MOMENT = 16
REST = 4
"""It rests so many times as long as the turns took: calls have the most of the time."""
MAX_REST_S = 0.25
MAX_RENDERED = 4

Render = Callable[[Sequence[Event]], tuple[bytes, int]]
"""Makes a piece of events that came together, of the first ones at least: the piece, which is
empty if there is nothing to tell, and the id of the last event that it is about.
"""


class Listener(Struct, eq=False):
    """A stream: it has sent the events up to `seen_id`. Those that are `alike` render the same,
    where it is not `None`.
    """

    seen_id: int
    render: Render
    alike: Hashable = None


class Broadcast:
    """The streams of one feed on the running loop; `streams` is how many there are."""

    def __init__(self, feed: Feed) -> None:
        self.streams = 0
        self._feed = feed
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._woken = False
        self._waiting: dict[Listener, asyncio.Future[bytes]] = {}
        self._rendered: dict[tuple[Hashable, int], tuple[bytes, int]] = {}
        self._undo = ExitStack()
        self._undo.enter_context(feed.listening(self._wake))
        self._undo.callback(self._loop.create_task(self._run()).cancel)

    def close(self) -> None:
        """Nobody listens any more."""
        self._undo.close()

    async def piece(self, listener: Listener) -> bytes:
        """The next piece of the stream, when its turn comes; empty at the end of the feed."""
        if self._feed.last_id != listener.seen_id or self._feed.closed:
            self._news.set()
        turn: asyncio.Future[bytes] = self._loop.create_future()
        self._waiting[listener] = turn
        try:
            return await turn
        finally:
            self._waiting.pop(listener, None)

    def _wake(self) -> None:
        """Something changed. In any thread."""
        if not self._woken:
            self._woken = True
            self._loop.call_soon_threadsafe(self._news.set)

    async def _run(self) -> None:
        """Give turns at each change, and every `HEARTBEAT_S`, until it is cancelled."""
        beats_at_s = self._loop.time() + HEARTBEAT_S
        while True:
            timer = self._loop.call_at(beats_at_s, self._news.set)
            await self._news.wait()
            timer.cancel()
            self._news.clear()
            self._woken = False
            begun_s = self._loop.time()
            if beats := begun_s >= beats_at_s:
                beats_at_s = begun_s + HEARTBEAT_S
            await self._give_turns(HEARTBEAT if beats else b"")
            await asyncio.sleep(min(REST * (self._loop.time() - begun_s), MAX_REST_S))

    async def _give_turns(self, otherwise: bytes) -> None:
        """A turn for each that has events or a heartbeat to send."""
        begun_s, turns = self._loop.time(), 0
        for listener, turn in list(self._waiting.items()):
            if turn.done():
                continue
            try:
                piece = self._next(listener) or otherwise
                if piece or self._feed.closed:
                    turn.set_result(piece)
            except Exception as error:
                turn.set_exception(error)
            turns += 1
            if turns >= TURNS_IN_A_MOMENT or self._loop.time() - begun_s > MOMENT_S:
                await asyncio.sleep(0)  # the turns are taken before this goes on
                begun_s, turns = self._loop.time(), 0
        self._rendered.clear()

    def _next(self, listener: Listener) -> bytes:
        """The next piece, made once for streams that are alike."""
        key = listener.alike, listener.seen_id
        made = self._rendered.get(key)
        if made is None:
            events = self._feed.after(listener.seen_id, EVENTS_AT_ONCE)
            made = listener.render(events) if events else (b"", listener.seen_id)
            if listener.alike is not None:
                if len(self._rendered) >= MAX_RENDERED:
                    self._rendered.clear()
                self._rendered[key] = made
        piece, listener.seen_id = made
        return piece


class Broadcasts:
    """The broadcasts of one loop: one for each feed that somebody listens to."""

    def __init__(self) -> None:
        self._open: dict[Feed, Broadcast] = {}

    @contextmanager
    def joined(self, feed: Feed) -> Iterator[Broadcast]:
        """The feed's, for one more stream; it ends with the last."""
        broadcast = self._open.get(feed)
        if broadcast is None:
            broadcast = self._open[feed] = Broadcast(feed)
        broadcast.streams += 1
        try:
            yield broadcast
        finally:
            broadcast.streams -= 1
            if not broadcast.streams:
                del self._open[feed]
                broadcast.close()
