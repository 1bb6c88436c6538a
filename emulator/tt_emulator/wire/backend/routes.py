"""The endpoints of the platforms' server APIs under any WSGI server."""

from collections.abc import Callable

from flask import Flask, Response, request

from tt_emulator.engine import Engine
from tt_emulator.platforms import BACKENDS
from tt_emulator.wire.backend.requests import METHODS, read_call, read_target
from tt_emulator.wire.data_plane import call_headers, respond
from tt_emulator.wire.outgoing.outside import Outside


def add_backend(app: Flask, engine: Engine, sleep: Callable[[float], None] | None = None) -> None:
    """Their routes; `sleep` (seconds) stands in for a fault's delay."""
    outside = Outside()

    def answer(rest: str) -> Response:
        headers = call_headers()
        target = read_target(
            engine.worlds,
            request.method,
            request.path,
            request.query_string,
            headers,
            request.host,
        )
        call = read_call(target, headers.call, request.get_data())
        return respond(engine.handle(call), sleep, outside)

    for prefix in BACKENDS:
        app.add_url_rule(f"{prefix}<any_text:rest>", prefix, answer, methods=METHODS)
