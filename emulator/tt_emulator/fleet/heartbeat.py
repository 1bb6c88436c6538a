"""Which servers of the team live: each renews a key of its own every second."""

from collections.abc import Callable, Mapping
from threading import Event, Thread
from time import monotonic
from typing import Any

from msgspec import Struct
from msgspec.json import decode, encode
from msgspec.structs import replace

from tt_emulator.errors import SettingsError, StorageError
from tt_emulator.fleet import keys
from tt_emulator.fleet.packing import Command
from tt_emulator.fleet.scripts import BEAT
from tt_emulator.fleet.values import Server
from tt_emulator.language.logs import logger

log = logger(__name__)

BEAT_S = 1.0
ALIVE_MS = 5_000
"""How long a server counts as living after its last beat."""
RECOVER_MS = 3_000
"""How long owners have to write again what Redis forgot, before anybody makes a world anew."""
FORGET_AFTER_S = 3_600.0
"""How long a dead server stays in the list."""

Ask = Callable[[Command], Any]
"""Gives the reply of Redis to a command, or raises `StorageError`."""


class _Entry(Struct, frozen=True):
    url: str
    version: str
    agreed: dict[str, str] = {}
    schema: int = 0


class Heartbeat:
    """That of this server, and what it knows of the others. Thread-safe."""

    def __init__(self, ask: Ask, *, instance: str, version: str) -> None:
        self._ask = ask
        self._instance = instance
        self._entry = _Entry("", version, schema=keys.SCHEMA)
        self._stopped = Event()
        self._thread: Thread | None = None
        self._servers: dict[str, tuple[_Entry, bool]] = {}
        self._dead_since: dict[str, float] = {}
        self._alive: frozenset[str] = frozenset()

    @property
    def url(self) -> str:
        """Where others reach this server, empty before it has joined."""
        return self._entry.url

    def join(self, url: str, agreed: Mapping[str, str]) -> None:
        """Be one of the servers.

        Returns when worlds may be made. Raises `SettingsError` if a living one has another value
        of what must be the same for all, `StorageError`.
        """
        self._entry = replace(self._entry, url=url, agreed=dict(agreed))
        recovering_ms = self._beat()
        try:
            self._compare()
        except SettingsError:
            self.leave()
            raise
        self._thread = Thread(target=self._run, name="fleet heartbeat", daemon=True)
        self._thread.start()
        while recovering_ms > 0 and not self._stopped.wait(recovering_ms / 1000):
            recovering_ms = self._beat()

    def is_alive(self, url: str) -> bool:
        """Whether a server with this URL was heard of, by the last look; while Redis is recovering,
        by that before it forgot.
        """
        return url in self._alive

    def look(self) -> None:
        """See now who lives. Raises `StorageError`."""
        self._beat()

    def saw(self, url: str) -> None:
        """Redis has just said that this one lives."""
        self._alive |= {url}

    def servers(self) -> list[Server]:
        """Those that are known, by URL."""
        known = [
            Server(entry.url, entry.version, alive, entry.schema)
            for entry, alive in self._servers.values()
        ]
        return sorted(known, key=lambda server: server.url)

    def leave(self) -> None:
        """Be none of the servers any more. Raises `StorageError`."""
        self.stop()
        self._ask(("DEL", keys.BEATS + self._instance))
        self._ask(("HDEL", keys.SERVERS, self._instance))

    def stop(self) -> None:
        """Beat no more."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(BEAT_S):
            try:
                self._beat()
                self._forget_dead()
            except StorageError:
                continue  # `trouble` tells of it
            except Exception:  # or this server would be dead to the others
                log.exception("The heartbeat of this server failed")

    def _beat(self) -> int:
        """Renew the key and look; gives for how many milliseconds Redis is recovering still."""
        where = (keys.BEATS + self._instance, keys.SERVERS, keys.MARKER, keys.RECOVERING)
        answer: list[Any] = self._ask(
            BEAT.command(
                where, self._instance, encode(self._entry), ALIVE_MS, RECOVER_MS, keys.BEATS
            )
        )
        recovering_ms, *found = answer
        lived = {server: known for server, known in self._servers.items() if known[1]}
        self._servers = {
            server.decode(): (decode(entry, type=_Entry), bool(alive))
            for server, entry, alive in found
        }
        if recovering_ms > 0:  # Redis has forgotten who lives, and not all have beaten again
            self._servers |= lived
        self._alive = frozenset(entry.url for entry, alive in self._servers.values() if alive)
        return int(recovering_ms)

    def _compare(self) -> None:
        for server, (other, alive) in self._servers.items():
            if server == self._instance or not alive:
                continue
            for name, mine in self._entry.agreed.items():
                if (theirs := other.agreed.get(name, mine)) != mine:
                    raise SettingsError(
                        f"The setting {name} is {mine!r} here, and {theirs!r} at {other.url}.",
                        "Start all servers of a team with the same.",
                    )

    def _forget_dead(self) -> None:
        """Take servers off the list that are replaced or long dead."""
        now_s = monotonic()
        dead = {server: entry for server, (entry, alive) in self._servers.items() if not alive}
        self._dead_since = {server: self._dead_since.get(server, now_s) for server in dead}
        for server, entry in dead.items():
            if entry.url in self._alive or now_s - self._dead_since[server] > FORGET_AFTER_S:
                self._ask(("HDEL", keys.SERVERS, server))
