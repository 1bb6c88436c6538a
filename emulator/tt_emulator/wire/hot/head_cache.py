"""The heads of game calls: what one holds, and those that came before.

With each call of one kind a page sends the same head but for the call's id, and to read a browser's
takes longer than to answer the call. One that is known byte for byte, the id apart, is not read
again.
"""

import re

from msgspec import Struct

from tt_emulator.engine import Engine
from tt_emulator.wire.access import ReadCall
from tt_emulator.wire.connection.response_bytes import ResponseOptions
from tt_emulator.wire.game_api import CallTarget
from tt_emulator.wire.original import Original

MAX_HEADS = 4096
MAX_HEAD_BYTES = 4096

_CALL = b"\r\nX-Emulator-Call: "  # as tt.js and all our clients spell it
_is_plain = re.compile(rb"[A-Za-z0-9._~-]{1,128}").fullmatch


class CachedHead(Struct, frozen=True, gc=False):
    """What the head of a game call holds, its id apart; `length` is the body's, in bytes.

    `engine` reaches what its token does, and `read` makes a call of the rest.
    """

    target: CallTarget
    response_options: ResponseOptions
    length: int
    engine: Engine
    read: ReadCall


class Cut(Struct, frozen=True, gc=False):
    """Bytes that begin a request, cut up: the head before the call's id, what announces the id (if
    anything does), the id, the head after it, and what follows the head.
    """

    before: bytes
    id_header: bytes
    call_id: bytes
    after: bytes
    body: bytes

    def whole(self) -> Original:
        """All of it."""
        rest = b"\r\n" + self.after if self.after else b""
        return Original(b"".join([self.before, self.id_header, self.call_id, rest]), self.body)


class Request(Struct, frozen=True, gc=False):
    """A whole game call as it came; `call_id` is the header's, `None` where absent, `sent` all that
    came, if it is known.
    """

    head: CachedHead
    call_id: str | None
    body: bytes
    sent: Cut | Original | None = None

    def original(self) -> Original | None:
        """All that came, to be passed on."""
        return self.sent.whole() if isinstance(self.sent, Cut) else self.sent


def cut(data: bytes) -> Cut | None:
    """The parts of `data`, if the head comes to its end there."""
    head, ended, body = data.partition(b"\r\n\r\n")
    if not ended:
        return None
    before, id_header, rest = head.partition(_CALL)
    call_id, _, after = rest.partition(b"\r\n")
    return Cut(before, id_header, call_id, after, body)


class HeadCache:
    """The heads that were read; when there are too many, the oldest is forgotten."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, bytes, bytes], CachedHead] = {}

    def find(self, parts: Cut) -> Request | None:
        """The request that came, if it is whole and alone, and its head is known."""
        head = self._known.get((parts.before, parts.id_header, parts.after))
        if head is None or head.length != len(parts.body):
            return None
        if not parts.id_header:
            return Request(head, None, parts.body, parts)
        call_id = parts.call_id
        return Request(head, call_id.decode(), parts.body, parts) if _is_plain(call_id) else None

    def remember(self, parts: Cut, request: Request) -> None:
        """Know the head from now on, if it came in these parts with all of the request, alone."""
        before, id_header, after = parts.before, parts.id_header, parts.after
        if (
            parts.body == request.body
            and request.call_id == (parts.call_id.decode("latin-1") if id_header else None)
            and b"x-emulator-call" not in (before + after).lower()
            and len(before) + len(after) <= MAX_HEAD_BYTES
        ):
            if len(self._known) >= MAX_HEADS:
                del self._known[next(iter(self._known))]
            self._known[before, id_header, after] = request.head
