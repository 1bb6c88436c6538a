"""Interactive storage: counters that friends raise, in the open domain, and only their own player
reads, encrypted.

A store apart from the pairs. Before each write the platform asks the player, and then the game's
own function at the server, `checkInteractiveData`: what both say is the player's state here.
"""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, convert, field, to_builtins

from tt_emulator.domain.model import is_id
from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.language.quoting import cut
from tt_emulator.platforms.endpoints import Told
from tt_emulator.platforms.profiles import friends_of
from tt_emulator.platforms.wx.arguments import INTERACTIVE_KEYS, text
from tt_emulator.platforms.wx.sealed import sealed
from tt_emulator.platforms.wx.session import why_sealed_for_nobody

MOST = 2**31 - 1
"""A value has 32 bits."""

_BEIJING = timedelta(hours=8)  # China has one time zone

Window = Literal["confirms", "cancels"]
Check = Literal["passes", "refuses"]
Value = Annotated[int, Meta(ge=-(2**31), le=MOST)]
Times = Annotated[int, Meta(ge=0, le=MOST)]
Date = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)")]


class Today(Struct, frozen=True, forbid_unknown_fields=True):
    """How many writes to friends succeeded on that day, in China."""

    date: Date
    times: Times


class Interactive(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A player's counters, by key from "1" to "50", and what becomes of their writes to friends.

    `window` is what the player says to the platform's question, `check` what the game's function
    says: it passes `daily_limit` writes a day where there is one. `today` counts them.
    """

    values: dict[str, Value] = field(default_factory=dict)
    window: Window = "confirms"
    check: Check = "passes"
    daily_limit: Times | None = None
    today: Today | None = None

    def times_on(self, date: str) -> int:
        """How many writes succeeded on that day, as far as they are counted."""
        return self.today.times if self.today is not None and self.today.date == date else 0


def interactive(record: Record) -> Interactive:
    """The player's."""
    return convert(record.profile.get("interactive", {}), Interactive)


def modify_friend_interactive_storage(turn: Turn) -> dict[str, Any]:
    """Add one to a friend's counter. Raises `ApiError`: first the player is asked, then the
    options are looked at, in the order of the page's table of errors from the key on.
    """
    own = interactive(turn.record)
    sharer = _sharer(turn)
    if not sharer and own.window == "cancels":
        raise ApiError("cancelled", reason="the player's interactive.window cancels")
    _check_options(turn)
    friend = text(turn, "toUser") or sharer
    _require_friend(turn, friend)
    date = _date(turn.now_ms)
    _require_check(own, date)
    _raise(turn, friend, turn.options["key"])
    today = to_builtins(Today(date, own.times_on(date) + 1))
    turn.commit(_change(turn.record, today=today))
    return {}


def get_user_interactive_storage(turn: Turn) -> dict[str, Any]:
    """The counters of `keyList`, encrypted; those that nobody has raised are left out."""
    keys = turn.options.get("keyList")
    if not isinstance(keys, list):
        raise ApiError("system-apperror", reason="keyList is no list")
    for key in keys:
        _require_key(key)
    values = interactive(turn.record).values
    known = [key for key in dict.fromkeys(keys) if key in values]
    found = [{"key": key, "value": str(values[key])} for key in known]
    answer = sealed(turn, {"KVDataList": found})
    payload = {name: answer[name] for name in ("encryptedData", "iv")}
    why = why_sealed_for_nobody(turn)
    return Told(payload, why) if why else payload


def share_message_to_friend(turn: Turn) -> dict[str, Any]:
    """Nothing: no card is sent, the runtime tells the game of its outcome."""
    openid = text(turn, "openId")
    if openid in friends_of(turn.player, turn.record.profile):
        return {}
    return Told({}, f"{cut(openid)!r} is no friend of the player: how it fails then is not known")


def _sharer(turn: Turn) -> str:
    """Whose card the game was launched from, of a call that wants no window; '' of another."""
    quiet = turn.options.get("quiet") is True
    shared_by: str | None = turn.record.profile.get("shared_by")
    return (shared_by or "") if quiet else ""


def _check_options(turn: Turn) -> None:
    options = turn.options
    if not isinstance(options.get("key"), str):
        raise ApiError("system-apperror", reason="key is no text")
    _require_key(options["key"])
    if options.get("operation") != "add":
        raise ApiError("bad-operation", reason='operation must be "add"')
    if isinstance(options.get("opNum"), bool) or options.get("opNum") != 1:
        raise ApiError("bad-operand", reason="opNum must be 1")


def _require_key(key: Any) -> None:
    if not isinstance(key, str) or key not in INTERACTIVE_KEYS:
        raise ApiError("bad-key", reason=f"the key is {cut(repr(key))}, not one of '1' to '50'")


def _require_friend(turn: Turn, openid: str) -> None:
    if not is_id(openid):
        reason = (
            "toUser names nobody; with quiet it may be left out where the player's shared_by says"
            " who shared the card"
        )
        raise ApiError("bad-openid", reason=reason)
    if openid not in friends_of(turn.player, turn.record.profile):
        raise ApiError("not-friends", reason=f"{cut(openid)!r} is no friend of the player")


def _require_check(own: Interactive, date: str) -> None:
    if own.check == "refuses":
        reason = "the game's own function checkInteractiveData refuses: interactive.check"
        raise ApiError("check-refused", reason=reason)
    if own.daily_limit is not None and own.times_on(date) >= own.daily_limit:
        reason = (
            f"the game's own function checkInteractiveData passes {own.daily_limit} a day:"
            " interactive.daily_limit"
        )
        raise ApiError("check-refused", reason=reason)


def _raise(turn: Turn, friend: str, key: str) -> None:
    record = turn.store.get(friend) or Record()
    values = interactive(record).values
    raised = values | {key: min(values.get(key, 0) + 1, MOST)}
    turn.commit_to(friend, _change(record, values=raised))


def _change(record: Record, **fields: Any) -> Change:
    return Change(profile={"interactive": record.profile.get("interactive", {}) | fields})


def _date(now_ms: int) -> str:
    """The day in China, `2026-01-31`."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=now_ms)
    return (moment + _BEIJING).date().isoformat()
