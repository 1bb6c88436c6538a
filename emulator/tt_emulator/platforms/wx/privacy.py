"""The privacy gate: what the game's console declares, and what the player says to its window."""

from typing import Any, Literal

from tt_emulator.domain.record import Change
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError

Privacy = Literal["agreed", "undecided", "refused", "undeclared", "unannounced", "no-popup"]

SILENCE_MS = 10_000
"""After a refusal: no window comes, and calls fail at once."""

REFUSED = "privacy-refused"
NOT_SET_UP = {
    "undeclared": "privacy-undeclared",
    "unannounced": "privacy-usage-missing",
    "no-popup": "privacy-popup-missing",
}
"""Rows of what the game's console lacks, by what a player's `privacy` is."""

_WHY = {
    "undeclared": "the game's console does not declare the API in the privacy agreement",
    "unannounced": "the game's console does not announce what the player's data is for",
    "no-popup": "the game has set up no privacy window",
}


def require(turn: Turn) -> None:
    """Raise `ApiError` if the gate is closed. Who was never asked counts as having agreed."""
    profile = turn.record.profile
    held = profile.get("privacy", "agreed")
    if held in NOT_SET_UP:
        reason = f"{_WHY[held]}: the player's privacy is {held}"
        raise ApiError(NOT_SET_UP[held], reason=reason)
    if held == "agreed":
        return
    if (left_ms := silence_ms(profile, turn.now_ms)) > 0:
        reason = f"the player refused the privacy window, which comes again in {left_ms} ms"
        raise ApiError(REFUSED, reason=reason)
    turn.commit(answered("agreed", turn.now_ms))


def silence_ms(profile: dict[str, Any], now_ms: int) -> int:
    """How long no window comes yet; longer after the clock was set back. A page judges alike."""
    asks_again_at: int | None = profile.get("privacy_asks_again_at")
    return 0 if asks_again_at is None else max(0, asks_again_at - now_ms)


def answered(privacy: str, now_ms: int) -> Change:
    """The write that stores what the player's `privacy` is from now on."""
    again = now_ms + SILENCE_MS if privacy == "refused" else None
    return Change(profile={"privacy": privacy, "privacy_asks_again_at": again})
