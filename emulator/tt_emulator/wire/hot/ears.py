"""Sockets at which the loop of a server listens, each registered once."""

import asyncio
from collections.abc import Callable
from socket import MSG_PEEK, socket


class Ears:
    """`heard(ear)` is called when something has come there, and answers whether that was expected.
    Else it has ended, or another thread has taken what came.
    """

    def __init__(self, heard: Callable[[socket, asyncio.AbstractEventLoop], bool]) -> None:
        self._heard = heard
        self._ears: set[socket] = set()

    def listen(self, ear: socket, loop: asyncio.AbstractEventLoop) -> bool:
        """Listen there, if this loop can."""
        if ear not in self._ears:
            try:
                loop.add_reader(ear, self._readable, ear, loop)
            except NotImplementedError:  # on Windows
                return False
            self._ears.add(ear)
        return True

    def _readable(self, ear: socket, loop: asyncio.AbstractEventLoop) -> None:
        if not self._heard(ear, loop):
            loop.remove_reader(ear)
            self._ears.discard(ear)
            if _has_ended(ear):
                ear.close()


def _has_ended(ear: socket) -> bool:
    try:
        return not ear.recv(1, MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return True
