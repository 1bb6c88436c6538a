"""The package that a server plays: read, and with an origin of its own."""

from pathlib import Path

from tt_emulator import shipped
from tt_emulator.config import Settings
from tt_emulator.errors import PackageError
from tt_emulator.language.logs import logger
from tt_emulator.package import Package, read
from tt_emulator.server import facts
from tt_emulator.server.watching import Stop, watch
from tt_emulator.sockets import bind
from tt_emulator.wire.outgoing.outside import Outside
from tt_emulator.wire.outgoing.places import places
from tt_emulator.wire.play.pages import Playing

log = logger(__name__)


class Game:
    """A package, and the sockets at which it is served.

    Raises `PackageError` for what is no package, or lacks a plugin, and `PortTaken`.
    """

    def __init__(self, settings: Settings) -> None:
        assert settings.play is not None
        self._settings = settings
        package = _read(settings)
        outside = Outside(places(settings.map), package.game.timeouts_ms)
        self.sockets = bind(settings.host, settings.game_port)
        platform = settings.platform or package.seen_as.names[0]
        self.playing = Playing(package, platform, self.url, outside, lenient=settings.lenient)
        self._stop_watching: Stop | None = None
        if settings.watch:
            self._stop_watching = watch(package.root, self._changed, recursive=True)

    @property
    def url(self) -> str:
        """Its origin."""
        return facts.url_of(self._settings, self.sockets[0].getsockname()[1])

    def close(self) -> None:
        """Nobody is served or watched any more."""
        if self._stop_watching is not None:
            self._stop_watching()
        self.playing.close()
        for listener in self.sockets:
            listener.close()

    def _changed(self, names: set[str]) -> None:
        if "game.json" in names:
            try:
                self.playing.package = _read(self._settings)
            except PackageError as error:
                log.warning("%s The game stays as it was read before.", error.detail)
        self.playing.changes.publish("state")


def _read(settings: Settings) -> Package:
    assert settings.play is not None
    pairs = (pair.partition("=") for pair in settings.plugin)
    plugins = {name: Path(folder) for name, _, folder in pairs}
    package = read(shipped.game(settings.play), settings.play_as, plugins)
    package.require_plugins()
    return package
