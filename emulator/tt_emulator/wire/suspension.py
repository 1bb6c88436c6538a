"""Requests that wait for something: in their thread, or suspended, where a server can do that.

A server with an event loop puts a `Suspension` into the environ. A view that has to wait then ends
at once, and runs a second time, from its beginning, when what it waits for is over. There, too, it
is said that the world of the request is elsewhere.
"""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Protocol, TypeVar, cast

from tt_emulator.errors import Elsewhere

ENVIRON_KEY = "tt_emulator.suspension"


class Awaited(Protocol):
    """What a request waits for: until `over` is done, or for `timeout_s`."""

    over: Future[Any]
    timeout_s: float

    def leave(self) -> None:
        """Nobody waits any more."""


class Suspension:
    """What one request waits for, `None` if for nothing, and which other server is to answer it,
    `None` if none. Where requests are passed on, `passes_on` is true, and `body` what it sent.
    """

    passes_on = False
    body = b""
    awaited: Awaited | None = None
    elsewhere: Elsewhere | None = None


class Suspended(Exception):
    """Ends a view that will run again; its answer is for nobody."""


AnAwaited = TypeVar("AnAwaited", bound=Awaited)


def awaited(begin: Callable[[], AnAwaited]) -> AnAwaited:
    """What `begin` gives, when it is over or its time is. It is called once a request.

    Raises `Suspended`, which is for the server.
    """
    from flask import request  # late, as in all that the hot route does not need

    suspension: Suspension | None = request.environ.get(ENVIRON_KEY)
    if suspension is not None and suspension.awaited is not None:
        return cast("AnAwaited", suspension.awaited)
    begun = begin()
    if begun.timeout_s > 0 and not begun.over.done():
        if suspension is not None:
            suspension.awaited = begun
            raise Suspended
        _block(begun)
    return begun


def _block(begun: Awaited) -> None:
    with suppress(TimeoutError):
        begun.over.result(begun.timeout_s)
