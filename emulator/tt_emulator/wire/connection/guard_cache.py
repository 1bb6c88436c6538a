"""The guard's answer to the head of a request: those of game calls come again and again."""

from functools import lru_cache

from tt_emulator.wire.connection.request_head import RequestHead
from tt_emulator.wire.connection.response_bytes import lines
from tt_emulator.wire.guard import Guard, Visit


class Admission:
    """How a guard admits requests by their heads alone. The answers are header lines; `prefix` is
    that of calls' paths.
    """

    def __init__(self, guard: Guard, prefix: str) -> None:
        self._guard = guard
        self._prefix = prefix
        self._of_call = lru_cache(maxsize=1000)(self._admit_call)

    def admit(self, head: RequestHead) -> bytes:
        """Header lines for the answer. Raises `Forbidden`."""
        if head.is_call:
            headers = head.headers
            return self._of_call(headers.get(b"host"), headers.get(b"origin"))
        return lines(self._guard.admit(visit(head)))

    def of_refusal(self, head: RequestHead) -> bytes:
        """For the answer to what is refused: with them a page may read why."""
        return lines(self._guard.readable(visit(head)))

    def _admit_call(self, host: bytes | None, origin: bytes | None) -> bytes:
        hosts = () if host is None else (host.decode("latin-1"),)
        said = None if origin is None else origin.decode("latin-1")
        return lines(self._guard.admit(Visit(self._prefix, hosts, said)))


def visit(head: RequestHead) -> Visit:
    """What the guard looks at."""
    host = head.said(b"host")
    return Visit(
        head.path,
        () if host is None else (host,),
        head.said(b"origin"),
        head.said(b"sec-fetch-site"),
        head.said(b"authorization"),
        head.method,
        head.said(b"sec-fetch-mode"),
        head.said(b"sec-fetch-dest"),
        head.said(b"access-control-request-headers"),
    )
