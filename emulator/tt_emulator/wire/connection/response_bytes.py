"""Answers of the hot route as bytes."""

from collections.abc import Iterable
from http import HTTPStatus

from msgspec import Struct

from tt_emulator.domain.model import Send
from tt_emulator.errors import Elsewhere, EmulatorError, TooMany
from tt_emulator.language.logs import logger
from tt_emulator.wire import game_api
from tt_emulator.wire.connection.request_head import RequestHead
from tt_emulator.wire.language import (
    CONTENT_LANGUAGE,
    RawHeaders,
    accept_language,
    preferred_language,
)
from tt_emulator.wire.problem import MEDIA_TYPE, describe, headers, internal, log_refusal, problem

log = logger()


class ResponseOptions(Struct, frozen=True, gc=False):
    """What shapes a response: the guard's header lines, the request's Accept-Language."""

    cors: bytes
    accept_language: str | None
    keep_alive: bool


_HARDENED = (
    b"Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
    b"X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n"
)


_GOES_ON, _ENDS = b"\r\n", b"Connection: close\r\n\r\n"
"""How a head ends: who is not told of the connection's end sends the next request into it."""


_PLAIN = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
    + _HARDENED
    + b"X-Emulator-Request-Id: %d\r\n%b%b%b"
)


_PHRASES = {status.value: status.phrase for status in HTTPStatus}


def rendered(send: Send, options: ResponseOptions) -> bytes:
    """The answer, or the part of it that is to be sent."""
    cors, body = options.cors, game_api.body(send)
    end = _GOES_ON if options.keep_alive else _ENDS
    if send.plain:
        return _PLAIN % (len(body), send.exchange, cors, end, body)
    part = body[int(send.begin * len(body)) : int(send.end * len(body))]
    if send.begin:
        return part
    opening = head(send.status, "application/json", body)
    header_lines = lines(game_api.headers(send, options.accept_language))
    return opening + header_lines + (_varied(cors) if send.reply.reason else cors) + end + part


def failed(error: Exception, options: ResponseOptions) -> bytes:
    """The problem document for what went wrong with a game call, which is logged."""
    language = preferred_language(options.accept_language)
    # the one is counted, and lines would take time from other teams; the other is told by who asks
    if isinstance(error, (TooMany, Elsewhere)):
        return _error_response(error, language, options)
    if isinstance(error, EmulatorError):
        log.warning("refused: %s %s", error.detail, error.hint)
        return _error_response(error, language, options)
    log.error("a call failed", exc_info=error)
    return _problem_response(*internal(language), language, options)


def turned_away(error: EmulatorError, options: ResponseOptions, head: RequestHead) -> bytes:
    """The problem document for a request that is refused without being passed on, logged."""
    if head.is_call:
        return failed(error, options)
    log_refusal(head.method, head.path, error)
    language = preferred_language(options.accept_language)
    answer = _error_response(error, language, options)
    if head.method == "HEAD":
        answer = answer[: answer.index(b"\r\n\r\n") + 4]
    return answer


def refusal(status: int, code: str, detail: str, headers: RawHeaders) -> bytes:
    """The last response on a connection whose bytes cannot be read on."""
    language = preferred_language(accept_language(headers))
    body = describe(status, code, detail, _remedy(status), language=language)
    return _problem_response(status, body, language, ResponseOptions(b"", None, keep_alive=False))


def _remedy(status: int) -> str:
    if status == 408:
        return "Send the whole request without long pauses."
    return (
        "Send fewer headers, or shorter ones."
        if status == 431
        else "Send a plain HTTP/1.1 request."
    )


def head(status: int, media_type: str, body: bytes) -> bytes:
    """Status and headers, without the empty line that ends them."""
    line = f"HTTP/1.1 {status} {_PHRASES.get(status, '')}\r\n"
    rest = f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n"
    return (line + rest).encode() + _HARDENED


def lines(headers: Iterable[tuple[str, str]]) -> bytes:
    """Header lines."""
    return "".join(f"{name}: {value}\r\n" for name, value in headers).encode("latin-1")


def _error_response(error: EmulatorError, language: str, options: ResponseOptions) -> bytes:
    status, body = problem(error, language)
    return _problem_response(status, body, language, options, headers(error))


def _problem_response(
    status: int,
    body: bytes,
    language: str,
    options: ResponseOptions,
    more: Iterable[tuple[str, str]] = (),
) -> bytes:
    header_lines = lines([(CONTENT_LANGUAGE, language), *more])
    end = _GOES_ON if options.keep_alive else _ENDS
    return head(status, MEDIA_TYPE, body) + header_lines + _varied(options.cors) + end + body


def _varied(cors: bytes) -> bytes:
    """The guard's lines, of an answer that varies with Accept-Language as well."""
    if not cors:
        return b"Vary: Accept-Language\r\n"
    return cors.replace(b"Vary: Origin", b"Vary: Origin, Accept-Language")
