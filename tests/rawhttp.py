"""A connection on which a test writes the very bytes, and reads one answer after the other."""

import socket
from typing import BinaryIO

from doors import Answer

TIMEOUT_S = 20


class Wire:
    """One TCP connection; no answer within `TIMEOUT_S` is a hang, and fails the test."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.socket = socket.create_connection((host, port), timeout=TIMEOUT_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._heard: BinaryIO = self.socket.makefile("rb")

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, *parts: bytes) -> None:
        for part in parts:
            self.socket.sendall(part)

    def answer(self, *, head: bool = False) -> Answer:
        """The next answer; with `head` it answers a HEAD and has no body."""
        status = int(self._heard.readline().split()[1])
        headers = {}
        while line := self._heard.readline().strip():
            name, _, value = line.decode("latin-1").partition(":")
            headers[name] = value.strip()
        answer = Answer(status, headers, b"")
        length = int(answer.headers.get("content-length", 0))
        answer.body = b"" if head else self._heard.read(length)
        return answer

    def ended(self) -> bool:
        """Whether the server has closed the connection with nothing more to say."""
        try:
            return self._heard.read(1) == b""
        except ConnectionResetError:  # it closed while our bytes were still coming
            return True

    def close(self) -> None:
        self._heard.close()
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
