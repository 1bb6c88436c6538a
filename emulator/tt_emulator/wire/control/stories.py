"""A world's story as one document, and one that is played again."""

from flask import Blueprint, Response, request

from tt_emulator.engine import Engine
from tt_emulator.story import replay, told
from tt_emulator.wire.control.requests import answer, number, only, text, world
from tt_emulator.wire.control.worlds import pieces


def add_routes(api: Blueprint, engine: Engine) -> None:
    """`/v1/bundle` and `/v1/replay`."""

    @api.get("/v1/bundle")
    def bundle() -> Response:
        only("player", "last")
        player, last = request.args.get("player"), number("last", None)
        story = told(world(engine), engine.worlds.seed, player, last)
        return Response(pieces(story), mimetype="application/json")

    @api.post("/v1/replay")
    def play_again() -> Response:
        return answer(replay(engine, text()))
