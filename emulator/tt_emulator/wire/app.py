"""The Flask app: the whole product under any WSGI server."""

from collections.abc import Callable

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import BaseConverter

from tt_emulator.domain import avatars
from tt_emulator.domain.model import Call, Send, Wait
from tt_emulator.engine import Engine
from tt_emulator.errors import EmulatorError, Forbidden, NotFound
from tt_emulator.language.logs import logger
from tt_emulator.wire import game_api
from tt_emulator.wire.bodies import most_bytes, too_long
from tt_emulator.wire.control import control_api
from tt_emulator.wire.control.requests import answer, language, proxy_header
from tt_emulator.wire.event_stream import event_stream
from tt_emulator.wire.files import WEB, web_file
from tt_emulator.wire.game_api import CallHeaders
from tt_emulator.wire.guard import PUBLIC, Guard, GuardedRequest
from tt_emulator.wire.health import Health
from tt_emulator.wire.language import CONTENT_LANGUAGE
from tt_emulator.wire.pausing import block
from tt_emulator.wire.problem import MEDIA_TYPE, describe, internal, log_refusal, problem
from tt_emulator.wire.refused_calls import NOT_POST, cause_of, note_refused
from tt_emulator.wire.state import StateChanges, state
from tt_emulator.wire.suspension import Suspended
from tt_emulator.wire.ui import add_page
from tt_emulator.world import World, panel

log = logger()

_TEXTS = {
    405: ("The address exists, but not for this method.", "The Allow header names the methods."),
}
_FOR_EVER = "public, max-age=31536000, immutable"  # an avatar is made of its address
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


def create_app(
    engine: Engine,
    guard: Guard,
    health: Callable[[], Health],
    sleep: Callable[[float], None] | None = None,
    urls: Callable[[], list[str]] = list,
) -> Flask:
    """Both planes and the web files over one engine.

    `sleep` (seconds) stands in for a fault's delay where this app answers a call itself; `urls`
    tells where other machines reach it.
    """
    app = Flask("tt_emulator", static_folder=None)
    app.url_map.merge_slashes = False  # it would answer by a redirect, in HTML
    app.url_map.converters["any_text"] = _AnyText
    _add_guard(app, guard, engine.platform.prefix)
    _add_errors(app, engine)
    _add_data_plane(app, engine, sleep)
    _add_panels(app, engine)
    _add_files(app)
    add_page(app)
    app.register_blueprint(control_api(engine, health, urls))
    return app


class _AnyText(BaseConverter):
    """The rest of the path, whatever it is: an openid may hold slashes and line ends."""

    regex = r"(?s:.+)"
    part_isolating = False


