"""The two entry points of one engine: Flask alone, and the server's socket with its hot route."""

import json
from http.client import HTTPConnection
from typing import Any, Protocol

import pytest

from harness import Bench
from tt_emulator.config import Settings
from tt_emulator.wire.app import create_app
from tt_emulator.wire.guard import Guard

ON_SOCKET = pytest.mark.parametrize("entry_point", ["flask", "socket"], indirect=True)
"""Where faults of the connection can be armed."""


class Answer:
    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status = status
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.body = body

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class EntryPoint(Protocol):
    world: str

    def __call__(
        self, method: str, path: str, body: bytes | None = None, **headers: str | None
    ) -> Answer: ...


class FlaskEntryPoint:
    def __init__(self, world: str) -> None:
        self.world = world
        self.bench = Bench()
        app = create_app(
            self.bench.engine, Guard(Settings(), None), lambda: {"status": "ok"}, lambda s: None
        )
        self._client = app.test_client()

    def __call__(
        self, method: str, path: str, body: bytes | None = None, **headers: str | None
    ) -> Answer:
        sent = _dashed({"X_Emulator_World": self.world} | headers)
        got = self._client.open(path, method=method, data=body, headers=sent)
        answer = Answer(got.status_code, dict(got.headers), got.data)
        got.close()
        return answer


class SocketEntryPoint:
    def __init__(self, port: int, world: str) -> None:
        self.world = world
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)

    def __call__(
        self, method: str, path: str, body: bytes | None = None, **headers: str | None
    ) -> Answer:
        sent = _dashed({"X_Emulator_World": self.world} | headers)
        self._connection.request(method, path, body, sent)
        got = self._connection.getresponse()
        return Answer(got.status, dict(got.getheaders()), got.read())

    def close(self) -> None:
        self._connection.close()


def _dashed(headers: dict[str, str | None]) -> dict[str, str]:
    """As they are sent; one that is `None` is not."""
    sent = {name: value for name, value in headers.items() if value is not None}
    return {name.replace("_", "-"): value for name, value in sent.items()}
