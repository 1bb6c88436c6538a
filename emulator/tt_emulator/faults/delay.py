"""Only wait: the call goes on as it would have, and other faults may still strike it."""

from typing import ClassVar, Self

from tt_emulator.catalog import Catalog
from tt_emulator.errors import Flaw
from tt_emulator.faults.effect import FaultEffect, reachable
from tt_emulator.faults.spec import FaultSpec, Spread


class Delay(FaultEffect, frozen=True, kw_only=True):
    """Nothing but the fault's `delay_ms`."""

    family: ClassVar[str] = "delay_ms"
    title: ClassVar[str] = "Only a delay"
    symptom: ClassVar[str] = "the game gets what it would have got, later"
    decides: ClassVar[bool] = False

    @classmethod
    def build(cls, spec: FaultSpec, catalog: Catalog) -> Self | Flaw:
        """A delay; a flaw if the fault would do nothing at all."""
        if not spec.delay_ms:
            return Flaw("", "the fault does nothing; give it an error, a wire fault or a delay_ms")
        if isinstance(spec.delay_ms, Spread) and not spec.delay_ms.max:
            return Flaw("/delay_ms", "a delay of at most 0 ms does nothing")
        return cls(apis=reachable(spec, catalog))
