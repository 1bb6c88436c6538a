"""A game's own server on this machine: it tells what it was asked, and hangs if it is told to."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

BYTES = bytes(range(256))


class Backend:
    """`asked` are the requests that came, {method, path, headers, body}."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.port = port
        self.asked: list[dict[str, Any]] = []
        self.came = Event()
        self.goes_on = Event()
        """What asks for /hang is answered after this."""
        self.redirects: dict[str, tuple[int, str]] = {}
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    running: Backend


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def answer(self) -> None:
        running = self.server.running
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode("latin-1")
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = {"method": self.command, "path": self.path, "headers": headers, "body": body}
        running.asked.append(asked)
        running.came.set()
        if self.path == "/hang":
            running.goes_on.wait(60)
        self._write(*_answer_to(running, self.path, asked))

    def _write(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Transfer-Encoding" not in headers:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass

    def handle(self) -> None:
        with suppress(OSError):  # who asked may have gone
            super().handle()


for _method in ("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"):
    setattr(_Handler, f"do_{_method}", _Handler.answer)


@contextmanager
def backend() -> Iterator[Backend]:
    """A server that runs as long as the block."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.running = Backend(server.server_port)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server.running
    finally:
        server.running.goes_on.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _answer_to(
    running: Backend, path: str, asked: dict[str, Any]
) -> tuple[int, dict[str, str], bytes]:
    if path in running.redirects:
        status, location = running.redirects[path]
        return status, {"Location": location}, b""
    if path in running.answers:
        return running.answers[path]
    text = json.dumps(asked).encode()
    if path == "/gzip":
        return (
            200,
            {"Content-Type": "application/json", "Content-Encoding": "gzip"},
            gzip.compress(text),
        )
    if path == "/bytes":
        return 200, {"Content-Type": "application/octet-stream"}, BYTES
    return (404 if path == "/missing" else 200), {"Content-Type": "application/json"}, text
