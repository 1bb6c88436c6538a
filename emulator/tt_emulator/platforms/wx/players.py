"""A player as testers see and change one."""

from typing import Any

from msgspec import UNSET, Struct, UnsetType

from tt_emulator.catalog import Catalog
from tt_emulator.domain import reading
from tt_emulator.domain.clock import Timestamp, iso
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
    public_profile,
)
from tt_emulator.platforms.signature import session_key
from tt_emulator.platforms.wx.interactive import Interactive, interactive
from tt_emulator.platforms.wx.privacy import Privacy
from tt_emulator.platforms.wx.profile import Group, Profile, SessionKey
from tt_emulator.platforms.wx.scopes import Answer, answers

SAVE = "setUserCloudStorage"
"""The API whose limits a player's pairs have."""


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
    groups: list[Group]
    launched_from: Group | None
    shared_by: Openid | None
    session: Session
    session_key: SessionKey
    network: Network
    scopes: dict[str, Answer]
    privacy: Privacy
    privacy_asks_again_at: Timestamp | None
    interactive: Interactive


def view(openid: str, record: Record, settings: WorldSettings, base_url: str) -> Player:
    """The player as the control API shows one."""
    profile = record.profile
    asks_again_at = profile.get("privacy_asks_again_at")
    return Player(
        **public_profile(openid, profile, base_url),
        KVDataList=[GivenPair(key, pair.value) for key, pair in record.pairs.items()],
        friends=profile.get("friends", []),
        groups=profile.get("groups", []),
        launched_from=profile.get("launched_from"),
        shared_by=profile.get("shared_by"),
        session=profile.get("session", settings.new_player_session),
        session_key=session_key(openid, profile),
        network=profile.get("network", "online"),
        scopes=answers(record),
        privacy=profile.get("privacy", "agreed"),
        privacy_asks_again_at=None if asks_again_at is None else iso(asks_again_at),
        interactive=interactive(record),
    )


def change(
    openid: str, record: Record, raw: Any, catalog: Catalog, now_ms: int, order: int
) -> Change:
    """The write that brings the player to what `raw` says. Raises `Unprocessable`."""
    patch = reading.demand(raw, PlayerPatch)
    if patch.openid not in (UNSET, openid):
        raise reading.refusal([Flaw("/openid", f"openid is {patch.openid!r}, not {openid!r}")])
    profile = patch.fields(record.profile, now_ms)
    if patch.KVDataList is UNSET:
        return Change(profile=profile)
    check_keys([item.key for item in patch.KVDataList], "/KVDataList")
    pairs = {item.key: item.value for item in patch.KVDataList}
    check_limits(pairs, catalog.apis[SAVE], "/KVDataList")
    return Change(
        put={key: Pair(value, now_ms, None, order) for key, value in pairs.items()},
        remove=tuple(key for key in record.pairs if key not in pairs),
        profile=profile,
    )
