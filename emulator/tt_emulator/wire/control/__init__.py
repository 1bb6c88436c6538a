"""The control plane: read the catalog and the journal, arm faults, set players and settings."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response

from tt_emulator.domain.reading import nearest, refusal
from tt_emulator.engine import Engine
from tt_emulator.errors import Flaw, NotPlayed
from tt_emulator.wire.control import (
    faults,
    journal,
    metrics,
    players,
    reference,
    scenarios,
    stories,
    worlds,
)
from tt_emulator.wire.control.requests import (
    answer,
    body_or,
    nothing,
    platform_of,
    spoken,
    world,
)
from tt_emulator.wire.health import Health
from tt_emulator.wire.openapi import document
from tt_emulator.wire.play.pages import Playing
from tt_emulator.world import SCOPES


def control_api(
    engine: Engine,
    health: Callable[[], Health],
    urls: Callable[[], list[str]],
    playing: Playing | None = None,
) -> Blueprint:
    """The routes under `/__emulator`; `health` tells how the server is, `urls` where
    others find it, `playing` which package is played.
    """
    api = Blueprint("control", __name__, url_prefix="/__emulator")

    @api.get("/health")
    def alive() -> Response:
        return spoken(health())

    @api.get("/ready")
    def ready() -> Response:
        engine.worlds.require_service()
        return answer({"ready": True})

    @api.get("/openapi.json")
    def described() -> Response:
        return answer(document(platform_of(engine)))

    @api.get("/v1/play")
    def play() -> Response:
        if playing is None:
            raise NotPlayed("No package is played.", "Start with: tt-emulator play DIR")
        return answer(playing.view())

    @api.post("/v1/reset")
    def reset() -> Response:
        scopes = _scopes(body_or({}))
        world(engine).reset(scopes)
        return nothing()

    for part in (faults, journal, metrics, players, scenarios, stories, worlds):
        part.add_routes(api, engine)
    reference.add_routes(api, engine, urls, playing.game_url if playing else None)
    return api


def _scopes(body: Any) -> tuple[str, ...]:
    if not isinstance(body, dict):
        raise refusal([Flaw("", 'the body is no object; send {"scope": ["data"]}')])
    scopes = body.get("scope", list(SCOPES))
    flaws = [Flaw(f"/{name}", f"unknown field {name!r}") for name in body if name != "scope"]
    if not isinstance(scopes, list):
        flaws.append(Flaw("/scope", "scope is no list"))
    else:
        flaws += [
            Flaw(f"/scope/{index}", f"unknown scope {scope!r}; {nearest(scope, list(SCOPES))}")
            for index, scope in enumerate(scopes)
            if scope not in SCOPES
        ]
    if flaws:
        raise refusal(flaws)
    return tuple(scopes)
