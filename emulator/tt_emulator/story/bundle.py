"""The document of a story: its fields, and how it is read."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Raw, Struct, UnsetType, field
from msgspec import json as msgjson

from tt_emulator import strict_json
from tt_emulator.domain import reading
from tt_emulator.domain.model import Openid
from tt_emulator.domain.past import PlayerChanged, PlayerForgotten, WorldChanged
from tt_emulator.errors import BadRequest, Flaw, Unprocessable
from tt_emulator.faults.effects import ArmedFault, FaultsChanged
from tt_emulator.language.quoting import quoted
from tt_emulator.strict_json import NotJson

VERSION = 1

Moment = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(ge=0, le=2**53)]


class CallDeed(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    kw_only=True,
    tag_field="kind",
    tag="call",
):
    """A call and what became of it, as the journal shows it; `reply` is null where the game did not
    get one. It came `offset_ms` after the story began.
    """

    offset_ms: Annotated[float, Meta(ge=0)]
    id: Count
    api: str
    player: Openid
    domain: Literal["main", "open", "server"]
    call_id: Openid | None
    options: dict[str, Any]
    received_at: Moment
    duration_ms: float | None
    reply: dict[str, Any] | None
    fault: str | None
    reason: str
    base_url: str | UnsetType = UNSET

    @property
    def at(self) -> datetime:
        """When it came."""
        return self.received_at


TesterAct = PlayerChanged | PlayerForgotten | WorldChanged | FaultsChanged


class TesterDeed(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind", tag="tester"
):
    """What a tester did: to a player, to settings and clock, or to what is armed."""

    offset_ms: Annotated[float, Meta(ge=0)]
    at: Moment
    did: TesterAct


class StableToken(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A stable access token, whose text no story tells: given out for the app at that time of the
    world (Unix time), good until that one, or no longer.
    """

    appid: str
    at_ms: Count
    until_ms: Count
    forced: bool = False


class FaultCounts(Struct, frozen=True, forbid_unknown_fields=True):
    """The last numbers that faults were given, and the calls of each API since the first."""

    made: Count = 0
    ordinal: Count = 0
    calls: dict[str, Count] = field(default_factory=dict)


class Bundle(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A story. `world` is as an export, `faults` are as they were armed and counted, `tokens` as
    they were given out, all before the first deed.
    """

    bundle: Literal[1]
    version: str
    platform: str
    seed: int
    world: Annotated[Raw, Meta(extra_json_schema={"type": "object"})]
    faults: list[ArmedFault] = field(default_factory=list)
    counts: FaultCounts = field(default_factory=FaultCounts)
    tokens: list[StableToken] = field(default_factory=list)
    deeds: list[Annotated[Raw, Meta(extra_json_schema={"type": "object"})]] = field(
        default_factory=list
    )


class _Version(Struct):
    bundle: Any = None
    version: Any = ""


def opened(text: bytes) -> Bundle:
    """The bundle with its deeds still text. Raises `BadRequest`, `Unprocessable`."""
    try:
        strict_json.members(text)
        said = msgjson.decode(text, type=_Version)
    except (NotJson, ValueError, RecursionError) as error:
        raise BadRequest(f"The bundle is not JSON: {error}.", _HINT) from error
    if type(said.bundle) is int and said.bundle > VERSION:
        raise Unprocessable(
            f"The bundle is of form {said.bundle}, written by tt-emulator"
            f" {quoted(str(said.version))}; this version knows {VERSION}.",
            "Play it with a newer tt-emulator.",
        )
    found: Bundle = _demanded(reading.decode(text, Bundle), "")
    return found


def deed(raw: Raw, number: int) -> CallDeed | TesterDeed:
    """One deed of the bundle. Raises `Unprocessable` that tells its place."""
    place = f"/deeds/{number}"
    kind = _demanded(reading.decode(raw, _Kind), place).kind
    if kind not in _SHAPES:
        raise reading.refusal([Flaw(f"{place}/kind", "expected call or tester")])
    found: CallDeed | TesterDeed = _demanded(reading.decode(raw, _SHAPES[kind]), place)
    return found


def _demanded(found: Any, place: str) -> Any:
    if isinstance(found, Flaw):
        raise reading.refusal([Flaw(place + found.pointer, found.detail)])
    return found


class _Kind(Struct):
    kind: str = ""


_SHAPES: dict[str, type[Struct]] = {"call": CallDeed, "tester": TesterDeed}
_HINT = "Send what GET /__emulator/v1/bundle answers, or tt-emulator bundle wrote."
