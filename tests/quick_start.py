"""Servers that are ready in a moment: each is a process of its own, made by one that has imported
what a server needs, where the system can do that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from process import START_S
from tt_emulator.config import Settings
from tt_emulator.server import serve

_context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
if _context.get_start_method() == "forkserver":
    _context.set_forkserver_preload(
        [
            "tt_emulator.server.assembly",
            "tt_emulator.storage.disk.tinydb_json",
            "tt_emulator.wire.app",
        ]
    )


class Life:
    """A running server."""

    def __init__(self, process: BaseProcess, port: int) -> None:
        self.port = port
        self._process = process

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.join(START_S)

    def stop(self) -> None:
        """Ask it to end, where a system can ask."""
        self._process.terminate()
        self._process.join(START_S)


@contextmanager
def started(settings: Settings) -> Iterator[Life]:
    """A server, ready; killed at the end if it still runs."""
    ready, tell = _context.Pipe(duplex=False)
    process = _context.Process(target=_serve, args=(settings, tell), daemon=True)
    process.start()
    tell.close()
    try:
        assert ready.poll(START_S)
        yield Life(process, ready.recv())
    finally:
        ready.close()
        process.kill()
        process.join()
        process.close()


def _serve(settings: Settings, tell: Connection) -> None:
    serve(settings, lambda facts: tell.send(facts["port"]))
