"""Packages that are played: written by a test, and opened in Chromium."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import urlopen

from playwright.sync_api import BrowserContext, Page, ViewportSize

from tt_emulator.config import Settings
from tt_emulator.server import serving

Files = Mapping[str, str | bytes]


def write_package(folder: Path, files: Files) -> Path:
    """The folder, with these files; game.json is an empty object unless it is among them."""
    for name, content in {"game.json": "{}", **files}.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


class Played(NamedTuple):
    """A package that is played, and what its pages said."""

    url: str
    game_url: str
    open: Callable[..., Page]
    lines: list[str]
    """Of the consoles, each with its level: `log: hello`."""
    errors: list[str]
    """What nobody caught."""

    def view(self) -> dict[str, Any]:
        """`GET /v1/play`."""
        with urlopen(f"{self.url}/__emulator/v1/play") as response:
            found: dict[str, Any] = json.load(response)
            return found


def until(page: Page, found: Callable[[], Any], seconds: int = 5) -> Any:
    """What `found` gives, once that is something."""
    for _ in range(20 * seconds):
        if result := found():
            return result
        page.wait_for_timeout(50)
    raise AssertionError("it did not come")


def line_of(package: Played, page: Page, wanted: str, seconds: int = 5) -> str:
    """The first line of the consoles that matches, once there is one."""

    def found() -> str | None:
        return next((line for line in package.lines if re.search(wanted, line)), None)

    try:
        return str(until(page, found, seconds))
    except AssertionError:
        raise AssertionError(f"{wanted}: {package.lines} {package.errors}") from None


def reported(package: Played, what: str) -> Any:
    """What the first page has said of itself; None before it has."""
    pages = package.view()["pages"]
    return pages[0][what] if pages else None


@contextmanager
def played(context: BrowserContext, folder: Path, **settings: Any) -> Iterator[Played]:
    """Play the package in the folder, by a server of its own."""
    lines: list[str] = []
    errors: list[str] = []
    with serving(Settings(port=0, data=None, play=folder, **settings)) as facts:

        def open_page(query: str = "", viewport: ViewportSize | None = None) -> Page:
            page = context.new_page()
            if viewport is not None:
                page.set_viewport_size(viewport)
            page.on("console", lambda line: lines.append(f"{line.type}: {line.text}"))
            page.on("pageerror", lambda error: errors.append(error.stack or str(error)))
            page.goto(f"{facts['game']}/{query}")
            return page

        yield Played(facts["url"], facts["game"], open_page, lines, errors)
