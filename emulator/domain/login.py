"""login and checkSession: the player's session."""

from typing import Any

from emulator.domain.turn import Turn
from emulator.errors import ApiError
from emulator.storage.base import Change


def login(turn: Turn) -> dict[str, Any]:
    """Make or renew the session, and hand out the codes a game's own server would exchange."""
    if turn.session != "valid":
        turn.commit(Change(profile={"session": "valid"}))
    return {"code": turn.token(), "anonymousCode": turn.token(), "isLogin": True}


def check_session(turn: Turn) -> dict[str, Any]:
    """Nothing: `require_state` has seen that the session is valid."""
    return {}


def require_state(turn: Turn) -> None:
    """Raise `ApiError` if the API needs a session or a network that the player does not have."""
    if "session" in turn.api.needs and turn.session != "valid":
        raise ApiError("session-failure", reason=_SESSION_REASON.format(turn.session))
    if "network" in turn.api.needs and turn.network != "online":
        raise ApiError("network-unavailable", reason="the player is offline")


_SESSION_REASON = "the player's session is {}: tt.login makes a valid one"
