"""Answer with an HTTP status that is not 200."""

from collections.abc import Iterable
from typing import ClassVar, Self

from msgspec.structs import replace

from tt_emulator.catalog import Catalog
from tt_emulator.domain.model import Send, Step
from tt_emulator.errors import Flaw
from tt_emulator.faults.effect import FaultEffect, reachable
from tt_emulator.faults.spec import FaultSpec

DEFAULT_STATUS = 500

_WITHOUT_BODY = (204, 205, 304)


class HttpStatus(FaultEffect, frozen=True, kw_only=True):
    """The answer's body under another status."""

    family: ClassVar[str] = "wire"
    name: ClassVar[str] = "http_status"
    title: ClassVar[str] = "HTTP status 500"
    symptom: ClassVar[str] = "the game sees 999991"
    lossy: ClassVar[bool] = True
    fields: ClassVar[frozenset[str]] = frozenset({"status"})

    status: int

    @classmethod
    def build(cls, spec: FaultSpec, catalog: Catalog) -> Self | Flaw:
        """The effect with `status`, by default `DEFAULT_STATUS`."""
        status = DEFAULT_STATUS if spec.status is None else spec.status
        if status in _WITHOUT_BODY:
            return Flaw("/status", f"an answer with status {status} has no body to send")
        return cls(apis=reachable(spec, catalog), status=status)

    def deliver(self, send: Send) -> Iterable[Step]:
        """The answer under the status."""
        return (replace(send, status=self.status),)
