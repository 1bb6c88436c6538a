"""What a game's own backend asks of the platform: the session of a code, the player's pairs and
their counters. What a token is worth is not told anywhere: any will do.
"""

from collections.abc import Callable
from typing import Any

from msgspec import to_builtins

from tt_emulator.domain.record import Change, Pair, Record
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.platforms.endpoints import (
    Told,
    flaw_in,
    flaw_of_app,
    flaw_of_signature,
    forget_pairs,
    player_of,
    refuse,
)
from tt_emulator.platforms.pairs import breach_of_count, breach_of_pair
from tt_emulator.platforms.signature import session_key
from tt_emulator.platforms.wx.arguments import INTERACTIVE_KEYS
from tt_emulator.platforms.wx.interactive import MOST, interactive

_ABSENT = {"appid": "no-appid", "secret": "no-secret", "js_code": "no-code"}


def code_2_session(turn: Turn) -> dict[str, Any]:
    """Who the player is, by the code that their game has from login, and the key of the session
    that it made. The code is spent by it.
    """
    for name, row in _ABSENT.items():
        if flaw := flaw_in(turn, name):
            raise ApiError(row, reason=flaw)
    if flaw := flaw_of_app(turn)[1]:
        raise ApiError("bad-appid", reason=flaw)
    code = turn.options["js_code"]
    if flaw := turn.codes.flaw("code", code, turn.now_ms):
        issued = turn.codes.find(code)
        used = issued is not None and issued.of == "code" and issued.spent
        raise ApiError("code-used" if used else "invalid-code", reason=flaw)
    issued = turn.codes.spend(code)
    profile = (turn.store.get(issued.openid) or Record()).profile
    key = issued.session_key or session_key(issued.openid, profile)
    return _told(turn, {"session_key": key, "openid": issued.openid}, "grant_type")


def set_user_storage(turn: Turn) -> dict[str, Any]:
    """Store all pairs or none; of a key given twice the last one counts."""
    record = _require_signed(turn, "kv_list")
    order = turn.store.writes + 1
    pairs = {}
    for item in turn.options["kv_list"]:
        refuse(breach_of_pair(turn.api, item["key"], item["value"]))
        pairs[item["key"]] = Pair(item["value"], turn.now_ms, None, order)
    refuse(breach_of_count(turn.api, len(record.pairs.keys() | pairs.keys())))
    if pairs:
        turn.commit_to(turn.options["openid"], Change(put=pairs))
    return _told(turn, {}, "access_token")


def remove_user_storage(turn: Turn) -> dict[str, Any]:
    """Forget the pairs of these keys; a key that is not stored is no error."""
    record = _require_signed(turn, "key")
    forget_pairs(turn, turn.options["openid"], record)
    return _told(turn, {}, "access_token")


def set_user_interactive_data(turn: Turn) -> dict[str, Any]:
    """Set counters of the player; others keep what they have."""
    if player_of(turn, turn.options.get("openid")) is None:
        raise ApiError("bad-openid", reason="this world knows no player of that openid")
    record = _require_signed(turn, "kv_list")
    counters = {}
    for item in turn.options["kv_list"]:
        key, value = item.get("key"), item.get("value")
        if not isinstance(key, str) or key not in INTERACTIVE_KEYS:
            raise ApiError("bad-key", reason="a key is not one of '1' to '50'")
        if not isinstance(value, int) or isinstance(value, bool) or not -MOST - 1 <= value <= MOST:
            raise ApiError("system-busy", reason=f"the value of key {key!r} is no whole number")
        counters[key] = value
    before = to_builtins(interactive(record))
    changed = before | {"values": before["values"] | counters}
    turn.commit_to(turn.options["openid"], Change(profile={"interactive": changed}))
    return _told(turn, {}, "access_token")


def _require_signed(turn: Turn, option: str) -> Record:
    """The player whose key has signed the body, in which that option stands. Raises `ApiError`.

    How the platform refuses a body without it is not told: it is the row for everything else.
    """
    flaw = flaw_in(turn, "openid", "signature", "sig_method")
    if flaw := flaw or flaw_of_signature(turn, turn.body):
        raise ApiError("bad-signature", reason=flaw)
    if flaw := flaw_in(turn, option):
        raise ApiError("system-busy", reason=flaw)
    return turn.store.get(turn.options["openid"]) or Record()


def _told(turn: Turn, payload: dict[str, Any], option: str) -> dict[str, Any]:
    """The payload, with what is wrong with an option of which no page tells how that fails."""
    flaw = flaw_in(turn, option)
    return Told(payload, f"{flaw}: how the platform fails then is not known") if flaw else payload


SERVICES: dict[str, Callable[[Turn], dict[str, Any]]] = {
    "code2Session": code_2_session,
    "setUserStorage": set_user_storage,
    "removeUserStorage": remove_user_storage,
    "setUserInteractiveData": set_user_interactive_data,
}
