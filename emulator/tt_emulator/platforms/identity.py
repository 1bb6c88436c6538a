"""What whoever calls must know of a platform, which is little and quickly read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BACKEND_MESSAGES = ("errmsg", "err_tips", "err_msg")
BACKEND_CODES = ("errcode", "err_no")


@dataclass(frozen=True, slots=True)  # whoever only calls starts without msgspec
class Identity:
    """A platform by name. The paths at which a game's own backend calls it begin with one of
    `backend`.

    An API's name after `prefix` is where it is called, `global_name` the object whose function it
    is in a game. `message_field` of a reply has the outcome in words, and of `code_fields` the
    first that is there its number; of the answer of an endpoint `BACKEND_MESSAGES` and
    `BACKEND_CODES` are.
    """

    name: str
    prefix: str
    global_name: str
    message_field: str = "errMsg"
    code_fields: tuple[str, ...] = ()
    backend: tuple[str, ...] = ()

    def message(self, reply: Mapping[str, Any]) -> Any:
        """The outcome in words, `None` if the reply has none."""
        fields = (self.message_field, *BACKEND_MESSAGES)
        return next((reply[name] for name in fields if name in reply), None)

    def code(self, reply: Mapping[str, Any]) -> Any:
        """The number of the failure, `None` if the reply has none."""
        fields = (*self.code_fields, *BACKEND_CODES)
        return next((reply[name] for name in fields if name in reply), None)

    def is_failure(self, reply: Mapping[str, Any]) -> bool:
        """Whether it tells of a failure, in words or by its number."""
        return ":fail" in str(self.message(reply)) or bool(self.code(reply))

    def outcome(self, reply: Mapping[str, Any]) -> str:
        """The outcome on one line: in words, `ok` where a success has none, and its number."""
        words, code = str(self.message(reply) or ""), self.code(reply)
        if not words and not code:
            return "ok"
        return words if code is None else f"{words} ({code})".lstrip()
