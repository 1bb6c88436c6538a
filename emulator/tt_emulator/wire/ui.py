"""The tester's page and the player's, and the style sheet of Bootstrap 5 that they stand on."""

from pathlib import Path

from flask import Flask, Response

from tt_emulator.wire.files import WEB, files_of, web_file

STYLES = "bootstrap.min.css"
_PAGE = WEB / "ui"

PLAY = "/__emulator/play"
"""The player's page: the game that is played, with all that the tester's page has beside it."""


def add_page(app: Flask) -> None:
    """`/__emulator/ui/`, `/__emulator/play/`, and the files of both below the first."""

    @app.get("/__emulator/ui/", strict_slashes=False)
    def page() -> Response:
        return web_file("index.html", _PAGE)

    @app.get(f"{PLAY}/", strict_slashes=False)
    def player_page() -> Response:
        return web_file("play.html", _PAGE)

    @app.get("/__emulator/ui/<path:name>")
    def page_file(name: str) -> Response:
        return web_file(name, _bootstrap() if name == STYLES else _PAGE)


def _bootstrap() -> Path:
    return files_of("flask_bootstrap", "Bootstrap-Flask") / "static" / "bootstrap5" / "css"
