"""What the control API shows of calls."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Raw, Struct

from tt_emulator.domain.clock import Timestamp


class Exchange(Struct, frozen=True, forbid_unknown_fields=True):
    """A call and what became of it; `reply` is null where the game did not get one."""

    id: int
    call_id: str | None
    api: str
    player: str
    domain: Literal["main", "open", "server"]
    options: Annotated[Raw, Meta(extra_json_schema={"type": "object"})]
    fault: str | None
    reason: str
    reply: dict[str, Any] | None
    received_at: Timestamp
    answered_at: Timestamp | None
    duration_ms: float | None


class Verdict(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether as many exchanges matched as were wanted, with such gaps, and what differed."""

    ok: bool
    count: int
    differences: list[str]
    gaps_ms: list[float]
