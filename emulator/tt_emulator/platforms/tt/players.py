"""A player as testers see and change one."""

from hashlib import blake2b
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from tt_emulator.catalog import Catalog
from tt_emulator.domain import reading
from tt_emulator.domain.model import Openid
from tt_emulator.domain.record import Change, Pair, Record
from tt_emulator.domain.settings import Network, Session, WorldSettings
from tt_emulator.errors import Flaw
from tt_emulator.platforms.profiles import (
    AvatarUrl,
    GivenPair,
    Name,
    check_keys,
    check_limits,
    check_openids,
    public_profile,
)
from tt_emulator.platforms.signature import session_key

SAVE = "setUserCloudStorage"
"""The API whose limits a player's pairs have."""

Group = Annotated[str, Meta(min_length=1)]  # of any length: no page bounds what a game sets
SessionKey = Annotated[
    str, Meta(min_length=1, max_length=128, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$(?!\n)")
]
"""A text, by which a backend signs; the platform's are 16 bytes in base64."""

Account = Literal["in", "out", "declines"]


class Profile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who a player is and how they are; a field that is left out stays as it is.

    `account` is the host app's: `out` accepts the host's login dialog, `declines` dismisses it.
    Whoever is not `in` has no session. `group` null leaves the group.
    """

    nickname: Name | UnsetType = UNSET
    avatarUrl: AvatarUrl | UnsetType = UNSET  # noqa: N815  # the platform's spelling
    friends: list[Openid] | UnsetType = UNSET
    group: Group | UnsetType | None = UNSET
    account: Account | UnsetType = UNSET
    session: Session | UnsetType = UNSET
    session_key: SessionKey | UnsetType = UNSET
    network: Network | UnsetType = UNSET

    def fields(self, before: dict[str, Any], pointer: str = "") -> dict[str, Any]:
        """What is given, as it is to be stored; `before` is. Raises `Unprocessable`."""
        given = {
            name: value
            for name in Profile.__struct_fields__
            if (value := getattr(self, name)) is not UNSET
        }
        check_openids(given.get("friends", ()), f"{pointer}/friends")
        account = given.get("account", before.get("account", "in"))
        if account == "in":
            return given
        if given.get("session", "none") != "none":
            detail = f"a player whose account is {account!r} has no session"
            raise reading.refusal([Flaw(f"{pointer}/session", detail)])
        return given | {"session": "none"}


class PlayerPatch(Profile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What of a player can be set; `KVDataList` replaces."""

    openid: str | UnsetType = UNSET
    KVDataList: list[GivenPair] | UnsetType = UNSET


class Player(Struct, frozen=True, forbid_unknown_fields=True):
    """A player as the control API shows one: all that can be set of them, as it is."""

    openid: str
    nickname: Name
    avatarUrl: AvatarUrl  # noqa: N815  # the platform's spelling
    KVDataList: list[GivenPair]
    friends: list[Openid]
    group: Group | None
    account: Account
    session: Session
    session_key: SessionKey
    network: Network


def view(openid: str, record: Record, settings: WorldSettings, base_url: str) -> Player:
    """The player as the control API shows one."""
    profile = record.profile
    return Player(
        **public_profile(openid, profile, base_url),
        KVDataList=[GivenPair(key, pair.value) for key, pair in record.pairs.items()],
        friends=profile.get("friends", []),
        group=profile.get("group"),
        account=profile.get("account", "in"),
        session=profile.get("session", settings.new_player_session),
        session_key=session_key(openid, profile),
        network=profile.get("network", "online"),
    )


def sec_uid(openid: str) -> str:
    """What the leaderboards tell of a player beside the openid: opaque, stable, unique."""
    return "sec-" + blake2b(openid.encode(), digest_size=16).hexdigest()


def change(
    openid: str, record: Record, raw: Any, catalog: Catalog, now_ms: int, order: int
) -> Change:
    """The write that brings the player to what `raw` says. Raises `Unprocessable`.

    The pairs count as written in the group that the player is in afterwards.
    """
    patch = reading.demand(raw, PlayerPatch)
    if patch.openid not in (UNSET, openid):
        raise reading.refusal([Flaw("/openid", f"openid is {patch.openid!r}, not {openid!r}")])
    profile = patch.fields(record.profile)
    if patch.KVDataList is UNSET:
        return Change(profile=profile)
    check_keys([item.key for item in patch.KVDataList], "/KVDataList")
    pairs = {item.key: item.value for item in patch.KVDataList}
    check_limits(pairs, catalog.apis[SAVE], "/KVDataList")
    group = profile.get("group", record.profile.get("group"))
    return Change(
        put={key: Pair(value, now_ms, group, order) for key, value in pairs.items()},
        remove=tuple(key for key in record.pairs if key not in pairs),
        profile=profile,
    )
