"""A world in brief, as its owner tells of it while nobody reads it."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from tt_emulator.domain.lifetime import Lifetime
from tt_emulator.errors import Elsewhere


class Brief(Struct, frozen=True):
    """How many `players` are stored in a world, when the last call came that its journal holds, in
    Unix time, and which lifetime it was given; `None` where there is none.
    """

    players: int
    last_call_ms: int | None = None
    lifetime: Lifetime | None = None


class AtRest(Struct, frozen=True):
    """A stored world that no server has: under which `epoch` it was had last, and when it was used
    last, Unix time.
    """

    name: str
    platform: str
    epoch: int
    used_at_ms: int
    brief: Brief


class Survey(NamedTuple):
    """Of the stored worlds that are not alive here those that other servers have, and those that
    nobody has and of which can be told as they lie; `unread` are the names of those that have to be
    read for it.
    """

    elsewhere: Sequence[Elsewhere]
    at_rest: Sequence[AtRest]
    unread: Sequence[str] = ()


NOTHING_SURVEYED = Survey((), ())
