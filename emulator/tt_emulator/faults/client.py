"""Misbehaviour of the platform's runtime that real games have met; `tt.js` carries it out."""

from collections.abc import Iterable
from typing import ClassVar

from msgspec.structs import replace

from tt_emulator.domain.model import Send, Step
from tt_emulator.faults.effect import FaultEffect


class Misbehaviour(FaultEffect, frozen=True, kw_only=True):
    """The answer, and beside it the kind's name, for what the runtime does with it."""

    family: ClassVar[str] = "client"

    def deliver(self, send: Send) -> Iterable[Step]:
        """The answer with the name."""
        return (replace(send, client=self.name),)
