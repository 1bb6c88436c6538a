"""A world's story as one document, one that is played again, and what one call met and left."""

from flask import Blueprint, Response, request

from tt_emulator.engine import Engine
from tt_emulator.story import replay, state_of, told
from tt_emulator.wire.control.requests import answer, number, only, text, world
from tt_emulator.wire.control.worlds import pieces


def add_routes(api: Blueprint, engine: Engine) -> None:
    """`/v1/bundle`, `/v1/replay`, and the state round a call."""

    @api.get("/v1/bundle")
    def bundle() -> Response:
        only("player", "last")
        player, last = request.args.get("player"), number("last", None)
        story = told(world(engine), engine.worlds.seed, player, last)
        return Response(pieces(story), mimetype="application/json")

    @api.get("/v1/requests/<int:exchange_id>/state")
    def state(exchange_id: int) -> Response:
        only()
        return answer(state_of(world(engine), exchange_id))

    @api.post("/v1/replay")
    def play_again() -> Response:
        return answer(replay(engine, text()))
