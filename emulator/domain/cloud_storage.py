"""set, get and removeUserCloudStorage: a player's KV pairs and their limits."""

from typing import Any

from emulator.catalog import Limit
from emulator.domain.turn import Turn
from emulator.errors import ApiError
from emulator.storage.base import Change, Pair


def set_user_cloud_storage(turn: Turn) -> dict[str, Any]:
    """Store all pairs or none; of a key given twice the last one counts."""
    pairs = {item["key"]: item["value"] for item in turn.options["KVDataList"]}
    for item in turn.options["KVDataList"]:
        _check_size(turn, item["key"], item["value"])
    _check_count(turn, pairs)
    if pairs:
        turn.commit(Change(put={key: Pair(value, turn.now_ms) for key, value in pairs.items()}))
    return {}


def get_user_cloud_storage(turn: Turn) -> dict[str, Any]:
    """The pairs of `keyList`, in its order, each key once and absent ones left out."""
    stored = turn.record.pairs
    found = [
        {"key": key, "value": stored[key].value}
        for key in dict.fromkeys(turn.options["keyList"])
        if key in stored
    ]
    return {"KVDataList": found, "data": found}


def remove_user_cloud_storage(turn: Turn) -> dict[str, Any]:
    """Forget the pairs of `keyList`; a key that is not stored is no error."""
    doomed = tuple(key for key in turn.options["keyList"] if key in turn.record.pairs)
    if doomed:
        turn.commit(Change(remove=doomed))
    return {}


def _check_size(turn: Turn, key: str, value: str) -> None:
    key_bytes = len(key.encode())
    _hold(turn.api.limit("key"), key_bytes, f"key {_shown(key)} is {key_bytes} bytes")
    item_bytes = key_bytes + len(value.encode())
    _hold(
        turn.api.limit("key_and_value"),
        item_bytes,
        f"key {_shown(key)} and its value are {item_bytes} bytes together",
    )


def _check_count(turn: Turn, pairs: dict[str, str]) -> None:
    count = len(turn.record.pairs.keys() | pairs.keys())
    _hold(turn.api.limit("pairs_per_player"), count, f"the player would have {count} pairs")


def _hold(limit: Limit, size: int, told: str) -> None:
    if size > limit.max:
        raise ApiError("server-error", limit.message, f"{told}, the limit is {limit.max}")


def _shown(key: str) -> str:
    return repr(key if len(key) <= 32 else key[:32] + "…")
