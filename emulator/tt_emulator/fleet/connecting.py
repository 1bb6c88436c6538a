"""Connections to Redis: the only module that knows the client.

`redis.Redis` takes some 100 µs of processor time a command; a connection of it that is held takes a
fraction, and still does addresses, TLS and log-in.
"""

import socket
from collections.abc import Sequence
from threading import Event, Lock
from time import monotonic
from typing import Any, Protocol

from redis import exceptions as said
from redis.backoff import NoBackoff
from redis.connection import ConnectionPool
from redis.retry import Retry

from tt_emulator.errors import SettingsError, StorageError
from tt_emulator.fleet.failures import Away, Full
from tt_emulator.fleet.outage import PATIENCE_S, Outage
from tt_emulator.fleet.packing import Command, packed
from tt_emulator.fleet.scripts import SCRIPTS

PAUSE_S = 0.05
"""Between two tries."""

_UNREACHED = (said.RedisError, OSError)
_REFUSED_LOGIN = (said.AuthenticationError, said.AuthorizationError)
_FAILING_OVER = ("READONLY", "MASTERDOWN", "NOREPLICAS", "LOADING", "BUSY ", "TRYAGAIN")
"""How replies begin of a Redis that will not write now, and of which a later try may be taken."""


class Connection(Protocol):
    """What is used of the client's connections, which declare no types here."""

    socket_timeout: float
    socket_connect_timeout: float

    def connect(self) -> None:
        """Have one, and log in."""

    def disconnect(self) -> None:
        """Close it."""

    def send_packed_command(self, command: list[bytes], check_health: bool) -> None:
        """Send commands."""

    def read_response(self, disable_decoding: bool) -> Any:
        """The next reply; raises one that is an error."""


class Address:
    """Where Redis is, by its URL. Raises `SettingsError` if that cannot be used."""

    def __init__(self, url: str) -> None:
        try:
            pool = ConnectionPool.from_url(url)
        except (ValueError, TypeError, said.RedisError) as error:
            raise SettingsError(
                f"The address of the team's Redis cannot be used: {error}.",
                "It looks like redis://host:6379/0, rediss:// with TLS, or unix:///path.",
            ) from error
        self._connection_class = pool.connection_class
        self._settings: dict[str, Any] = pool.connection_kwargs | {
            "health_check_interval": 0,
            "protocol": 2,
            "retry": Retry(NoBackoff(), 0),
            "socket_connect_timeout": PATIENCE_S,
            "socket_timeout": PATIENCE_S,
        }
        self.place: str = self._settings.get("path") or "{}:{}".format(*self._host_and_port())

    def connection(self) -> Connection:
        """A connection that is not connected yet. Raises `SettingsError`."""
        try:
            connection: Connection = self._connection_class(**self._settings)
        except (TypeError, ValueError, said.RedisError) as error:
            raise SettingsError(
                f"The address of the team's Redis cannot be used: {error}.",
                "It looks like redis://host:6379/0, rediss:// with TLS, or unix:///path.",
            ) from error
        return connection

    def local_address(self) -> str:
        """The IP of this machine on the way to Redis. Raises `OSError`."""
        if "path" in self._settings:
            return "127.0.0.1"
        found = socket.getaddrinfo(*self._host_and_port(), type=socket.SOCK_DGRAM)
        family, kind, protocol, _, there = found[0]
        with socket.socket(family, kind, protocol) as asking:
            asking.connect(there)  # sends nothing
            return str(asking.getsockname()[0])

    def _host_and_port(self) -> tuple[str, int]:
        return self._settings.get("host", "localhost"), self._settings.get("port", 6379)


class Replies(list[Any]):
    """The replies to commands, which were sent `again` where the reply to a first try was lost."""

    again = False


class Link:
    """One connection that is held, and made again when it is lost. Thread-safe."""

    def __init__(self, address: Address, outage: Outage) -> None:
        self._connection = address.connection()
        self._outage = outage
        self._lock = Lock()
        self._closed = Event()
        self._connected_for_s = 0.0  # how long a wait may be on it; 0: there is none

    def run(self, commands: Sequence[Command]) -> Replies:
        """The replies, one a command; where Redis refuses one that is a `StorageError`.

        They are sent at once, and all of them again when the connection is lost, so they must be
        such as can be done twice. Raises `Away`, and `StorageError` if Redis lets nobody in.
        """
        self._outage.require_hope()
        deadline, again = monotonic() + self._outage.patience_s(), False
        sent = packed(commands)
        if not self._lock.acquire(timeout=max(0.0, deadline - monotonic())):
            raise self._outage.begin("other writes wait for it, too")
        try:
            while not self._closed.is_set():
                try:
                    replies = Replies(self._exchange(sent, len(commands), deadline))
                except _REFUSED_LOGIN as error:
                    self._disconnect()
                    raise StorageError(
                        f"Redis refuses the log-in: {error}.",
                        "Give user and password in its address.",
                    ) from error
                except _UNREACHED as error:
                    self._disconnect()
                    again = True
                    if self._closed.wait(PAUSE_S) or monotonic() >= deadline:
                        raise self._outage.begin(str(error)) from error
                else:
                    self._outage.end()
                    replies.again = again
                    return replies
        finally:
            self._lock.release()
        raise Away("The connection to Redis is closed.", "Start the server again.")

    def close(self) -> None:
        """Give up what waits, and the connection."""
        self._closed.set()
        with self._lock:
            self._disconnect()

    def _exchange(self, sent: bytes, count: int, deadline: float) -> list[Any]:
        self._connect(deadline)
        replies = self._send(sent, count)
        if any(isinstance(reply, said.NoScriptError) for reply in replies):
            self._send(
                packed([("SCRIPT", "LOAD", script.source) for script in SCRIPTS]), len(SCRIPTS)
            )
            replies = self._send(sent, count)
        return [_explained(r) if isinstance(r, Exception) else r for r in replies]

    def _connect(self, deadline: float) -> None:
        """Have a connection on which no wait is longer than the time that is left.

        One that was made in haste, with little time left, is made again when there is more.
        """
        if self._connected_for_s >= self._outage.patience_s() / 2:
            return
        self._disconnect()
        left_s = max(PAUSE_S, deadline - monotonic())
        self._connection.socket_timeout = self._connection.socket_connect_timeout = left_s
        self._connection.connect()
        self._connected_for_s = left_s

    def _disconnect(self) -> None:
        self._connected_for_s = 0.0
        self._connection.disconnect()

    def _send(self, sent: bytes, count: int) -> list[Any]:
        self._connection.send_packed_command([sent], check_health=False)
        return [self._reply() for _ in range(count)]

    def _reply(self) -> Any:
        try:
            return self._connection.read_response(disable_decoding=True)
        except said.ResponseError as error:
            return error


def _explained(error: Exception) -> StorageError:
    words = str(error)
    if isinstance(error, said.ReadOnlyError) or words.startswith(_FAILING_OVER):
        raise said.ConnectionError(words)
    if isinstance(error, said.OutOfMemoryError) or words.startswith("OOM"):
        return Full(
            "Redis has no memory left; nothing was written.",
            "Give it more (maxmemory), or drop worlds.",
        )
    return StorageError(f"Redis refuses: {words}.", "Its own log may tell more.")
