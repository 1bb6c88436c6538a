"""set, get and removeUserCloudStorage and getUserCloudStorageKeys: a player's own pairs."""

from typing import Any

from tt_emulator.domain.record import Change, Pair
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.platforms.endpoints import Told
from tt_emulator.platforms.pairs import breach_of_count, breach_of_pair, named
from tt_emulator.platforms.wx.arguments import key_list
from tt_emulator.platforms.wx.ranking import why_not_shown


def set_user_cloud_storage(turn: Turn) -> dict[str, Any]:
    """Store all pairs or none; of a key given twice the last one counts.

    A ranking key's value may be anything: only the platform's own boards pass over a wrong one.
    """
    order = turn.store.writes + 1
    pairs = {}
    for item in turn.options["KVDataList"]:
        key, value = item["key"], item["value"]
        _require_size(turn, key, value)
        pairs[key] = Pair(value, turn.now_ms, None, order)
    _require_count(turn, len(turn.record.pairs.keys() | pairs.keys()))
    if pairs:
        turn.commit(Change(put=pairs))
    for key in turn.settings.ranking_keys.keys() & pairs.keys():
        if why := why_not_shown(pairs[key].value):
            return Told({}, f"{key!r} is a ranking key of this world; the save succeeds, but {why}")
    return {}


def get_user_cloud_storage(turn: Turn) -> dict[str, Any]:
    """The pairs of `keyList`, in its order, each key once and absent ones left out."""
    keys, flaw = key_list(turn)
    found = {"KVDataList": named(turn.record.pairs, keys)}
    return Told(found, f"{flaw}: no pair is asked for") if flaw else found


def get_user_cloud_storage_keys(turn: Turn) -> dict[str, Any]:
    """All keys, in the order in which they were first written."""
    return {"keys": list(turn.record.pairs)}


def remove_user_cloud_storage(turn: Turn) -> dict[str, Any]:
    """Forget the pairs of `keyList`; a key that is not stored is no error."""
    keys, flaw = key_list(turn)
    doomed = tuple(key for key in keys if key in turn.record.pairs)
    if doomed:
        turn.commit(Change(remove=doomed))
    return Told({}, f"{flaw}: nothing is removed") if flaw else {}


def _require_size(turn: Turn, key: str, value: str) -> None:
    if (breach := breach_of_pair(turn.api, key, value)) is not None:
        raise ApiError("too-long", reason=breach.reason)


def _require_count(turn: Turn, count: int) -> None:
    """How the platform tells that these are too many is not known: it is the row without a text."""
    if (breach := breach_of_count(turn.api, count)) is not None:
        raise ApiError("bare-fail", reason=breach.reason)
