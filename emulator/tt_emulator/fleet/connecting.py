"""Connections to Redis: the only module that knows the client.

`redis.Redis` takes some 100 µs of processor time a command; a connection of it that is held takes a
fraction, and still does addresses, TLS and log-in.
"""

import socket
from pathlib import Path
from ssl import SSLCertVerificationError
from typing import Any, Protocol

from redis import exceptions as said
from redis.backoff import NoBackoff
from redis.connection import ConnectionPool
from redis.retry import Retry

from tt_emulator.errors import SettingsError, StorageError
from tt_emulator.fleet.failures import Full, Lost, NotLetIn
from tt_emulator.fleet.outage import PATIENCE_S
from tt_emulator.fleet.packing import packed
from tt_emulator.fleet.scripts import LOAD

_UNREACHED = (said.RedisError, OSError)
_REFUSED_LOGIN = (said.AuthenticationError, said.AuthorizationError)
_FORBIDDEN = ("NOPERM", "The user executing the script")
_OF_FILES = ("ssl_ca_certs", "ssl_ca_path", "ssl_certfile", "ssl_keyfile")
_FAILING_OVER = ("READONLY", "MASTERDOWN", "NOREPLICAS", "LOADING", "BUSY ", "TRYAGAIN")
"""How replies begin of a Redis that will not write now, and of which a later try may be taken."""


class _Client(Protocol):
    """What is used of the client's connections, which declare no types here."""

    socket_timeout: float
    socket_connect_timeout: float

    def connect(self) -> None:
        """Have one, and log in."""

    def disconnect(self) -> None:
        """Close it."""

    def send_packed_command(self, command: list[bytes], check_health: bool) -> None:
        """Send commands."""

    def can_read(self, timeout: float) -> bool:
        """Whether a part of a reply is there."""

    def read_response(self, disable_decoding: bool) -> Any:
        """The next reply; raises one that is an error."""


class _Ear(socket.socket):
    def __del__(self) -> None:
        self.close()  # nobody has come to listen


def can_be_read(ear: socket.socket) -> bool:
    """Whether something has come there, or its end."""
    try:
        ear.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


class Connection:
    """A connection to Redis. What fails raises `Lost`, and where Redis lets nobody in
    `StorageError`; then disconnect, and connect again.
    """

    def __init__(self, client: _Client) -> None:
        self._client = client
        self._ear: socket.socket | None = None
        self._lacks_scripts = False

    @property
    def ear(self) -> socket.socket | None:
        """What can be read as soon as a reply has come, and as the connection ends; `None` where
        the client does not say. Whoever listens there closes it when it has ended.
        """
        if self._ear is None and (found := getattr(self._client, "_sock", None)) is not None:
            # the client closes its own while somebody listens
            same = socket.fromfd(found.fileno(), found.family, found.type)
            self._ear = _Ear(found.family, found.type, fileno=same.detach())
            self._ear.setblocking(False)
        return None if self._ear is None or self._ear.fileno() < 0 else self._ear

    def connect(self, within_s: float) -> None:
        """Have one; no wait on it is longer than that."""
        self._client.socket_timeout = self._client.socket_connect_timeout = within_s
        try:
            self._client.connect()
        except _UNREACHED as error:
            raise _failure(error) from error
        if self._lacks_scripts:
            self.send(packed(LOAD))
            for _ in LOAD:
                self.receive()
            self._lacks_scripts = False

    def send(self, text: bytes) -> None:
        """Send packed commands."""
        try:
            self._client.send_packed_command([text], check_health=False)
        except _UNREACHED as error:
            raise _failure(error) from error

    def has_reply(self) -> bool:
        """Whether one has come, or a part of it, or the end."""
        if self._ear is not None and can_be_read(self._ear):  # the client looks for longer
            return True
        try:
            return self._client.can_read(0)
        except _UNREACHED as error:
            raise _failure(error) from error

    def receive(self) -> Any:
        """The next reply, a `StorageError` where Redis refuses the command."""
        try:
            return self._client.read_response(disable_decoding=True)
        except said.NoScriptError as error:
            self._lacks_scripts = True
            raise Lost(str(error)) from error
        except said.ResponseError as error:
            return _explained(error)
        except _UNREACHED as error:
            raise _failure(error) from error

    def disconnect(self) -> None:
        """End it; whoever listens at the `ear` hears that."""
        self._ear = None
        self._client.disconnect()

    def close(self) -> None:
        """End it for ever: nobody listens any more."""
        if self._ear is not None:
            self._ear.close()
        self.disconnect()


