"""The JSON of requests, by the rules of `tt_emulator.strict_json`."""

from typing import Any

from tt_emulator import strict_json
from tt_emulator.errors import BadBody
from tt_emulator.strict_json import NotJson


def read(body: bytes) -> Any:
    """The value of the body. Raises `BadBody`."""
    try:
        return strict_json.read(body)
    except NotJson as error:
        raise _refusal(error) from error


def read_object(body: bytes) -> dict[str, Any]:
    """As `read`, for a body that must be an object."""
    try:
        value = strict_json.read(body)
    except NotJson as error:
        raise _refusal(error) from error
    if type(value) is not dict:
        raise BadBody("The body is JSON, but no object.", _HINT)
    return value


def _refusal(error: NotJson) -> BadBody:
    return BadBody(f"The body is not JSON: {error}.", _HINT)


_HINT = 'Send one JSON object in UTF-8, such as {"keyList":["score"]}.'
