"""Where what a game asks may go. Nothing leaves this machine: a name is never looked up, and all
that is connected to is a loopback address.
"""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from tt_emulator.config import DEFAULT_PORTS
from tt_emulator.errors import SettingsError
from tt_emulator.package.files import Files

LOOPBACK = ("127.0.0.1", "::1")


class NoAnswer(Exception):
    """There is no answer; the message says why."""


class Server(NamedTuple):
    """A server of this machine: `addresses` are those to try, `target` and `host` what it is asked
    for, and by which name.
    """

    addresses: tuple[str, ...]
    port: int
    secure: bool
    target: str
    host: str


class Folder(NamedTuple):
    """A file of a folder that stands in for a host."""

    files: Files
    path: str


class Elsewhere(NamedTuple):
    """A host that is not of this machine, and that nothing stands in for."""

    host: str


Place = Server | Folder | Elsewhere


class Places:
    """Of one server: `mapped` are folders and addresses of this machine, by host or host:port."""

    def __init__(self, mapped: Mapping[str, Files | str] | None = None) -> None:
        self._mapped = dict(mapped or {})

    @property
    def hosts(self) -> list[str]:
        """Those that something stands in for."""
        return list(self._mapped)

    def of(self, url: str) -> Place:
        """Where the address leads. Raises `ValueError` if it is none."""
        parts = urlsplit(url)
        host, port = _name(parts), _port(parts)
        target = _target(parts)
        found = self._mapped.get(f"{host}:{port}", self._mapped.get(host))
        if isinstance(found, Files):
            return Folder(found, unquote(parts.path).lstrip("/"))
        if found is not None:
            base = urlsplit(found)
            return _server(base, base.path.rstrip("/") + target, parts.netloc.rpartition("@")[2])
        if is_loopback(host):
            return _server(parts, target, parts.netloc.rpartition("@")[2])
        return Elsewhere(host)


def places(pairs: Iterable[str]) -> Places:
    """Those of `--map`, each HOST=DIR or HOST=URL. Raises `SettingsError`."""
    mapped: dict[str, Files | str] = {}
    for pair in pairs:
        host, _, what = pair.partition("=")
        if "://" in what:
            mapped[host.lower()] = what
        elif Path(what).is_dir():
            mapped[host.lower()] = Files(Path(what))
        else:
            raise SettingsError(f"map: there is no folder {what!r}, which should answer for {host}")
    return Places(mapped)


def is_loopback(host: str) -> bool:
    """Whether the name or address means this machine, whatever a resolver would say."""
    if _is_localhost(host):
        return True
    try:
        return ip_address(host).is_loopback and "%" not in host
    except ValueError:
        return False


def page_address(server: Server) -> str:
    """The address at which a page opens a WebSocket to that server, of what the policy of a game's
    page allows. Raises `NoAnswer`.
    """
    if "__emulator" in unquote(server.target):
        raise NoAnswer("the emulator's own control plane is not for games")
    host = "127.0.0.1" if server.addresses == (LOOPBACK[0],) else "localhost"
    if not {*server.addresses} <= {*LOOPBACK}:
        raise NoAnswer("a page opens sockets to 127.0.0.1, ::1 and localhost alone")
    return f"{'wss' if server.secure else 'ws'}://{host}:{server.port}{server.target}"


def _server(parts: SplitResult, target: str, host: str) -> Server:
    name = _name(parts)
    addresses = LOOPBACK if _is_localhost(name) else (str(ip_address(name)),)
    return Server(addresses, _port(parts), parts.scheme in {"https", "wss"}, target, host)


def _name(parts: SplitResult) -> str:
    return (parts.hostname or "").lower().rstrip(".")


def _is_localhost(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost")


def _port(parts: SplitResult) -> int:
    return parts.port or DEFAULT_PORTS[parts.scheme]


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
