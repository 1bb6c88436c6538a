"""login and checkSession: the player's account at the host app, and their session."""

from typing import Any

from tt_emulator.domain.codes import Kind
from tt_emulator.domain.record import Change
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.platforms.signature import next_key, session_key


def login(turn: Turn) -> dict[str, Any]:
    """Make or renew the session, which then has another key, and hand out the codes a game's own
    server would exchange.

    Who is not logged in to the host app meets its dialog, or without `force` gets a code for the
    device alone and no session.
    """
    if turn.account != "in" and turn.options.get("force") is False:
        return {"anonymousCode": _code(turn, "anonymous_code"), "isLogin": False}
    if turn.account == "declines":
        raise ApiError("host-login-failed", reason="the player's account declines to log in")
    if turn.account != "in" or turn.session != "valid":
        key = next_key(turn.player, session_key(turn.player, turn.record.profile))
        turn.commit(Change(profile={"account": None, "session": "valid", "session_key": key}))
    return {
        "code": _code(turn, "code"),
        "anonymousCode": _code(turn, "anonymous_code"),
        "isLogin": True,
    }


def check_session(turn: Turn) -> dict[str, Any]:
    """Nothing: `require_state` has seen that the session is valid."""
    return {}


def authorize(turn: Turn) -> dict[str, Any]:
    """Nothing, as the page asks; but the player's own data the platform gives in a session only."""
    if turn.options.get("scope") == "scope.userInfo" and turn.session != "valid":
        reason = f"the player's session is {turn.session}: tt.login makes a valid one"
        raise ApiError("session-failure", reason=reason)
    return {}


def require_state(turn: Turn) -> None:
    """Raise `ApiError` if the API needs a session or a network that the player does not have.

    An API that documents no row of its own for that fails by its internal error.
    """
    if "session" in turn.api.needs and turn.session != "valid":
        logged_out = turn.account != "in" and turn.api.row("host-logged-out") is not None
        raise ApiError(
            "host-logged-out" if logged_out else "session-failure",
            reason=_why_no_session(turn),
        )
    if "network" in turn.api.needs and turn.network != "online":
        row = "network-unavailable" if turn.api.row("network-unavailable") else "internal-error"
        raise ApiError(row, reason="the player is offline")


def _code(turn: Turn, kind: Kind) -> str:
    return turn.codes.issue(kind, turn.token(), turn.player, turn.now_ms)


def _why_no_session(turn: Turn) -> str:
    session = f"the player's session is {turn.session}"
    if turn.account == "declines":
        return f"{session}: tt.login makes none, as the player's account declines to log in"
    if turn.network != "online":
        return f"{session}: tt.login makes a valid one once the player is online"
    account = f"the account at the host app is {turn.account}"
    return f"{session}: tt.login makes a valid one ({account})"
