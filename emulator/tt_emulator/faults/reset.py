"""Reset the connection before any byte of the answer: the client sees ECONNRESET."""

from collections.abc import Iterable
from typing import ClassVar

from tt_emulator.domain.model import Reset, Send, Step
from tt_emulator.faults.effect import ANSWERS_ITSELF, FaultEffect


class ResetConnection(FaultEffect, frozen=True, kw_only=True):
    """A TCP reset."""

    family: ClassVar[str] = "wire"
    name: ClassVar[str] = "reset"
    title: ClassVar[str] = "Connection reset"
    symptom: ClassVar[str] = "the game sees 999985"
    lossy: ClassVar[bool] = True
    on_socket: ClassVar[bool] = True
    through_proxy: ClassVar[str] = ANSWERS_ITSELF

    def deliver(self, send: Send) -> Iterable[Step]:
        """Nothing but the reset."""
        return (Reset(),)
