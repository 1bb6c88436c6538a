"""What a game's own backend asks of the platform: tokens, sessions, and the player's pairs."""

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from tt_emulator.domain.codes import Kind, anonymous_openid
from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.platforms.endpoints import flaw_in, flaw_of_app, flaw_of_signature, player_of
from tt_emulator.platforms.signature import next_key, session_key
from tt_emulator.platforms.tt.backend_storage import remove_user_storage, set_user_storage
from tt_emulator.platforms.tt.backend_tokens import get_access_token, get_stable_access_token

_KINDS: tuple[Kind, ...] = ("code", "anonymous_code")
_ROWS = {"code": "bad-code", "anonymous_code": "bad-anonymous-code"}


def code_2_session(turn: Turn) -> dict[str, Any]:
    """Who the player is, by the code that their game has from login, and the key of their session;
    or who the device is. A code is spent by it, if both are good where both are given.
    """
    if flaw := flaw_in(turn, "appid", "secret", *_KINDS):
        raise ApiError("missing-parameter", reason=flaw)
    name, flaw = flaw_of_app(turn)
    if flaw:
        raise ApiError(f"bad-{name}", reason=flaw)
    given = {kind: turn.options[kind] for kind in _KINDS if turn.options.get(kind)}
    if not given:
        raise ApiError("missing-parameter", reason="there is neither code nor anonymous_code")
    _require_codes(turn, given)
    found = dict.fromkeys(("session_key", "openid", "anonymous_openid", "unionid"), "")
    if "code" in given:
        found |= _session(turn, turn.codes.spend(given["code"]).openid)
    if "anonymous_code" in given:
        openid = turn.codes.spend(given["anonymous_code"]).openid
        found["anonymous_openid"] = anonymous_openid(openid)
    endpoint = turn.api.endpoint
    if endpoint is not None and endpoint.payload is None:
        return {name: found[name] for name in found if name in turn.api.success.fields}
    return found


def check_session_key(turn: Turn) -> dict[str, Any]:
    """Nothing, if the key with which the empty text was signed is that of the player's session."""
    _require_key(turn)
    return {}


def reset_session_key(turn: Turn) -> dict[str, Any]:
    """Another key for the player's session."""
    record = _require_key(turn)
    openid = turn.options["openid"]
    key = next_key(openid, session_key(openid, record.profile))
    turn.commit_to(openid, Change(profile={"session_key": key}))
    return {"openid": openid, "session_key": key}


def _require_codes(turn: Turn, given: dict[Kind, str]) -> None:
    for kind, code in given.items():
        if flaw := turn.codes.flaw(kind, code, turn.now_ms):
            raise ApiError(_ROWS[kind], reason=flaw)


def _session(turn: Turn, openid: str) -> dict[str, str]:
    """Of the player, whom the world knows from now on."""
    record = turn.store.get(openid) or Record()
    key = session_key(openid, record.profile)
    if "session_key" not in record.profile:
        turn.commit_to(openid, Change(profile={"session_key": key}))
    union = blake2b(f"union {openid}".encode(), digest_size=16).hexdigest()
    return {"session_key": key, "openid": openid, "unionid": union}


def _require_key(turn: Turn) -> Record:
    """The player whose key has signed. Raises `ApiError`."""
    if flaw := flaw_in(turn, "access_token"):
        raise ApiError("bad-token", reason=flaw)
    if flaw := turn.tokens.flaw(turn.options["access_token"], turn.now_ms):
        raise ApiError("bad-token", reason=flaw)
    record = player_of(turn, turn.options.get("openid"))
    if record is None:
        raise ApiError("bad-openid", reason="this world knows no player of that openid")
    if flaw := flaw_in(turn, "signature", "sig_method"):
        raise ApiError("wrong-parameter", reason=flaw)
    if flaw := flaw_of_signature(turn, b""):
        raise ApiError("bad-signature", reason=flaw)
    return record


SERVICES: dict[str, Callable[[Turn], dict[str, Any]]] = {
    "getAccessToken": get_access_token,
    "getAccessTokenV1": get_access_token,
    "genStableAccessToken": get_stable_access_token,
    "code2Session": code_2_session,
    "code2SessionV1": code_2_session,
    "code2SessionV2": code_2_session,
    "set_user_storage": set_user_storage,
    "remove_user_storage": remove_user_storage,
    "checkSessionKey": check_session_key,
    "resetSessionKey": reset_session_key,
}
