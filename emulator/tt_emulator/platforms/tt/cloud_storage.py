"""set, get and removeUserCloudStorage: a player's KV pairs and their limits."""

from collections.abc import Mapping
from typing import Any, NoReturn

from tt_emulator.catalog import Api, Limit
from tt_emulator.domain.record import Change, Pair
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.language.quoting import cut
from tt_emulator.platforms.tt.ranking import check_value


def set_user_cloud_storage(turn: Turn) -> dict[str, Any]:
    """Store all pairs or none; of a key given twice the last one counts."""
    api, ranking_keys, stored = turn.api, turn.settings.ranking_keys, turn.record.pairs
    group, order = turn.record.profile.get("group"), turn.store.writes + 1
    pairs = {}
    new = 0
    for item in turn.options["KVDataList"]:
        key, value = item["key"], item["value"]
        check_size(api, key, value)
        if key in ranking_keys:
            check_value(api, key, value)
        new += key not in stored and key not in pairs
        pairs[key] = Pair(value, turn.now_ms, group, order)
    check_count(api, len(stored) + new)
    if pairs:
        turn.commit(Change(put=pairs))
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


def check_pairs(api: Api, pairs: Mapping[str, str]) -> None:
    """Raise `ApiError("server-error")` if a pair is too long or a player would have too many."""
    for key, value in pairs.items():
        check_size(api, key, value)
    check_count(api, len(pairs))


def check_size(api: Api, key: str, value: str) -> None:
    """Raise `ApiError("server-error")` if the key or the pair is too long, in UTF-8 bytes."""
    key_bytes = len(key.encode())
    item_bytes = key_bytes + len(value.encode())
    if key_bytes > api.limit("key").max:
        _refuse(api.limit("key"), f"key {_shown(key)} is {key_bytes} bytes")
    if item_bytes > api.limit("key_and_value").max:
        reason = f"key {_shown(key)} and its value are {item_bytes} bytes together"
        _refuse(api.limit("key_and_value"), reason)


def check_count(api: Api, count: int) -> None:
    """Raise `ApiError("server-error")` if these are more pairs than a player may have."""
    if count > api.limit("pairs_per_player").max:
        _refuse(api.limit("pairs_per_player"), f"the player would have {count} pairs")


def _refuse(limit: Limit, reason: str) -> NoReturn:
    raise ApiError("server-error", limit.message, f"{reason}, the limit is {limit.max}")


def _shown(key: str) -> str:
    return repr(cut(key, 32))
