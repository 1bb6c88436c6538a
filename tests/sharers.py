"""Servers that share the worlds of one Redis, in this process."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Protocol

from redis_server import RedisServer
from tt_emulator.client import Client
from tt_emulator.config import Settings
from tt_emulator.errors import Elsewhere
from tt_emulator.server import _rules, sharing
from tt_emulator.server.assembly import assembled
from tt_emulator.sockets import bind


class Reached(Protocol):
    """A Redis, or the way to one."""

    url: str


class Sharer:
    """A running server."""

    def __init__(self, redis: Reached, undo: ExitStack) -> None:
        settings = Settings(port=0, data=None, shared=redis.url)
        listeners = bind("127.0.0.1", 0)
        for listener in listeners:
            undo.callback(listener.close)
        self.port: int = listeners[0].getsockname()[1]
        self.storage = sharing.join(settings, redis.url, self.port, _rules)
        undo.callback(self.storage.close)
        server = assembled(settings, self.storage, self.port, forwarding=self.storage)
        thread = threading.Thread(target=server.run_aside, args=(listeners,), daemon=True)
        thread.start()

        def stop() -> None:
            server.should_exit = True
            thread.join()

        undo.callback(stop)
        server.ready.result()

    def client(self, world: str) -> Client:
        return Client(self.storage.me, world)

    def takes_over(self, world: str, owner: "Sharer") -> None:
        """As if that one did not answer any more."""
        self.storage.lost(Elsewhere(owner.storage.me, world))
        self.client(world).faults()


@contextmanager
def sharers(redis: RedisServer, number: int = 2) -> Iterator[list[Sharer]]:
    with ExitStack() as undo:
        yield [Sharer(redis, undo) for _ in range(number)]
