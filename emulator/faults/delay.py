"""Only wait: the call goes on as it would have, and other faults may still strike it."""

from typing import ClassVar

from msgspec import Struct

from emulator.catalog import Catalog
from emulator.domain.model import Call, Reply
from emulator.errors import Flaw
from emulator.faults.spec import FaultSpec, wanted_apis


class Delay(Struct, frozen=True):
    """Nothing but the fault's `delay_ms`."""

    apis: frozenset[str]
    decides: ClassVar[bool] = False

    def reply(self, call: Call, honest: Reply) -> Reply:
        """The honest reply."""
        return honest


def build(spec: FaultSpec, catalog: Catalog) -> Delay | Flaw:
    """A delay; a flaw if the fault would do nothing at all."""
    if spec.detail is not None:
        return Flaw("/detail", "detail is the text of an error, and no error is given")
    if not spec.delay_ms:
        return Flaw("", "the fault does nothing; give it an error or a delay_ms")
    return Delay(frozenset(wanted_apis(spec) or catalog.apis))
