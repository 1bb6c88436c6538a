"""How a success and a failure look to a game."""

from typing import Any

from tt_emulator.catalog import Api, ErrorRow
from tt_emulator.domain.model import Reply
from tt_emulator.errors import ApiError
from tt_emulator.platforms import endpoints
from tt_emulator.platforms.endpoints import Told
from tt_emulator.platforms.replies import errmsg_only, row_of

__all__ = ["Told", "errmsg_only", "failure", "refusal", "success"]


def success(api: Api, payload: dict[str, Any]) -> Reply:
    """`<api>:ok` and the payload; of an endpoint as the catalog tells it."""
    if api.endpoint is not None:
        return endpoints.success(api, api.endpoint, payload)
    reason = payload.reason if isinstance(payload, Told) else ""
    return Reply({"errMsg": f"{api.opening}ok", **payload}, None, reason)


def failure(api: Api, row: ErrorRow, text: str | None = None, reason: str = "") -> Reply:
    """The row as the game receives it; `text` stands in for the message where the row allows it.

    A row of which no text is known leaves `<api>:fail` bare.
    """
    if api.endpoint is not None:
        return endpoints.failure(api, api.endpoint, row, text, reason)
    message = text if row.detail and text is not None else row.message
    opening = api.opening_of(row)
    body: dict[str, Any] = {
        "errMsg": row.literal or (f"{opening} {message}" if message else opening)
    }
    if (field := api.code_field_of(row)) is not None:
        body[field] = row.code
    return Reply(body | row.also, row.name, reason)


def refusal(api: Api, error: ApiError) -> Reply:
    """The reply to a call that broke a rule. Raises `LookupError` if the API has no such row."""
    return failure(api, row_of(api, error), error.text, error.reason)
