"""What whoever calls must know of a platform, which is little and quickly read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)  # whoever only calls starts without msgspec
class Identity:
    """A platform by name.

    An API's name after `prefix` is where it is called, `global_name` the object whose function it
    is in a game. `message_field` of a reply has the outcome in words, and of `code_fields` the
    first that is there its number.
    """

    name: str
    prefix: str
    global_name: str
    message_field: str = "errMsg"
    code_fields: tuple[str, ...] = ()

    def message(self, reply: Mapping[str, Any]) -> Any:
        """The outcome in words, `None` if the reply has none."""
        return reply.get(self.message_field)

    def code(self, reply: Mapping[str, Any]) -> Any:
        """The number of the failure, `None` if the reply has none."""
        return next((reply[name] for name in self.code_fields if name in reply), None)
