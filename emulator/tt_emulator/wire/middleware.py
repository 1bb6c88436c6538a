"""What every request of an app goes through: the guard before it, and errors in words after it."""

from collections.abc import Callable

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import BaseConverter

from tt_emulator.config import DEFAULT_WORLD
from tt_emulator.domain import avatars
from tt_emulator.engine import Engine
from tt_emulator.errors import Elsewhere, EmulatorError, Forbidden
from tt_emulator.language.logs import logger
from tt_emulator.wire import game_api
from tt_emulator.wire.bodies import most_bytes, too_long
from tt_emulator.wire.control.requests import language
from tt_emulator.wire.data_plane import call_headers
from tt_emulator.wire.guard import PUBLIC, Guard, GuardedRequest, is_open
from tt_emulator.wire.keys import without_key
from tt_emulator.wire.language import CONTENT_LANGUAGE
from tt_emulator.wire.problem import MEDIA_TYPE, describe, headers, internal, log_refusal, problem
from tt_emulator.wire.refused_calls import NOT_POST, cause_of, owner_of, record_refused
from tt_emulator.wire.suspension import ENVIRON_KEY, Suspended, Suspension
from tt_emulator.wire.team_apps import REFUSED

log = logger()

_TEXTS = {
    405: ("The address exists, but not for this method.", "The Allow header names the methods."),
}
_FOR_EVER = "public, max-age=31536000, immutable"  # an avatar is made of its address
ASKED_AGAIN = "max-age=0, must-revalidate"
"""What a response says that a browser may keep, if it asks each time whether it still is so."""


class _AnyText(BaseConverter):
    """The rest of the path, whatever it is: an openid may hold slashes and line ends."""

    regex = r"(?s:.+)"
    part_isolating = False


def guarded_app(engine: Engine, guard: Guard, policy: Callable[[], str]) -> Flask:
    """An app without routes, behind the guard. Errors are told as problem+json, pages have the
    Content-Security-Policy that `policy` makes for the request.
    """
    app = Flask("tt_emulator", static_folder=None)
    app.url_map.merge_slashes = False  # it would answer by a redirect, in HTML
    app.url_map.converters["any_text"] = _AnyText
    _add_guard(app, engine, guard, policy)
    _add_errors(app, engine)
    _add_other_ends(app)
    return app


def _add_guard(app: Flask, engine: Engine, guard: Guard, policy: Callable[[], str]) -> None:
    prefixes = engine.worlds.platforms.prefixes

    @app.before_request
    def admit() -> Response | None:
        guarded = _guarded_request()
        try:
            request.environ["tt_emulator.cors"] = guard.admit(guarded)
        except Forbidden:
            request.environ["tt_emulator.cors"] = guard.readable(guarded)
            raise
        if REFUSED in request.environ:
            raise request.environ[REFUSED]
        _settle(engine)
        request.max_content_length = most_bytes(request.method, request.path)
        preflight = request.method == "OPTIONS" and (
            request.path.startswith(prefixes) or request.path in PUBLIC
        )
        return Response(status=204) if preflight else None

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers.extend(request.environ.get("tt_emulator.cors", ()))
        if CONTENT_LANGUAGE in response.headers:
            response.vary.add("Accept-Language")
        if response.status_code == 204:
            del response.headers["Content-Type"]
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        picture = request.path.startswith(avatars.PREFIX) and response.status_code == 200
        _keep_or_not(response, for_ever=picture)
        shared = picture or request.path in PUBLIC
        response.headers["Cross-Origin-Resource-Policy"] = (
            "cross-origin" if shared else "same-origin"
        )
        if response.mimetype == "text/html":
            response.headers["Content-Security-Policy"] = policy()
        return response


def _settle(engine: Engine) -> None:
    """Nobody sees of a world what may still be refused; the rest waits for no world."""
    if not (is_open(request.path) or request.path in PUBLIC):
        engine.worlds.settle()


def _keep_or_not(response: Response, *, for_ever: bool) -> None:
    """Say whether a browser may keep it; nothing of ours, but for what says that it may."""
    if for_ever:
        response.headers["Cache-Control"] = _FOR_EVER
    elif response.headers.get("Cache-Control") != ASKED_AGAIN:
        response.headers["Cache-Control"] = "no-store"


def _guarded_request() -> GuardedRequest:
    headers = request.headers
    return GuardedRequest(
        request.path,
        tuple(filter(None, [request.environ.get("HTTP_HOST")])),
        headers.get("Origin"),
        headers.get("Sec-Fetch-Site"),
        headers.get("Authorization"),
        request.method,
        headers.get("Sec-Fetch-Mode"),
        headers.get("Sec-Fetch-Dest"),
        headers.get("Access-Control-Request-Headers"),
    )


def _add_errors(app: Flask, engine: Engine) -> None:
    texts = _TEXTS | {404: game_api.nothing_there(engine.worlds.platforms.prefixes)}

    @app.errorhandler(EmulatorError)
    def problem_response(error: EmulatorError) -> Response:
        log_refusal(request.method, request.path, error)
        if request.method == "POST":
            _record_refused(engine, cause_of(error))
        return _error_response(error)

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(_: RequestEntityTooLarge) -> Response:
        return problem_response(too_long(most_bytes(request.method, request.path)))

    @app.errorhandler(HTTPException)
    def plain(error: HTTPException) -> Response:
        status = error.code or 500
        if status == 405:
            _record_refused(engine, NOT_POST)
        code = error.name.lower().replace(" ", "-")
        text = texts.get(status, (error.description or error.name, ""))
        response = _problem_response(status, describe(status, code, *text, language=language()))
        response.headers.extend(
            [header for header in error.get_headers() if header[0].lower() != "content-type"]
        )
        return response

    @app.errorhandler(Exception)
    def bug(error: Exception) -> Response:
        log.exception("%s %s failed", request.method, without_key(request.path))
        return _problem_response(*internal(language()))


def _add_other_ends(app: Flask) -> None:
    """How a view ends that the server, where it has an event loop, will have answered otherwise."""

    @app.errorhandler(Suspended)
    def suspended(_: Suspended) -> Response:
        return Response(status=202)

    @app.errorhandler(Elsewhere)
    def elsewhere(error: Elsewhere) -> Response:
        suspension: Suspension | None = request.environ.get(ENVIRON_KEY)
        if suspension is None:
            log_refusal(request.method, request.path, error)
        else:
            suspension.elsewhere = error
        return _error_response(error)


def _record_refused(engine: Engine, cause: str | None) -> None:
    if not request.path.startswith(engine.worlds.platforms.prefixes):
        return
    headers = call_headers()
    suspension: Suspension | None = request.environ.get(ENVIRON_KEY)
    if cause is not None and suspension is not None and suspension.passes_on:
        suspension.elsewhere = owner_of(engine, headers.world or DEFAULT_WORLD)
    record_refused(engine, request.path, headers, cause)


def _error_response(error: EmulatorError) -> Response:
    response = _problem_response(*problem(error, language()))
    response.headers.extend(headers(error))
    return response


def _problem_response(status: int, body: bytes) -> Response:
    return Response(body, status, {CONTENT_LANGUAGE: language()}, MEDIA_TYPE)
