"""The package that a server plays: read, and with an origin of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tt_emulator import shipped
from tt_emulator.config import Settings
from tt_emulator.errors import PackageError
from tt_emulator.language.logs import logger
from tt_emulator.package import Package, read
from tt_emulator.platforms import DEFAULT
from tt_emulator.server import facts
from tt_emulator.sockets import bind
from tt_emulator.wire.outgoing.outside import Outside
from tt_emulator.wire.outgoing.places import places
from tt_emulator.wire.play.pages import Playing

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

log = logger(__name__)

_CHANGES = frozenset({"created", "deleted", "modified", "moved"})
"""Others only tell that a file was opened or closed, as ours are when they are read."""


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
        self.playing = Playing(package, DEFAULT.name, self.url, outside, lenient=settings.lenient)
        self._stop_watching = self._watch() if settings.watch else None

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

    def _watch(self) -> Callable[[], object]:
        """Publish each change of a file; what ends that."""
        from watchdog.events import FileSystemEventHandler
        from watchdog.observers import Observer
        from watchdog.observers.polling import PollingObserver

        changed = self._changed

        class Changes(FileSystemEventHandler):
            def on_any_event(self, event: "FileSystemEvent") -> None:
                if event.event_type in _CHANGES:
                    changed(event)

        def observe(observer: "BaseObserver") -> Callable[[], object]:
            observer.schedule(Changes(), str(self.playing.package.root), recursive=True)
            observer.daemon = True
            observer.start()
            return observer.stop

        try:
            return observe(Observer())
        except OSError:  # Linux has only so many watches, for all programs together
            return observe(PollingObserver())

    def _changed(self, event: "FileSystemEvent") -> None:
        if any(Path(str(path)).name == "game.json" for path in (event.src_path, event.dest_path)):
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
