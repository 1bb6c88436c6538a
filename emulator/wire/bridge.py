"""Flask behind an event loop: a request is read whole and answered in a thread."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any, Protocol, cast

from emulator.wire.problem import MEDIA_TYPE, internal
from emulator.wire.tongue import accepted, asked

log = logging.getLogger("emulator")

MAX_THREADS = 256
MAX_READ_BYTES = 64 * 1024 * 1024  # of an import; Flask refuses what is too much for other routes

Scope = dict[str, Any]
Message = dict[str, Any]
Environ = dict[str, Any]
WsgiApp = Callable[[Environ, Callable[..., Any]], Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Pieces(Protocol):
    """A body that comes piece by piece."""

    def __next__(self) -> bytes: ...
    def __iter__(self) -> Iterator[bytes]: ...
    def close(self) -> None:
        """Nobody wants the rest."""


Answer = tuple[int, list[tuple[bytes, bytes]], bytes | Pieces]


class Bridge:
    """An ASGI app that runs a WSGI app, which `make_app` makes at the first request."""

    def __init__(self, make_app: Callable[[], WsgiApp], max_body_bytes: int) -> None:
        self._make_app = make_app
        self._max_body_bytes = max_body_bytes
        self._app: WsgiApp | None = None
        self._making = asyncio.Lock()
        self._threads = ThreadPoolExecutor(MAX_THREADS, thread_name_prefix="flask")

    async def __call__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        """Answer one request."""
        body, length = await _read(receive, self._max_body_bytes)
        if length is None:
            return
        try:
            app = self._app or await self._first()
            answer = await self._in_thread(_run, app, _environ(scope, body, length))
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["path"])
            language = asked(accepted(scope["headers"]))
            status, content = internal(language)
            told = [(b"content-type", MEDIA_TYPE), (b"content-language", language)]
            answer = (status, [(name, value.encode()) for name, value in told], content)
        status, headers, content = answer
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if not isinstance(content, bytes):
            await self._stream(content, receive, send)
            content = b""
        await send({"type": "http.response.body", "body": content})

    async def _stream(self, pieces: Pieces, receive: Receive, send: Send) -> None:
        """Send the pieces as they come, until there are no more or the client has gone."""
        gone = asyncio.ensure_future(receive())
        try:
            while not gone.done():
                piece = await self._in_thread(next, pieces, None)
                if piece is None:
                    return
                if piece:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            gone.cancel()
            await self._in_thread(pieces.close)

    async def _first(self) -> WsgiApp:
        async with self._making:
            if self._app is None:
                self._app = await self._in_thread(self._make_app)
            return self._app

    async def _in_thread(self, work: Callable[..., Any], *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *args)


async def _read(receive: Receive, most: int) -> tuple[bytes, int | None]:
    """The body and its length; of a body longer than `most` only the length, which tells Flask.

    The length is `None` if the client left before the end: what arrived is not what it meant.
    """
    chunks: list[bytes] = []
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"", None
        chunk = message.get("body", b"")
        length += len(chunk)
        if length <= most:
            chunks.append(chunk)
        else:
            chunks.clear()
        more = message.get("more_body", False)
    return b"".join(chunks), length


def _environ(scope: Scope, body: bytes, length: int) -> Environ:
    server_host, server_port = scope["server"] or ("localhost", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server_host,
        "SERVER_PORT": str(server_port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0] if scope["client"] else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        key = "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        said = value.decode("latin-1")
        environ[key] = f"{environ[key]},{said}" if key in environ else said
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ["CONTENT_LENGTH"] = str(length)
    environ.pop("HTTP_UPGRADE", None)  # declined; Werkzeug has other routes for websockets
    environ.pop("HTTP_TRANSFER_ENCODING", None)  # undone; Werkzeug reads nothing of a chunked body
    return environ


def _run(app: WsgiApp, environ: Environ) -> Answer:
    begun: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        begun[:] = [status, headers]

    chunks = app(environ, start_response)
    status, headers = begun
    encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    content: bytes | Pieces
    bodiless = status[:3] in {"204", "304"}
    if bodiless or any(name.lower() == "content-length" for name, _ in headers):
        try:
            content = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
    else:
        content = cast("Pieces", chunks)
    return int(status.split(" ", 1)[0]), encoded, content