class Address:
    """Where Redis is, by its URL. Raises `SettingsError` if that cannot be used."""

    def __init__(self, url: str) -> None:
        try:
            pool = ConnectionPool.from_url(url)
        except (ValueError, TypeError, said.RedisError):
            # what it says may have a part of the password
            raise SettingsError(
                "The address of the team's Redis cannot be read.",
                "It looks like redis://user:password@host:6379/0, rediss:// with TLS, or"
                " unix:///path; in a password / is %2F, # %23, ? %3F, @ %40 and % %25.",
            ) from None
        self._connection_class = pool.connection_class
        self._settings: dict[str, Any] = pool.connection_kwargs | {
            "health_check_interval": 0,
            "protocol": 2,
            "retry": Retry(NoBackoff(), 0),
            "socket_connect_timeout": PATIENCE_S,
            "socket_timeout": PATIENCE_S,
        }
        self.place: str = self._settings.get("path") or "{}:{}".format(*self._host_and_port())
        _require_there(self._settings)

    def connection(self) -> Connection:
        """One that is not connected yet. Raises `SettingsError`."""
        try:
            client: _Client = self._connection_class(**self._settings)
        except (TypeError, ValueError, said.RedisError) as error:
            raise SettingsError(
                f"The address of the team's Redis cannot be used: {_without_dot(error)}.",
                "It looks like redis://host:6379/0, rediss:// with TLS, or unix:///path.",
            ) from error
        return Connection(client)

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


def _require_there(settings: dict[str, Any]) -> None:
    if "path" in settings and not hasattr(socket, "AF_UNIX"):
        raise SettingsError(
            "This system has no sockets with a path, as the team's Redis has one by its address.",
            "Name host and port: redis://host:6379/0",
        )
    for name in _OF_FILES:
        if (path := settings.get(name)) and not Path(path).exists():
            raise SettingsError(
                f"There is no {path}, which the address of the team's Redis has as {name}.",
                "Name a file in PEM format that this server can read.",
            )


def _failure(error: BaseException) -> Exception:
    if isinstance(error, _REFUSED_LOGIN):
        return NotLetIn(
            f"Redis refuses the log-in: {_without_dot(error)}.",
            "Give user and password in its address.",
        )
    if (why := _why_untrusted(error)) is not None:
        return NotLetIn(
            f"The certificate of Redis is not trusted: {why}.",
            "Name its authority: rediss://host:6379/0?ssl_ca_certs=/path/ca.pem",
        )
    return Lost(_without_dot(error))


def _why_untrusted(error: BaseException | None) -> str | None:
    """What is wrong with the certificate of whoever answers there."""
    while error is not None and not isinstance(error, SSLCertVerificationError):
        error = error.__context__
    return None if error is None else error.verify_message.rstrip(".")


def _explained(error: Exception) -> StorageError:
    words = _cause(_without_dot(error))
    if isinstance(error, said.ReadOnlyError) or words.startswith(_FAILING_OVER):
        raise Lost(words)
    if isinstance(error, said.OutOfMemoryError) or words.startswith("OOM"):
        return Full(
            "Redis has no memory left; nothing was written.",
            "Give it more (maxmemory), or drop worlds.",
        )
    if isinstance(error, said.NoPermissionError) or words.startswith(_FORBIDDEN):
        return NotLetIn(
            f"Redis refuses its user something: {words}.",
            "docs/team.md tells what the user in its address must be allowed.",
        )
    return StorageError(f"Redis refuses: {words}.", "Its own log may tell more.")


def _cause(words: str) -> str:
    """Why a command was refused: before Redis 7 that of a script stands behind the script's own."""
    cause = words.partition(": -")[2] if words.startswith("Error running script") else ""
    return cause or words


def _without_dot(error: BaseException) -> str:
    return str(error).rstrip(" .")
