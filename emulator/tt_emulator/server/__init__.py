"""One server process: sockets first, then the data directory, then it answers."""

import logging
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING

from tt_emulator.config import Settings
from tt_emulator.domain.store import Rules, Storage
from tt_emulator.errors import SettingsError, StorageError
from tt_emulator.language.logs import InLanguage
from tt_emulator.platforms import PLATFORMS, load
from tt_emulator.server import teams_file
from tt_emulator.server.assembly import assembled
from tt_emulator.server.facts import Facts
from tt_emulator.server.lifetime import Server
from tt_emulator.server.teams_file import TeamsFile
from tt_emulator.sockets import allow_many, bind
from tt_emulator.storage.memory import MemoryStorage
from tt_emulator.world import stored

if TYPE_CHECKING:
    from tt_emulator.server.game import Game
    from tt_emulator.storage.shared.shared_storage import SharedStorage


TURN_S = 0.0005
"""For so long a thread that computes, as one that imports a world, keeps the interpreter from the
event loop, which waits for it twice a call. As Python has it, ten times as long, a game makes a
third of the calls beside a restore that it makes with this.
"""

_NO_PLAY = "Play it on a server of its own, without --teams."


def serve(settings: Settings, when_ready: Callable[[Facts], object] | None = None) -> None:
    """Serve until SIGTERM or Ctrl-C; `when_ready` is called in a thread of its own.

    Raises `PortTaken`, `SettingsError` for an address, scenario or seed that cannot be used,
    `StorageError`.
    """
    configure_log(settings.lang)
    allow_many()
    with _short_turns(), _made(settings) as (server, sockets):
        if when_ready is not None:
            aside = threading.Thread(target=when_ready, args=(server.facts,), daemon=True)
            server.ready.add_done_callback(lambda _: aside.start())
        server.run(sockets)


@contextmanager
def _short_turns() -> Iterator[None]:
    before_s = sys.getswitchinterval()
    sys.setswitchinterval(TURN_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before_s)


def configure_log(language: str) -> None:
    """Have warnings and errors of this process on stderr, in that language."""
    handler = logging.StreamHandler()
    handler.setFormatter(InLanguage("%(levelname)s %(message)s", language))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)


@contextmanager
def serving(settings: Settings) -> Iterator[Facts]:
    """Serve from a thread of this process for as long as the block runs; raises as `serve`."""
    with _made(settings) as (server, sockets):
        thread = threading.Thread(target=server.run_aside, args=(sockets,), daemon=True)
        thread.start()
        try:
            server.ready.result()
            yield server.facts
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def _made(settings: Settings) -> Iterator[tuple[Server, list[socket.socket]]]:
    teams = TeamsFile() if settings.teams is None else teams_file.read(settings.teams)
    if settings.teams is not None and settings.play is not None:
        raise SettingsError("teams: teams share no server that plays a package.", _NO_PLAY)
    with ExitStack() as undo:
        sockets = bind(settings.host, settings.port)
        for listener in sockets:
            undo.callback(listener.close)
        game = _open_game(settings, undo)
        port = sockets[0].getsockname()[1]
        storage, shared = _open_storage(settings, port)
        undo.callback(storage.close)
        server = assembled(settings, storage, port, game=game, teams=teams, forwarding=shared)
        if shared is not None:
            server.add_handover(shared)
        yield server, sockets


def _open_game(settings: Settings, undo: ExitStack) -> "Game | None":
    """The package that is played, with sockets of its own. Raises `PackageError`, `PortTaken`."""
    if settings.play is None:
        return None
    from tt_emulator.server.game import Game

    game = Game(settings)
    undo.callback(game.close)
    return game


def _open_storage(settings: Settings, port: int) -> tuple[Storage, "SharedStorage | None"]:
    """Where worlds are; twice, if it is shared with other servers."""
    if settings.shared is not None:
        from tt_emulator.server.sharing import join

        shared = join(settings, settings.shared, port, _rules)
        return shared, shared
    if settings.data is None:
        return MemoryStorage(), None
    from tt_emulator.storage.disk.tinydb_json import TinyDBStorage

    return TinyDBStorage(settings.data, sync=settings.sync, rules=_rules), None


@cache
def _rules(platform: str) -> Rules:
    """What a world of that platform may hold. Raises `StorageError` for one that nobody knows."""
    identity = PLATFORMS.get(platform)
    if identity is None:
        raise StorageError(
            f"A world there is of the platform {platform!r}, which this version does not emulate.",
            "Start the version that wrote it, or name another directory.",
        )
    return stored.rules(load(identity))
