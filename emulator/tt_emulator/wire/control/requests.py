"""What the control routes share: the world of a request, the JSON it brings, the response."""

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from flask import Response, request

from tt_emulator.catalog import Catalog
from tt_emulator.domain.reading import nearest, refusal
from tt_emulator.engine import Engine
from tt_emulator.errors import Flaw, NotFound, NotReady, Unprocessable, UnsupportedMediaType
from tt_emulator.platforms.platform import Platform
from tt_emulator.wire import game_api, strict_json
from tt_emulator.wire.language import CONTENT_LANGUAGE, in_language, preferred_language
from tt_emulator.world import World

Default = TypeVar("Default", int, None)
Word = TypeVar("Word", bound=str)


def world(engine: Engine) -> World:
    """The world of the request; only what changes something makes it. Raises `NotFound`,
    `WrongPlatform` if it is not of the platform that the request names, and `StorageError` while
    its files are away and a write was refused.
    """
    name = _name()
    reads = request.method in ("GET", "HEAD")
    platform = None if reads else request.args.get("platform")
    found = engine.worlds.find(name) if reads else engine.worlds.open(name, platform)
    with used(engine, found).store.deed:  # which is whole, or cannot be looked at
        return found


def used(engine: Engine, found: World) -> World:
    """The world, of which it is known that somebody uses it now."""
    found.touched_ms = engine.worlds.clock.now_ms()
    return found


def platform_of(engine: Engine) -> Platform:
    """The platform that the query names, else that of the world, which nothing makes here.

    Raises `Unprocessable` for one that is not emulated.
    """
    named = request.args.get("platform")
    if named is not None:
        return engine.worlds.platforms.named(named)
    try:
        return engine.worlds.find(_name()).platform
    except (NotFound, NotReady):
        return engine.worlds.platforms.default


def catalog_of(engine: Engine) -> Catalog:
    """The catalog of `platform_of`."""
    return platform_of(engine).catalog


def _name() -> str:
    sent = request.headers.get("X-Emulator-World", request.args.get("world"))
    return game_api.world_name(sent)


def body() -> Any:
    """The request's JSON. Raises `UnsupportedMediaType`, `BadRequest`."""
    return strict_json.read(text())


def text() -> bytes:
    """The request's body, declared as JSON. Raises `UnsupportedMediaType`."""
    sent = request.get_data()
    if sent and request.mimetype != "application/json":
        raise UnsupportedMediaType(
            "A control request with a body must say that it is JSON.",
            "Send the header Content-Type: application/json.",
        )
    return sent


def body_or(default: Any) -> Any:
    """The request's JSON, or `default` if it has no body."""
    return body() if request.get_data() else default


def only(*names: str) -> None:
    """Raise `Unprocessable` if the query has a parameter beside these, `world` and `platform`.

    For what takes away: with one that is misspelt it would take more than was meant.
    """
    flaws = [
        Flaw(f"/{sent}", f"unknown parameter {sent!r}; {nearest(sent, list(names))}")
        for sent in request.args
        if sent not in (*names, "world", "platform")
    ]
    if flaws:
        raise refusal(flaws)


def number(name: str, default: Default) -> int | Default:
    """A whole number of the query. Raises `Unprocessable`."""
    sent = request.args.get(name)
    if sent is None:
        return default
    if not sent.isascii() or not sent.isdigit() or len(sent) > 15:
        raise Unprocessable(f"{name} must be a whole number, not {sent[:40]!r}.")
    return int(sent)


def one_of(name: str, known: Sequence[Word]) -> Word:
    """A word of the query, the first of the known ones if it is not there. Raises
    `Unprocessable`.
    """
    sent = request.args.get(name, known[0])
    for word in known:
        if word == sent:
            return word
    raise Unprocessable(f"{name} must be one of {', '.join(known)}, not {sent[:40]!r}.")


def answer(value: Any, status: int = 200) -> Response:
    """A JSON answer; it ends with a line, because people read it in terminals."""
    return Response(msgspec.json.encode(value) + b"\n", status, mimetype="application/json")


def proxy_header() -> str | None:
    """The header that a proxy on the way has added, `None` if none did."""
    return next((name for name in game_api.PROXY_HEADERS if name in request.headers), None)


def language() -> str:
    """The language that the request prefers for its response."""
    return preferred_language(request.headers.get("Accept-Language"))


def spoken(value: Any, status: int = 200) -> Response:
    """As `answer`, with the value's texts for people in the language of the request."""
    response = answer(in_language(value, language()), status)
    response.headers[CONTENT_LANGUAGE] = language()
    return response


def nothing() -> Response:
    """204."""
    return Response(status=204)
