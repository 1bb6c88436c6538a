"""The health of a server, as it is published."""

from typing import Literal

from msgspec import Struct

from tt_emulator.domain.store import Finding


class Health(Struct, frozen=True):
    """What `/health` tells; `trouble` is why nothing can be stored, `uptime_s` is in seconds."""

    status: Literal["ok", "storage-lost"]
    trouble: str | None
    version: str
    pid: int
    instance: str
    seed: int
    persistent: bool
    set_aside: list[Finding]
    edited: list[Finding]
    uptime_s: float
