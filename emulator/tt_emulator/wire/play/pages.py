"""What is known of the package that is played, and of the pages in which it runs."""

from collections import OrderedDict
from threading import Lock
from time import time
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

from tt_emulator.domain.clock import iso
from tt_emulator.domain.model import MAX_ID_BYTES
from tt_emulator.domain.world_clock import LATEST_MS
from tt_emulator.errors import BadRequest
from tt_emulator.journal import Feed
from tt_emulator.package import Package
from tt_emulator.wire.outgoing.outside import Outside

MAX_PAGES = 100
"""Of more the one that was opened first is forgotten."""

_Id = Annotated[str, Meta(min_length=1, max_length=MAX_ID_BYTES)]
_Text = Annotated[str, Meta(max_length=2000)]
_Names = Annotated[dict[_Text, int], Meta(max_length=500)]


class PageError(Struct, frozen=True):
    """What a game did not catch; file and line are the package's, None where nothing tells."""

    message: _Text
    file: _Text | None
    line: int | None
    at: Annotated[int, Meta(ge=0, le=LATEST_MS)]
    """Milliseconds since 1970."""


class Report(Struct, frozen=True):
    """What a page says of itself, whole each time; `page` is the name it has given itself."""

    page: _Id
    player: _Id
    world: _Id
    first_frame_ms: float | None
    errors: Annotated[list[PageError], Meta(max_length=50)]
    called_absent: _Names
    asked_absent: Annotated[list[_Text], Meta(max_length=1000)]
    refused_hosts: _Names


class ErrorView(Struct, frozen=True):
    """An error of the game."""

    message: str
    file: str | None
    line: int | None
    at: str


class PageView(Struct, frozen=True):
    """A page in which the game runs, or ran."""

    player: str
    world: str
    opened_at: str
    first_frame_ms: float | None
    errors: list[ErrorView]
    called_absent: dict[str, int]
    asked_absent: list[str]
    refused_hosts: dict[str, int]


class PluginView(Struct, frozen=True):
    """A plugin that game.json names; `found` if a folder stands in for it."""

    name: str
    version: str
    found: bool


class PlayView(Struct, frozen=True):
    """`GET /v1/play`; `as` is by which name the package sees the platform: tt, wx or both."""

    dir: str
    game_url: str
    platform: str
    as_: str = msgspec.field(name="as")
    engine: str | None
    orientation: str
    plugins: list[PluginView]
    subpackages: list[str]
    pages: list[PageView]


class Playing:
    """A package that is played at `game_url`; what it asks of others leaves by `outside`. Safe
    under threads.
    """

    def __init__(
        self, package: Package, platform: str, game_url: str, outside: Outside, *, lenient: bool
    ) -> None:
        self.package = package
        """As it was read last: game.json may change while it is played."""
        self.platform = platform
        self.game_url = game_url
        self.outside = outside
        self.lenient = lenient
        self.changes = Feed()
        """An event each time that a file of the package has changed."""
        self._lock = Lock()
        self._pages: OrderedDict[str, tuple[str, Report]] = OrderedDict()
        self._forgotten: OrderedDict[str, None] = OrderedDict()
        """Pages whose world is gone, and which may still run."""

    @property
    def game_port(self) -> int:
        """Of the game's origin."""
        return urlsplit(self.game_url).port or 80

    def close(self) -> None:
        """Let go whoever listens for changes."""
        self.changes.close()

    def report(self, body: bytes) -> None:
        """Take what a page says of itself. Raises `BadRequest`."""
        try:
            report = _DECODER.decode(body)
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            raise BadRequest(f"The page's report cannot be read: {error}.") from error
        with self._lock:
            if report.page in self._forgotten:
                return
            opened_at, before = self._pages.get(report.page, (iso(int(time() * 1000)), report))
            if len(before.errors) > len(report.errors):  # it was overtaken
                report = before
            self._pages[report.page] = (opened_at, report)
            _keep_last(self._pages)

    def forget(self, world: str) -> None:
        """Forget the pages of a world that is dropped, and what they say from now on."""
        with self._lock:
            pages = [page for page, (_, report) in self._pages.items() if report.world == world]
            for page in pages:
                del self._pages[page]
                self._forgotten[page] = None
            _keep_last(self._forgotten)

    def view(self) -> PlayView:
        """All of it, the page that was opened first at the beginning."""
        package = self.package
        with self._lock:
            pages = list(self._pages.values())
        return PlayView(
            dir=str(package.root.resolve()),
            game_url=self.game_url,
            platform=self.platform,
            as_=package.seen_as.as_,
            engine=package.engine,
            orientation=package.orientation,
            plugins=[
                PluginView(plugin.name, plugin.version, plugin.name in package.plugins)
                for plugin in package.game.plugins
            ],
            subpackages=[part.name for part in package.game.subpackages],
            pages=[_page(*page) for page in pages],
        )


_DECODER = msgspec.json.Decoder(Report)


def _keep_last(pages: OrderedDict[str, Any]) -> None:
    while len(pages) > MAX_PAGES:
        pages.popitem(last=False)


def _page(opened_at: str, report: Report) -> PageView:
    return PageView(
        player=report.player,
        world=report.world,
        opened_at=opened_at,
        first_frame_ms=report.first_frame_ms,
        errors=[
            ErrorView(error.message, error.file, error.line, iso(error.at))
            for error in report.errors
        ],
        called_absent=report.called_absent,
        asked_absent=report.asked_absent,
        refused_hosts=report.refused_hosts,
    )
