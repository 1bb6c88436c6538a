"""How a success and a failure look to a game, of platforms whose replies carry `errMsg`."""

from collections.abc import Callable
from typing import Any

from tt_emulator.catalog import Api, ErrorRow
from tt_emulator.domain.model import Reply
from tt_emulator.errors import ApiError
from tt_emulator.platforms import endpoints
from tt_emulator.platforms.endpoints import Told

Failure = Callable[[Api, ErrorRow, str | None, str], Reply]


def success(api: Api, payload: dict[str, Any]) -> Reply:
    """`<api>:ok` and the payload; of an endpoint as the catalog tells it."""
    if api.endpoint is not None:
        return endpoints.success(api, api.endpoint, payload)
    reason = payload.reason if isinstance(payload, Told) else ""
    return Reply({"errMsg": f"{api.opening}ok", **payload}, None, reason)


def failure(api: Api, row: ErrorRow, text: str | None = None, reason: str = "") -> Reply:
    """The row as the game receives it; `text` stands in for the message where the row allows it.

    One space divides `fail` from the message, and a row without a message leaves `<api>:fail` bare:
    inferred from the whole examples that the pages print (`login:fail app in background`).
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


def refusal(api: Api, error: ApiError, failure: Failure = failure) -> Reply:
    """The reply to a call that broke a rule. Raises `LookupError` if the API has no such row."""
    row = api.row(error.name)
    if row is None:
        raise LookupError(f"{api.name} documents no {error.name}")
    return failure(api, row, error.text, error.reason)


def errmsg_only(reply: Reply, fail_object: str) -> Reply:
    """The reply of a world whose failures carry `errMsg` alone, as older runtimes did."""
    if reply.error is None or fail_object == "full" or "errMsg" not in reply.body:
        return reply
    return Reply({"errMsg": reply.body["errMsg"]}, reply.error, reply.reason)
