"""Listening sockets, bound before anything else: a taken port must be reported at once."""

import errno
import os
import socket
from contextlib import suppress

from tt_emulator.errors import PortTaken, SettingsError

MAX_OPEN = 10_000


def in_url(host: str) -> str:
    """The host as a URL or a Host header has it: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host


def reachable(host: str) -> str:
    """How programs of this machine name in a URL what listens on `host`."""
    return {"localhost": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, in_url(host))


def bind(host: str, port: int) -> list[socket.socket]:
    """Listening sockets on `host`; for the IPv4 loopback on the IPv6 one as well, where it exists.

    Port 0 takes a free one. Raises `PortTaken` and `SettingsError`.
    """
    first = _listen(host, port)
    taken = first.getsockname()[1]
    if host not in ("127.0.0.1", "localhost") or not socket.has_ipv6:
        return [first]
    try:
        return [first, _listen("::1", taken)]
    except SettingsError:  # this machine has no IPv6
        return [first]
    except PortTaken:
        first.close()
        if port == 0:
            return bind(host, 0)
        raise


def allow_many() -> None:
    """Let this process have 10,000 connections open, or as many as the system allows: often a
    process has a thousand by itself, and everybody who listens or waits takes one.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_OPEN if hard == resource.RLIM_INFINITY else min(MAX_OPEN, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def addresses(host: str) -> list[str]:
    """The addresses by which other machines reach a server on `host`, which is not loopback."""
    if host not in ("0.0.0.0", "::"):
        return [host]
    family, far = (
        (socket.AF_INET, "192.0.2.1") if host == "0.0.0.0" else (socket.AF_INET6, "2001:db8::1")
    )
    with socket.socket(family, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect((far, 9))  # sends nothing: it only asks which of our addresses is the way out
        return [probe.getsockname()[0]]
    return []


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        else:  # there SO_REUSEADDR would share a taken port silently
            exclusive = socket.SO_EXCLUSIVEADDRUSE  # type: ignore[attr-defined,unused-ignore]  # Windows
            listener.setsockopt(socket.SOL_SOCKET, exclusive, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        if error.errno in _TAKEN:
            raise PortTaken(
                f"Port {port} on {host} is taken by another program.",
                "Stop that program, or choose another port: --port 0 takes a free one.",
            ) from error
        raise SettingsError(
            f"Cannot listen on {host}: {error.strerror}.", "Check --host."
        ) from error
    return listener


_TAKEN = {errno.EADDRINUSE, errno.EACCES}  # a taken port of another user is EACCES on Windows
