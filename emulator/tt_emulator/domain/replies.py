"""How a success and a failure look to a game: a platform says it."""

from typing import Any, Protocol

from tt_emulator.catalog import Api, ErrorRow
from tt_emulator.domain.model import Reply
from tt_emulator.errors import ApiError


class Replies(Protocol):
    """The shape of a platform's replies."""

    def success(self, api: Api, payload: dict[str, Any]) -> Reply:
        """The reply to a call that succeeded with this payload."""

    def failure(self, api: Api, row: ErrorRow, text: str | None = None, reason: str = "") -> Reply:
        """The row as the game receives it; `text` stands in for the message where the row allows
        it.
        """

    def refusal(self, api: Api, error: ApiError) -> Reply:
        """The reply to a call that broke a rule. Raises `LookupError` if it has no such row."""

    def errmsg_only(self, reply: Reply, fail_object: str) -> Reply:
        """The reply in a world whose setting `fail_object` is this: whole, or with its message
        alone.
        """
