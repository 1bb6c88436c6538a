"""The changes of a world, as they are published to whoever listens; the latest are remembered."""

from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import NamedTuple

from tt_emulator.domain.deed import UNWRITTEN, Deed
from tt_emulator.journal.effects import Published

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
    """The changes of one world. Safe under threads; `lock` is for who adds beside other work.

    `name` is what its events are written under, with each `deed`; they can be seen once they are,
    those until `last_id` of the ids until `added_id`.
    """

    def __init__(self, name: str = "", deed: Deed = UNWRITTEN) -> None:
        self.lock = Lock()
        # a number each, in a ring: there are two a call, in all worlds, and hardly any is read
        self._events = array("q")
        self._listeners: tuple[Callable[[], None], ...] = ()
        self._name = name
        self._deed = deed
        self._moved = deed.moved
        self.added_id = 0
        self.last_id = 0
        self.closed = False
        self.streams = 0

    def publish(self, kind: str) -> None:
        """Publish a change."""
        with self._deed, self.lock:
            self.add(kind)

    def add(self, kind: str, exchange: int = 0) -> None:
        """As `publish`, of an exchange if need be; hold `lock`, in a deed.

        Whoever brings the exchange back does this again.
        """
        added_id = self.added_id
        event = exchange << _BITS | _CODES[kind]
        place = added_id % MAX_EVENTS
        if place == len(self._events):
            self._events.append(event)
        else:
            self._events[place] = event
        self.added_id = added_id + 1
        if self._moved is None:
            self.last_id = self.added_id
            for wake in self._listeners:
                wake()
        elif not exchange:
            self._moved["feed", self._name] = self._unwritten

    def show(self, last_id: int | None = None) -> None:
        """Let what was added, up to that id if need be, be seen: it is written."""
        with self.lock:
            self.last_id = self.added_id if last_id is None else last_id
            for wake in self._listeners:
                wake()

    def written(self) -> Published:
        """The effect from which all that is remembered comes again."""
        with self.lock:
            return self._latest(max(0, self.added_id - MAX_EVENTS))

    def restore(self, published: Published) -> None:
        """Do again what was written."""
        with self.lock:
            begin = published.last - len(published.events)
            self._events.extend([0] * (min(published.last, MAX_EVENTS) - len(self._events)))
            for number, event in enumerate(published.events, begin):
                self._events[number % MAX_EVENTS] = event
            self.added_id = published.last

    def forget_all(self) -> None:
        """Be as a new one; who listens sees what was until `show`."""
        with self.lock:
            self.added_id = 0

    def after(self, event_id: int, limit: int = MAX_EVENTS) -> list[Event]:
        """The first events after that id that are remembered, at most `limit`.

        An id that was never given is of an earlier life of the server: the history is all new.
        """
        with self.lock:
            last_id = self.last_id
            seen_id = event_id if event_id <= last_id else 0
            begin = max(seen_id, self.added_id - MAX_EVENTS)
            return [
                Event(number + 1, KINDS[event & _KIND], event >> _BITS)
                for number in range(begin, min(begin + limit, last_id))
                for event in [self._events[number % MAX_EVENTS]]
            ]

    def _unwritten(self) -> Published:
        return self._latest(self.last_id)

    def _latest(self, seen_id: int) -> Published:
        events = (self._events[number % MAX_EVENTS] for number in range(seen_id, self.added_id))
        return Published(self._name, self.added_id, tuple(events))

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

    @contextmanager
    def streamed(self) -> Iterator[None]:
        """In this block somebody follows the changes, who is one of the `streams`."""
        with self.lock:
            self.streams += 1
        try:
            yield
        finally:
            with self.lock:
                self.streams -= 1

    def close(self) -> None:
        """Wake everybody for the last time: the world ends."""
        with self.lock:
            self.closed = True
            for wake in self._listeners:
                wake()
