"""set_user_storage and remove_user_storage: the pairs of a player, as their game sees them."""

from typing import Any

from tt_emulator.domain.record import Change, Pair, Record
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.platforms.endpoints import flaw_in, flaw_of_signature, forget_pairs, refuse
from tt_emulator.platforms.pairs import breach_of_count, breach_of_pair
from tt_emulator.platforms.tt.ranking import why_no_result


def set_user_storage(turn: Turn) -> dict[str, Any]:
    """Store all pairs or none; of a key given twice the last one counts."""
    record = _require_signed(turn, "kv_list")
    group, order = record.profile.get("group"), turn.store.writes + 1
    pairs = {}
    for item in turn.options["kv_list"]:
        key, value = item["key"], item["value"]
        refuse(breach_of_pair(turn.api, key, value))
        if key in turn.settings.ranking_keys and (why := why_no_result(key, value)):
            raise ApiError("ranking-value", reason=why)
        pairs[key] = Pair(value, turn.now_ms, group, order)
    refuse(breach_of_count(turn.api, len(record.pairs.keys() | pairs.keys())))
    if pairs:
        turn.commit_to(turn.options["openid"], Change(put=pairs))
    return {}


def remove_user_storage(turn: Turn) -> dict[str, Any]:
    """Forget the pairs of these keys; a key that is not stored is no error."""
    record = _require_signed(turn, "key")
    forget_pairs(turn, turn.options["openid"], record)
    return {}


def _require_signed(turn: Turn, option: str) -> Record:
    """The player whose key has signed the body, in which that option stands. Raises `ApiError`."""
    if not turn.options.get("access_token"):
        raise ApiError("no-token", reason="there is no access_token in the address")
    if flaw := turn.tokens.flaw(turn.options["access_token"], turn.now_ms):
        raise ApiError("bad-token", reason=flaw)
    if flaw := flaw_in(turn, "openid", "signature", "sig_method"):
        raise ApiError("wrong-parameter", reason=flaw)
    if flaw := flaw_of_signature(turn, turn.body):
        raise ApiError("bad-signature", reason=flaw)
    if flaw := flaw_in(turn, option):
        raise ApiError("wrong-parameter", reason=flaw)
    return turn.store.get(turn.options["openid"]) or Record()
