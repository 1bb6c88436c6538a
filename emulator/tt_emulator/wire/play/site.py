"""The origin of the game that is played: its page, its files, the data plane; no control plane."""

import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, abort, request, send_file

from tt_emulator import __version__
from tt_emulator.domain.outgoing import Answer, Outgoing, Request
from tt_emulator.engine import Engine
from tt_emulator.journal import Event
from tt_emulator.origins import beside
from tt_emulator.package.files import Files
from tt_emulator.platforms import PLATFORMS
from tt_emulator.wire.control.requests import nothing
from tt_emulator.wire.data_plane import add_data_plane
from tt_emulator.wire.event_stream import event_stream, piece
from tt_emulator.wire.files import WEB, files_of, media_type, web_file
from tt_emulator.wire.guard import Guard
from tt_emulator.wire.middleware import ASKED_AGAIN, guarded_app
from tt_emulator.wire.play.pages import Playing
from tt_emulator.wire.play.user_files import add_user_files

OWN = "/__play/"
"""What the game's origin has of ours stands below this, all else of it is the game's."""

PLUGINS = "__plugin__/"
"""Where, below the package, the folders of its plugins are to be found."""

COMPILER = "typescriptServices.js"
"""TypeScript's own services, which the game's page runs to compile ES modules; of dukpy."""

MAX_MAPPED = 8
"""So many threads, of all that there are, wait for servers that answer for others."""

_SCRIPTS = (*(f"{each.global_name}.js" for each in PLATFORMS.values()), "play.js")


def create_game_app(engine: Engine, guard: Guard, playing: Playing, emulator_port: int) -> Flask:
    """The app of the game's origin; the emulator listens on `emulator_port`, of the same host."""
    app = guarded_app(engine, guard, lambda: _policy(emulator_port))
    add_data_plane(app, engine, outside=playing.outside)
    _add_page(app, playing, emulator_port)
    _add_package(app, playing)
    _add_mapped(app, playing)
    add_user_files(app, engine)
    return app


def _add_page(app: Flask, playing: Playing, emulator_port: int) -> None:
    @app.get("/")
    def page() -> Response:
        text = (WEB / "play" / "index.html").read_text(encoding="utf-8")
        known = {**_facts(playing), "playerPage": beside(request.host, emulator_port)}
        facts = json.dumps(known).replace("<", "\\u003c")
        response = Response(text.replace("{{facts}}", facts), mimetype="text/html")
        # a process of its own: a game that hangs leaves the player's page be
        response.headers["Origin-Agent-Cluster"] = "?1"
        return response

    def script() -> Response:
        return web_file(request.path.removeprefix(OWN))

    for name in _SCRIPTS:
        app.get(f"{OWN}{name}")(script)

    @app.get(f"{OWN}compile-worker.js")
    def worker() -> Response:
        return web_file("play/compile-worker.js")

    @app.get(f"{OWN}{COMPILER}")
    def compiler() -> Response:
        return web_file(COMPILER, files_of("dukpy", "dukpy") / "jsmodules")

    @app.post(f"{OWN}pages")
    def report() -> Response:
        playing.report(request.get_data())
        return nothing()

    @app.get(f"{OWN}events")
    def changes() -> Response:
        return event_stream(playing.changes, playing.changes.last_id, _reload)


def _add_package(app: Flask, playing: Playing) -> None:
    @app.get(f"{OWN}package.json")
    def whole() -> Response:
        package = playing.package
        parts = {"": package.files} | {
            f"{PLUGINS}{name}/": part for name, part in package.plugins.items()
        }
        files: dict[str, int] = {}
        scripts: dict[str, str] = {}
        for at, part in parts.items():
            listed = part.sizes()
            files |= {at + path: size for path, size in listed.items()}
            scripts |= {at + path: _text(code) for path, code in part.scripts(listed)}
        known = {**_facts(playing), "compiler": f"{__version__}, dukpy {version('dukpy')}"}
        answer = {"facts": known, "files": files, "scripts": scripts}
        return Response(json.dumps(answer, ensure_ascii=False), mimetype="application/json")

    @app.get("/package/<path:path>")
    def file(path: str) -> Response:
        package = playing.package
        files: Files | None = package.files
        if path.startswith(PLUGINS):
            name, _, path = path.removeprefix(PLUGINS).partition("/")
            files = package.plugins.get(name)
        found = files.find(path) if files else None
        return _sent(found, media_type(path))

    @app.get(f"{OWN}wasm/<path:path>")
    def wasm(path: str) -> Response:
        response = _sent(playing.package.files.find(path), "application/wasm")
        if path.endswith(".br"):
            response.headers["Content-Encoding"] = "br"  # the browser unpacks it
        return response


def _sent(found: Path | None, mimetype: str) -> Response:
    if found is None:
        abort(404)
    response = send_file(found, mimetype=mimetype, conditional=True)
    response.headers["Cache-Control"] = ASKED_AGAIN
    return response


def _add_mapped(app: Flask, playing: Playing) -> None:
    """Pictures and sounds of mapped hosts: their pages' policy lets them ask this origin alone."""
    free = BoundedSemaphore(MAX_MAPPED)

    @app.get(f"{OWN}mapped/<scheme>/<host>/<any_text:path>")
    def mapped(scheme: str, host: str, path: str) -> Response:
        query = request.query_string.decode("latin-1")
        url = f"{scheme}://{host}/{quote(path)}" + (f"?{query}" if query else "")
        if scheme not in {"http", "https"} or not free.acquire(blocking=False):
            abort(404)
        try:
            came = playing.outside.block(Outgoing("downloadFile", Request(method="GET", url=url)))
        finally:
            free.release()
        if not isinstance(came, Answer):
            abort(404)
        return Response(came.body, came.status, content_type=came.header("content-type"))


def _reload(events: Sequence[Event]) -> tuple[bytes, int]:
    last_id = events[-1].id
    return piece(last_id, "reload", {}), last_id


def _facts(playing: Playing) -> dict[str, Any]:
    """What the page must know of the package before it has it."""
    package = playing.package
    return {
        "script": f"{PLATFORMS[playing.platform].global_name}.js",
        "names": package.seen_as.names,
        "openData": package.game.open_data,
        "lenient": playing.lenient,
        "subpackages": [
            {"name": part.name, "root": part.root} for part in package.game.subpackages
        ],
        "mapped": playing.outside.places.hosts,
    }


def _text(code: bytes) -> str:
    """A script's text, as a browser reads one."""
    return code.decode("utf-8-sig", errors="replace")


def _policy(emulator_port: int) -> str:
    """Nothing leaves this machine; within it the game may do what a page may."""
    here = " ".join(
        f"{scheme}://{host}:*" for scheme in ("http", "ws") for host in ("127.0.0.1", "localhost")
    )
    return (
        f"default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval' {here}; base-uri 'self'; "
        f"form-action 'none'; frame-ancestors 'self' {beside(request.host, emulator_port)}"
    )
