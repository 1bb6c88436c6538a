"""The changes of a world, as they are published to whoever listens; the latest are remembered."""

from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import NamedTuple

MAX_EVENTS = 1000

KINDS = ("exchange", "journal", "faults", "state")
_CODES = {kind: code for code, kind in enumerate(KINDS)}
_BITS = 3
_KIND = (1 << _BITS) - 1


class Event(NamedTuple):
    """A change: `kind` is one of `KINDS`, `exchange` the id of the one it is about, or 0."""

    id: int
    kind: str
    exchange: int = 0


class Feed:
    """The changes of one world. Safe under threads; `lock` is for who adds beside other work."""

    def __init__(self) -> None:
        self.lock = Lock()
        # a number each, in a ring: there are two a call, in all worlds, and hardly any is read
        self._events = array("q")
        self._listeners: tuple[Callable[[], None], ...] = ()
        self.last_id = 0
        self.closed = False

    def publish(self, kind: str) -> None:
        """Publish a change."""
        with self.lock:
            self.add(kind)

    def add(self, kind: str, exchange: int = 0) -> None:
        """As `publish`, of an exchange if need be; hold `lock`."""
        last_id = self.last_id
        event = exchange << _BITS | _CODES[kind]
        if last_id < MAX_EVENTS:
            self._events.append(event)
        else:
            self._events[last_id % MAX_EVENTS] = event
        self.last_id = last_id + 1
        for wake in self._listeners:
            wake()

    def after(self, event_id: int, limit: int = MAX_EVENTS) -> list[Event]:
        """The first events after that id that are remembered, at most `limit`.

        An id that was never given is of an earlier life of the server: the history is all new.
        """
        with self.lock:
            last_id = self.last_id
            seen_id = event_id if event_id <= last_id else 0
            begin = max(seen_id, last_id - MAX_EVENTS)
            return [
                Event(number + 1, KINDS[event & _KIND], event >> _BITS)
                for number in range(begin, min(begin + limit, last_id))
                for event in [self._events[number % MAX_EVENTS]]
            ]

    @contextmanager
    def listening(self, wake: Callable[[], None]) -> Iterator[None]:
        """In this block `wake` is called at each change, in the thread that makes it and with the
        feed's lock held: let it only wake somebody.
        """
        with self.lock:
            self._listeners = (*self._listeners, wake)
        try:
            yield
        finally:
            with self.lock:
                left = list(self._listeners)
                left.remove(wake)
                self._listeners = tuple(left)

    def close(self) -> None:
        """Wake everybody for the last time: the world ends."""
        with self.lock:
            self.closed = True
            for wake in self._listeners:
                wake()
