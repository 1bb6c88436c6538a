"""What the player lets the game know: each scope is asked once, and a refusal holds."""

from typing import Any, Literal

from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError

Answer = Literal["undetermined", "granted", "denied"]

SCOPES = ("scope.WxFriendInteraction", "scope.interactedUserInfo")
DENIED = "auth-deny"


def answers(record: Record) -> dict[str, Answer]:
    """What the player has said to each scope."""
    said: dict[str, Answer] = record.profile.get("scopes", {})
    return {scope: said.get(scope, "undetermined") for scope in SCOPES}


def require(turn: Turn, scope: str) -> None:
    """Raise `ApiError` if the player denied the scope. Who was never asked counts as having granted
    it: a page asks before it calls.
    """
    answer = answers(turn.record)[scope]
    if answer == "denied":
        reason = (
            f"the player denied {scope}, and is not asked again: wx.openSetting, or a tester, can"
            " grant it"
        )
        raise ApiError(DENIED, reason=reason)
    if answer == "undetermined":
        turn.commit(answered(turn.record, scope, "granted"))


def authorize(turn: Turn) -> dict[str, Any]:
    """Ask for a scope before the call that needs it. Raises `ApiError` if the player denied it.

    Of other scopes than those that calls here need nothing is known: they are granted.
    """
    scope = turn.options.get("scope")
    if scope in SCOPES:
        require(turn, scope)
    return {}


def answered(record: Record, scope: str, answer: str) -> Change:
    """The write that stores what the player says to the scope."""
    return Change(profile={"scopes": record.profile.get("scopes", {}) | {scope: answer}})
