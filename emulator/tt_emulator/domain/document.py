"""A world as one JSON document: what export, import, snapshots and seed files read and write.

A hand-written one may leave out all but `schema` and each player's `openid`. A pair without `at`
counts as written at the moment of the import. How a player stands in it, the platform says.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from inspect import cleandoc
from typing import Annotated, Any, Literal, Protocol

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType, field

from tt_emulator import strict_json
from tt_emulator.catalog import Catalog
from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.domain import reading
from tt_emulator.domain.model import NO_CALL_NAMES_IT, is_id
from tt_emulator.domain.record import Record
from tt_emulator.domain.settings import WorldSettings, flaws_of
from tt_emulator.domain.world_clock import ClockSetting
from tt_emulator.errors import BadRequest, Flaw, Unprocessable
from tt_emulator.language.quoting import cut
from tt_emulator.strict_json import NotJson

SCHEMA = 1

PROGRESS_EACH = 1000

OnProgress = Callable[[int, int], None]
"""Hears with each thousandth player how many are done, and of how many."""

MAX_ORDER = 10**12
"""More writes than any world sees. Only one whose document says so comes beyond it: an export has
this for all of its later writes, or no import would take it.
"""

Order = Annotated[int, Meta(ge=0, le=MAX_ORDER)]


class PlayerFormat(Protocol):
    """How a platform has a player in a document."""

    @property
    def StoredPlayer(self) -> type[Struct]:  # noqa: N802  # a type
        """A player; what is left out is as of a new one. It has an `openid`."""

    @property
    def WorldDocument(self) -> type["Fields"]:  # noqa: N802  # a type
        """The document with its players read."""

    def record(self, player: Any, pointer: str, now_ms: int) -> Record:
        """A `StoredPlayer` as it is stored. Raises `Unprocessable`."""

    def fields(self, openid: str, record: Record) -> dict[str, Any]:
        """What is stored as a `StoredPlayer` says it."""


class Kept(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the file of a snapshot says of itself, for the server that keeps it."""

    name: str
    crc32: Annotated[int, Meta(ge=0, le=2**32 - 1)]


class Fields(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a document has beside the players."""

    editor_schema: str | UnsetType = field(name="$schema", default=UNSET)
    schema: Literal[1]
    platform: str = DEFAULT_PLATFORM
    settings: WorldSettings = field(default_factory=WorldSettings)
    clock: ClockSetting = field(default_factory=ClockSetting)
    snapshot: Kept | UnsetType = UNSET


class Sealed(Fields, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The document with its players still text: a million of them need not be in memory at once."""

    players: list[Raw] = field(default_factory=list)


class _OfPlatform(Struct):
    platform: str = DEFAULT_PLATFORM


def platform_in(text: bytes) -> str:
    """The platform that a document names. One that cannot be read names none: `opened` says why."""
    try:
        found = reading.decode(text.removeprefix(strict_json.BOM), _OfPlatform)
    except (ValueError, RecursionError):
        return DEFAULT_PLATFORM
    return DEFAULT_PLATFORM if isinstance(found, Flaw) else found.platform


@cache
def _sealed(settings: type[WorldSettings]) -> type[Sealed]:
    """The document with settings of that type."""
    return msgspec.defstruct(  # type: ignore[return-value]  # mypy knows no bases of it
        "Sealed",
        [("settings", settings, field(default_factory=settings))],
        bases=(Sealed,),
        frozen=True,
        forbid_unknown_fields=True,
        kw_only=True,
    )


def opened(
    text: bytes,
    catalog: Catalog,
    platform: str = DEFAULT_PLATFORM,
    settings: type[WorldSettings] = WorldSettings,
) -> Sealed:
    """The document of a world of that platform, its players not yet looked at; what it does not say
    of the settings is as they have it by default.

    Raises `BadRequest`, `Unprocessable`.
    """
    text = text.removeprefix(strict_json.BOM)
    try:
        world = reading.decode(text, _sealed(settings))
        _judge(text)
    except NotJson as error:
        raise _no_json(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise _no_json(_with_line(str(error), text)) from error
    if isinstance(world, Flaw):
        raise refusal([world])
    if world.platform != platform:
        named = cut(world.platform)
        detail = f"is {named!r}, the world is of {platform!r}: import it under another name"
        raise refusal([Flaw("/platform", detail)])
    if flaws := flaws_of(world.settings, catalog):
        raise refusal([Flaw(f"/settings{flaw.pointer}", flaw.detail) for flaw in flaws])
    return world


def _judge(text: bytes) -> None:
    """Raise `NotJson` if the text, its players apart, is no JSON as every entry point takes it."""
    for name, member in strict_json.members(text).items():
        if name != "players":
            strict_json.read(bytes(member))


def refusal(flaws: list[Flaw]) -> Unprocessable:
    """The error for a document that tells of no world."""
    return reading.refusal(flaws, "Nothing was changed; docs/worlds.md tells what a world holds.")


def _no_json(message: str) -> BadRequest:
    return BadRequest(
        f"The world is no JSON: {message}.", "docs/worlds.md tells what a world holds."
    )


def _with_line(message: str, text: bytes) -> str:
    """The decoder's message, with a place in bytes as a person looks for it."""
    place = re.search(r"\(byte (\d+)\)", message)
    if place is None:
        return message
    before = text[: int(place[1])]
    column = len(before.rpartition(b"\n")[2].decode(errors="replace")) + 1
    line = before.count(b"\n") + 1
    return message.replace(place[0], f"(line {line}, column {column})")


def ignore_progress(done: int, count: int) -> None:
    """Nobody waits for it."""


def records(
    world: Sealed, players: PlayerFormat, now_ms: int, on_progress: OnProgress = ignore_progress
) -> Iterator[tuple[str, Record]]:
    """The players, one by one. Raises `BadRequest`, `Unprocessable`."""
    seen = set()
    for index, text in enumerate(world.players):
        if index % PROGRESS_EACH == 0:
            on_progress(index, len(world.players))
        pointer = f"/players/{index}"
        player = _player(text, players.StoredPlayer, pointer)
        if player.openid in seen:
            raise refusal([Flaw(f"{pointer}/openid", "stands twice")])
        seen.add(player.openid)
        yield player.openid, players.record(player, pointer, now_ms)


def _player(text: Raw, shape: type[Struct], pointer: str) -> Any:
    try:
        strict_json.read(bytes(text))  # it was skipped when the world was opened
    except NotJson as error:
        raise _no_json(f"{pointer}: {error}") from error
    player: Any = reading.decode(text, shape)
    if isinstance(player, Flaw):
        raise refusal([Flaw(pointer + player.pointer, player.detail)])
    if not is_id(player.openid):
        raise refusal([Flaw(f"{pointer}/openid", NO_CALL_NAMES_IT)])
    return player


def json_schema(document: type[Fields]) -> dict[str, Any]:
    """The format as JSON Schema (draft 2020-12), for editors; `document` has its players read."""
    schema = msgspec.json.schema(document)
    kinds = {name: _described(kind) for name, kind in sorted(schema["$defs"].items())}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **kinds.pop(document.__name__),
        "$defs": kinds,
    }


def _described(kind: dict[str, Any]) -> dict[str, Any]:
    return kind | {"description": cleandoc(kind["description"])}