def _add_guard(app: Flask, guard: Guard, prefix: str) -> None:
    @app.before_request
    def admit() -> Response | None:
        guarded = _guarded_request()
        try:
            request.environ["tt_emulator.cors"] = guard.admit(guarded)
        except Forbidden:
            request.environ["tt_emulator.cors"] = guard.readable(guarded)
            raise
        request.max_content_length = most_bytes(request.method, request.path)
        preflight = request.method == "OPTIONS" and (
            request.path.startswith(prefix) or request.path in PUBLIC
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
        response.headers["Cache-Control"] = _FOR_EVER if picture else "no-store"
        shared = picture or request.path in PUBLIC
        response.headers["Cross-Origin-Resource-Policy"] = (
            "cross-origin" if shared else "same-origin"
        )
        if response.mimetype == "text/html":
            response.headers["Content-Security-Policy"] = _CSP
        return response


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
    texts = _TEXTS | {404: game_api.nothing_there(engine.platform.prefix)}

    @app.errorhandler(EmulatorError)
    def problem_response(error: EmulatorError) -> Response:
        log_refusal(request.method, request.path, error)
        if request.method == "POST":
            _note_refused(engine, cause_of(error))
        return _problem_response(*problem(error, language()))

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(_: RequestEntityTooLarge) -> Response:
        return problem_response(too_long(most_bytes(request.method, request.path)))

    @app.errorhandler(Suspended)
    def suspended(_: Suspended) -> Response:
        return Response(status=202)

    @app.errorhandler(HTTPException)
    def plain(error: HTTPException) -> Response:
        status = error.code or 500
        if status == 405:
            _note_refused(engine, NOT_POST)
        code = error.name.lower().replace(" ", "-")
        text = texts.get(status, (error.description or error.name, ""))
        response = _problem_response(status, describe(status, code, *text, language=language()))
        response.headers.extend(
            [header for header in error.get_headers() if header[0].lower() != "content-type"]
        )
        return response

    @app.errorhandler(Exception)
    def bug(error: Exception) -> Response:
        log.exception("%s %s failed", request.method, request.path)
        return _problem_response(*internal(language()))


def _note_refused(engine: Engine, cause: str | None) -> None:
    prefix = engine.platform.prefix
    if request.path.startswith(prefix):
        note_refused(engine, request.path.removeprefix(prefix), _call_headers(), cause)


def _problem_response(status: int, body: bytes) -> Response:
    return Response(body, status, {CONTENT_LANGUAGE: language()}, MEDIA_TYPE)


def _add_data_plane(app: Flask, engine: Engine, sleep: Callable[[float], None] | None) -> None:
    prefix = engine.platform.prefix

    @app.get(f"{prefix}state")
    def current_state() -> Response:
        return answer(state(*_acting(engine)))

    @app.get(f"{prefix}events")
    def events() -> Response:
        world, player = _acting(engine)
        changes = StateChanges(world, player)
        return event_stream(world.state_feed, changes.seen_id, changes)

    @app.post(f"{prefix}<name>")
    def call(name: str) -> Response:
        headers = _call_headers()
        target = game_api.read_target(engine.platform, name, headers, request.host)
        steps = engine.handle(game_api.read_call(target, headers.call, request.get_data()))
        step = next(steps)
        while isinstance(step, Wait):
            if sleep is None:
                block(step)
            else:
                sleep(step.duration_ms / 1000)
            step = next(steps)
        if not isinstance(step, Send) or step.end < 1:
            raise EmulatorError(
                "The fault acts on the connection, which this server keeps to itself.",
                "Run the emulator by `tt-emulator start`, or arm another fault.",
            )
        response = Response(game_api.body(step), step.status, mimetype="application/json")
        accept_language = request.headers.get("Accept-Language")
        response.headers.extend(game_api.headers(step, accept_language))
        return response


def _add_panels(app: Flask, engine: Engine) -> None:
    prefix = engine.platform.prefix

    def shown() -> Response:
        world, player = _acting(engine)
        api = engine.catalog.apis[request.path.removeprefix(prefix)]
        options = game_api.options_of(api, request.args)
        call = Call(api, options, world.name, player, base_url=game_api.base_url(request.host))
        return answer(panel.shown(world, call))

    for name in engine.platform.panels:
        app.get(f"{prefix}{name}")(shown)


_AVATARS = "Take it as getUserInfo tells it, in avatarUrl."
_CALL_HEADERS = ("World", "Player", "Domain", "Call")


def _call_headers() -> CallHeaders:
    world, player, domain, call_id = (
        request.headers.get(f"X-Emulator-{field}") for field in _CALL_HEADERS
    )
    return CallHeaders(world, player, domain, call_id, proxy_header())


def _acting(engine: Engine) -> tuple[World, str]:
    """World and player of the request. Raises `BadRequest`."""
    world, player = (request.headers.get(f"X-Emulator-{field}") for field in _CALL_HEADERS[:2])
    return engine.worlds.open(game_api.world_name(world)), game_api.player_name(player)


def _add_files(app: Flask) -> None:
    @app.get(f"{avatars.PREFIX}<any_text:rest>")
    def avatar(rest: str) -> Response:
        png = avatars.png_at(rest)
        if png is None:
            raise NotFound("No player's picture is at this address.", _AVATARS)
        return Response(png, mimetype="image/png")

    @app.get("/")
    def index() -> Response:
        return web_file("demo/index.html")

    @app.get("/demo/<path:name>")
    def demo(name: str) -> Response:
        return web_file(name, WEB / "demo")

    @app.get("/game.json")
    def game() -> Response:
        return web_file("demo/game.json")

    def script() -> Response:
        return web_file(request.path.removeprefix("/"))

    for path in PUBLIC:
        app.get(path)(script)
