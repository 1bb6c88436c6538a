"""Send half of the answer's body, then close: fewer bytes than Content-Length promises."""

from collections.abc import Iterable
from typing import ClassVar

from msgspec.structs import replace

from tt_emulator.domain.model import Close, Send, Step
from tt_emulator.faults.effect import FaultEffect


class Truncate(FaultEffect, frozen=True, kw_only=True):
    """An answer that breaks off."""

    family: ClassVar[str] = "wire"
    name: ClassVar[str] = "truncate"
    title: ClassVar[str] = "Half of the answer, then a close"
    symptom: ClassVar[str] = "the game sees 999985"
    lossy: ClassVar[bool] = True
    on_socket: ClassVar[bool] = True

    def deliver(self, send: Send) -> Iterable[Step]:
        """Half, then the close."""
        return (replace(send, end=0.5), Close())
