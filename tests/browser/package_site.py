"""A game's package on a site of its own: a page, game.json, and the open data directory."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Frame, Page

from browser.site import ROOT, reply, serving

CLIENTS = ROOT / "tests" / "clients"
WEB = ROOT / "emulator" / "tt_emulator" / "web"
MEDIA_TYPES = {
    ".js": "text/javascript",
    ".json": "application/json",
    ".html": "text/html",
    ".png": "image/png",
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
}
GAME_JSON = '{"openDataContext": "open"}'

READY = "GameGlobal.ready = true;"
HEAR = "GameGlobal.heard = []; tt.onMessage((m) => { heard.push(m); });" + READY
"""An index.js that keeps the messages it gets."""

Files = dict[str, str | bytes]
OpenPackage = Callable[..., Page]
"""The fixture `package`: a page whose package has this index.js, or these files."""


@contextmanager
def package_site(
    emulator_url: str, files: Files, tag: str = "", policy: str = "", before: str = ""
) -> Iterator[str]:
    """A site with these files by their paths; yields its URL.

    `/package/` is a page with nothing but tt.js of the emulator, `tag` are attributes of its script
    tag, `before` is HTML that comes earlier. Unless `files` has a `game.json`, that names the
    directory `open`. `policy` is the site's Content-Security-Policy, with the emulator's address in
    the place of EMULATOR.
    """
    page = (
        f'<!doctype html><link rel="icon" href="data:,">{before}'
        f'<script src="{emulator_url}/tt.js" {tag}></script>'
    )
    served: Files = {"game.json": GAME_JSON, "": page, **files}

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = urlsplit(self.path).path.removeprefix("/package/")
            content = served.get(name)
            kind = MEDIA_TYPES[PurePosixPath(name).suffix or ".html"]
            headers = {"Content-Type": f"{kind}; charset=utf-8"}
            if policy:
                headers["Content-Security-Policy"] = policy.replace("EMULATOR", emulator_url)
            body = content.encode() if isinstance(content, str) else content or b""
            reply(self, 404 if content is None else 200, body, headers)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with serving(Site) as url:
        yield f"{url}/package/"


def directory(path: Path, name: str = "open") -> Files:
    """The files of a client's directory, to be served as the directory `name`."""
    files = (file for file in path.rglob("*") if file.is_file())
    return {
        f"{name}/{file.relative_to(path).as_posix()}": file.read_text(encoding="utf-8")
        for file in files
    }


def open_realm(page: Page, until: str = "GameGlobal.ready") -> Frame:
    """The open data domain of the page, once `until` holds there."""
    page.evaluate("tt.getOpenDataContext() && 0")
    realm = page.frames[1]
    realm.wait_for_function(f"() => typeof GameGlobal === 'object' && ({until})")
    return realm


def received(realm: Frame, count: int) -> Any:
    """What the index.js `HEAR` has kept, once it is so much."""
    realm.wait_for_function(f"heard.length >= {count}")
    return realm.evaluate("heard")


def says(part: str) -> Callable[[ConsoleMessage], bool]:
    """Whether a line of the console has that in it."""
    return lambda logged: part in logged.text


def wait_for_pixels(page: Page, expected: Mapping[tuple[int, int], list[int]]) -> None:
    """Until the page's own canvas shows these colours after the shared canvas was drawn onto it."""
    page.wait_for_function(_SHOWS, arg=[list(expected), list(expected.values())])


_SHOWS = """([places, colours]) => {
    const pen = document.createElement('canvas').getContext('2d'); // 300 × 150
    pen.drawImage(tt.getOpenDataContext().canvas, 0, 0);
    const found = places.map(([x, y]) => [...pen.getImageData(x, y, 1, 1).data]);
    return String(found) === String(colours);
}"""
