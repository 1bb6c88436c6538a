"""One app for each holder of a token: what a route of it can reach is what its engine reaches."""

from collections.abc import Callable
from threading import Lock
from typing import Any

from tt_emulator.errors import TooManyCalls
from tt_emulator.wire.access import Access, Accesses
from tt_emulator.wire.bridge import Environ, WsgiApp
from tt_emulator.wire.keys import unlocked
from tt_emulator.wire.suspension import ENVIRON_KEY

REFUSED = "tt_emulator.refused"
"""The key of an environ under which is the error with which the app is to answer."""


class TeamApps:
    """A WSGI app that has each request answered by the app of its access, made at its first."""

    def __init__(self, accesses: Accesses, make_app: Callable[[Access], WsgiApp]) -> None:
        self._accesses = accesses
        self._make_app = make_app
        self._apps: dict[Access, WsgiApp] = {}
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Any:
        """Answer one request."""
        _unlock(environ)
        access = self._accesses.of(environ.get("HTTP_AUTHORIZATION"))
        if not _runs_again(environ):
            try:
                access.take_call()
            except TooManyCalls as error:
                environ[REFUSED] = error
        return self._app(access)(environ, start_response)

    def _app(self, access: Access) -> WsgiApp:
        with self._lock:
            app = self._apps.get(access)
            if app is None:
                app = self._apps[access] = self._make_app(access)
            return app


def _unlock(environ: Environ) -> None:
    """Take the token out of the path, if it is there."""
    found = unlocked(environ["PATH_INFO"].encode("latin-1"))
    if found is not None:
        token, path = found
        environ["HTTP_AUTHORIZATION"] = token.decode("latin-1")
        environ["PATH_INFO"] = path.decode("latin-1")


def _runs_again(environ: Environ) -> bool:
    """Whether it waited for something, which is over: the request was counted then."""
    suspension = environ.get(ENVIRON_KEY)
    return suspension is not None and suspension.awaited is not None
