"""The heads of game calls: what one says, and those that came before.

A page sends the same head with each call but for the call's id, and to read a browser's takes
longer than to answer the call. One that is known byte for byte, the id apart, is not read again.
"""

import re

from msgspec import Struct

from emulator.wire.game_api import Caller
from emulator.wire.tongue import Heard

MAX_HEADS = 1000
MAX_HEAD_BYTES = 4096

_CALL = b"\r\nX-Emulator-Call: "  # as tt.js and all our clients spell it
_is_plain = re.compile(rb"[A-Za-z0-9._~-]{1,128}").fullmatch


class Manner(Struct, frozen=True):
    """How a request is to be answered; `cors` are header lines, `heard` is its headers."""

    cors: bytes
    heard: Heard
    keep_alive: bool


class Head(Struct, frozen=True):
    """What the head of a game call says, its id apart; `length` is the body's, in bytes."""

    caller: Caller
    manner: Manner
    length: int


class Request(Struct, frozen=True):
    """A whole game call as it came; `call_id` is the header's, `None` where absent."""

    head: Head
    call_id: str | None
    body: bytes


class Heads:
    """The heads that were read. When there are too many, all are forgotten."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, bytes], Head] = {}

    def find(self, data: bytes) -> Request | None:
        """The request that `data` is, if it is exactly one and its head is known."""
        before, said, call_id, after, body = _cut(data)
        head = self._known.get((before, after))
        if head is None or head.length != len(body):
            return None
        if not said:
            return Request(head, None, body)
        return Request(head, call_id.decode(), body) if _is_plain(call_id) else None

    def remember(self, data: bytes, request: Request) -> None:
        """Know the head from now on, if it came in `data` with all of the request, alone."""
        before, said, call_id, after, body = _cut(data)
        if (
            body == request.body
            and request.call_id == (call_id.decode("latin-1") if said else None)
            and b"x-emulator-call" not in (before + after).lower()
            and len(before) + len(after) <= MAX_HEAD_BYTES
        ):
            if len(self._known) >= MAX_HEADS:
                self._known.clear()
            self._known[before, after] = request.head


def _cut(data: bytes) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    """The head before the call's id, what announces the id, the id, the head after it, the body."""
    head, _, body = data.partition(b"\r\n\r\n")
    before, said, rest = head.partition(_CALL)
    call_id, _, after = rest.partition(b"\r\n")
    return before, said, call_id, after, body
