"""login and checkSession: the player's session, and the key of it that a backend is given."""

from typing import Any

from tt_emulator.domain.codes import Issued
from tt_emulator.domain.record import Change
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.platforms.endpoints import Told
from tt_emulator.platforms.signature import next_key, session_key

CODE_TTL_MS = 300_000


def login(turn: Turn) -> dict[str, Any]:
    """Make a session, whose key takes the place of the one before, and hand out its code."""
    key = next_key(turn.player, session_key(turn.player, turn.record.profile))
    turn.commit(Change(profile={"session": "valid", "session_key": key}))
    issued = Issued(
        turn.token(), "code", turn.player, turn.now_ms, ttl_ms=CODE_TTL_MS, session_key=key
    )
    code = turn.codes.hand_out(issued)
    if turn.network == "online":
        return {"code": code}
    return Told({"code": code}, "the player is offline: how wx.login fails then is not known")


def check_session(turn: Turn) -> dict[str, Any]:
    """Nothing, if the session is valid. Raises `ApiError`."""
    if turn.session != "valid":
        reason = f"the player's session is {turn.session}: wx.login makes a valid one"
        raise ApiError("session-expired", reason=reason)
    return {}


def why_sealed_for_nobody(turn: Turn) -> str:
    """Why no backend has the key of the player's session, or nothing."""
    if turn.session == "valid":
        return ""
    return f"the player's session is {turn.session}: a backend may not have its key"
