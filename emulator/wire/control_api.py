"""The control plane: read the catalog and the journal, arm faults, reset."""

from collections.abc import Callable
from typing import Any

import msgspec
from flask import Blueprint, Response, request

from emulator.config import DEFAULT_WORLD
from emulator.engine import Engine
from emulator.errors import Flaw, NotFound, Unprocessable, UnsupportedMediaType
from emulator.wire import game_api, strict_json
from emulator.world import SCOPES, World


def control_api(engine: Engine, health: Callable[[], dict[str, Any]]) -> Blueprint:
    """The routes under `/__emulator`; `health` tells how the server is."""
    api = Blueprint("control", __name__, url_prefix="/__emulator")
    _add_catalog(api, engine)
    _add_faults(api, engine)
    _add_requests(api, engine)

    @api.get("/health")
    def alive() -> Response:
        return answer(health())

    @api.get("/ready")
    def ready() -> Response:
        return answer({"ready": True})

    @api.post("/v1/reset")
    def reset() -> Response:
        _world(engine).reset(_scopes())
        return nothing()

    return api


def answer(value: Any, status: int = 200) -> Response:
    """A JSON answer."""
    return Response(msgspec.json.encode(value), status, mimetype="application/json")


def nothing() -> Response:
    """204."""
    return Response(status=204)


def _add_catalog(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/errors")
    def errors() -> Response:
        wanted = request.args.get("api")
        apis = engine.catalog.apis
        if wanted is not None and wanted not in apis:
            raise NotFound(f"The catalog has no API {wanted!r}.", f"It has {', '.join(apis)}.")
        return answer({"errors": engine.catalog.rows(wanted)})


def _add_faults(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/faults")
    def faults() -> Response:
        return answer({"faults": _world(engine).desk.views()})

    @api.post("/v1/faults")
    def arm() -> Response:
        raw = _json()
        armed = _world(engine).desk.arm(raw)
        return answer({"faults": armed} if isinstance(raw, list) else armed[0], 201)

    @api.put("/v1/faults")
    def replace() -> Response:
        return answer({"faults": _world(engine).desk.replace(_json())})

    @api.delete("/v1/faults")
    def disarm_all() -> Response:
        _world(engine).desk.clear()
        return nothing()

    @api.get("/v1/faults/<fault_id>")
    def fault(fault_id: str) -> Response:
        return answer(_world(engine).desk.get(fault_id))

    @api.delete("/v1/faults/<fault_id>")
    def disarm(fault_id: str) -> Response:
        _world(engine).desk.disarm(fault_id)
        return nothing()


def _add_requests(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/requests")
    def requests() -> Response:
        after = _number("after", 0)
        found = _world(engine).journal.find(
            request.args.get("api"), request.args.get("player"), after, _number("limit", 1000)
        )
        last = found[-1].id if found else after
        return answer({"requests": [exchange.view() for exchange in found], "next": last})

    @api.delete("/v1/requests")
    def forget() -> Response:
        _world(engine).journal.clear()
        return nothing()


def _world(engine: Engine) -> World:
    """The world of the request; only what changes something makes it."""
    sent = request.headers.get("X-Emulator-World", request.args.get("world", DEFAULT_WORLD))
    name = game_api.text("World", sent)
    reads = request.method in ("GET", "HEAD")
    return engine.worlds.find(name) if reads else engine.worlds.open(name)


def _json() -> Any:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType(
            "A control request with a body must say that it is JSON.",
            "Send the header Content-Type: application/json.",
        )
    return strict_json.read(request.get_data())


def _scopes() -> tuple[str, ...]:
    if not request.get_data():
        return SCOPES
    body = _json()
    if not isinstance(body, dict):
        raise Unprocessable("The body must be an object.", 'Send {"scope": ["data"]}.')
    flaws = [Flaw(f"/{name}", f"unknown field {name!r}") for name in body if name != "scope"]
    scopes = body.get("scope", list(SCOPES))
    if not isinstance(scopes, list):
        flaws.append(Flaw("/scope", "scope must be a list"))
    else:
        flaws += [
            Flaw(f"/scope/{index}", f"unknown scope {scope!r}")
            for index, scope in enumerate(scopes)
            if scope not in SCOPES
        ]
    if flaws:
        raise Unprocessable(f"Not reset: {flaws[0].detail}.", f"Known: {SCOPES}.", tuple(flaws))
    return tuple(scopes)


def _number(name: str, default: int) -> int:
    sent = request.args.get(name)
    if sent is None:
        return default
    if not sent.isascii() or not sent.isdigit() or len(sent) > 15:
        raise Unprocessable(f"{name} must be a whole number, not {sent[:40]!r}.")
    return int(sent)
