"""set, get and removeUserCloudStorage: a player's KV pairs and their limits."""

from typing import Any

from tt_emulator.domain.record import Change, Pair
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.platforms.pairs import Breach, breach_of_count, breach_of_pair, named
from tt_emulator.platforms.tt.ranking import check_value


def set_user_cloud_storage(turn: Turn) -> dict[str, Any]:
    """Store all pairs or none; of a key given twice the last one counts."""
    api, ranking_keys, stored = turn.api, turn.settings.ranking_keys, turn.record.pairs
    group, order = turn.record.profile.get("group"), turn.store.writes + 1
    pairs = {}
    new = 0
    for item in turn.options["KVDataList"]:
        key, value = item["key"], item["value"]
        if (breach := breach_of_pair(api, key, value)) is not None:
            raise _refusal(breach)
        if key in ranking_keys:
            check_value(api, key, value)
        new += key not in stored and key not in pairs
        pairs[key] = Pair(value, turn.now_ms, group, order)
    if (breach := breach_of_count(api, len(stored) + new)) is not None:
        raise _refusal(breach)
    if pairs:
        turn.commit(Change(put=pairs))
    return {}


def get_user_cloud_storage(turn: Turn) -> dict[str, Any]:
    """The pairs of `keyList`, in its order, each key once and absent ones left out."""
    found = named(turn.record.pairs, turn.options["keyList"])
    return {"KVDataList": found, "data": found}


def remove_user_cloud_storage(turn: Turn) -> dict[str, Any]:
    """Forget the pairs of `keyList`; a key that is not stored is no error."""
    doomed = tuple(key for key in turn.options["keyList"] if key in turn.record.pairs)
    if doomed:
        turn.commit(Change(remove=doomed))
    return {}


def _refusal(breach: Breach) -> ApiError:
    return ApiError("server-error", breach.limit.message, breach.reason)
