"""One server process: sockets first, then the data directory, then the doors open."""

import asyncio
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from time import monotonic
from types import FrameType
from typing import Any

import uvicorn

from emulator import __version__, announcement, seeding
from emulator.catalog import load
from emulator.config import Settings
from emulator.domain.clock import SystemClock
from emulator.engine import Engine
from emulator.errors import EmulatorError
from emulator.language.logs import InLanguage
from emulator.sockets import addresses, bind
from emulator.storage.base import Storage
from emulator.storage.memory import MemoryStorage
from emulator.wire.bridge import MAX_READ_BYTES, Bridge, WsgiApp
from emulator.wire.guard import Guard
from emulator.wire.protocol import game_protocol
from emulator.world import Worlds

GRACE_S = 2

Facts = dict[str, Any]
"""What the ready file says."""


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Raises `PortTaken`, `SettingsError` for an address, scenario or seed that cannot be used,
    `StorageError`.
    """
    _log_in(settings.lang)
    with _made(settings) as (server, sockets):
        server.run(sockets)


def _log_in(language: str) -> None:
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
def _made(settings: Settings) -> Iterator[tuple["_Server", list[socket.socket]]]:
    with ExitStack() as undo:
        sockets = bind(settings.host, settings.port)
        for listener in sockets:
            undo.callback(listener.close)
        storage = _open_storage(settings)
        undo.callback(storage.close)
        yield _make(settings, storage, sockets[0].getsockname()[1]), sockets


def _open_storage(settings: Settings) -> Storage:
    if settings.data is None:
        return MemoryStorage()
    from emulator.storage.tinydb_json import TinyDBStorage

    return TinyDBStorage(settings.data, sync=settings.sync)


def _make(settings: Settings, storage: Storage, port: int) -> "_Server":
    clock = SystemClock()
    catalog = load()
    worlds = Worlds(
        storage,
        catalog,
        clock,
        seed=settings.random_seed,
        on_socket=True,
        ready=settings.seed_world is None,
    )
    engine = Engine(catalog, worlds)
    token = settings.token or (None if settings.loopback else token_urlsafe(32))
    guard = Guard(settings, token)
    health = partial(_health, settings, storage, monotonic())
    urls = partial(_urls, settings, port)
    stopping = threading.Event()
    config = uvicorn.Config(
        Bridge(partial(_make_app, engine, guard, health, stopping, urls), MAX_READ_BYTES),
        http=game_protocol(engine, guard),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GRACE_S,
    )

    def let_go() -> None:
        stopping.set()
        worlds.close()

    begin = partial(seeding.begin, settings, worlds)
    return _Server(config, settings, _facts(settings, port, token), begin, let_go)


def _make_app(
    engine: Engine,
    guard: Guard,
    health: Callable[[], dict[str, Any]],
    stopping: threading.Event,
    urls: Callable[[], list[str]],
) -> WsgiApp:
    # here, because Flask takes half of a start and the hot route needs none of it
    from emulator.wire.app import create_app

    return create_app(engine, guard, health, partial(_pause, stopping), urls)


def _pause(stopping: threading.Event, duration_s: float) -> None:
    """Wait in a thread of Flask's, which the process would wait for at its end."""
    if stopping.wait(duration_s):
        raise EmulatorError("The emulator is stopping.", "Call again when it runs again.")


def _reachable(settings: Settings) -> str:
    if settings.loopback or settings.host in ("0.0.0.0", "::"):
        return "[::1]" if settings.host == "::1" else "127.0.0.1"
    return _in_url(settings.host)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _urls(settings: Settings, port: int) -> list[str]:
    """Where other machines reach it; nowhere, if it listens on loopback."""
    hosts = [] if settings.loopback else addresses(settings.host)
    return [f"http://{_in_url(host)}:{port}" for host in hosts]


def _facts(settings: Settings, port: int, token: str | None) -> Facts:
    return {
        "url": f"http://{_reachable(settings)}:{port}",
        "host": settings.host,
        "port": port,
        "pid": os.getpid(),
        "token": token,
        "version": __version__,
        "data": None if settings.data is None else str(settings.data.resolve()),
    }


def _health(settings: Settings, storage: Storage, started_s: float) -> dict[str, Any]:
    return {
        "status": "ok",
        "version": __version__,
        "seed": settings.random_seed,
        "persistent": settings.data is not None,
        "set_aside": [Path(path).name for path in storage.set_aside()],
        "uptime_s": round(monotonic() - started_s, 3),
    }


class _Server(uvicorn.Server):
    """Uvicorn, but it announces that it is ready, and a signal ends it cleanly."""

    def __init__(
        self,
        config: uvicorn.Config,
        settings: Settings,
        facts: Facts,
        begin: seeding.Begin,
        let_go: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self.facts = facts
        self.ready: Future[None] = Future()
        self._settings = settings
        self._begin = begin
        self._let_go = let_go

    def run_aside(self, sockets: list[socket.socket]) -> None:
        """Run in a thread; who waits for `ready` hears why it came to nothing."""
        try:
            self.run(sockets)
        except BaseException as error:
            if self.ready.done():
                raise
            self.ready.set_exception(error)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        seeds = self._settings.seed_world is not None
        seeded = None if seeds else self._begin(lambda: False)
        await super().startup(sockets)
        try:
            if seeds:  # while the routes that tell of it answer already
                seeded = await asyncio.to_thread(self._begin, lambda: self.should_exit)
            self._announce(seeded)
        except seeding.Interrupted:
            return
        except BaseException:
            await super().shutdown(sockets)  # an event loop that still listens may not close
            raise
        self.ready.set_result(None)

    def _announce(self, seeded: int | None) -> None:
        if threading.current_thread() is threading.main_thread():
            announcement.tell(self._settings, self.facts, seeded)
        if self._settings.ready_file is not None:
            announcement.write(self._settings.ready_file, self.facts)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._settings.ready_file is not None:
            announcement.remove(self._settings.ready_file)
        self._let_go()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's, without raising the signal again at the end: that would exit with 143."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        signals = [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGBREAK", signal.SIGINT)]
        before = {
            number: signal.signal(number, self.handle_exit) for number in dict.fromkeys(signals)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True
