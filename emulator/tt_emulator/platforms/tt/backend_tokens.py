"""The access tokens of a game's own backend: ordinary ones, and stable ones."""

from typing import Any

from tt_emulator.domain.tokens import Token
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.platforms.endpoints import flaw_in, flaw_of_app

GOOD_FOR_S = 7200
LEAVING_MS = 300_000
"""So long the token before one is still good."""

_DAY_MS = 86_400_000
_BEIJING_MS = 8 * 3_600_000


def get_access_token(turn: Turn) -> dict[str, Any]:
    """A token, which leaves the one before it five minutes."""
    if flaw := flaw_in(turn, "appid", "secret") or _flaw_of_grant(turn):
        raise ApiError("missing-parameter", reason=flaw)
    if flaw := flaw_in(turn, "grant_type"):
        raise ApiError("bad-grant-type", reason=flaw)
    name, flaw = flaw_of_app(turn)
    if flaw:
        raise ApiError(f"bad-{name}", reason=flaw)
    return _told(turn, turn.hand_out(_new(turn), leaving_ms=LEAVING_MS))


def get_stable_access_token(turn: Turn) -> dict[str, Any]:
    """The token that is good; another one if none is, or with force_refresh, and then the one
    before is good no longer.
    """
    flaw = flaw_in(turn, "appid", "secret", "grant_type", "force_refresh") or flaw_of_app(turn)[1]
    if flaw:
        raise ApiError("wrong-parameter", reason=flaw)
    known = turn.tokens.of(turn.options["appid"], stable=True)
    forced = turn.options.get("force_refresh", False)
    if known and not forced and known[-1].at_ms <= turn.now_ms < known[-1].until_ms:
        return _told(turn, known[-1])
    if forced:
        _require_few(turn, known)
    new = _new(turn, stable=True, forced=forced)
    return _told(turn, turn.hand_out(new, leaving_ms=0))


def _flaw_of_grant(turn: Turn) -> str:
    return "" if turn.options.get("grant_type") else "there is no grant_type"


def _require_few(turn: Turn, known: list[Token]) -> None:
    most = turn.api.limit("forced_a_day").max
    today = _day(turn.now_ms)
    if sum(each.forced and _day(each.at_ms) == today for each in known) >= most:
        reason = f"with force_refresh there were {most} tokens today, in China, which is the limit"
        raise ApiError("too-often", reason=reason)


def _day(at_ms: int) -> int:
    """The day in China, by number."""
    return (at_ms + _BEIJING_MS) // _DAY_MS


def _new(turn: Turn, **fields: bool) -> Token:
    until_ms = turn.now_ms + GOOD_FOR_S * 1000
    return Token(turn.token(), turn.options["appid"], turn.now_ms, until_ms, **fields)


def _told(turn: Turn, token: Token) -> dict[str, Any]:
    return {
        "access_token": token.token,
        "expires_in": (token.until_ms - turn.now_ms) // 1000,
    }
