"""A request as it came, to be passed on to another server."""

from msgspec import Struct

from tt_emulator.wire.language import RawHeaders

FORWARDED = b"X-Emulator-Forwarded"
"""The header that a request has which was passed on: it is not passed on again."""

MOVING = "X-Emulator-Moving"
"""The header of a response which says that its server has the world no longer, and has done
nothing.
"""

_FORWARDED = FORWARDED.lower()
_NOTE = "; refused="
_OF_THE_BODY = (b"content-length", b"transfer-encoding", b"expect")
_MEAN_ONE_THING_TWICE = (b"GET ", b"HEAD ", b"PUT ", b"DELETE ", b"OPTIONS ")


class Original(Struct, gc=False):
    """A request: its head without the empty line that ends it, and its body; `tries` is how often
    it was passed on. `refused` is why it was refused, of one that is passed on to be counted.
    """

    head: bytes
    body: bytes
    tries: int = 0
    refused: str = ""

    @property
    def is_forwarded(self) -> bool:
        """Whether another server has passed it on."""
        return self._has(FORWARDED)

    @property
    def may_repeat(self) -> bool:
        """Whether to act on it twice is to act on it once: the journal knows a call by its id."""
        return self.head.startswith(_MEAN_ONE_THING_TWICE) or self._has(b"X-Emulator-Call")

    @property
    def wants_head_alone(self) -> bool:
        """Whether the response has no body, whatever its head says."""
        return self.head.startswith(b"HEAD ")

    def onward(self, by: str, *, last: bool = False) -> bytes:
        """Its head, as the server `by` passes it on; after the `last` one the connection ends."""
        end = b"Connection: close\r\n\r\n" if last else b"\r\n"
        told = by + _NOTE + self.refused if self.refused else by
        return b"%b\r\n%b: %b\r\n%b" % (self.head, FORWARDED, told.encode("latin-1"), end)

    def _has(self, name: bytes) -> bool:
        return b"\r\n%b:" % name.lower() in self.head.lower()


def refused_elsewhere(forwarded: str) -> str:
    """Why another server has refused the request, by the values of `FORWARDED`, of which the last
    is that server's own; empty if it has not.
    """
    return forwarded.rpartition(",")[2].partition(_NOTE)[2]


def as_sent(headers: RawHeaders) -> RawHeaders:
    """The headers that the client sent, without what `Original.onward` adds behind them."""
    added = (at for at, (name, _) in enumerate(headers[-2:]) if name == _FORWARDED)
    at = next(added, None)
    return headers if at is None else headers[: max(len(headers) - 2, 0) + at]


def original(
    method: bytes, target: bytes, version: str, headers: RawHeaders, body: bytes
) -> Original:
    """The request with a body that has come whole, however it came."""
    lines = [b"%b %b HTTP/%b" % (method, target, version.encode())]
    lines += [b"%b: %b" % header for header in headers if header[0] not in _OF_THE_BODY]
    if body:
        lines.append(b"content-length: %d" % len(body))
    return Original(b"\r\n".join(lines), body)
