"""Game calls that are not over: one whose body still arrives, one whose reply still waits."""

from emulator.wire.game_api import MAX_BODY_BYTES


class Reading:
    """A game call whose body is arriving; over the limit only its length is kept."""

    def __init__(self, *, keep_alive: bool) -> None:
        self.keep_alive = keep_alive
        self.chunks: list[bytes] = []
        self.length = 0

    def take(self, chunk: bytes) -> None:
        """A part of the body."""
        self.length += len(chunk)
        if self.length <= MAX_BODY_BYTES:
            self.chunks.append(chunk)
        else:
            self.chunks.clear()


class Waiting:
    """Stands in for uvicorn's cycle while a reply waits, so that pipelined requests queue up."""

    def __init__(self, *, keep_alive: bool) -> None:
        self.keep_alive = keep_alive
        self.response_complete = False
        self.disconnected = False
        self.message_event = self

    def set(self) -> None:
        """Uvicorn wakes a cycle this way when the client has gone; a reply waits on regardless."""
