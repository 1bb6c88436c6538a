"""The Flask app: the whole product under any WSGI server."""

from collections.abc import Callable

from flask import Flask, Response, request

from tt_emulator.engine import Engine
from tt_emulator.origins import beside
from tt_emulator.wire.backend.routes import add_backend
from tt_emulator.wire.control import control_api
from tt_emulator.wire.data_plane import add_data_plane
from tt_emulator.wire.files import WEB, web_file
from tt_emulator.wire.guard import PUBLIC, Guard
from tt_emulator.wire.health import Health
from tt_emulator.wire.middleware import guarded_app
from tt_emulator.wire.play.pages import Playing
from tt_emulator.wire.ui import PLAY, add_page

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


def create_app(
    engine: Engine,
    guard: Guard,
    health: Callable[[], Health],
    sleep: Callable[[float], None] | None = None,
    urls: Callable[[], list[str]] = list,
    playing: Playing | None = None,
) -> Flask:
    """Both planes, the platforms' server APIs and the web files over one engine.

    `sleep` (seconds) stands in for a fault's delay where this app answers a call itself; `urls`
    tells where other machines reach it, `playing` which package is played.
    """
    app = guarded_app(engine, guard, lambda: _policy(playing))
    add_data_plane(app, engine, sleep, playing.outside if playing else None)
    add_backend(app, engine, sleep)
    _add_files(app)
    add_page(app)
    app.register_blueprint(control_api(engine, health, urls, playing))
    if playing is not None:
        engine.worlds.when_dropped(playing.forget)
    return app


def _policy(playing: Playing | None) -> str:
    """The player's page alone has a frame: the game's, under the name by which we are asked."""
    if playing is None or request.path.rstrip("/") != PLAY:
        return _POLICY
    return f"{_POLICY}; frame-src {beside(request.host, playing.game_port)}"


def _add_files(app: Flask) -> None:
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
