"""A player as testers see and change one."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from emulator.catalog import Catalog
from emulator.domain import reading
from emulator.domain.cloud_storage import check_pairs
from emulator.domain.settings import Network, Session, WorldSettings
from emulator.errors import ApiError, Flaw
from emulator.storage.base import Change, Pair, Record

Name = Annotated[str, Meta(max_length=128)]


class KVData(Struct, frozen=True):
    """One pair as the platform writes it."""

    key: Annotated[str, Meta(min_length=1)]
    value: str


class PlayerPatch(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What of a player can be set; a field that is left out stays, `KVDataList` replaces."""

    openid: str | UnsetType = UNSET
    nickname: Name | UnsetType = UNSET
    session: Session | UnsetType = UNSET
    network: Network | UnsetType = UNSET
    KVDataList: list[KVData] | UnsetType = UNSET


def view(openid: str, record: Record, settings: WorldSettings) -> dict[str, Any]:
    """The player as the control API shows one."""
    profile = record.profile
    return {
        "openid": openid,
        "nickname": profile.get("nickname", openid),
        "KVDataList": [{"key": key, "value": pair.value} for key, pair in record.pairs.items()],
        "session": profile.get("session", settings.new_player_session),
        "network": profile.get("network", "online"),
    }


def change(openid: str, record: Record, raw: Any, catalog: Catalog, now_ms: int) -> Change:
    """The write that brings the player to what `raw` says. Raises `Unprocessable`."""
    patch = reading.demand(raw, PlayerPatch)
    if patch.openid not in (UNSET, openid):
        raise reading.refusal([Flaw("/openid", f"openid is {patch.openid!r}, not {openid!r}")])
    profile = {
        name: value
        for name in ("nickname", "session", "network")
        if (value := getattr(patch, name)) is not UNSET
    }
    if patch.KVDataList is UNSET:
        return Change(profile=profile)
    pairs = {item.key: item.value for item in patch.KVDataList}
    try:
        check_pairs(catalog.apis["setUserCloudStorage"], pairs, set(pairs))
    except ApiError as error:
        raise reading.refusal([Flaw("/KVDataList", error.reason)]) from error
    return Change(
        put={key: Pair(value, now_ms) for key, value in pairs.items()},
        remove=tuple(key for key in record.pairs if key not in pairs),
        profile=profile,
    )
