"""How a failure looks to a game, beyond what is alike on all platforms."""

from tt_emulator.catalog import Api, ErrorRow
from tt_emulator.domain.model import Reply
from tt_emulator.errors import ApiError
from tt_emulator.platforms import replies
from tt_emulator.platforms.replies import errmsg_only, success

__all__ = ["errmsg_only", "failure", "refusal", "success"]


def failure(api: Api, row: ErrorRow, text: str | None = None, reason: str = "") -> Reply:
    """The row as the game receives it, with its `errorType` beside an `errorCode`."""
    reply = replies.failure(api, row, text, reason)
    if row.type is not None and api.failure == "errorCode":
        reply.body["errorType"] = row.type
    return reply


def refusal(api: Api, error: ApiError) -> Reply:
    """The reply to a call that broke a rule. Raises `LookupError` if the API has no such row."""
    return replies.refusal(api, error, failure)
