"""A world as one JSON document: what export, import, snapshots and seed files read and write.

A hand-written one may leave out all but `schema` and each player's `openid`. A pair without `at`
counts as written at the moment of the import. What a game could not write is no error here, if the
platform's data may hold it: a ranking key's value need not have the format.
"""

import re
from collections.abc import Callable, Iterator
from inspect import cleandoc
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType, field

from tt_emulator import strict_json
from tt_emulator.catalog import Catalog
from tt_emulator.domain import im_rank, reading
from tt_emulator.domain.model import is_id
from tt_emulator.domain.players import (
    NO_CALL_NAMES_IT,
    Group,
    Openid,
    Profile,
    check_keys,
    check_limits,
)
from tt_emulator.domain.record import Pair, Record
from tt_emulator.domain.settings import WorldSettings, flaws_of
from tt_emulator.domain.world_clock import ClockSetting, Moment, unix_ms
from tt_emulator.errors import BadRequest, Flaw, Unprocessable
from tt_emulator.strict_json import NotJson

SCHEMA = 1

TELL_EACH = 1000

Tell = Callable[[int, int], None]
"""Hears with each thousandth player how many are done, and of how many."""

MAX_ORDER = 10**12
"""More writes than any world sees. Only one whose document says so comes beyond it: an export has
this for all of its later writes, or no import would take it.
"""

Order = Annotated[int, Meta(ge=0, le=MAX_ORDER)]


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


class Kept(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the file of a snapshot says of itself, for the server that keeps it."""

    name: str
    crc32: Annotated[int, Meta(ge=0, le=2**32 - 1)]


class _World(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    editor_schema: str | UnsetType = field(name="$schema", default=UNSET)
    schema: Literal[1]
    settings: WorldSettings = field(default_factory=WorldSettings)
    clock: ClockSetting = field(default_factory=ClockSetting)
    snapshot: Kept | UnsetType = UNSET


class WorldDocument(_World, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A world of tt-emulator. `$schema` is for editors; `schema` tells the format's version."""

    players: list[StoredPlayer] = field(default_factory=list)


class Sealed(_World, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The document with its players still text: a million of them need not be in memory at once."""

    players: list[Raw] = field(default_factory=list)


def opened(text: bytes, catalog: Catalog) -> Sealed:
    """The document, its players not yet looked at. Raises `BadRequest`, `Unprocessable`."""
    text = text.removeprefix(strict_json.BOM)
    try:
        world = reading.decode(text, Sealed)
        _judge(text)
    except NotJson as error:
        raise _no_json(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise _no_json(_with_line(str(error), text)) from error
    if isinstance(world, Flaw):
        raise _refusal([world])
    if flaws := flaws_of(world.settings, catalog):
        raise _refusal([Flaw(f"/settings{flaw.pointer}", flaw.detail) for flaw in flaws])
    return world


def _judge(text: bytes) -> None:
    """Raise `NotJson` if the text, its players apart, is no JSON as every door takes it."""
    for name, member in strict_json.members(text).items():
        if name != "players":
            strict_json.read(bytes(member))


def _refusal(flaws: list[Flaw]) -> Unprocessable:
    return reading.refusal(flaws, "Nothing was changed; docs/worlds.md tells what a world holds.")


def _no_json(told: str) -> BadRequest:
    return BadRequest(f"The world is no JSON: {told}.", "docs/worlds.md tells what a world holds.")


def _with_line(told: str, text: bytes) -> str:
    """What the decoder told, a place in bytes as a person looks for it."""
    place = re.search(r"\(byte (\d+)\)", told)
    if place is None:
        return told
    before = text[: int(place[1])]
    column = len(before.rpartition(b"\n")[2].decode(errors="replace")) + 1
    line = before.count(b"\n") + 1
    return told.replace(place[0], f"(line {line}, column {column})")


def untold(done: int, count: int) -> None:
    """Nobody wants to hear it."""


def records(
    world: Sealed, catalog: Catalog, now_ms: int, tell: Tell = untold
) -> Iterator[tuple[str, Record]]:
    """The players, one by one. Raises `BadRequest`, `Unprocessable`."""
    seen = set()
    for index, text in enumerate(world.players):
        if index % TELL_EACH == 0:
            tell(index, len(world.players))
        pointer = f"/players/{index}"
        player = _player(text, pointer)
        if player.openid in seen:
            raise _refusal([Flaw(f"{pointer}/openid", "stands twice")])
        seen.add(player.openid)
        yield player.openid, _record(player, pointer, catalog, now_ms)


def _player(text: Raw, pointer: str) -> StoredPlayer:
    try:
        strict_json.read(bytes(text))  # it was skipped when the world was opened
    except NotJson as error:
        raise _no_json(f"{pointer}: {error}") from error
    player = reading.decode(text, StoredPlayer)
    if isinstance(player, Flaw):
        raise _refusal([Flaw(pointer + player.pointer, player.detail)])
    if not is_id(player.openid):
        raise _refusal([Flaw(f"{pointer}/openid", NO_CALL_NAMES_IT)])
    return player


def _record(player: StoredPlayer, pointer: str, catalog: Catalog, now_ms: int) -> Record:
    check_keys([item.key for item in player.KVDataList], f"{pointer}/KVDataList")
    pairs = {
        item.key: Pair(
            item.value, now_ms if item.at is UNSET else unix_ms(item.at), item.group, item.order
        )
        for item in player.KVDataList
    }
    check_limits({key: pair.value for key, pair in pairs.items()}, catalog, f"{pointer}/KVDataList")
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
        if told := im_rank.flaw(result):
            raise _refusal([Flaw(f"{place}/value", told)])
        if told := im_rank.flaw_of_extra(catalog.apis["setImRankData"], result.extra):
            raise _refusal([Flaw(f"{place}/extra", told)])
        if (result.zone, result.data_type) in seen:
            raise _refusal([Flaw(place, "another of this zone and type stands before it")])
        seen.add((result.zone, result.data_type))
    return results


def json_schema() -> dict[str, Any]:
    """The format as JSON Schema (draft 2020-12), for editors."""
    schema = msgspec.json.schema(WorldDocument)
    kinds = {name: _told(kind) for name, kind in sorted(schema["$defs"].items())}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **kinds.pop(WorldDocument.__name__),
        "$defs": kinds,
    }


def _told(kind: dict[str, Any]) -> dict[str, Any]:
    return kind | {"description": cleandoc(kind["description"])}
