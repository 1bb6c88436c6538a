"""How much of a server one team uses, and the refusal of more. No team is asked about another."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from math import ceil
from threading import Lock
from time import monotonic

from tt_emulator.errors import TooManyCalls, TooManyListeners, Unprocessable


class Bucket:
    """A token bucket: `per_s` tokens come each second, and it holds those of one second, or one.

    Not safe under threads.
    """

    def __init__(self, per_s: float, now_s: Callable[[], float]) -> None:
        self._per_s = per_s
        self._most = max(1.0, per_s)
        self._now_s = now_s
        self._left = self._most
        self._at_s = now_s()

    def take(self) -> float:
        """Take one; 0, or in how many seconds there is one."""
        at_s = self._now_s()
        self._left = min(self._most, self._left + (at_s - self._at_s) * self._per_s)
        self._at_s = at_s
        if self._left < 1:
            return (1 - self._left) / self._per_s
        self._left -= 1
        return 0


class Seat:
    """The place of one listener; it is free again once `leave` is called or nobody holds it."""

    def __init__(self, free: Callable[[], object]) -> None:
        self._free: Callable[[], object] | None = free

    def __enter__(self) -> None:
        """Somebody listens there, for the block."""

    def __exit__(self, *_: object) -> None:
        self.leave()

    def leave(self) -> None:
        """Nobody listens there any more; a second call does nothing."""
        free, self._free = self._free, None
        if free is not None:
            free()

    def __del__(self) -> None:
        self.leave()


class Quota:
    """What one team uses: `requests` is how many it has sent, `listeners` how many streams and
    waits it has open, `refused` what was over a limit. `None` is no limit. Safe under threads.
    """

    def __init__(
        self,
        team: str,
        calls_per_s: float | None = None,
        max_listeners: int | None = None,
        max_worlds: int | None = None,
        now_s: Callable[[], float] = monotonic,
    ) -> None:
        self.requests = 0
        self.listeners = 0
        self.refused: Counter[str] = Counter()
        self._team = team
        self._calls_per_s = calls_per_s
        self._bucket = None if calls_per_s is None else Bucket(calls_per_s, now_s)
        self._max_listeners = max_listeners
        self._max_worlds = max_worlds
        self._lock = Lock()
        self._begun: set[Hashable] = set()

    def take_call(self) -> None:
        """Count a request. Raises `TooManyCalls`."""
        with self._lock:
            left_s = 0.0 if self._bucket is None else self._bucket.take()
            if not left_s:
                self.requests += 1
                return
            self.refused["calls_per_s"] += 1
        raise TooManyCalls(
            f"The team {self._team!r} has sent more than {self._calls_per_s:g} requests a second.",
            "Wait, as Retry-After says, or have the limit raised in the file of the teams.",
            max(1, ceil(left_s)),
        )

    def seat(self) -> Seat:
        """A place for one more listener. Raises `TooManyListeners`."""
        with self._lock:
            if self._max_listeners is None or self.listeners < self._max_listeners:
                self.listeners += 1
                return Seat(self._leave)
            self.refused["max_listeners"] += 1
        raise TooManyListeners(
            f"The team {self._team!r} has {self._max_listeners} event streams and waits open,"
            " no more.",
            "Close some: pages and tests that are over.",
        )

    @contextmanager
    def room_for(self, world: Hashable, there: Callable[[], Collection[str]]) -> Iterator[None]:
        """Have a world made in the block, unless it is among those that are `there` already.

        Raises `Unprocessable` if these, and those that are being made, are as many as can be.
        """
        with self._lock:
            if self._max_worlds is not None:
                self._require_room(world, there())
            self._begun.add(world)
        try:
            yield
        finally:
            with self._lock:
                self._begun.discard(world)

    def _require_room(self, world: Hashable, there: Collection[str]) -> None:
        held = {*there, *self._begun}
        if world in held or self._max_worlds is None or len(held) < self._max_worlds:
            return
        self.refused["max_worlds"] += 1
        raise Unprocessable(
            f"The team {self._team!r} holds {self._max_worlds} worlds, no more.", "Drop some first."
        )

    def _leave(self) -> None:
        with self._lock:
            self.listeners -= 1
