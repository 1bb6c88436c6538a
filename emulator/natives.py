"""What a test may freeze, guard or replace, as it was when this module was first imported.

The pytest plugin imports it at the start of a run, before any test. What is kept stands in a class,
because freezegun looks through the names of every module and replaces what it finds there.
"""

import _socket
import socket
import subprocess
import time


class _Kept:
    monotonic_s = time.monotonic
    getaddrinfo = socket.getaddrinfo
    socket = socket.socket
    connect = _socket.socket.connect  # pytest-socket guards the one of the class above in place
    popen: type[subprocess.Popen[bytes]] = subprocess.Popen
    begun_s = time.time()
    begun_monotonic_s = time.monotonic()


_COOPERATIVE = ("gevent", "eventlet")


def now_s() -> float:
    """Seconds since 1970 in real time."""
    return _Kept.begun_s + _Kept.monotonic_s() - _Kept.begun_monotonic_s


def connected(host: str, port: int, timeout_s: float | None) -> socket.socket:
    """A TCP connection; its operations fail with TimeoutError after `timeout_s`. Raises OSError.

    Where gevent or eventlet have taken over the sockets it is one of theirs, or it would stop the
    greenlet that is to make the call for which the test waits.
    """
    if socket.socket.__module__.partition(".")[0] in _COOPERATIVE:
        return socket.create_connection((host, port), timeout_s)
    failure: OSError | None = None
    for family, kind, proto, _, address in _Kept.getaddrinfo(host, port, 0, socket.SOCK_STREAM):
        connection = _Kept.socket(family, kind, proto)
        connection.settimeout(timeout_s)
        try:
            _Kept.connect(connection, address)
        except OSError as error:
            connection.close()
            failure = error
        else:
            return connection
    raise failure or OSError(f"{host} has no address")


def popen() -> type[subprocess.Popen[bytes]]:
    """`subprocess.Popen`."""
    return _Kept.popen
