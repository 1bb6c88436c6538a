"""The way to a Redis, which can be shut in each way in which a machine is not reached."""

import socket
from contextlib import suppress
from threading import Lock, Thread

from redis_server import RedisServer

WAYS = ("refused", "no answer to SYN", "silent", "still")
"""Connections are refused; or never come about; or are accepted, and nothing is said on them; or
nothing comes on those that are there.
"""


class Door:
    """Passes connections on to the Redis, as long as it is open. `shut` ends those that are there,
    but for `still`.
    """

    def __init__(self, redis: RedisServer) -> None:
        self._path = redis.url.removeprefix("unix://")
        self._way = ""
        self._lock = Lock()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._held: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}"
        self._accept_aside()

    def shut(self, way: str) -> None:
        with self._lock:
            self._way = way
            if way == "still":
                return
            self._end_pairs()
        if way == "refused":
            self._stop()
        elif way == "no answer to SYN":
            self._stop()
            self._listening = socket.socket()
            self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._listening.bind(("127.0.0.1", self.port))
            self._listening.listen(0)
            self._fill()

    def open(self) -> None:
        way, self._way = self._way, ""
        if not way:
            return
        if way in ("silent", "still"):
            with self._lock:
                self._end_pairs()
        else:
            if way == "no answer to SYN":
                self._listening.close()
            self._listening = socket.create_server(("127.0.0.1", self.port))
            self._accept_aside()

    def close(self) -> None:
        self._stop()
        with self._lock:
            self._end_pairs()

    def _accept_aside(self) -> None:
        Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            with self._lock:
                if self._way:
                    self._held.append(client)
                    continue
                there = socket.socket(socket.AF_UNIX)
                try:
                    there.connect(self._path)
                except OSError:  # Redis itself is down
                    client.close()
                    continue
                self._pairs.append((client, there))
            for one, other in ((client, there), (there, client)):
                Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _fill(self) -> None:
        """Take all the room that there is for connections nobody has accepted."""
        while True:
            one = socket.socket()
            one.settimeout(0.2)
            self._held.append(one)
            try:
                one.connect(("127.0.0.1", self.port))
            except OSError:
                return

    def _stop(self) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _end_pairs(self) -> None:
        for one in (*self._held, *(each for pair in self._pairs for each in pair)):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._held, self._pairs = [], []

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(1_000_000):
                if self._way == "still":
                    return
                other.sendall(data)
        if self._way != "still":
            for each in (one, other):
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
