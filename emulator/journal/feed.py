"""Tells whoever listens that something changed, and remembers the latest for who comes later."""

import time
from collections import deque
from collections.abc import Callable
from threading import Condition, Lock
from typing import Any, NamedTuple

MAX_EVENTS = 1000


class Event(NamedTuple):
    """`kind` is `exchange`, `journal`, `faults` or `state`; `view` gives what it is about, as JSON
    data, `None` if that was forgotten since.
    """

    id: int
    kind: str
    view: Callable[[], Any]


class Feed:
    """The changes of one world. Safe under threads; many may wait at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._changed = Condition(self._lock)
        # plain tuples: an Event is made when somebody reads of it, and most calls nobody watches
        self._events: deque[tuple[int, str, Callable[[], Any]]] = deque(maxlen=MAX_EVENTS)
        self._last_id = 0
        self._listening = 0
        self.closed = False

    def publish(self, kind: str, view: Callable[[], Any]) -> None:
        """Tell of a change. `view` is called when somebody reads of it."""
        with self._lock:  # of the condition, without its Python
            self._last_id += 1
            self._events.append((self._last_id, kind, view))
            if self._listening:
                self._changed.notify_all()

    def after(self, event_id: int, timeout_s: float) -> list[Event]:
        """The events after that id, as soon as there are any; none when the time is over.

        An id that was never given is of an earlier life of the server: the history is all new.
        """
        if event_id > self._last_id:
            event_id = 0
        self.wait_for(lambda: self._last_id > event_id, timeout_s)
        with self._changed:
            return [Event(*event) for event in self._events if event[0] > event_id]

    @property
    def last_id(self) -> int:
        """The id of the latest event, 0 before the first."""
        return self._last_id

    def wait_for(self, holds: Callable[[], bool], timeout_s: float) -> bool:
        """Wait until `holds` after some change, or the time is over; whether it holds."""
        deadline = time.monotonic() + timeout_s
        with self._changed:
            self._listening += 1
            try:
                while not (held := holds()) and not self.closed:
                    left_s = deadline - time.monotonic()
                    if left_s <= 0 or not self._changed.wait(left_s):
                        return holds()
                return held
            finally:
                self._listening -= 1

    def close(self) -> None:
        """Let everybody who waits go: the server ends."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()
