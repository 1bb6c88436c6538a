"""Requests to the bridge on a loop of the test's own: when a client leaves or does not read is the
test's to say.
"""

import asyncio
import json
from typing import Any

from harness import Bench
from tt_emulator.config import Settings
from tt_emulator.wire.app import create_app
from tt_emulator.wire.bridge import Bridge
from tt_emulator.wire.guard import Guard


def bridge_to(bench: Bench) -> Bridge:
    """The bridge to a Flask app over the bench's engine."""
    return Bridge(lambda: create_app(bench.engine, Guard(Settings(), None), dict))


class AsgiRequest:
    """One request, with a JSON value or its text; it is under way until `leave` or its end."""

    def __init__(self, bridge: Bridge, method: str, path: str, value: Any = None) -> None:
        self.status: int | None = None
        self.headers: dict[str, str] = {}
        self.body = b""
        self.reads = asyncio.Event()
        self.reads.set()
        self.sent = 0
        self._changed = asyncio.Condition()
        self._gone = asyncio.Event()
        self._request = [value if isinstance(value, bytes) else _json(value)]
        self.task = asyncio.ensure_future(
            bridge(_scope(method, path, value), self._receive, self._send)
        )

    async def answer(self) -> Any:
        """The JSON of the whole answer."""
        await self.task
        return json.loads(self.body)

    async def until(self, text: bytes) -> None:
        """Wait until that has come."""
        async with self._changed:
            await self._changed.wait_for(lambda: text in self.body)

    async def leave(self) -> None:
        """The client goes; wait until the server has noticed."""
        self._gone.set()
        self.reads.set()
        await self.task

    async def _receive(self) -> dict[str, Any]:
        if self._request:
            return {"type": "http.request", "body": self._request.pop()}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        await self.reads.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            named = [(name.decode().lower(), text.decode()) for name, text in message["headers"]]
            self.headers = dict(named)
            return
        async with self._changed:
            self.body += message["body"]
            self.sent += 1
            self._changed.notify_all()


def _json(value: Any) -> bytes:
    return b"" if value is None else json.dumps(value).encode()


def _scope(method: str, path: str, value: Any) -> dict[str, Any]:
    path, _, query = path.partition("?")
    typed = [] if value is None else [(b"content-type", b"application/json")]
    return {
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "http_version": "1.1",
        "headers": [(b"host", b"localhost"), *typed],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
    }
