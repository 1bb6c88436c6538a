"""What is alike in the replies of platforms whose failures carry `errMsg`."""

from tt_emulator.catalog import Api, ErrorRow
from tt_emulator.domain.model import Reply
from tt_emulator.errors import ApiError


def row_of(api: Api, error: ApiError) -> ErrorRow:
    """The row by which the call fails. Raises `LookupError` if the API has no such row."""
    row = api.row(error.name)
    if row is None:
        raise LookupError(f"{api.name} documents no {error.name}")
    return row


def errmsg_only(reply: Reply, fail_object: str) -> Reply:
    """The reply of a world whose failures carry `errMsg` alone, as older runtimes did."""
    if reply.error is None or fail_object == "full" or "errMsg" not in reply.body:
        return reply
    return Reply({"errMsg": reply.body["errMsg"]}, reply.error, reply.reason)
