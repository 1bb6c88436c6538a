"""Web servers beside the emulator: a game's own site, and one that answers calls wrongly."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

Tab = Callable[[str], Page]
"""The fixture `tab`: opens a URL."""

ROOT = Path(__file__).parent.parent.parent
DEMO = ROOT / "emulator" / "tt_emulator" / "web" / "demo"
SCENARIOS = ROOT / "tests" / "web" / "client-scenarios.js"
MEDIA_TYPES = {
    ".js": "text/javascript",
    ".json": "application/json",
    ".css": "text/css",
    ".html": "text/html",
}


@contextmanager
def game_site(emulator_url: str, tag: str = "", before: str = "") -> Iterator[str]:
    """A site of its own origin whose pages take tt.js from the emulator; yields its URL.

    `/` is the demo, `/game` an empty page; `tag` are attributes of its script tag, `before` is HTML
    that comes earlier.
    """
    script = f'{before}<script src="{emulator_url}/tt.js" {tag}></script>'
    index = (DEMO / "index.html").read_text(encoding="utf-8")
    pages = {
        "/": index.replace('<script src="/tt.js"></script>', script).encode(),
        "/game": f'<!doctype html><link rel="icon" href="data:,">{script}'.encode(),
    }
    assert pages["/"] != index.encode()

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            of_demo = DEMO / path.removeprefix("/demo").strip("/")
            file = SCENARIOS if path == f"/{SCENARIOS.name}" else of_demo
            body = pages[path] if path in pages else file.read_bytes()
            kind = "text/html" if path in pages else MEDIA_TYPES[file.suffix]
            reply(self, 200, body, {"Content-Type": f"{kind}; charset=utf-8"})

        def log_message(self, format: str, *args: object) -> None:
            pass

    with serving(Site) as url:
        yield url


@contextmanager
def wrong_server(status: int, body: bytes) -> Iterator[str]:
    """A server that answers everything like that, CORS included."""

    class Wrong(BaseHTTPRequestHandler):
        def do_OPTIONS(self) -> None:
            reply(self, 204, b"", {})

        def do_GET(self) -> None:
            reply(self, status, body, {"Content-Type": "application/json"})

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            reply(self, status, body, {"Content-Type": "application/json"})

        def log_message(self, format: str, *args: object) -> None:
            pass

    with serving(Wrong) as url:
        yield url


def reply(
    handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]
) -> None:
    handler.send_response(status)
    cors = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}
    for name, value in {**headers, **cors, "Content-Length": str(len(body))}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
