"""Flask behind an event loop: a request is read whole and answered in a thread.

What takes long takes no thread: an event stream runs on the loop, and a request that waits for
something is suspended there.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from io import BytesIO
from typing import Any, Protocol, cast

from tt_emulator.language.logs import logger
from tt_emulator.wire.broadcast import Broadcasts
from tt_emulator.wire.event_stream import EventStream
from tt_emulator.wire.forward import Passed
from tt_emulator.wire.keys import without_key
from tt_emulator.wire.language import accept_language, preferred_language
from tt_emulator.wire.problem import MEDIA_TYPE, internal, log_refusal
from tt_emulator.wire.suspension import ENVIRON_KEY, Awaited, Suspension

log = logger()

MAX_THREADS = 16
PROBES = frozenset({"/__emulator/health", "/__emulator/ready"})
"""Of these nobody waits until others are answered: they tell whether the server lives."""
RELEASE = "emulator.release"
"""The key of a scope under which is what `release` calls."""

PASS_ON = "emulator.pass_on"
"""The key of a scope under which is what passes the request on to another server: with its body,
and it tells what came of that. Then the response has left, or one is to be given after all.
"""

MAX_PARSED_BYTES = 1000

_PARSED = frozenset(
    {b"content-type", b"range", b"if-range", b"if-match", b"if-none-match", b"if-modified-since"}
    | {b"if-unmodified-since"}
)
"""What Werkzeug takes apart, in time that grows with it: what is longer is taken for absent."""

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


Answer = tuple[int, list[tuple[bytes, bytes]], bytes | Pieces | EventStream]


class Bridge:
    """An ASGI app that runs a WSGI app, which `make_app` makes at the first request."""

    def __init__(self, make_app: Callable[[], WsgiApp]) -> None:
        self._make_app = make_app
        self._app: WsgiApp | None = None
        self._making = asyncio.Lock()
        self._threads = ThreadPoolExecutor(MAX_THREADS, thread_name_prefix="flask")
        self._free = asyncio.Semaphore(MAX_THREADS)
        self._probing = ThreadPoolExecutor(1, thread_name_prefix="probes")
        self._broadcasts = Broadcasts()

    async def __call__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        """Answer one request."""
        suspension = Suspension()
        answer = await self._begin(scope, receive, suspension)
        waited = None
        while suspension.awaited is not None and suspension.awaited is not waited:
            waited = suspension.awaited
            over = await _is_over(waited, receive)
            answer = await self._run(scope, suspension.body, suspension) if over else None
        if answer is not None:
            await self._send(answer, receive, send)

    async def _begin(self, scope: Scope, receive: Receive, suspension: Suspension) -> Answer | None:
        """The app's answer, `None` if the client left before the end of the body, or has it.

        The body is kept no longer than this, while an answer may take as long as it likes, but for
        a request that waits and may become another server's meanwhile.
        """
        body = await _read(receive)
        if PASS_ON in scope and body is not None:
            suspension.passes_on, suspension.body = True, body
        try:
            return None if body is None else await self._run(scope, body, suspension)
        finally:
            release(scope)

    async def _run(self, scope: Scope, body: bytes, suspension: Suspension) -> Answer | None:
        """The app's answer, `None` if the client has that of the server that has the world."""
        while True:
            answer = await self._ask(scope, body, suspension)
            elsewhere, suspension.elsewhere = suspension.elsewhere, None
            if elsewhere is None:
                return answer
            suspension.awaited = None  # it is waited for anew where the world is
            passed = await scope[PASS_ON](elsewhere, body) if PASS_ON in scope else Passed.NOT
            if passed is Passed.ON:
                return None
            if passed is Passed.NOT:
                log_refusal(scope["method"], scope["path"], elsewhere)
                return answer

    async def _ask(self, scope: Scope, body: bytes, suspension: Suspension) -> Answer:
        try:
            app = self._app or await self._first()
            environ = _environ(scope, body) | {ENVIRON_KEY: suspension}
            if scope["path"] in PROBES:
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._probing, _run, app, environ)
            answer: Answer = await self._in_thread(_run, app, environ)
            return answer
        except Exception:
            log.exception("%s %s failed", scope["method"], without_key(scope["path"]))
            language = preferred_language(accept_language(scope["headers"]))
            status, content = internal(language)
            entries = [(b"content-type", MEDIA_TYPE), (b"content-language", language)]
            return status, [(name, value.encode()) for name, value in entries], content

    async def _send(self, answer: Answer, receive: Receive, send: Send) -> None:
        status, headers, content = answer
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if isinstance(content, EventStream):
            await _until_gone(content.run(partial(_write, send), self._broadcasts), receive)
        elif not isinstance(content, bytes):
            await self._stream(content, receive, send)
        rest = content if isinstance(content, bytes) else b""
        await send({"type": "http.response.body", "body": rest})

    async def _stream(self, pieces: Pieces, receive: Receive, send: Send) -> None:
        """Send the pieces as they come, until there are no more or the client has gone."""
        gone = asyncio.ensure_future(receive())
        try:
            while not gone.done():
                piece = await self._in_thread(next, pieces, None)
                if piece is None:
                    return
                if piece:
                    await _write(send, piece)
        finally:
            gone.cancel()
            await self._in_thread(pieces.close)

    async def _first(self) -> WsgiApp:
        async with self._making:
            if self._app is None:
                self._app = await self._in_thread(self._make_app)
            return self._app

    async def _in_thread(self, work: Callable[..., Any], *args: Any) -> Any:
        async with self._free:  # a thousand at once come one after the other, with calls between
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, *args)


async def _write(send: Send, piece: bytes) -> None:
    await send({"type": "http.response.body", "body": piece, "more_body": True})


async def _until_gone(work: Coroutine[Any, Any, None], receive: Receive) -> None:
    """Do the work to its end, or until the client has gone."""
    working = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(receive())
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working


async def _is_over(awaited: Awaited, receive: Receive) -> bool:
    """Whether it is over, or its time is; if neither, the client has gone."""
    over = asyncio.wrap_future(awaited.over)
    gone = asyncio.ensure_future(receive())
    stays = False
    try:
        await asyncio.wait(
            {over, gone}, timeout=awaited.timeout_s, return_when=asyncio.FIRST_COMPLETED
        )
        stays = not gone.done()
        return stays
    finally:
        over.cancel()
        gone.cancel()
        if not stays:
            awaited.leave()


async def _read(receive: Receive) -> bytes | None:
    """The body, as large as the connection lets it be; `None` if the client left before its end."""
    chunks: list[bytes] = []
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunks.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(chunks)


def _environ(scope: Scope, body: bytes) -> Environ:
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
        if b"_" in name or (name in _PARSED and len(value) > MAX_PARSED_BYTES):
            continue
        key = "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        decoded = value.decode("latin-1")
        environ[key] = f"{environ[key]},{decoded}" if key in environ else decoded
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ["CONTENT_LENGTH"] = str(len(body))
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
    content: bytes | Pieces | EventStream
    bodiless = status[:3] in {"204", "304"}
    if bodiless or any(name.lower() == "content-length" for name, _ in headers):
        try:
            content = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
    else:
        content = cast("Pieces | EventStream", chunks)
    return int(status.split(" ", 1)[0]), encoded, content


def release(scope: Scope) -> None:
    """The body of the request is not held any longer."""
    release_body = scope.get(RELEASE)
    if release_body is not None:
        release_body()
