"""What the control API shows of armed faults."""

from typing import Any

from msgspec import UNSET, UnsetType
from msgspec.structs import asdict

from tt_emulator.domain.clock import Timestamp
from tt_emulator.faults.spec import FaultSpec

_ALWAYS = frozenset({"api", "player", "key", "domain", "times", "ttl_s", "label"})
"""Shown as null if they were not given; what only some kinds read is then left out."""


class _Numbered(FaultSpec, frozen=True, forbid_unknown_fields=True):
    id: str  # not by keyword only, so that it comes first


class Fault(_Numbered, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An armed fault and its account; `undocumented` marks one whose reply no page lists."""

    armed_at: Timestamp
    expires_at: Timestamp | None
    matched: int
    hits: int
    remaining: int | None
    completed: bool
    near_miss: str | None
    undocumented: bool | UnsetType = UNSET
    notice: str | UnsetType = UNSET


def shown(fault_id: str, spec: FaultSpec, **account: Any) -> Fault:
    """The fault with its account, which is the fields that its spec does not have."""
    given = {
        name: UNSET if value is None and name not in _ALWAYS else value
        for name, value in asdict(spec).items()
    }
    fields: dict[str, Any] = given | account
    fields["probability"] = 1.0 if spec.probability is None else spec.probability
    return Fault(id=fault_id, **fields)
