"""Send the answer a little at a time."""

from collections.abc import Iterable
from typing import ClassVar, Self

from msgspec.structs import replace

from tt_emulator.catalog import Catalog
from tt_emulator.domain.model import Send, Step, Wait
from tt_emulator.errors import Flaw
from tt_emulator.faults.effect import FaultEffect, reachable
from tt_emulator.faults.spec import FaultSpec

DEFAULT_MS = 3_000
PIECES = 10


class Drip(FaultEffect, frozen=True, kw_only=True):
    """`PIECES` pieces, spread over the duration."""

    family: ClassVar[str] = "wire"
    name: ClassVar[str] = "drip"
    title: ClassVar[str] = "The answer in pieces, over 3 s"
    symptom: ClassVar[str] = "the game succeeds, late"
    fields: ClassVar[frozenset[str]] = frozenset({"duration_ms"})
    on_socket: ClassVar[bool] = True
    through_proxy: ClassVar[str] = "a proxy may pass it on in one piece"

    duration_ms: float

    @classmethod
    def build(cls, spec: FaultSpec, catalog: Catalog) -> Self | Flaw:
        """A drip over `duration_ms`, by default `DEFAULT_MS`."""
        duration_ms = DEFAULT_MS if spec.duration_ms is None else spec.duration_ms
        return cls(apis=reachable(spec, catalog), duration_ms=duration_ms)

    def deliver(self, send: Send) -> Iterable[Step]:
        """Piece, wait, piece, …: the whole answer in the end."""
        for piece in range(PIECES):
            if piece:
                yield Wait(self.duration_ms / (PIECES - 1))
            yield replace(send, begin=piece / PIECES, end=(piece + 1) / PIECES)
