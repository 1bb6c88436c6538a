"""A world as one JSON document: what export, import, snapshots and seed files read and write.

A hand-written one may leave out all but `schema` and each player's `openid`. A pair without `at`
counts as written at the moment of the import.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType, field

from emulator.catalog import Catalog
from emulator.domain import im_rank, reading
from emulator.domain.clock import iso
from emulator.domain.players import Group, Openid, Profile, check_limits
from emulator.domain.settings import WorldSettings, host_flaws
from emulator.domain.world_clock import ClockSetting, Moment, unix_ms
from emulator.errors import BadRequest, Flaw
from emulator.storage.base import Pair, Record

SCHEMA = 1

Order = Annotated[int, Meta(ge=0, le=10**12)]


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


class _World(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    schema: Literal[1]
    settings: WorldSettings = field(default_factory=WorldSettings)
    clock: ClockSetting = field(default_factory=ClockSetting)


class WorldDocument(_World, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole document."""

    players: list[StoredPlayer] = field(default_factory=list)


class Sealed(_World, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The document with its players still text: a million of them need not be in memory at once."""

    players: list[Raw] = field(default_factory=list)


def opened(text: bytes, catalog: Catalog) -> Sealed:
    """The document, its players not yet looked at. Raises `BadRequest`, `Unprocessable`."""
    try:
        world = reading.decode(text, Sealed)
    except ValueError as error:
        raise BadRequest(f"The world is no JSON: {error}.", "Send what an export gave.") from error
    if isinstance(world, Flaw):
        raise reading.refusal([world])
    if flaws := host_flaws(world.settings, catalog):
        raise reading.refusal([Flaw(f"/settings{flaw.pointer}", flaw.detail) for flaw in flaws])
    return world


def records(world: Sealed, catalog: Catalog, now_ms: int) -> Iterator[tuple[str, Record]]:
    """The players, one by one. Raises `Unprocessable`."""
    seen = set()
    for index, text in enumerate(world.players):
        pointer = f"/players/{index}"
        player = reading.decode(text, StoredPlayer)
        if isinstance(player, Flaw):
            raise reading.refusal([Flaw(pointer + player.pointer, player.detail)])
        if player.openid in seen:
            raise reading.refusal([Flaw(f"{pointer}/openid", "stands twice")])
        seen.add(player.openid)
        yield player.openid, _record(player, pointer, catalog, now_ms)


def _record(player: StoredPlayer, pointer: str, catalog: Catalog, now_ms: int) -> Record:
    pairs = {
        item.key: Pair(
            item.value, now_ms if item.at is UNSET else unix_ms(item.at), item.group, item.order
        )
        for item in player.KVDataList
    }
    check_limits({key: pair.value for key, pair in pairs.items()}, catalog, f"{pointer}/KVDataList")
    profile = player.fields({}, pointer)
    if player.imRankData:
        profile["im_rank"] = msgspec.to_builtins(_results(player, pointer, now_ms))
    return Record(pairs, {name: value for name, value in profile.items() if value is not None})


def _results(player: StoredPlayer, pointer: str, now_ms: int) -> list[im_rank.Result]:
    results = [stored.result(now_ms) for stored in player.imRankData]
    seen = set()
    for index, result in enumerate(results):
        place = f"{pointer}/imRankData/{index}"
        if told := im_rank.flaw(result):
            raise reading.refusal([Flaw(f"{place}/value", told)])
        if (result.zone, result.data_type) in seen:
            raise reading.refusal([Flaw(place, "another of this zone and type stands before it")])
        seen.add((result.zone, result.data_type))
    return results


def written(
    settings: WorldSettings, clock: ClockSetting, players: Iterable[tuple[str, Record]]
) -> Iterator[bytes]:
    """The document in pieces, indented, so that two of them can be compared line by line."""
    head = msgspec.json.encode(
        {"schema": SCHEMA, "settings": settings, "clock": _clock(clock), "players": []}
    )
    opening, _, end = msgspec.json.format(head, indent=2).rpartition(b"]")
    yield opening
    separator = b"\n"
    for openid, record in players:
        text = msgspec.json.format(msgspec.json.encode(_player(openid, record)), indent=2)
        yield separator + b"    " + text.replace(b"\n", b"\n    ")
        separator = b",\n"
    yield (b"" if separator == b"\n" else b"\n  ") + b"]" + end + b"\n"


def _clock(setting: ClockSetting) -> dict[str, Any]:
    if setting.frozen_at is None:
        return {"offset_ms": setting.offset_ms}
    return {"frozen_at": iso(unix_ms(setting.frozen_at))}


def _player(openid: str, record: Record) -> dict[str, Any]:
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
        "order": result.order,
    }


def _pair(key: str, pair: Pair) -> dict[str, Any]:
    shown: dict[str, Any] = {"key": key, "value": pair.value, "at": iso(pair.at_ms)}
    if pair.group is not None:
        shown["group"] = pair.group
    if pair.order:
        shown["order"] = pair.order
    return shown
