"""One server process: sockets first, then the data directory, then the doors open."""

import json
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from time import monotonic
from types import FrameType
from typing import Any

import uvicorn

from emulator import __version__
from emulator.catalog import load
from emulator.config import DEFAULT_WORLD, Settings
from emulator.domain.clock import SystemClock
from emulator.engine import Engine
from emulator.errors import EmulatorError
from emulator.faults import scenario
from emulator.sockets import bind
from emulator.storage.base import Storage
from emulator.storage.memory import MemoryStorage
from emulator.wire.bridge import Bridge, WsgiApp
from emulator.wire.game_api import MAX_BODY_BYTES
from emulator.wire.guard import Guard
from emulator.wire.protocol import game_protocol
from emulator.world import Worlds

GRACE_S = 2


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Raises `PortTaken`, `SettingsError` for an address or scenario that cannot be used,
    `StorageError`.
    """
    logging.basicConfig(format="%(levelname)s %(message)s", level=logging.WARNING)
    sockets = bind(settings.host, settings.port)
    try:
        storage = _open_storage(settings)
        try:
            _run(settings, storage, sockets)
        finally:
            storage.close()
    finally:
        for listener in sockets:
            listener.close()


def _open_storage(settings: Settings) -> Storage:
    if settings.data is None:
        return MemoryStorage()
    from emulator.storage.tinydb_json import TinyDBStorage

    return TinyDBStorage(settings.data, sync=settings.sync)


def _run(settings: Settings, storage: Storage, sockets: list[socket.socket]) -> None:
    clock = SystemClock()
    catalog = load()
    worlds = Worlds(storage, catalog, clock, seed=settings.random_seed, on_socket=True)
    if settings.scenario is not None:
        scenario.arm(settings.scenario, worlds.open(DEFAULT_WORLD).replace_faults)
    engine = Engine(catalog, worlds, clock)
    token = settings.token or (None if settings.loopback else token_urlsafe(32))
    guard = Guard(settings, token)
    facts = _facts(settings, sockets[0].getsockname()[1], token)
    health = partial(_health, settings, storage, monotonic())
    config = uvicorn.Config(
        Bridge(partial(_make_app, engine, guard, health), MAX_BODY_BYTES),
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
    _Server(config, partial(_announce, settings, facts), worlds.close).run(sockets)


def _make_app(engine: Engine, guard: Guard, health: Callable[[], dict[str, Any]]) -> WsgiApp:
    # here, because Flask takes half of a start and the hot route needs none of it
    from emulator.wire.app import create_app

    return create_app(engine, guard, health)


def _reachable(settings: Settings) -> str:
    if settings.loopback or settings.host in ("0.0.0.0", "::"):
        return "[::1]" if settings.host == "::1" else "127.0.0.1"
    return f"[{settings.host}]" if ":" in settings.host else settings.host


def _facts(settings: Settings, port: int, token: str | None) -> dict[str, Any]:
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

    def __init__(self, config: uvicorn.Config, announced: Any, let_go: Callable[[], None]) -> None:
        super().__init__(config)
        self._announced = announced
        self._let_go = let_go
        self._leave: Any = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._leave = self._announced()
        self._leave.__enter__()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._leave.__exit__(None, None, None)
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


@contextmanager
def _announce(settings: Settings, facts: dict[str, Any]) -> Iterator[None]:
    kept = facts["data"] or "nothing (ephemeral)"
    print(f"tt-emulator {__version__} is ready at {facts['url']}", file=sys.stderr)
    print(f"  keeps: {kept}", file=sys.stderr)
    if settings.scenario is not None:
        print(f"  scenario: {settings.scenario}", file=sys.stderr)
    if not settings.loopback:
        print("  WARNING: other machines can reach it.", file=sys.stderr)
    if facts["token"]:
        print(f"  token: {facts['token']}", file=sys.stderr)
    sys.stderr.flush()
    if settings.ready_file is None:
        yield
        return
    _write_ready_file(settings.ready_file, facts)
    try:
        yield
    finally:
        with suppress(OSError):
            settings.ready_file.unlink()


def _write_ready_file(path: Path, facts: dict[str, Any]) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(facts, file)
        aside.replace(path)
    except OSError as error:
        raise EmulatorError(
            f"The ready file {path} cannot be written: {error.strerror}.", "Check --ready-file."
        ) from error
