"""Servers of which each has worlds that the others have not, in this process."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rawhttp import TIMEOUT_S
from tt_emulator.config import DEFAULT_PLATFORM, Settings
from tt_emulator.domain.store import WorldStore
from tt_emulator.errors import Elsewhere
from tt_emulator.server.assembly import assembled
from tt_emulator.sockets import bind
from tt_emulator.storage.memory import MemoryStorage

TIMES = re.compile(rb'\d{4}-\d\d-\d\dT[0-9:.]+Z|"(took_ms|ago_ms|at_ms)":[0-9.]+')


class PartStorage(MemoryStorage):
    """Worlds in memory, but for those of which `owners` names the server that has them."""

    def __init__(self) -> None:
        super().__init__()
        self.owners: dict[str, str] = {}

    def open_world(self, world: str, platform: str = DEFAULT_PLATFORM) -> WorldStore:
        self._require_here(world)
        return super().open_world(world, platform)

    def drop_world(self, world: str) -> None:
        self._require_here(world)
        super().drop_world(world)

    def worlds(self) -> list[str]:
        return sorted({*super().worlds(), *self.owners})

    def _require_here(self, world: str) -> None:
        if world in self.owners:
            raise Elsewhere(self.owners[world])


class Member:
    """A server of the team: what the others know of it, and what it knows of them.

    `told` are the owners of which it was told that they do not answer; `when_lost` is what it does
    then, and when it was told that they have a world no longer.
    """

    def __init__(self) -> None:
        listeners = bind("127.0.0.1", 0)
        self._sockets = listeners
        self.port: int = listeners[0].getsockname()[1]
        self.me = f"http://127.0.0.1:{self.port}"
        self.storage = PartStorage()
        self.leaving = False
        self.dead: set[str] = set()
        self.told: list[str] = []
        self.when_lost: Callable[[Elsewhere], object] = lambda elsewhere: None

    def is_alive(self, url: str) -> bool:
        return url not in self.dead

    def lost(self, elsewhere: Elsewhere) -> None:
        self.told.append(elsewhere.url)
        self.when_lost(elsewhere)

    def moved(self, elsewhere: Elsewhere) -> None:
        self.when_lost(elsewhere)

    def takes_over(self, world: str) -> None:
        """From now on it takes the world for its own when the owner is lost."""
        self.when_lost = lambda elsewhere: self.storage.owners.pop(world, None)

    @contextmanager
    def serving(self) -> Iterator["Member"]:
        settings = Settings(port=0, data=None)
        server = assembled(settings, self.storage, self.port, forwarding=self)
        thread = threading.Thread(target=server.run_aside, args=(self._sockets,), daemon=True)
        thread.start()
        try:
            server.ready.result()
            yield self
        finally:
            server.should_exit = True
            thread.join()
            for listener in self._sockets:
                listener.close()


@contextmanager
def member(**elsewhere: str) -> Iterator[Member]:
    """A running server, and who has other worlds."""
    made = Member()
    made.storage.owners.update(elsewhere)
    with made.serving():
        yield made


def seen(port: int, *sent: bytes, timeout_s: float = TIMEOUT_S) -> tuple[bytes, str, int]:
    """What comes on a connection until it ends, how it ends, and in how many pieces it came."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout_s) as opened:
        for part in sent:
            opened.sendall(part)
        return until_the_end(opened)


def until_the_end(opened: Any) -> tuple[bytes, str, int]:
    """As `seen`, of what still comes."""
    pieces = []
    try:
        while piece := opened.recv(1 << 20):
            pieces.append(piece)
    except ConnectionResetError:
        return b"".join(pieces), "reset", len(pieces)
    return b"".join(pieces), "closed", len(pieces)


def timeless(raw: bytes) -> bytes:
    """Without what tells when it was."""
    return TIMES.sub(b"<time>", raw)
