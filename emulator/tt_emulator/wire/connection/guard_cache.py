"""The guard's answer to the head of a request: those of game calls come again and again."""

from functools import lru_cache

from tt_emulator.wire.connection.request_head import RequestHead
from tt_emulator.wire.connection.response_bytes import lines
from tt_emulator.wire.guard import Guard, GuardedRequest


class GuardCache:
    """How a guard admits requests by their heads alone. It gives header lines; `path` is one that a
    call can have.
    """

    def __init__(self, guard: Guard, path: str) -> None:
        self._guard = guard
        self._asks_games = guard.keys.has_teams
        self._path = path
        self._of_call = lru_cache(maxsize=1000)(self._admit_call)

    def admit(self, head: RequestHead) -> bytes:
        """Header lines for the answer. Raises `Forbidden`."""
        if head.is_call:
            headers = head.headers
            token = headers.get(b"authorization") if self._asks_games else None
            return self._of_call(headers.get(b"host"), headers.get(b"origin"), token)
        return lines(self._guard.admit(guarded_request(head)))

    def of_refusal(self, head: RequestHead) -> bytes:
        """For the answer to what is refused: with them a page may read why."""
        return lines(self._guard.readable(guarded_request(head)))

    def _admit_call(
        self, host: bytes | None, origin: bytes | None, authorization: bytes | None
    ) -> bytes:
        hosts = () if host is None else (host.decode("latin-1"),)
        request = GuardedRequest(
            self._path, hosts, _text(origin), authorization=_text(authorization)
        )
        return lines(self._guard.admit(request))


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("latin-1")


def guarded_request(head: RequestHead) -> GuardedRequest:
    """What the guard looks at in this head."""
    host = head.header(b"host")
    return GuardedRequest(
        head.path,
        () if host is None else (host,),
        head.header(b"origin"),
        head.header(b"sec-fetch-site"),
        head.header(b"authorization"),
        head.method,
        head.header(b"sec-fetch-mode"),
        head.header(b"sec-fetch-dest"),
        head.header(b"access-control-request-headers"),
    )
