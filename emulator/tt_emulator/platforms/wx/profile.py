"""Who a player is and how they are, as testers write it, as documents do, and as it is stored."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, to_builtins

from tt_emulator.domain import reading
from tt_emulator.domain.model import NO_CALL_NAMES_IT, Openid, is_id
from tt_emulator.domain.settings import Network, Session
from tt_emulator.domain.world_clock import Moment, unix_ms
from tt_emulator.errors import Flaw
from tt_emulator.platforms.profiles import AvatarUrl, Name
from tt_emulator.platforms.wx.arguments import INTERACTIVE_KEYS
from tt_emulator.platforms.wx.interactive import Check, Times, Today, Value, Window
from tt_emulator.platforms.wx.privacy import Privacy, answered
from tt_emulator.platforms.wx.scopes import SCOPES, Answer

Group = Annotated[str, Meta(min_length=1, max_length=128)]
SessionKey = Annotated[str, Meta(pattern=r"^[A-Za-z0-9+/]{21}[AQgw]==$(?!\n)")]
"""16 bytes in base64."""

_NO_KEY = "no such key: a counter's is one of 1 to 50"


class InteractivePatch(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """As `Interactive`; `values` replaces, and a field that is left out stays as it is."""

    values: dict[str, Value] | UnsetType = UNSET
    window: Window | UnsetType = UNSET
    check: Check | UnsetType = UNSET
    daily_limit: Times | UnsetType | None = UNSET
    today: Today | UnsetType | None = UNSET


class Profile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who a player is and how they are; a field that is left out stays as it is, as does a scope.

    `groups` are chat groups by openGId; the game was `launched_from` the card of one of them, or
    from one that the friend `shared_by` sent. `privacy` is what the game's console and the player
    say, `undecided` of a player who was not asked. After a refusal its window comes again at
    `privacy_asks_again_at`.
    """

    nickname: Name | UnsetType = UNSET
    avatarUrl: AvatarUrl | UnsetType = UNSET  # noqa: N815  # the platform's spelling
    friends: list[Openid] | UnsetType = UNSET
    groups: list[Group] | UnsetType = UNSET
    launched_from: Group | UnsetType | None = UNSET
    shared_by: Openid | UnsetType | None = UNSET
    session: Session | UnsetType = UNSET
    session_key: SessionKey | UnsetType = UNSET
    network: Network | UnsetType = UNSET
    scopes: dict[str, Answer] | UnsetType = UNSET
    privacy: Privacy | UnsetType = UNSET
    privacy_asks_again_at: Moment | UnsetType | None = UNSET
    interactive: InteractivePatch | UnsetType = UNSET

    def fields(self, before: dict[str, Any], now_ms: int, pointer: str = "") -> dict[str, Any]:
        """What is given, as it is to be stored; `before` is. Raises `Unprocessable`."""
        given = {
            name: to_builtins(value)
            for name in Profile.__struct_fields__
            if (value := getattr(self, name)) is not UNSET
        }
        if found := list(flaws(given)):
            raise reading.refusal([Flaw(pointer + flaw.pointer, flaw.detail) for flaw in found])
        for name in ("scopes", "interactive"):
            if name in given:
                given[name] = before.get(name, {}) | given[name]
        refused = dict(answered(self.privacy, now_ms).profile) if self.privacy else {}
        if self.privacy_asks_again_at not in (UNSET, None):
            given["privacy_asks_again_at"] = unix_ms(self.privacy_asks_again_at)
        return refused | given


def flaws(fields: Mapping[str, Any]) -> Iterator[Flaw]:
    """What is wrong with fields whose shape is right, the last of a list first."""
    friends = list(enumerate(fields.get("friends", ())))
    yield from (
        Flaw(f"/friends/{index}", NO_CALL_NAMES_IT)
        for index, openid in reversed(friends)
        if not is_id(openid)
    )
    if not is_id(fields.get("shared_by") or "nobody"):
        yield Flaw("/shared_by", NO_CALL_NAMES_IT)
    for name in fields.get("scopes", {}):
        if name not in SCOPES:
            known = reading.nearest(name, SCOPES)
            yield Flaw(f"/scopes/{reading.escaped(name)}", f"no such scope; {known}")
    for key in fields.get("interactive", {}).get("values", {}):
        if key not in INTERACTIVE_KEYS:
            yield Flaw(f"/interactive/values/{reading.escaped(key)}", _NO_KEY)
