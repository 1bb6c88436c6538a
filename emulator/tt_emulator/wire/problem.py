"""Errors on the wire: RFC 9457 problem+json, made in one place."""

from collections.abc import Iterable
from http import HTTPStatus

import msgspec
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from tt_emulator.errors import (
    BadRequest,
    Elsewhere,
    EmulatorError,
    Forbidden,
    NotArmed,
    NotCounted,
    NotFound,
    NotPlayed,
    NotReady,
    Overloaded,
    PastForgotten,
    Stale,
    StorageAway,
    StorageError,
    TooLarge,
    TooMany,
    Unprocessable,
    UnsupportedMediaType,
    WorldDropped,
)
from tt_emulator.faults.views import Fault
from tt_emulator.language import ENGLISH, translate
from tt_emulator.language.logs import logger
from tt_emulator.terminal import shortened
from tt_emulator.wire.keys import without_key
from tt_emulator.wire.language import in_language
from tt_emulator.wire.original import MOVING

MEDIA_TYPE = "application/problem+json"

log = logger()

_STATUSES: dict[type[EmulatorError], int] = {
    BadRequest: 400,
    Forbidden: 403,
    NotFound: 404,
    NotCounted: 409,
    WorldDropped: 409,
    PastForgotten: 410,
    Stale: 412,
    TooLarge: 413,
    UnsupportedMediaType: 415,
    Unprocessable: 422,
    Elsewhere: 503,
    TooMany: 429,
    NotReady: 503,
    Overloaded: 503,
    StorageAway: 503,
    StorageError: 507,
}


class Flaw(Struct, frozen=True, forbid_unknown_fields=True):
    """One wrong place in the request's body."""

    pointer: str
    detail: str


class Problem(Struct, frozen=True, forbid_unknown_fields=True):
    """An error as RFC 9457 has it; `hint` says what to do about it, `fault` how a fault that is not
    armed any more was when it was taken off.
    """

    type: str
    title: str
    status: int
    code: str
    detail: str
    hint: str
    errors: list[Flaw]
    fault: Fault | UnsetType = UNSET


def problem(error: EmulatorError, language: str = ENGLISH) -> tuple[int, bytes]:
    """The HTTP status and the body of the problem document for `error`."""
    status = next((_STATUSES[cls] for cls in type(error).__mro__ if cls in _STATUSES), 500)
    flaws = error.flaws if isinstance(error, Unprocessable) else ()
    document = _document(status, error.code, error.detail, error.hint, flaws, language)
    if isinstance(error, NotArmed) and error.fault is not None:
        document = replace(document, fault=in_language(error.fault, language))
    return status, msgspec.json.encode(document)


def headers(error: EmulatorError) -> list[tuple[str, str]]:
    """What the response to it says in its head, beside the language: when to come again, and to a
    server that has passed the request on that this is no fault's response.
    """
    if isinstance(error, TooMany) and error.retry_after_s is not None:
        return [("Retry-After", str(error.retry_after_s))]
    if isinstance(error, Elsewhere):
        return [("Retry-After", "1"), (MOVING, "1")]
    return [("Retry-After", "1")] if isinstance(error, StorageAway) else []


def describe(
    status: int,
    code: str,
    detail: str,
    hint: str = "",
    *,
    language: str = ENGLISH,
) -> bytes:
    """A problem document."""
    return msgspec.json.encode(_document(status, code, detail, hint, (), language))


def _document(
    status: int,
    code: str,
    detail: str,
    hint: str,
    flaws: Iterable[tuple[str, str]],
    language: str,
) -> Problem:
    return Problem(
        type=f"urn:tt-emulator:{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        code=code,
        detail=translate(detail, language),
        hint=translate(hint, language),
        errors=[Flaw(pointer, translate(text, language)) for pointer, text in flaws],
    )


def internal(language: str = ENGLISH) -> tuple[int, bytes]:
    """The response to a fault of our own: no traceback leaves the house, the log has it."""
    return 500, describe(
        500,
        "internal-error",
        "The emulator failed while it answered; this is a bug of the emulator.",
        "The server's log has the traceback; stored data is as the last answered call left it.",
        language=language,
    )


def log_refusal(method: str, path: str, error: EmulatorError) -> None:
    """The one line of the log about a request that was refused."""
    if not _is_told(method, error):
        log.warning(
            "%s %s: %s %s", method, shortened(without_key(path), 200), error.detail, error.hint
        )


def _is_told(method: str, error: EmulatorError) -> bool:
    """Whether the refusal is the answer: clients ask so what is played, and how a fault ended. A
    team at its limit has no lines either, which would take time from the others: it is counted.
    """
    if isinstance(error, NotArmed):
        return method == "GET" and error.fault is not None
    return isinstance(error, (NotPlayed, TooMany))
