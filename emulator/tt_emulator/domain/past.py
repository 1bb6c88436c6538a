"""What was before each step of a world, and what testers did, as far back as its calls are held.

So a world can be shown as it was before one of them, and what has happened since told in order.
"""

from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Protocol

from msgspec import Struct
from msgspec.json import Encoder

from tt_emulator.domain.clock import Clock
from tt_emulator.domain.model import Openid
from tt_emulator.domain.record import Change, Pair, Record

SWEEP_EACH = 100
MAX_NOTED = 100_000
MAX_BYTES = 8_000_000
"""Steps that are kept for the calls that are held: a story of more begins later."""


class PairWas(Struct, frozen=True, gc=False):
    """After the call of that id came: a pair that a call wrote, as it was, `None` if it was not
    there. One object each, as there are so many.
    """

    call_id: int
    openid: str
    key: str
    pair: Pair | None
    act: None = None


class PlayerWas(Struct, frozen=True, gc=False):
    """What was stored of the player in these places, `None` where nothing was."""

    openid: str
    pairs: Mapping[str, Pair | None]
    profile: Mapping[str, Any]


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

    openid: Openid
    put: Mapping[str, Pair] = {}
    remove: tuple[str, ...] = ()
    profile: Mapping[str, Any] = {}


class PlayerForgotten(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="forget-player"
):
    """A tester had a player forgotten."""

    openid: Openid


class WorldChanged(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="world"):
    """A tester changed settings or the clock: these fields of what is stored of the world."""

    fields: Mapping[str, Any]


class Act(Struct, frozen=True, gc=False):
    """What a tester did, as JSON, and when."""

    text: bytes
    at_ms: int
    at_ns: int


class Noted(Struct, frozen=True, gc=False):
    """A step that was taken after the call of that id came, how to undo it, and if it was a
    tester's, what they did.
    """

    call_id: int
    undo: Undo
    act: Act | None = None


class Calls(Protocol):
    """The calls of a world, by their ids: the first that is held, 0 if none is, and the last."""

    @property
    def first_id(self) -> int:
        """As above."""

    @property
    def last_id(self) -> int:
        """As above."""


class Past:
    """The steps of one world, as long as its `calls` are held. Safe under threads: each change of
    the queue is one that no thread can come between.

    No story begins before the call that follows `begins_after`.
    """

    def __init__(self, clock: Clock, calls: Calls) -> None:
        self.now_ms = clock.now_ms
        self._tick_ns = clock.tick_ns
        self._calls = calls
        self._noted: deque[Noted | PairWas] = deque()
        self._sweep_at = SWEEP_EACH
        self._bytes = 0  # of what testers did and what was armed before
        self.begins_after = 0

    def note_change(self, openid: str, record: Record, change: Change) -> None:
        """A call changes the player, of whom that is stored."""
        noted, call_id, pairs = self._noted, self._calls.last_id, record.pairs
        for key in change.put:
            noted.append(PairWas(call_id, openid, key, pairs.get(key)))
        for key in change.remove:
            noted.append(PairWas(call_id, openid, key, pairs.get(key)))
        if change.profile:
            were = {name: record.profile.get(name) for name in change.profile}
            noted.append(Noted(call_id, PlayerWas(openid, {}, were)))
        if len(noted) >= self._sweep_at:
            self._sweep()

    def note(self, undo: Undo, act: Struct | None = None) -> None:
        """A step is taken; `act` is what a tester does."""
        done = None if act is None else Act(encode(act), self.now_ms(), self._tick_ns())
        noted = Noted(self._calls.last_id, undo, done)
        self._bytes += _size_bytes(noted)
        self._noted.append(noted)
        if len(self._noted) >= self._sweep_at or self._bytes > MAX_BYTES:
            self._sweep()

    def begin_anew(self) -> None:
        """The world has become another one: what was before it is another story."""
        self._noted.clear()
        self._bytes = 0
        self.begins_after = self._calls.last_id

    def since(self, call_id: int) -> list[Noted | PairWas]:
        """What was noted since that call came, oldest first."""
        return [noted for noted in self._noted.copy() if noted.call_id >= call_id]

    def _sweep(self) -> None:
        """Forget what was before the first call that is held, or all if that is too much."""
        noted = self._noted
        first_id = self._calls.first_id or self._calls.last_id + 1
        with suppress(IndexError):
            while noted[0].call_id < first_id:
                noted.popleft()
        if self._bytes > MAX_BYTES:
            self._bytes = sum(map(_size_bytes, noted.copy()))
        if len(noted) > MAX_NOTED or self._bytes > MAX_BYTES:
            for _ in range(-(-len(noted) // 2)):
                self.begins_after = noted.popleft().call_id
            self._bytes = sum(map(_size_bytes, noted.copy()))
        self._sweep_at = len(noted) + SWEEP_EACH


encode = Encoder(enc_hook=dict).encode


def _size_bytes(noted: Noted | PairWas) -> int:
    """About what it takes that is large: what a tester did, and what it undoes is no larger."""
    if isinstance(noted, PairWas):
        return 0
    text = noted.undo.text if isinstance(noted.undo, FaultsWere) else b""
    return len(text) + (2 * len(noted.act.text) if noted.act else 0)
