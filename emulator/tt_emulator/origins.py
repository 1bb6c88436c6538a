"""Host names and web origins as flags name them: what can be meant, and what it matches.

A pattern that no browser's request could match is an error where it is given, and says why.
"""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple

UNSPECIFIED = frozenset({"0.0.0.0", "::"})
"""Addresses to listen on; nobody can be asked for by them."""

MAX_HOST_LENGTH = 253

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PARTS = re.compile(r"([a-z][a-z0-9+.-]*)://(\[[^\]]*\]|[^:/?#@\\]*)(?::([0-9]+|\*))?", re.I)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NO_ORIGINS = frozenset({"about", "blob", "data", "file", "ftp", "javascript", "ws", "wss"})


class HostPattern(NamedTuple):
    """One host, or with `subdomains` all names below it, at any depth, but not itself."""

    name: str
    subdomains: bool

    def matches(self, name: str) -> bool:
        """Whether it means the host `name`, as it stands in a request, in lower case."""
        if self.subdomains:
            return name.endswith(f".{self.name}") and not name.startswith(".")
        return name == self.name


class OriginPattern(NamedTuple):
    """One origin; with `subdomains` those of its host, with the port `*` any port."""

    scheme: str
    host: HostPattern
    port: str

    def matches(self, origin: str) -> bool:
        """Whether it means the origin, as a browser sends it."""
        if self.scheme == "null" or origin == "null":
            return self.scheme == origin
        parts = _PARTS.fullmatch(origin)
        if parts is None or parts[1] != self.scheme or self.port not in ("*", parts[3] or ""):
            return False
        host = parts[2].removesuffix(".") if self.scheme in _DEFAULT_PORTS else parts[2]
        return self.host.matches(host)


def beside(host: str, port: int) -> str:
    """The origin of that port, under the name that a Host header has, as a browser writes it."""
    name = re.sub(r":[0-9]*$", "", host)
    return f"http://{name}" if port == 80 else f"http://{name}:{port}"


def host_pattern(text: str) -> HostPattern:
    """What `--allowed-host` means by `text`. Raises ValueError that says why it means nothing."""
    if "://" in text:
        raise ValueError("leave the scheme out")
    if "/" in text:
        raise ValueError("leave the path out")
    if _address(text) is None and re.search(r":[0-9*]*$", text):
        raise ValueError("leave the port out, every port is meant")
    return _pattern(text)


def origin_pattern(text: str) -> OriginPattern:
    """What `--allow-origin` means by `text`. Raises ValueError that says why it means nothing."""
    if text == "null":
        return OriginPattern("null", HostPattern("", subdomains=False), "")
    scheme, found, rest = text.partition("://")
    if not found:
        raise ValueError("it begins with its scheme, as http://")
    scheme = scheme.lower()
    if scheme in _NO_ORIGINS:
        raise ValueError("no page has such an origin; one that is opened from disk has null")
    if re.search(r"[/?#\\]", rest):
        raise ValueError("leave the path out, the last slash included")
    parts = _PARTS.fullmatch(text)
    if parts is None or not parts[2]:
        raise ValueError("it has a scheme, a host and at most a port")
    port = _port(scheme, parts[3])
    if scheme in _DEFAULT_PORTS:
        return OriginPattern(scheme, _pattern(parts[2]), port)
    if "*" in parts[2]:
        raise ValueError("a * stands for hosts of http and https alone")
    return OriginPattern(scheme, HostPattern(parts[2], subdomains=False), port)


def _port(scheme: str, sent: str | None) -> str:
    """As an Origin header has it: not at all, if it is the scheme's own."""
    if sent in (None, "*"):
        return sent or ""
    if not 0 < int(sent) < 65536:
        raise ValueError("a port lies between 1 and 65535")
    return "" if int(sent) == _DEFAULT_PORTS.get(scheme) else str(int(sent))


def _pattern(text: str) -> HostPattern:
    """Of a host alone, maybe with `.` or `*.` before it."""
    address = _address(text)
    if address is not None:
        return HostPattern(_sent(address), subdomains=False)
    name = text.lower().removesuffix(".")
    below = name.removeprefix("*").removeprefix(".")
    if not below:
        raise ValueError("that is every host; name one, or those below one as .example.com")
    if "*" in below or (name.startswith("*") and not name.startswith("*.")):
        raise ValueError("a * stands at the beginning, for whole names: *.example.com")
    _check_name(below)
    return HostPattern(below, subdomains=below != name)


def _check_name(name: str) -> None:
    if not name.isascii():
        raise ValueError(f"browsers send it as {_ascii(name)}")
    labels = name.split(".")
    if len(name) > MAX_HOST_LENGTH or not all(map(_LABEL.fullmatch, labels)):
        raise ValueError("a host has letters, digits and - between its dots")
    if _NUMBER.fullmatch(labels[-1]):
        raise ValueError("browsers send an address as four numbers, such as 192.168.1.5")


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """The address that `text` is, an IPv6 one with or without its brackets."""
    try:
        return IPv6Address(text[1:-1]) if re.fullmatch(r"\[.*\]", text) else ip_address(text)
    except ValueError:
        return None


def _sent(address: IPv4Address | IPv6Address) -> str:
    """As a Host header has it."""
    if str(address) in UNSPECIFIED:
        raise ValueError("that is an address to listen on (--host), nobody can ask for it")
    if isinstance(address, IPv4Address):
        return str(address)
    if address.scope_id:
        raise ValueError("browsers do not send what stands behind the %")
    return f"[{address}]"


def _ascii(name: str) -> str:
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return "xn--…"
