"""request: what it sends, and what it makes of the answer."""

import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import msgspec

from tt_emulator import __version__
from tt_emulator.domain.outgoing import Answer, Outcome, Refused, Request, Unanswered
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.language.quoting import quoted

METHODS = ("GET", "POST", "OPTIONS", "PUT", "HEAD", "DELETE", "PATCH")
"""Those of the C# twin's page, and PATCH of the mini-app's typings."""

AGENT = {"user-agent": f"tt-emulator/{__version__}"}
"""A header that no game can set: the agent is our own."""

_TRANSPORT = frozenset(
    {"host", "content-length", "connection", "transfer-encoding", "upgrade", "keep-alive", "te"}
    | {"trailer", "expect", "proxy-connection", "accept-encoding"}
)
"""What is the connection's to say."""

_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_TOKEN = frozenset("!#$%&'*+-.^_`|~")
_BODILESS = frozenset({"GET", "HEAD"})
_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"


def ask(turn: Turn, fixed: Mapping[str, str] = AGENT) -> Request:
    """What the options ask for, with headers as in `fixed`. Raises `ApiError`."""
    options = turn.options
    method = options.get("method", "GET").upper()
    if method not in METHODS:
        raise bad("method", f"it must be one of {', '.join(METHODS)}")
    headers = headers_of(options, fixed)
    kind = next(value for name, value in headers if name.lower() == "content-type")
    url, body = checked_url(options["url"]), b""
    if method in _BODILESS:
        url = _with_query(url, options.get("data"))
    else:
        body = _body(options, kind)
    return Request(
        method=method,
        url=url,
        headers=headers,
        body=body,
        timeout_ms=timeout_of(options),
        follows=options.get("redirect", "follow") == "follow",
    )


def answer(turn: Turn, outcome: Outcome) -> dict[str, Any]:
    """What `success` receives: any status is one. Raises `ApiError` if no answer came."""
    came = answered(outcome)
    return {
        "statusCode": came.status,
        "header": came.headers,
        "data": _data(turn.options, came),
    }


def answered(outcome: Outcome) -> Answer:
    """The answer. Raises `ApiError` if none came."""
    if isinstance(outcome, Answer):
        return outcome
    raise no_answer(outcome)


def no_answer(outcome: Outcome, stand_in: str = "DIR") -> ApiError:
    """What a game gets where nobody was reached; `stand_in` is what could answer for a host."""
    if isinstance(outcome, Refused):
        host = quoted(outcome.host)
        return ApiError(
            "invalid-domain",
            reason=f"nothing was sent to {host}, as nothing leaves this machine; `tt-emulator play"
            f" --map {host}={stand_in}` answers for it",
        )
    if isinstance(outcome, Unanswered):
        return ApiError(outcome.cause, reason=outcome.reason)
    raise TypeError(f"{outcome!r} is no failure")


def checked_url(url: str, schemes: tuple[str, str] = ("http", "https")) -> str:
    """The address, percent-encoded where it must be. Raises `ApiError`."""
    try:
        parts = urlsplit(url.strip())
        known = parts.scheme in schemes and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise bad("url", f"it must be an {schemes[0]} or {schemes[1]} address")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._[]|")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|{}\"^`\\<>")
    return urlunsplit((parts.scheme, parts.netloc, path, _escaped(query), ""))


def headers_of(
    options: dict[str, Any], fixed: Mapping[str, str], *, kind: str | None = _JSON
) -> tuple[tuple[str, str], ...]:
    """The game's headers, with those that it cannot set as they are in `fixed`; `kind` is the
    content-type unless it sets one. Raises `ApiError`.
    """
    given = {} if kind is None else {"content-type": kind}
    names = {"content-type": "content-type"}
    for name, value in (options.get("header") or {}).items():
        low = name.lower()
        if low in _TRANSPORT or low in fixed or value is None:
            continue
        names[low] = name
        given[low] = as_text(value)
    headers = [*((names[low], value) for low, value in given.items()), *fixed.items()]
    for name, value in headers:
        if not _is_header(name, value):
            raise bad("header", f"{quoted(name)} cannot be sent")
    return tuple(headers)


def timeout_of(options: dict[str, Any]) -> float | None:
    """Milliseconds, `None` if the game leaves it to its package."""
    timeout_ms = options.get("timeout")
    return float(timeout_ms) if timeout_ms is not None and timeout_ms > 0 else None


def as_text(value: Any) -> str:
    """A text as it is, all else as JSON."""
    return value if isinstance(value, str) else _json(value)


def text_of(came: Answer) -> str:
    """The answer's body by the charset of its content-type."""
    charset = "utf-8"
    for part in (came.header("content-type") or "").split(";"):
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip("\"'")
    try:
        return came.body.decode("utf-8-sig" if charset.lower() == "utf-8" else charset, "replace")
    except (LookupError, ValueError):
        return came.body.decode("utf-8-sig", "replace")


def _with_query(url: str, data: Any) -> str:
    query = _query(data) if isinstance(data, dict) else data if isinstance(data, str) else ""
    if not query:
        return url
    return f"{url}{'&' if '?' in url else '?'}{_escaped(quote(query, safe=_ASCII))}"


def _body(options: dict[str, Any], kind: str) -> bytes:
    data = options.get("data")
    if data is None:
        return b""
    if isinstance(data, str):
        if options.get("base64") is True:
            try:
                return b64decode(data, validate=True)
            except (NotBase64, ValueError) as error:
                raise bad("data", "it is no base64") from error
        return data.encode("utf-8")
    form = kind.split(";", maxsplit=1)[0].strip().lower() == _FORM
    return (_query(data) if form and isinstance(data, dict) else _json(data)).encode("utf-8")


def _query(data: dict[str, Any]) -> str:
    return "&".join(f"{_component(name)}={_component(value)}" for name, value in data.items())


def _component(value: Any) -> str:
    return quote(as_text(value), safe="!'()*~")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _escaped(query: str) -> str:
    """Without the characters that no request line may hold."""
    return query.replace("#", "%23").replace(" ", "%20")


def _is_header(name: str, value: str) -> bool:
    return is_token(name) and all(" " <= sign < "\u0100" or sign == "\t" for sign in value)


def is_token(name: str) -> bool:
    """Whether it is a token as RFC 9110 has it."""
    return bool(name) and all(
        sign.isascii() and (sign.isalnum() or sign in _TOKEN) for sign in name
    )


def _data(options: dict[str, Any], came: Answer) -> Any:
    if options.get("responseType") == "arraybuffer":
        return b64encode(came.body).decode("ascii")
    text = text_of(came)
    if options.get("dataType", "json") != "json":
        return text
    try:
        return msgspec.json.decode(text)
    except (ValueError, RecursionError):
        return text


def bad(option: str, why: str) -> ApiError:
    """An option with which nothing can be asked."""
    return ApiError("bad-parameter", reason=f"{option} cannot be used: {why}")
