"""A stub of an HTTP server: it records what came and answers what the test told it to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Seen(NamedTuple):
    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    client_port: int


class Stub(ThreadingHTTPServer):
    """Answers `answer` (status, headers, body), None hangs up; `echo` sends the body back."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.seen: list[Seen] = []
        self.answer: tuple[int, dict[str, str], bytes] | None = (200, {}, b"{}")
        self.echo = False
        self.may_answer = threading.Event()
        self.may_answer.set()

    @property
    def last(self) -> Seen:
        return self.seen[-1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up is part of the test."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Stub

    def take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        port = self.client_address[1]
        self.server.seen.append(
            Seen(self.command, self.path, dict(self.headers.items()), body, port)
        )
        self.server.may_answer.wait()
        if self.server.answer is None:
            self.close_connection = True
            return
        status, headers, content = self.server.answer
        content = body if self.server.echo else content
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = take  # noqa: N815 - the names http.server looks for

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def stub_server() -> Iterator[Stub]:
    """A stub that listens."""
    stub = Stub()
    thread = threading.Thread(target=stub.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stub
    finally:
        stub.may_answer.set()
        stub.shutdown()
        stub.server_close()
        thread.join()
