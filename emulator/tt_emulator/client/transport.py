"""How the client's requests travel: JSON over connections that are kept, to one address only.

Standard library only. No proxy is read from the environment and no redirect is followed. A test
that freezes time or forbids sockets does not reach it: see `tt_emulator.natives`.
"""

import json
import socket
import weakref
from collections import deque
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPSConnection
from typing import Any, NamedTuple

from tt_emulator import natives
from tt_emulator.errors import NotReached, Refused


class Answer(NamedTuple):
    """One HTTP response, read to its end."""

    status: int
    headers: HTTPMessage
    body: bytes


class Transport:
    """Requests to one server; threads may share it, each request has a connection to itself."""

    def __init__(self, url: str, headers: dict[str, str], timeout_s: float) -> None:
        self._url = url
        self._headers = headers
        self._timeout_s = timeout_s
        self._idle: deque[HTTPConnection] = deque()
        weakref.finalize(self, _close_all, self._idle)

    def close(self) -> None:
        """Close the connections that are kept; the next request opens one."""
        _close_all(self._idle)

    def send(
        self,
        method: str,
        target: str,
        body: Any = None,
        headers: dict[str, str] | None = None,
        *,
        more_s: float = 0,
    ) -> Answer:
        """The response to one request; a `body` other than None travels as JSON, bytes as they are.

        `more_s` is how long the server may take beyond the usual. Nothing is sent twice. Raises
        NotReached if there is no complete response.
        """
        content = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        kind = {} if body is None else {"Content-Type": "application/json"}
        connection = self._connection(self._timeout_s + more_s)
        try:
            connection.request(method, target, content, self._headers | kind | (headers or {}))
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        except (OSError, HTTPException, UnicodeError) as error:
            connection.close()
            raise self._not_reached(error, connection.timeout) from error
        except BaseException:
            connection.close()
            raise
        if not response.will_close:
            self._idle.append(connection)
        return answer

    def lines(self, target: str, headers: dict[str, str], silence_s: float) -> Iterator[str]:
        """The lines of a response that has no end, as they come.

        Raises NotReached when it ends all the same, or after `silence_s`; as `understood` if it is
        no such response.
        """
        connection = self._new(silence_s)
        try:
            connection.request("GET", target, headers=self._headers | headers)
            response = connection.getresponse()
            if response.headers.get_content_type() != "text/event-stream":
                self.understood(Answer(response.status, response.headers, response.read()))
                raise self.stranger(response.status)
            for line in response:
                yield line.decode().rstrip("\r\n")
            raise self._not_reached(EOFError("the stream has ended"), silence_s)
        except (OSError, HTTPException, UnicodeError) as error:
            raise self._not_reached(error, silence_s) from error
        finally:
            connection.close()

    def understood(self, answer: Answer) -> Any:
        """The JSON value of a 2xx answer. A problem raises Refused, anything else NotReached."""
        try:
            value = json.loads(answer.body) if answer.body else None
        except (ValueError, RecursionError) as error:
            raise self.stranger(answer.status) from error
        if 200 <= answer.status < 300:
            return value
        if isinstance(value, dict) and "detail" in value:
            detail, hint = str(value["detail"]), str(value.get("hint") or "")
            raise Refused(detail, hint, answer.status, value)
        raise self.stranger(answer.status)

    def _connection(self, timeout_s: float) -> HTTPConnection:
        while kept := _pop(self._idle):
            kept.timeout = timeout_s
            if _is_open(kept):
                return kept
            kept.close()
        return self._new(timeout_s)

    def _new(self, timeout_s: float) -> HTTPConnection:
        scheme, _, place = self._url.partition("://")
        kind = HTTPSConnection if scheme == "https" else HTTPConnection
        connection = kind(place, timeout=timeout_s)
        connection._create_connection = _connected  # type: ignore[attr-defined]  # else socket's own
        return connection

    def stranger(self, status: int) -> NotReached:
        """What answered there was none of ours."""
        return NotReached(
            f"{self._url} answers (HTTP {status}), but not as a tt-emulator does.",
            "Does another program have this port? `tt-emulator start --port 0` takes a free one.",
        )

    def _not_reached(self, error: Exception, timeout_s: float | None) -> NotReached:
        return NotReached(
            f"No tt-emulator answers at {self._url}: {_why(error, timeout_s)}.",
            "Is it running? `tt-emulator start`. At another address? `--url` or TT_EMULATOR_URL.",
        )


def _connected(
    address: tuple[str, int], timeout_s: float | None, source: object = None
) -> socket.socket:
    return natives.connected(*address, timeout_s)


def _why(error: Exception, timeout_s: float | None) -> str:
    if isinstance(error, TimeoutError):
        return f"nothing came within {timeout_s:g} s"
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens there"
    return str(error) or type(error).__name__


def _pop(connections: deque[HTTPConnection]) -> HTTPConnection | None:
    try:
        return connections.pop()
    except IndexError:
        return None


def _close_all(connections: deque[HTTPConnection]) -> None:
    while kept := _pop(connections):
        kept.close()


def _is_open(connection: HTTPConnection) -> bool:
    """Whether the server still holds the idle connection: a restarted one does not."""
    try:
        connection.sock.setblocking(False)
        connection.sock.recv(1)
    except BlockingIOError:
        connection.sock.settimeout(connection.timeout)
        return True
    except OSError:
        return False
    return False
