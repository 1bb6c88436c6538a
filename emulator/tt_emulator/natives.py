"""What a test may freeze, guard or replace, as it was when this module was first imported.

The pytest plugin imports it at the start of a run, before any test. What is kept stands in a class,
because freezegun looks through the names of every module and replaces what it finds there.
"""

import _socket
import io
import os
import socket
import subprocess
import time
from collections.abc import Iterable
from errno import EEXIST


class _Kept:
    monotonic_s = time.monotonic
    sleep = time.sleep
    getaddrinfo = socket.getaddrinfo
    socket = socket.socket
    connect = _socket.socket.connect  # pytest-socket guards the one of the class above in place
    popen: type[subprocess.Popen[bytes]] = subprocess.Popen
    makedirs = os.makedirs
    open = io.open
    begun_s = time.time()
    begun_monotonic_s = time.monotonic()


def now_s() -> float:
    """Seconds since 1970 in real time."""
    return _Kept.begun_s + _Kept.monotonic_s() - _Kept.begun_monotonic_s


def _is_cooperative(kind: type) -> bool:
    """Whether gevent or eventlet have put a class of theirs in the place of Python's.

    It is to be used then: what was kept would stop the greenlet that is to make the call for which
    the test waits, and they leave Python's own Popen broken.
    """
    return kind.__module__.partition(".")[0] in ("gevent", "eventlet")


def connected(host: str, port: int, timeout_s: float | None) -> socket.socket:
    """A TCP connection; its operations fail with TimeoutError after `timeout_s`. Raises OSError."""
    if _is_cooperative(socket.socket):
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


def sleep(duration_s: float) -> None:
    """Wait in real time; under gevent the other greenlets have it."""
    module = getattr(time.sleep, "__module__", None) or ""
    patched = module.partition(".")[0] in ("gevent", "eventlet")
    (time.sleep if patched else _Kept.sleep)(duration_s)


def popen() -> type[subprocess.Popen[bytes]]:
    """`subprocess.Popen`."""
    return subprocess.Popen if _is_cooperative(subprocess.Popen) else _Kept.popen


def write_new(folder: str, names: Iterable[str], data: bytes) -> str:
    """The path of a new file on the real disk, by the first name that is free. Raises OSError."""
    _Kept.makedirs(folder, exist_ok=True)
    for path in (f"{folder}{os.sep}{name}" for name in names):
        try:
            with _Kept.open(path, "xb") as file:
                file.write(data)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(EEXIST, os.strerror(EEXIST))
