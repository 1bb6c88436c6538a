"""What was before each step of a world, and what testers did, as far back as its calls are held.

So a world can be shown as it was before one of them, and what has happened since told in order.
"""

from collections.abc import Mapping
from itertools import chain
from typing import Any, Protocol

from msgspec import Struct
from msgspec.json import Encoder

from tt_emulator.domain.clock import Clock
from tt_emulator.domain.model import Openid
from tt_emulator.domain.record import Change, Pair, Record
from tt_emulator.domain.tokens import Token

CHUNK = 100
"""Notes that are forgotten together: one by one they cost each save."""

MAX_NOTED = 100_000
MAX_BYTES = 8_000_000
"""Steps that are kept for the calls that are held: a story of more begins later."""


class PlayerWas(Struct, frozen=True, gc=False):
    """What was stored of the player in these places, `None` where nothing was. `by` is whose call
    changed them, if it was another's.
    """

    openid: str
    pairs: Mapping[str, Pair | None]
    profile: Mapping[str, Any]
    by: str | None = None


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


class TokensWere(Struct, frozen=True, gc=False):
    """What was known of these access tokens, `None` of one that was not handed out yet."""

    tokens: Mapping[str, Token | None]


Undo = PlayerWas | WorldWas | FaultsWere | TalliesWere | TokensWere


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


_PairWas = tuple[int, str, str, Pair | None]
"""As `Noted`, of one pair that a call wrote: the call's id, the player, the key, and the pair as it
was, `None` if it was not there. Each save makes some, and no other object costs it so little."""


class Calls(Protocol):
    """The calls of a world, by their ids: the first that is held, 0 if none is, and the last."""

    @property
    def first_id(self) -> int:
        """As above."""

    @property
    def last_id(self) -> int:
        """As above."""


class Past:
    """The steps of one world, as long as its `calls` are held. Hold the world's lock to note.

    No story begins before the call that follows `begins_after`.
    """

    def __init__(self, clock: Clock, calls: Calls) -> None:
        self.now_ms = clock.now_ms
        self._tick_ns = clock.tick_ns
        self._calls = calls
        self._latest: list[_PairWas | tuple[int, Noted]] = []
        self._chunks = [self._latest]
        self._bytes = 0  # of what testers did and what was armed before
        self.begins_after = 0

    def note_change(self, openid: str, record: Record, change: Change) -> None:
        """A call changes the player, of whom that is stored."""
        noted, call_id, pairs = self._latest, self._calls.last_id, record.pairs
        for key in change.put:
            noted.append((call_id, openid, key, pairs.get(key)))
        for key in change.remove:
            noted.append((call_id, openid, key, pairs.get(key)))
        if change.profile:
            were = {name: record.profile.get(name) for name in change.profile}
            noted.append((call_id, Noted(call_id, PlayerWas(openid, {}, were))))
        if len(noted) >= CHUNK:
            self._begin_chunk()

    def note_change_by(self, by: str, openid: str, record: Record, change: Change) -> None:
        """A call of the player `by` changes another one, of whom that is stored."""
        pairs = {key: record.pairs.get(key) for key in (*change.put, *change.remove)}
        were = {name: record.profile.get(name) for name in change.profile}
        self.note(PlayerWas(openid, pairs, were, by))

    def note(self, undo: Undo, act: Struct | None = None) -> None:
        """A step is taken; `act` is what a tester does."""
        done = None if act is None else Act(encode(act), self.now_ms(), self._tick_ns())
        noted = Noted(self._calls.last_id, undo, done)
        self._bytes += _size_bytes(noted)
        self._latest.append((noted.call_id, noted))
        if len(self._latest) >= CHUNK or self._bytes > MAX_BYTES:
            self._begin_chunk()

    def begin_anew(self) -> None:
        """The world has become another one: what was before it is another story."""
        self._latest = []
        self._chunks = [self._latest]
        self._bytes = 0
        self.begins_after = self._calls.last_id

    def since(self, call_id: int) -> list[Noted]:
        """What was noted since that call came, oldest first."""
        return [_told(noted) for noted in chain(*self._chunks) if noted[0] >= call_id]

    def _begin_chunk(self) -> None:
        """Forget what was before the first call that is held; if that is too little, half of it."""
        chunks = self._chunks
        first_id = self._calls.first_id or self._calls.last_id + 1
        while chunks and chunks[0][-1][0] < first_id:
            del chunks[0]
        if len(chunks) * CHUNK > MAX_NOTED or self._weighs_too_much():
            half = -(-len(chunks) // 2)
            self.begins_after = chunks[half - 1][-1][0]
            del chunks[:half]
        self._latest = []
        chunks.append(self._latest)

    def _weighs_too_much(self) -> bool:
        if self._bytes > MAX_BYTES:  # with what was forgotten since it was
            self._bytes = sum(map(_size_bytes, self.since(0)))
        return self._bytes > MAX_BYTES


encode = Encoder(enc_hook=dict).encode


def _told(noted: _PairWas | tuple[int, Noted]) -> Noted:
    if len(noted) == 2:
        return noted[1]
    call_id, openid, key, pair = noted
    return Noted(call_id, PlayerWas(openid, {key: pair}, {}))


def _size_bytes(noted: Noted) -> int:
    """About what it takes that is large: what a tester did, and what it undoes is no larger."""
    undo = noted.undo
    undo_bytes = len(undo.text) if isinstance(undo, FaultsWere) else 0
    if isinstance(undo, TalliesWere):
        undo_bytes = sum(map(len, undo.tallies.values()))
    return undo_bytes + (2 * len(noted.act.text) if noted.act else 0)
