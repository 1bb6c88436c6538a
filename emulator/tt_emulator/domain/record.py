"""What is stored of a player, and the one meaning of a change to it."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

# gc=False, here and in what the journal keeps: none of it can be a part of a cycle, and a garbage
# collection that goes through a hundred thousand players stops all calls.


class Pair(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """A stored value, when it was written (Unix time), and in which user group its player was then.

    `order` tells which of two writes of the same moment came first.
    """

    value: str
    at_ms: int
    group: str | None = None
    order: int = 0


class Record(Struct, gc=False):
    """What is stored of one player. Owned by the storage: read it, change it by `commit` only.

    `profile` holds what differs from a new player: session, network, nickname and the like.
    """

    pairs: dict[str, Pair] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)


class Change(Struct, frozen=True):
    """One write to one player, applied whole or not at all.

    `profile` values of `None` delete the field; `remove` of an absent key does nothing.
    """

    put: Mapping[str, Pair] = {}
    remove: tuple[str, ...] = ()
    profile: Mapping[str, Any] = {}


def apply(change: Change, record: Record) -> None:
    """Bring `record` to the state after `change`; the one meaning of a change for all backends."""
    record.pairs.update(change.put)
    for key in change.remove:
        record.pairs.pop(key, None)
    if change.profile:
        lay_over(record.profile, change.profile)


def lay_over(fields: dict[str, Any], others: Mapping[str, Any]) -> None:
    """Have the fields be as the others, of which `None` deletes."""
    for name, value in others.items():
        if value is None:
            fields.pop(name, None)
        else:
            fields[name] = value
