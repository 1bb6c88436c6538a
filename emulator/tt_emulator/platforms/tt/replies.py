"""How a success and a failure look to a game."""

from typing import Any

from tt_emulator.catalog import Api, ErrorRow
from tt_emulator.domain.model import Reply
from tt_emulator.errors import ApiError
from tt_emulator.platforms import endpoints
from tt_emulator.platforms.replies import errmsg_only, row_of

__all__ = ["errmsg_only", "failure", "refusal", "success"]


def success(api: Api, payload: dict[str, Any]) -> Reply:
    """`<api>:ok` and the payload; of an endpoint as the catalog tells it."""
    if api.endpoint is not None:
        return endpoints.success(api, api.endpoint, payload)
    return Reply({"errMsg": f"{api.opening}ok", **payload})


def failure(api: Api, row: ErrorRow, text: str | None = None, reason: str = "") -> Reply:
    """The row as the game receives it; `text` stands in for the message where the row allows it.

    One space divides `fail` from the message, and a row without a message leaves `<api>:fail` bare:
    inferred from the whole examples that the pages print (`login:fail app in background`).
    """
    if api.endpoint is not None:
        return endpoints.failure(api, api.endpoint, row, text, reason)
    message = text if row.detail and text is not None else row.message
    opening = api.opening_of(row)
    body: dict[str, Any] = {"errMsg": f"{opening} {message}" if message else opening}
    if row.code is not None and api.failure in {"errorCode", "errNo"}:
        body[api.failure] = row.code
    if row.type is not None and api.failure == "errorCode":
        body["errorType"] = row.type
    return Reply(body, row.name, reason)


def refusal(api: Api, error: ApiError) -> Reply:
    """The reply to a call that broke a rule. Raises `LookupError` if the API has no such row."""
    return failure(api, row_of(api, error), error.text, error.reason)
