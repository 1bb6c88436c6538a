"""What was before each step of a world, and what testers did, as far back as its calls are held.

So a world can be shown as it was before one of them, and what has happened since told in order.
"""

from collections import deque
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.json import Encoder

from tt_emulator.domain.clock import Clock
from tt_emulator.domain.record import Change, Pair

MAX_NOTED = 10_000
"""Steps between two calls, or of testers: a story of more begins later."""


class PlayerWas(Struct, frozen=True, gc=False):
    """The change that makes the player what they were; `None` if nothing was stored of them."""

    openid: str
    change: Change | None


class WorldWas(Struct, frozen=True, gc=False):
    """What was stored of the world itself in these fields, `None` for what was not."""

    fields: Mapping[str, Any]


class FaultsWere(Struct, frozen=True, gc=False):
    """All that was armed and counted, as the faults themselves write it."""

    text: bytes


class TalliesWere(Struct, frozen=True, gc=False):
    """How many calls of the API were counted, and these tallies as JSON, by fault."""

    api: str
    count: int
    tallies: Mapping[str, bytes]


Undo = PlayerWas | WorldWas | FaultsWere | TalliesWere


class PlayerChanged(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="player",
):
    """A tester changed a player."""

    openid: str
    put: Mapping[str, Pair] = {}
    remove: tuple[str, ...] = ()
    profile: Mapping[str, Any] = {}


class PlayerForgotten(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="forget-player"
):
    """A tester had a player forgotten."""

    openid: str


class WorldChanged(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="world"):
    """A tester changed settings or the clock: these fields of what is stored of the world."""

    fields: Mapping[str, Any]


class Noted(NamedTuple):
    """A step that was taken after the call of that id came, and when: how to undo it, and if it was
    a tester's, what they did, as JSON.
    """

    call_id: int
    at_ms: int
    at_ns: int
    undo: Undo
    act: bytes


class Past:
    """The steps of one world. Safe under threads.

    `calls` tells the ids of the first call that is held and of the last that came. No story begins
    before the call that follows `begins_after`.
    """

    def __init__(self, clock: Clock, calls: Callable[[], tuple[int, int]]) -> None:
        self.now_ms = clock.now_ms
        self._tick_ns = clock.tick_ns
        self._calls = calls
        self._noted: deque[Noted] = deque()
        self._lock = Lock()
        self.begins_after = 0

    def note(self, undo: Undo, act: Struct | None = None) -> None:
        """A step is taken; `act` is what a tester does."""
        first, last = self._calls()
        text = b"" if act is None else encode(act)
        with self._lock:
            noted = self._noted
            while noted and noted[0].call_id < first:
                noted.popleft()
            if len(noted) >= MAX_NOTED:
                noted.clear()
                self.begins_after = last
            noted.append(Noted(last, self.now_ms(), self._tick_ns(), undo, text))

    def begin_anew(self) -> None:
        """The world has become another one: what was before it is another story."""
        _, last = self._calls()
        with self._lock:
            self._noted.clear()
            self.begins_after = last

    def since(self, call_id: int) -> list[Noted]:
        """What was noted since that call came, oldest first."""
        with self._lock:
            return [noted for noted in self._noted if noted.call_id >= call_id]


encode = Encoder(enc_hook=dict).encode
