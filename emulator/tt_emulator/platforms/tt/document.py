"""A player of the platform in a world's document, which `tt_emulator.domain.document` reads.

What a game could not write is no error here, if the platform's data may hold it: a ranking key's
value need not have the format.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, field

from tt_emulator.catalog import Catalog
from tt_emulator.domain import document
from tt_emulator.domain.clock import iso
from tt_emulator.domain.document import MAX_ORDER, Order
from tt_emulator.domain.model import Openid
from tt_emulator.domain.record import Pair, Record
from tt_emulator.domain.world_clock import Moment, unix_ms
from tt_emulator.errors import Flaw
from tt_emulator.platforms.profiles import check_keys, check_limits
from tt_emulator.platforms.tt import im_rank
from tt_emulator.platforms.tt.pages import load
from tt_emulator.platforms.tt.players import SAVE, Group, Profile


class StoredPair(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A pair, when it was written, and in which group its player was then.

    `order` tells which of two writes of the same moment came first.
    """

    key: Annotated[str, Meta(min_length=1)]
    value: str
    at: Moment | UnsetType = UNSET
    group: Group | None = None
    order: Order = 0


class StoredResult(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a player wrote with setImRankData, and when."""

    dataType: Literal[0, 1]  # noqa: N815  # the platform's spelling
    value: str
    priority: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0
    zoneId: im_rank.Zone = "default"  # noqa: N815  # the platform's spelling
    extra: str = ""
    at: Moment | UnsetType = UNSET
    order: Order = 0

    def result(self, now_ms: int) -> im_rank.Result:
        """As it is stored."""
        at_ms = now_ms if self.at is UNSET else unix_ms(self.at)
        return im_rank.Result(
            data_type=self.dataType,
            value=self.value,
            at_ms=at_ms,
            order=self.order,
            zone=self.zoneId,
            priority=self.priority,
            extra=self.extra,
        )


class StoredPlayer(Profile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A player; what is left out is as of a new one."""

    openid: Openid
    KVDataList: list[StoredPair] = field(default_factory=list)
    imRankData: list[StoredResult] = field(default_factory=list)  # noqa: N815  # as above


class WorldDocument(document.Fields, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A world of tt-emulator. `$schema` is for editors; `schema` tells the format's version."""

    players: list[StoredPlayer] = field(default_factory=list)


def record(player: StoredPlayer, pointer: str, now_ms: int) -> Record:
    """As it is stored. Raises `Unprocessable`."""
    catalog = load()
    check_keys([item.key for item in player.KVDataList], f"{pointer}/KVDataList")
    pairs = {
        item.key: Pair(
            item.value, now_ms if item.at is UNSET else unix_ms(item.at), item.group, item.order
        )
        for item in player.KVDataList
    }
    values = {key: pair.value for key, pair in pairs.items()}
    check_limits(values, catalog.apis[SAVE], f"{pointer}/KVDataList")
    profile = player.fields({}, pointer)
    if player.imRankData:
        results = _results(player, pointer, catalog, now_ms)
        profile["im_rank"] = msgspec.to_builtins(results)
    return Record(pairs, {name: value for name, value in profile.items() if value is not None})


def _results(
    player: StoredPlayer, pointer: str, catalog: Catalog, now_ms: int
) -> list[im_rank.Result]:
    results = [stored.result(now_ms) for stored in player.imRankData]
    seen = set()
    for index, result in enumerate(results):
        place = f"{pointer}/imRankData/{index}"
        if detail := im_rank.flaw(result):
            raise document.refusal([Flaw(f"{place}/value", detail)])
        if detail := im_rank.flaw_of_extra(catalog.apis["setImRankData"], result.extra):
            raise document.refusal([Flaw(f"{place}/extra", detail)])
        if (result.zone, result.data_type) in seen:
            raise document.refusal([Flaw(place, "another of this zone and type stands before it")])
        seen.add((result.zone, result.data_type))
    return results


def fields(openid: str, record: Record) -> dict[str, Any]:
    """As the document has the player."""
    profile = {name: record.profile[name] for name in sorted(record.profile) if name != "im_rank"}
    results = [_result(result) for result in im_rank.results(record)]
    return {
        "openid": openid,
        **profile,
        "KVDataList": [_pair(key, pair) for key, pair in sorted(record.pairs.items())],
        **({"imRankData": results} if results else {}),
    }


def _result(result: im_rank.Result) -> dict[str, Any]:
    return {
        "dataType": result.data_type,
        "value": result.value,
        "priority": result.priority,
        "zoneId": result.zone,
        "extra": result.extra,
        "at": iso(result.at_ms),
        "order": min(result.order, MAX_ORDER),
    }


def _pair(key: str, pair: Pair) -> dict[str, Any]:
    shown: dict[str, Any] = {"key": key, "value": pair.value, "at": iso(pair.at_ms)}
    if pair.group is not None:
        shown["group"] = pair.group
    if pair.order:
        shown["order"] = min(pair.order, MAX_ORDER)
    return shown


def json_schema() -> dict[str, Any]:
    """The format as JSON Schema (draft 2020-12), for editors."""
    return document.json_schema(WorldDocument)
