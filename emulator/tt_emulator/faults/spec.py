"""What people write to arm a fault, and how its reading can fail."""

import re
from fnmatch import translate
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct
from msgspec.structs import asdict

from tt_emulator.domain import reading
from tt_emulator.domain.model import NO_PLAYER, Code, is_id
from tt_emulator.errors import Flaw

MAX_WAIT_MS = 120_000

Text = Annotated[str, Meta(min_length=1, max_length=1024)]
Skips = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Times = Annotated[int, Meta(ge=1, le=1_000_000_000)]
Wait = Annotated[int, Meta(ge=0, le=MAX_WAIT_MS)] | Annotated[float, Meta(ge=0, le=MAX_WAIT_MS)]
Seconds = Annotated[int, Meta(gt=0, le=31_536_000)] | Annotated[float, Meta(gt=0, le=31_536_000)]
Chance = Annotated[int, Meta(ge=0, le=1)] | Annotated[float, Meta(ge=0, le=1)]


class Spread(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A random delay: uniform between `min` and `max`, or log-normal with `median` and `sigma`."""

    max: Wait
    min: Wait | None = None
    median: Annotated[float, Meta(gt=0, le=MAX_WAIT_MS)] | None = None
    sigma: Annotated[float, Meta(ge=0, le=10)] | None = None


class FaultSpec(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One fault as the control API takes it; the fields are documented in docs/faults.md."""

    error: Code | Text | None = None
    wire: Text | None = None
    client: Text | None = None
    sequence: Annotated[list[Code | Text], Meta(max_length=1000)] | None = None
    loop: bool | None = None
    reply: dict[str, Any] | None = None
    detail: Annotated[str, Meta(max_length=1024)] | None = None
    status: Annotated[int, Meta(ge=201, le=599)] | None = None
    duration_ms: Wait | None = None
    api: Text | Annotated[list[Text], Meta(max_length=1000)] | None = None
    player: Text | None = None
    key: Text | None = None
    min_keys: Times | None = None
    domain: Literal["main", "open", "server"] | None = None
    skip: Skips = 0
    every: Times | None = None
    times: Times | None = None
    probability: Chance | None = None
    ttl_s: Seconds | None = None
    moment: Literal["before", "after"] = "before"
    delay_ms: Wait | Spread = 0
    label: Annotated[str, Meta(max_length=1024)] | None = None


def read(raw: Any) -> FaultSpec | Flaw:
    """The fault that the JSON value `raw` describes, or what is wrong with it and where."""
    spec = reading.read(raw, FaultSpec)
    return spec if isinstance(spec, Flaw) else _contradiction(spec) or spec


def given(spec: FaultSpec) -> dict[str, Any]:
    """The spec as JSON, without what it leaves as it is."""
    usual = asdict(FaultSpec())
    fields = {name: value for name, value in asdict(spec).items() if value != usual[name]}
    if isinstance(spec.delay_ms, Spread):
        spread = asdict(spec.delay_ms)
        fields["delay_ms"] = {name: each for name, each in spread.items() if each is not None}
    return fields


def wanted_apis(spec: FaultSpec) -> list[str]:
    """The APIs that the fault names; none means any."""
    if spec.api is None:
        return []
    return [spec.api] if isinstance(spec.api, str) else spec.api


def _contradiction(spec: FaultSpec) -> Flaw | None:
    if spec.key is not None and _matches_nothing(spec.key):
        return Flaw("/key", "no key fits the pattern: one of its [] holds no character")
    if spec.player is not None and not is_id(spec.player):
        return Flaw("/player", NO_PLAYER)
    if spec.api == []:
        return Flaw("/api", "an empty list matches no call; leave api out to match any")
    if spec.sequence is not None:
        for field in ("probability",) if spec.loop else ("times", "probability"):
            if getattr(spec, field) is not None:
                return Flaw(f"/{field}", f"a sequence says itself what happens; leave {field} out")
    return _spread_flaw(spec.delay_ms) if isinstance(spec.delay_ms, Spread) else None


_CLASS = re.compile(r"\[!?\]?[^\]]*\]")
_NO_CHARACTER = translate("[z-a]")


def _matches_nothing(pattern: str) -> bool:
    return any(translate(each) == _NO_CHARACTER for each in _CLASS.findall(pattern))


def _spread_flaw(spread: Spread) -> Flaw | None:
    uniform = spread.min is not None
    log_normal = spread.median is not None and spread.sigma is not None
    if uniform == log_normal or (uniform and (spread.median or spread.sigma) is not None):
        return Flaw("/delay_ms", "a random delay has min and max, or median, sigma and max")
    if spread.min is not None and spread.min > spread.max:
        return Flaw("/delay_ms/min", "min is greater than max")
    return None
