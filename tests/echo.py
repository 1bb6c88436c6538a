"""A game's own WebSocket server on this machine: it sends back what comes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve
from websockets.typing import Subprotocol


class Echo:
    """`paths` are those that were asked for, `last` is the connection that came last."""

    def __init__(self) -> None:
        self.port = 0
        self.paths: list[str] = []
        self.last: ServerConnection | None = None
        self.closed = Event()
        """Set once a connection is over."""
        self.close_code: int | None = None

    def answer(self, connection: ServerConnection) -> None:
        self.last = connection
        self.paths.append(connection.request.path if connection.request else "")
        try:
            for message in connection:
                if message == "bye":
                    connection.close(4001, "as you wish")
                    break
                connection.send(message)
        except ConnectionClosed:
            pass
        self.close_code = connection.close_code
        self.closed.set()


def _first(_: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    return next(iter(offered), None)


@contextmanager
def echo() -> Iterator[Echo]:
    """A server that runs as long as the block, on 127.0.0.1."""
    running = Echo()
    with serve(running.answer, "127.0.0.1", 0, select_subprotocol=_first) as server:
        running.port = server.socket.getsockname()[1]
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield running
        finally:
            server.shutdown()
            thread.join()
