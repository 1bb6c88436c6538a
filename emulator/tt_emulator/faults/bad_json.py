"""Answer with JSON that breaks off: complete as HTTP, unreadable as JSON."""

from collections.abc import Iterable
from typing import ClassVar

from msgspec.structs import replace

from tt_emulator.domain.model import Send, Step
from tt_emulator.faults.effect import FaultEffect


class BadJson(FaultEffect, frozen=True, kw_only=True):
    """The first half of the answer's JSON text."""

    family: ClassVar[str] = "wire"
    name: ClassVar[str] = "bad_json"
    title: ClassVar[str] = "An answer that is broken JSON"
    symptom: ClassVar[str] = "the game sees 108001"
    lossy: ClassVar[bool] = True

    def deliver(self, send: Send) -> Iterable[Step]:
        """A cut text with the right Content-Length."""
        return (replace(send, cut=True),)
