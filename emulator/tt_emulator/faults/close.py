"""Close the connection before any byte of the answer."""

from collections.abc import Iterable
from typing import ClassVar

from tt_emulator.domain.model import Close, Send, Step
from tt_emulator.faults.effect import ANSWERS_ITSELF, FaultEffect


class CloseConnection(FaultEffect, frozen=True, kw_only=True):
    """An orderly end, and no answer."""

    family: ClassVar[str] = "wire"
    name: ClassVar[str] = "close"
    title: ClassVar[str] = "Connection closed without an answer"
    symptom: ClassVar[str] = "the game sees 999985"
    lossy: ClassVar[bool] = True
    on_socket: ClassVar[bool] = True
    through_proxy: ClassVar[str] = ANSWERS_ITSELF

    def deliver(self, send: Send) -> Iterable[Step]:
        """Nothing but the close."""
        return (Close(),)
