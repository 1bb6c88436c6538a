"""Hold the connection without a byte, then close it."""

from collections.abc import Iterable
from typing import ClassVar, Self

from tt_emulator.catalog import Catalog
from tt_emulator.domain.model import Close, Send, Step, Wait
from tt_emulator.errors import Flaw
from tt_emulator.faults.effect import ANSWERS_ITSELF, FaultEffect, reachable
from tt_emulator.faults.spec import FaultSpec

DEFAULT_MS = 30_000


class Hang(FaultEffect, frozen=True, kw_only=True):
    """An answer that never comes; capped, so that nothing is held for ever."""

    family: ClassVar[str] = "wire"
    name: ClassVar[str] = "hang"
    title: ClassVar[str] = "No answer for 30 s, then a close"
    symptom: ClassVar[str] = "the game sees 999985, late"
    lossy: ClassVar[bool] = True
    fields: ClassVar[frozenset[str]] = frozenset({"duration_ms"})
    on_socket: ClassVar[bool] = True
    through_proxy: ClassVar[str] = ANSWERS_ITSELF

    duration_ms: float

    @classmethod
    def build(cls, spec: FaultSpec, catalog: Catalog) -> Self | Flaw:
        """A hang of `duration_ms`, by default `DEFAULT_MS`."""
        duration_ms = DEFAULT_MS if spec.duration_ms is None else spec.duration_ms
        return cls(apis=reachable(spec, catalog), duration_ms=duration_ms)

    def deliver(self, send: Send) -> Iterable[Step]:
        """Wait, then close."""
        return (Wait(self.duration_ms), Close())
