"""A connection on which a test writes the very bytes, and reads one answer after the other."""

import json
import socket
import time
from collections.abc import Callable
from typing import Any, BinaryIO

from entry_points import Answer

TIMEOUT_S = 20


class Wire:
    """One TCP connection; no answer within `TIMEOUT_S` is a hang, and fails the test."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.socket = socket.create_connection((host, port), timeout=TIMEOUT_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._reader: BinaryIO = self.socket.makefile("rb")

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, *parts: bytes) -> None:
        for part in parts:
            self.socket.sendall(part)

    def answer(self, *, head: bool = False) -> Answer:
        """The next answer; with `head` it answers a HEAD and has no body."""
        status = int(self._reader.readline().split()[1])
        headers = {}
        while line := self._reader.readline().strip():
            name, _, value = line.decode("latin-1").partition(":")
            headers[name] = value.strip()
        answer = Answer(status, headers, b"")
        length = int(answer.headers.get("content-length", 0))
        answer.body = b"" if head else self._reader.read(length)
        return answer

    def until(self, text: bytes) -> bool:
        """Whether a line with that comes before the end."""
        return any(text in line for line in self._reader)

    def line(self) -> bytes:
        """The next line, with its end."""
        return self._reader.readline()

    def ended(self) -> bool:
        """Whether the server has closed the connection with nothing more to say."""
        try:
            return self._reader.read(1) == b""
        except ConnectionResetError:  # it closed while our bytes were still coming
            return True

    def close(self) -> None:
        self._reader.close()
        self.socket.close()


def request(
    method: str, path: str, body: bytes | None = None, *lines: str, host: str = "localhost"
) -> bytes:
    """A well-formed request; `lines` are further header lines."""
    head = [f"{method} {path} HTTP/1.1", f"Host: {host}", *lines]
    if body is not None:
        head.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*head, "", ""]).encode("latin-1") + (body or b"")


def has_ipv6_loopback() -> bool:
    """Whether this machine can be reached at `::1`."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def pair(value: str) -> bytes:
    """The options that save a score."""
    return json.dumps({"KVDataList": [{"key": "score", "value": value}]}).encode()


class Game:
    """One world, asked on connections of its own."""

    def __init__(self, port: int, world: str) -> None:
        self.port, self.world = port, f"X-Emulator-World: {world}"

    def post(self, path: str, body: bytes | None = b"{}", *lines: str) -> bytes:
        """The bytes of a call."""
        return request("POST", path, body, self.world, *lines)

    def ask(self, sent: bytes) -> Answer:
        with Wire(self.port) as wire:
            wire.send(sent)
            return wire.answer()

    def arm(self, **fault: Any) -> None:
        declared = "Content-Type: application/json"
        sent = self.post("/__emulator/v1/faults", json.dumps(fault).encode(), declared)
        assert self.ask(sent).status == 201

    def saved(self) -> str | None:
        """The score."""
        sent = self.post("/tt/getUserCloudStorage", b'{"keyList":["score"]}')
        pairs = self.ask(sent).json["data"]
        return pairs[0]["value"] if pairs else None

    def exchanges(self) -> Any:
        sent = request("GET", "/__emulator/v1/requests", None, self.world)
        return self.ask(sent).json["requests"]

    def wait_until(self, holds: Callable[[Any], bool]) -> None:
        """Ask again and again until `holds` of the exchanges."""
        deadline = time.monotonic() + TIMEOUT_S
        while not holds(self.exchanges()):
            assert time.monotonic() < deadline, self.exchanges()
