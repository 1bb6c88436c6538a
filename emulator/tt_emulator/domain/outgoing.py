"""What a game asks of a server that is not the emulator, and what comes of it.

The engine asks nobody: it says what is to be asked, and who called it hands back the outcome.
"""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Any, Literal

from msgspec import Struct

MAX_TIMEOUT_MS = 60_000
"""Nothing outside is waited for any longer; documented."""

Cause = Literal["network-unavailable", "timed-out", "aborted"]


class Request(Struct, frozen=True, kw_only=True):
    """An HTTP request. `timeout_ms` is `None` for what the game's package says, `headers` are as
    they are sent, and with `follows` a redirect is followed. With `opens` nothing is sent: the page
    opens a WebSocket by itself, where the outcome says.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    timeout_ms: float | None = None
    follows: bool = True
    opens: bool = False


class Answer(Struct, frozen=True):
    """An answer of any status; of a header that came several times the values are joined."""

    status: int
    headers: dict[str, str]
    body: bytes

    def header(self, wanted: str) -> str | None:
        """The value of that header, whose name is in lower case; `None` if it has none."""
        found = (value for name, value in self.headers.items() if name.lower() == wanted)
        return next(found, None)


class Located(Struct, frozen=True):
    """Where on this machine the page may open its WebSocket, and how long it waits for that."""

    address: str
    timeout_ms: float


class Refused(Struct, frozen=True):
    """Nothing was sent to this host: it is not of this machine, and nothing answers for it."""

    host: str


class Unanswered(Struct, frozen=True):
    """No answer came. `cause` is the error that it is to the game, `reason` is for people."""

    cause: Cause
    reason: str


Outcome = Answer | Located | Refused | Unanswered


class Outgoing:
    """Have this asked, and hand back the outcome. A call that comes again while it is under way
    gets the same object, so that nothing is asked twice: who `claims` it asks, all others wait for
    `outcome`.
    """

    def __init__(self, api: str, request: Request) -> None:
        self.api = api
        self.request = request
        self.outcome: Future[Outcome] = Future()
        self._unclaimed = Lock()

    def claims(self) -> bool:
        """Whether it is the caller's to ask; of any number of threads it is one's."""
        return self._unclaimed.acquire(blocking=False)


class Outward(Struct, frozen=True):
    """How a platform answers an API whose calls go out: `ask` says what is to be asked, `answer`
    makes the payload of the outcome. Both raise `ApiError`. `tell` gives of a success what
    tt.js must know for the call's task, as JSON.
    """

    ask: Callable[[Any], Request]
    answer: Callable[[Any, Outcome], dict[str, Any]]
    tell: Callable[[Any, Any], str] | None = None
