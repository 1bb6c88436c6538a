"""A server from its first listening to its end."""

import asyncio
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Protocol

import uvicorn

from tt_emulator import announcement, seeding
from tt_emulator.config import Settings
from tt_emulator.server.facts import Facts
from tt_emulator.wire.bridge import Bridge

GRACE_S = 2
DRAIN_S = 10.0
QUIET_S = 1.0
"""How long a server that has given its worlds away waits for requests that still come to it."""


class Handover(Protocol):
    """What a server does at its end that shares its worlds with others."""

    @property
    def for_others(self) -> int:
        """How many requests have been for the others until now."""

    def hand_over(self) -> bool:
        """Leave all worlds to the others; whether there are any. Takes its time."""


def configured(app: Bridge, connection: type[asyncio.Protocol]) -> uvicorn.Config:
    """Uvicorn's settings for the app, with this class for its connections."""
    return uvicorn.Config(
        app,
        http=connection,
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


class Server(uvicorn.Server):
    """Uvicorn, but it announces that it is ready, and a signal ends it cleanly."""

    def __init__(
        self,
        config: uvicorn.Config,
        settings: Settings,
        facts: Facts,
        initialize: seeding.Initialize,
        release: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self.facts = facts
        self.ready: Future[None] = Future()
        self._settings = settings
        self._initialize = initialize
        self._releases = [release]
        self._handover: Handover | None = None
        self._names: str | None = None
        self._sites: list[tuple[uvicorn.Config, list[socket.socket]]] = []

    def add_release(self, release: Callable[[], None]) -> None:
        """Call it when the server ends, before it waits for what is under way."""
        self._releases.append(release)

    def add_handover(self, handover: Handover) -> None:
        """Hand over before the server ends."""
        self._handover = handover

    def add_beside(self, start: Callable[[], None], stop: Callable[[], None]) -> None:
        """Call `start` once it is ready, and `stop` when it ends."""
        self.ready.add_done_callback(lambda ready: start() if ready.exception() is None else None)
        self.add_release(stop)

    def add_game(
        self,
        config: uvicorn.Config,
        sockets: list[socket.socket],
        release: Callable[[], None],
        names: str,
    ) -> None:
        """Serve a game's app on these sockets as well; `release` as for the first, `names` by which
        the package sees the platform.
        """
        self._sites.append((config, sockets))
        self.add_release(release)
        self._names = names

    def run_aside(self, sockets: list[socket.socket]) -> None:
        """Run in a thread; who waits for `ready` gets the error of a start that failed."""
        try:
            self.run(sockets)
        except BaseException as error:
            if self.ready.done():
                raise
            self.ready.set_exception(error)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Initialize, listen, and announce it; a seed world is filled while it listens already."""
        seeds = self._settings.seed_world is not None
        seeded = None if seeds else await self._initialized()
        await super().startup(sockets)
        for site in self._sites:
            await self._listen(*site)
        try:
            if seeds:  # while the routes that tell of it answer already
                seeded = await asyncio.to_thread(self._initialize, lambda: self.should_exit)
            self._announce(seeded)
        except seeding.Interrupted:
            return
        except BaseException:
            await super().shutdown(sockets)  # an event loop that still listens may not close
            raise
        self.ready.set_result(None)

    async def _initialized(self) -> int | None:
        if self._handover is None:
            return self._initialize(lambda: False)
        return await asyncio.to_thread(self._initialize, lambda: False)  # it waits for others

    async def _listen(self, config: uvicorn.Config, sockets: list[socket.socket]) -> None:
        """As uvicorn does for its own; at the end it closes what is in `servers`."""
        config.load()
        loop = asyncio.get_running_loop()
        make: Callable[[], asyncio.Protocol] = partial(
            config.http_protocol_class,
            **{"config": config, "server_state": self.server_state, "app_state": {}},
        )
        for listener in sockets:
            server = await loop.create_server(make, sock=listener, backlog=config.backlog)
            self.servers.append(server)

    def _announce(self, seeded: int | None) -> None:
        if threading.current_thread() is threading.main_thread():
            announcement.announce(self._settings, self.facts, seeded, self._names)
        if self._settings.ready_file is not None:
            announcement.write(self._settings.ready_file, self.facts)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, but first the ready file goes, and whoever waits is released."""
        if self._settings.ready_file is not None:
            announcement.remove(self._settings.ready_file, self.facts)
        if self._handover is not None and await asyncio.to_thread(self._handover.hand_over):
            await self._until_quiet(self._handover)
        for release in self._releases:
            release()
        await super().shutdown(sockets)

    async def _until_quiet(self, handover: Handover) -> None:
        """Until no request has been for the others for a while, or for `DRAIN_S` at most."""
        loop = asyncio.get_running_loop()
        until_s, seen = loop.time() + DRAIN_S, -1
        while seen != handover.for_others and loop.time() < until_s and not self.force_exit:
            seen = handover.for_others
            await asyncio.sleep(QUIET_S)

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
        """End, and at the second signal without waiting for anybody."""
        self.force_exit = self.should_exit
        self.should_exit = True
