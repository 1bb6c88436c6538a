"""Scenarios: list, read, save and forget them; they are armed as any faults are."""

from flask import Blueprint, Response
from msgspec import UNSET

from tt_emulator.engine import Engine
from tt_emulator.errors import NotFound
from tt_emulator.faults.scenario import Scenario, text
from tt_emulator.wire.control.requests import answer, body_or, nothing, platform_of, world
from tt_emulator.world import World, scenarios


def add_routes(api: Blueprint, engine: Engine) -> None:
    """`/v1/scenarios`."""

    @api.get("/v1/scenarios")
    def list_scenarios() -> Response:
        platform = platform_of(engine).identity.name
        return answer({"scenarios": scenarios.listed(_world_if_any(engine), platform)})

    @api.get("/v1/scenarios/<any_text:scenario>")
    def read_scenario(scenario: str) -> Response:
        return _file(scenarios.find(world(engine), scenario))

    @api.put("/v1/scenarios/<any_text:scenario>")
    def save_scenario(scenario: str) -> Response:
        raw = body_or(UNSET)
        return _file(scenarios.save(world(engine), scenario, raw))

    @api.delete("/v1/scenarios/<any_text:scenario>")
    def forget_scenario(scenario: str) -> Response:
        scenarios.delete(world(engine), scenario)
        return nothing()


def _world_if_any(engine: Engine) -> World | None:
    """The world of the request, `None` where there is none: what comes with us is there for all."""
    try:
        return world(engine)
    except NotFound:
        return None


def _file(scenario: Scenario) -> Response:
    return Response(text(scenario), mimetype="application/json")
