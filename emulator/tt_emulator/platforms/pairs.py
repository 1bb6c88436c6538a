"""The pairs that players keep at a platform: their bounds, and those that a list of keys names."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tt_emulator.catalog import Api, Limit
from tt_emulator.domain.record import Pair
from tt_emulator.domain.world_clock import LATEST_MS
from tt_emulator.language.quoting import cut

GREATEST_ORDER = 10**15


class Breach(NamedTuple):
    """A limit that something is beyond, and how."""

    limit: Limit
    reason: str


def named(pairs: Mapping[str, Pair], keys: Iterable[str]) -> list[dict[str, Any]]:
    """The pairs of these keys, in their order, each key once and absent ones left out."""
    return [{"key": key, "value": pairs[key].value} for key in dict.fromkeys(keys) if key in pairs]


def breach(api: Api, pairs: Mapping[str, str]) -> Breach | None:
    """What a player who has these pairs is beyond, `None` if nothing."""
    for key, value in pairs.items():
        if (found := breach_of_pair(api, key, value)) is not None:
            return found
    return breach_of_count(api, len(pairs))


def breach_of_pair(api: Api, key: str, value: str) -> Breach | None:
    """What the key or the pair is too long for, in UTF-8 bytes."""
    limits = api.limits_by_name
    key_bytes = len(key.encode())
    item_bytes = key_bytes + len(value.encode())
    if key_bytes > limits["key"].max:
        return _breach(limits["key"], f"key {_shown(key)} is {key_bytes} bytes")
    if item_bytes > limits["key_and_value"].max:
        reason = f"key {_shown(key)} and its value are {item_bytes} bytes together"
        return _breach(limits["key_and_value"], reason)
    return None


def breach_of_count(api: Api, count: int) -> Breach | None:
    """Whether these are more pairs than a player may have."""
    limit = api.limits_by_name["pairs_per_player"]
    return None if count <= limit.max else _breach(limit, f"the player would have {count} pairs")


def check_stored(api: Api, pairs: Mapping[str, Pair]) -> None:
    """Raise `ValueError` if no game could have written these."""
    found = breach(api, {key: pair.value for key, pair in pairs.items()})
    if found is not None:
        raise ValueError(found.reason)
    for key, pair in pairs.items():
        if not key:
            raise ValueError("a key is empty")
        if not (0 <= pair.at_ms <= LATEST_MS and 0 <= pair.order <= GREATEST_ORDER):
            raise ValueError(f"key {key!r}: at_ms or order cannot be")


def _breach(limit: Limit, reason: str) -> Breach:
    return Breach(limit, f"{reason}, the limit is {limit.max}")


def _shown(key: str) -> str:
    return repr(cut(key, 32))
