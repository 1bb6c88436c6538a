"""A player of the platform in a world's document, which `tt_emulator.domain.document` reads."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, field

from tt_emulator.domain import document
from tt_emulator.domain.clock import iso
from tt_emulator.domain.document import MAX_ORDER, Order
from tt_emulator.domain.model import Openid
from tt_emulator.domain.record import Pair, Record
from tt_emulator.domain.world_clock import Moment, unix_ms
from tt_emulator.platforms.profiles import check_keys, check_limits
from tt_emulator.platforms.wx.pages import load
from tt_emulator.platforms.wx.players import SAVE
from tt_emulator.platforms.wx.profile import Profile
from tt_emulator.platforms.wx.settings import WorldSettings


class StoredPair(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A pair, and when it was written.

    `order` tells which of two writes of the same moment came first.
    """

    key: Annotated[str, Meta(min_length=1)]
    value: str
    at: Moment | UnsetType = UNSET
    order: Order = 0


class StoredPlayer(Profile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A player; what is left out is as of a new one."""

    openid: Openid
    KVDataList: list[StoredPair] = field(default_factory=list)


class WorldDocument(document.Fields, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A world of tt-emulator. `$schema` is for editors; `schema` tells the format's version."""

    settings: WorldSettings = field(default_factory=WorldSettings)
    players: list[StoredPlayer] = field(default_factory=list)


def record(player: StoredPlayer, pointer: str, now_ms: int) -> Record:
    """As it is stored. Raises `Unprocessable`."""
    check_keys([item.key for item in player.KVDataList], f"{pointer}/KVDataList")
    pairs = {
        item.key: Pair(
            item.value, now_ms if item.at is UNSET else unix_ms(item.at), None, item.order
        )
        for item in player.KVDataList
    }
    values = {key: pair.value for key, pair in pairs.items()}
    check_limits(values, load().apis[SAVE], f"{pointer}/KVDataList")
    profile = player.fields({}, now_ms, pointer)
    return Record(pairs, {name: value for name, value in profile.items() if value is not None})


def fields(openid: str, record: Record) -> dict[str, Any]:
    """As the document has the player."""
    profile = {name: record.profile[name] for name in sorted(record.profile)}
    if (asks_again_at := profile.get("privacy_asks_again_at")) is not None:
        profile["privacy_asks_again_at"] = iso(asks_again_at)
    return {
        "openid": openid,
        **profile,
        "KVDataList": [_pair(key, pair) for key, pair in sorted(record.pairs.items())],
    }


def _pair(key: str, pair: Pair) -> dict[str, Any]:
    shown: dict[str, Any] = {"key": key, "value": pair.value, "at": iso(pair.at_ms)}
    return shown | ({"order": min(pair.order, MAX_ORDER)} if pair.order else {})
