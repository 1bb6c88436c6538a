"""The package that a server plays: read, and with an origin of its own."""

import threading
from pathlib import Path

from tt_emulator import shipped
from tt_emulator.config import Settings
from tt_emulator.package import Package, read
from tt_emulator.platforms import DEFAULT
from tt_emulator.server import facts
from tt_emulator.sockets import bind
from tt_emulator.wire.outgoing.outside import Outside
from tt_emulator.wire.outgoing.places import places
from tt_emulator.wire.play.pages import Playing


class Game:
    """A package, and the sockets at which it is served; `port` is the emulator's.

    Raises `PackageError` for what is no package, or lacks a plugin, and `PortTaken`.
    """

    def __init__(self, settings: Settings, port: int) -> None:
        assert settings.play is not None
        self._settings = settings
        self._package = _read(settings)
        outside = Outside(places(settings.map), self._package.game.timeouts_ms)
        self.emulator_port = port
        self.sockets = bind(settings.host, settings.game_port)
        self._closing = threading.Event()
        self.playing = Playing(
            self._package, DEFAULT.name, self.url, outside, lenient=settings.lenient
        )
        if settings.watch:
            threading.Thread(target=self._watch, daemon=True).start()

    @property
    def url(self) -> str:
        """Its origin."""
        return facts.url_of(self._settings, self.sockets[0].getsockname()[1])

    def close(self) -> None:
        """Nobody is served or watched any more."""
        self._closing.set()
        self.playing.close()
        for listener in self.sockets:
            listener.close()

    def _watch(self) -> None:
        from watchfiles import watch

        for _ in watch(self._package.root, stop_event=self._closing, raise_interrupt=False):
            self.playing.changes.publish("state")


def _read(settings: Settings) -> Package:
    assert settings.play is not None
    pairs = (pair.partition("=") for pair in settings.plugin)
    plugins = {name: Path(folder) for name, _, folder in pairs}
    package = read(shipped.game(settings.play), settings.play_as, plugins)
    package.require_plugins()
    return package
