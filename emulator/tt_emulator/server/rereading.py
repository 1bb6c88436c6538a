"""The scenario and the seed world of a server, read again when their files change."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from tt_emulator import announcement, seeding, shipped
from tt_emulator.config import Settings
from tt_emulator.errors import Elsewhere, EmulatorError
from tt_emulator.language.logs import logger
from tt_emulator.server.watching import watch
from tt_emulator.world import Worlds

log = logger(__name__)

QUIET_S = 0.1
"""Editors save in several steps: a file is read when nothing more has come for so long."""


class Source(NamedTuple):
    """A file, and what takes it: it returns what to tell of it, or raises EmulatorError."""

    path: Path
    take: Callable[[], str]


def sources(settings: Settings, worlds: Worlds) -> list[Source]:
    """The files that the settings name, the world first; a pipe can be read but once."""

    def take_world() -> str:
        assert settings.seed_world is not None
        players = seeding.reseed(settings.seed_world, worlds)
        return f"seed world: {settings.seed_world} was read again (players: {players:,})"

    def take_scenario() -> str:
        assert settings.scenario is not None
        faults = seeding.rearm(settings.scenario, worlds)
        return f"scenario: {settings.scenario} was read again (faults: {faults})"

    found = []
    if settings.seed_world is not None:
        found.append(Source(shipped.located("worlds", settings.seed_world), take_world))
    if settings.scenario is not None:
        found.append(Source(shipped.located("scenarios", settings.scenario), take_scenario))
    return [source for source in found if source.path.is_file()]


class Rereading:
    """Watches files, from `start` to `stop`; what they held when it was made is known.

    A file is taken when it holds something else than what was taken last; one that cannot be used
    changes nothing.
    """

    def __init__(self, files: list[Source], lang: str) -> None:
        self._files = files
        self._lang = lang
        self._seen = {source: _digest(source.path) for source in files}
        self._taken = dict(self._seen)
        self._changed = Event()
        self._stopped = False

    def start(self) -> None:
        """Watch from now on, in a thread."""
        Thread(target=self._run, name="rereading", daemon=True).start()

    def stop(self) -> None:
        """Take nothing more."""
        self._stopped = True
        self._changed.set()

    def look(self) -> None:
        """Take each file that holds something else than before."""
        for source in self._files:
            digest = _digest(source.path)
            if digest != self._seen[source] and not self._stopped:
                self._seen[source] = digest
                if digest != self._taken[source] and self._take(source):
                    self._taken[source] = digest

    def _take(self, source: Source) -> bool:
        try:
            line = source.take()
        except Elsewhere:
            return True  # who has the world takes it there
        except EmulatorError as error:
            log.warning("%s All stays as it was.", error.detail)
            return False
        with suppress(OSError):  # nobody reads what is printed
            announcement.print_line(line, self._lang)
        return True

    def _run(self) -> None:
        with ExitStack() as undo:
            for folder, names in _places(self._files):
                try:
                    undo.callback(watch(folder, self._hearing(names), recursive=False))
                except OSError as error:
                    log.warning("Changes in %s will not be seen: %s.", folder, error.strerror)
            while not self._stopped:
                self.look()  # also at first: something may have come while the server started
                settle(self._changed)

    def _hearing(self, names: set[str]) -> Callable[[set[str]], None]:
        def changed(some: set[str]) -> None:
            if names & {name.casefold() for name in some}:
                self._changed.set()

        return changed


def settle(changed: Event, quiet_s: float = QUIET_S) -> None:
    """Return once a change has come, and no other one for so long."""
    changed.wait()
    while changed.is_set():
        changed.clear()
        changed.wait(quiet_s)


def _places(files: list[Source]) -> Iterator[tuple[Path, set[str]]]:
    """The folders of the files, and of what they link to, with the names there."""
    places: dict[Path, set[str]] = {}
    for source in files:
        for path in {source.path.absolute(), source.path.resolve()}:
            places.setdefault(path.parent, set()).add(path.name.casefold())
    yield from places.items()


def _digest(path: Path) -> bytes | None:
    """What tells one content from another, `None` for a file that cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "blake2b").digest()
    except OSError:
        return None
