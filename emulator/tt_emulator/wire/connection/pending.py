"""Requests that are not over: one that still arrives, one that waits for its turn or its time."""

from collections.abc import Callable
from typing import Any

from tt_emulator.wire.access import Access
from tt_emulator.wire.bodies import UnderWay, too_long
from tt_emulator.wire.connection.request_head import RequestHead
from tt_emulator.wire.connection.response_bytes import ResponseOptions


class Reading:
    """A request whose head was read, and whose body is arriving; `access` is as whom it comes.

    `most` is how long the body may be; of a request that was `refused`, how much may still come
    before the connection ends.
    """

    refused = False
    answered = False
    over = False
    _under_way: UnderWay | None = None
    _held = 0

    def __init__(
        self, head: RequestHead, access: Access, response_options: ResponseOptions, most: int
    ) -> None:
        self.head = head
        self.access = access
        self.response_options = response_options
        self.most = most
        self.length = 0
        self._chunks: list[bytes] = []

    def take(self, chunk: bytes) -> None:
        """A part of the body. Raises `TooLarge`."""
        self.length += len(chunk)
        if self.refused:
            return
        if self.length > self.most:
            raise too_long(self.most)
        self._chunks.append(chunk)

    def hold(self, under_way: UnderWay) -> None:
        """Count what has come among all that is under way. Raises `Overloaded`."""
        self._under_way = under_way
        self._held = under_way.hold(self._held, self.length)

    def body(self) -> bytes:
        """The whole body; it is not kept here any longer, but still counts."""
        chunks, self._chunks = self._chunks, []
        return b"".join(chunks)

    def refuse(self, most: int) -> None:
        """Keep nothing of the body; so much of it may come and go unread."""
        self.refused = True
        self.most = most
        self.release()

    def release(self) -> None:
        """Nobody needs the body any more; to say so twice does no harm."""
        self._chunks = []
        if self._held and self._under_way is not None:
            self._under_way.release(self._held)
            self._held = 0


class Waiting:
    """Stands in for uvicorn's cycle while a reply waits, so that pipelined requests queue up.

    `begun` is whether a part of the reply has left, `kept` whether the call is written down though
    its reply is not.
    """

    begun = False
    kept = False
    response_complete = False
    disconnected = False
    _when_gone: Callable[[], object] | None = None

    def __init__(self, *, keep_alive: bool) -> None:
        self.keep_alive = keep_alive

    @property
    def message_event(self) -> "Waiting":
        """What uvicorn wakes."""
        return self

    def when_gone(self, act: Callable[[], object]) -> None:
        """Act as soon as the client has gone."""
        self._when_gone = act
        self.set()

    def set(self) -> None:
        """Uvicorn wakes a cycle this way when the client has gone; a reply waits on regardless."""
        if self.disconnected and self._when_gone is not None:
            self._when_gone()


class Turn(Waiting):
    """As `Waiting`, for a request that came before the answers to earlier ones had left."""

    def __init__(self, act: Callable[["Turn"], None], *, keep_alive: bool) -> None:
        super().__init__(keep_alive=keep_alive)
        self._act = act

    async def run_asgi(self, app: Any) -> None:
        """Uvicorn calls this when its turn has come."""
        self._act(self)
