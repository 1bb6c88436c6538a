"""Commands on their way to Redis and back, on one connection that is held."""

from collections import deque
from collections.abc import Callable, Sequence
from socket import socket
from threading import Event, Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from tt_emulator.errors import StorageError
from tt_emulator.fleet.failures import Away, Lost
from tt_emulator.fleet.outage import Outage
from tt_emulator.fleet.packing import Command, packed
from tt_emulator.fleet.waiting import require_thread

if TYPE_CHECKING:
    from tt_emulator.fleet.connecting import Connection

PAUSE_S = 0.05
"""Between two tries."""

UNREAD_BYTES = 100_000
"""So much is surely taken off a loop's hands by the sockets, though Redis reads none of it."""

Wake = Callable[[], object]


class Replies(list[Any]):
    """The replies to commands, which were sent `again` where the reply to a first try was lost."""

    again = False


class Sent:
    """Commands under way until `until_s`; over as soon as there are replies, or an error.

    `wake` is called if another thread has read the replies. With it there is an `ear`, which can be
    read when they come, or when the connection has ended; `None` as long as they are not sent.
    """

    ear: socket | None = None

    def __init__(self, commands: Sequence[Command], until_s: float, wake: Wake | None) -> None:
        self.text = packed(commands)
        self.count = len(commands)
        self.until_s = until_s
        self.wake = wake
        self.tries = 0
        self.is_sent = False
        self.replies: Replies | None = None
        self.error: StorageError | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing comes any more."""
        return self.replies is not None or self.error is not None


class Link:
    """A connection that is made again when it is lost. Thread-safe.

    What is sent is answered in its order, so whoever wants a reply reads those before it, too.
    Whatever waits for Redis raises `WouldWait` on an event loop.
    """

    def __init__(self, connection: "Connection", outage: Outage) -> None:
        self._connection = connection
        self._outage = outage
        self._lock = Lock()
        self._closed = Event()
        self._connected_for_s = 0.0  # how long a wait may be on it; 0: there is none
        self._under_way: deque[Sent] = deque()
        self._under_way_bytes = 0

    def run(self, commands: Sequence[Command]) -> Replies:
        """The replies, one a command; where Redis refuses one that is a `StorageError`.

        They are sent at once, and all of them again when the connection is lost, so they must be
        such as can be done twice. Raises `Away`, and `StorageError` if Redis lets nobody in.
        """
        return self.finish(self.begin(commands))

    def begin(self, commands: Sequence[Command], wake: Wake | None = None) -> Sent:
        """As `run`, without waiting for the replies: `finish` gives them. Raises `Away`.

        With a `wake` it waits for nothing: where there is no connection, or much is unread on it,
        the commands are sent by who waits for them.
        """
        self._outage.require_hope()
        if wake is None:
            require_thread()
        sent = Sent(commands, monotonic() + self._outage.patience_s(), wake)
        self._hold(sent.until_s)
        try:
            self._begin(sent)
        finally:
            self._lock.release()
        return sent

    def hear(self, sent: Sent) -> None:
        """Read what has come until now, up to the replies to that; waits for nothing."""
        if sent.is_over or not self._lock.acquire(blocking=False):
            return
        try:
            while not sent.is_over and self._connected_for_s and self._connection.has_reply():
                self._receive(sent)
        except Lost:
            self._disconnect()  # who waits connects again
        finally:
            self._lock.release()

    def wait(self, sent: Sent) -> None:
        """Wait until it is over."""
        if sent.is_over:
            return
        require_thread()
        try:
            self._hold(sent.until_s)
        except Away as away:
            sent.error = away
            return
        try:
            while not sent.is_over:
                self._try(sent)
        finally:
            self._lock.release()

    def finish(self, sent: Sent) -> Replies:
        """Wait for the replies. Raises as `run`."""
        self.wait(sent)
        if sent.replies is None:
            raise sent.error or _closed()
        return sent.replies

    def close(self) -> None:
        """Give up what waits, and the connection."""
        self._closed.set()
        with self._lock:
            self._connection.close()
            self._give_up(_closed())

    def _hold(self, until_s: float) -> None:
        if self._lock.acquire(blocking=False):
            return
        require_thread()
        if not self._lock.acquire(timeout=max(0.0, until_s - monotonic())):
            raise self._outage.begin("other writes wait for it, too")

    def _begin(self, sent: Sent) -> None:
        if self._closed.is_set():
            raise _closed()
        self._under_way.append(sent)
        self._under_way_bytes += len(sent.text)
        try:
            if sent.wake is None:
                self._connect(sent.until_s)
                self._send_all()
            elif self._connected_for_s and self._under_way_bytes <= UNREAD_BYTES:
                self._send_all()
        except (Lost, StorageError):  # who waits tries again
            self._disconnect()

    def _try(self, sent: Sent) -> None:
        """Have one more reply, or one more failure."""
        try:
            self._connect(sent.until_s)
            self._send_all()
            self._receive(sent)
        except Lost as lost:
            self._disconnect()
            if self._closed.wait(PAUSE_S):
                self._give_up(_closed())
            elif monotonic() >= sent.until_s:
                self._give_up(self._outage.begin(str(lost)))
        except StorageError as refused:
            self._disconnect()
            self._give_up(refused)

    def _receive(self, sent: Sent) -> None:
        """The replies to what was sent first."""
        if monotonic() >= sent.until_s and not self._connection.has_reply():
            raise Lost("it does not answer")
        first = self._under_way[0]
        replies = Replies(self._connection.receive() for _ in range(first.count))
        self._outage.end()
        replies.again = first.tries > 1
        first.replies = replies
        self._over(first, sent)

    def _connect(self, until_s: float) -> None:
        """Have a connection on which no wait is longer than the time that is left.

        One that was made in haste, with little time left, is made again when there is more.
        """
        if self._connected_for_s >= self._outage.patience_s() / 2:
            return
        self._disconnect()
        left_s = max(PAUSE_S, until_s - monotonic())
        self._connection.connect(left_s)
        self._connected_for_s = left_s

    def _send_all(self) -> None:
        """Have all on the connection that is under way, in its order."""
        for sent in self._under_way:
            if not sent.is_sent:
                self._send(sent)

    def _send(self, sent: Sent) -> None:
        sent.tries += 1
        self._connection.send(sent.text)
        sent.is_sent = True
        if sent.wake is not None:
            sent.ear = self._connection.ear

    def _disconnect(self) -> None:
        self._connected_for_s = 0.0
        for sent in self._under_way:
            sent.is_sent, sent.ear = False, None
        self._connection.disconnect()

    def _give_up(self, error: StorageError) -> None:
        """All that is under way."""
        while self._under_way:
            first = self._under_way[0]
            first.error = error
            self._over(first, None)

    def _over(self, first: Sent, sent: Sent | None) -> None:
        self._under_way.popleft()
        self._under_way_bytes -= len(first.text)
        if first is not sent and first.wake is not None:
            first.wake()


def _closed() -> Away:
    return Away("The connection to Redis is closed.", "Start the server again.")
