"""A client of an event stream."""

import json
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import quote

from process import Emulator


class Listener:
    """Listens as long as it is entered; `after` is the id of the event that it heard last."""

    def __init__(
        self,
        server: Emulator,
        world: str,
        after: int | None = None,
        path: str = "/__emulator/v1/events",
        player: str = "player-1",
    ) -> None:
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
        resumed = {} if after is None else {"Last-Event-ID": str(after)}
        headers = {"X-Emulator-World": world, "X-Emulator-Player": quote(player)} | resumed
        self._connection.request("GET", path, headers=headers)
        self._stream: HTTPResponse = self._connection.getresponse()
        assert self._stream.getheader("content-type") == "text/event-stream; charset=utf-8"
        assert self._stream.readline() == b": listening\n"
        self._stream.readline()

    def __enter__(self) -> "Listener":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def event(self) -> dict[str, Any]:
        """The next event."""
        fields = {}
        while (line := self._stream.readline().decode().rstrip("\n")) or not fields:
            name, _, value = line.partition(": ")
            if name:
                fields[name] = value
        return fields | {"data": json.loads(fields["data"])}

    def rest(self) -> bytes:
        """What is still sent until the stream ends."""
        return self._stream.read()
