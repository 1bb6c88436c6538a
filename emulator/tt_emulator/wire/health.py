"""The health of a server, as it is published."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

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

    def without_findings(self) -> "Health":
        """The same for those who may not see all worlds: files have the names of worlds."""
        return replace(self, set_aside=[], edited=[])
