"""What a fault can do, one small file a kind. A new kind is one file and one line here."""

from typing import Protocol

from emulator.catalog import Catalog
from emulator.domain.model import Call, Reply
from emulator.errors import Flaw
from emulator.faults import delay, error
from emulator.faults.spec import FaultSpec


class Strike(Protocol):
    """What a fault does to a call it strikes."""

    apis: frozenset[str]
    """The APIs that it can strike."""

    decides: bool
    """Whether the search for a fault ends here."""

    def reply(self, call: Call, honest: Reply) -> Reply:
        """What the game gets instead of `honest` (`<api>:ok` where the service never acted)."""


class Kind(Protocol):
    """A module of this package: reads what is its own in a fault."""

    def build(self, spec: FaultSpec, catalog: Catalog) -> Strike | Flaw | None:
        """The strike, what is wrong with it, or `None` if the fault is of another kind."""


KINDS = (error, delay)
"""In the order of asking: a fault that is nothing else is a delay."""
