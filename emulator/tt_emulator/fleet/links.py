"""Connections for those who wait for Redis at the same time."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

from tt_emulator.fleet.link import Link, Replies
from tt_emulator.fleet.packing import Command


class Links:
    """As many as are in use at once, each made by `make`: who writes a large world keeps nobody
    from asking for another one. Thread-safe.
    """

    def __init__(self, make: Callable[[], Link]) -> None:
        self._make = make
        self._made: list[Link] = []
        self._free: list[Link] = []
        self._closed = False
        self._lock = Lock()

    def run(self, commands: Sequence[Command]) -> Replies:
        """As `Link.run`."""
        with self.one() as link:
            return link.run(commands)

    @contextmanager
    def one(self) -> Iterator[Link]:
        """In this block a link is nobody else's."""
        try:
            link = self._free.pop()  # that of the last use, so that there are no more than needed
        except IndexError:
            link = self._another()
        try:
            yield link
        finally:
            self._free.append(link)

    def close(self) -> None:
        """Give up what waits on each of them."""
        with self._lock:
            self._closed = True
        for link in self._made:
            link.close()

    def _another(self) -> Link:
        link = self._make()
        with self._lock:
            self._made.append(link)
            if self._closed:
                link.close()
        return link
