"""Players and settings: the state behind the natural failures."""

from typing import Any

from flask import Blueprint, Response, request

from tt_emulator.domain.version import version
from tt_emulator.engine import Engine
from tt_emulator.wire import game_api
from tt_emulator.wire.control.requests import answer, body, nothing, world


def add_routes(api: Blueprint, engine: Engine) -> None:
    """`/v1/players`, `/v1/settings`, `/v1/conditions` and `/v1/codes`."""
    _add_players(api, engine)

    @api.get("/v1/settings")
    def settings() -> Response:
        return answer(world(engine).settings)

    @api.put("/v1/settings")
    def set_settings() -> Response:
        patch = body()
        return answer(world(engine).set(patch))

    @api.get("/v1/conditions")
    def conditions() -> Response:
        return answer(world(engine).conditions())

    @api.post("/v1/codes")
    def exchange_code() -> Response:
        code = body()
        return answer(world(engine).exchange_code(code))


def _add_players(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/players")
    def players() -> Response:
        here = world(engine).players
        url = game_api.base_url(request.host)
        return answer({"players": [here.get(openid, url) for openid in here.openids()]})

    @api.get("/v1/players/<any_text:openid>")
    def player(openid: str) -> Response:
        url = game_api.base_url(request.host)
        return _with_version(world(engine).players.get(game_api.openid(openid), url))

    @api.put("/v1/players/<any_text:openid>")
    def put_player(openid: str) -> Response:
        patch = body()
        seen = request.if_match.contains if request.if_match else None
        url = game_api.base_url(request.host)
        here = world(engine).players
        return _with_version(here.put(game_api.openid(openid), patch, url, seen))

    @api.delete("/v1/players/<any_text:openid>")
    def delete_player(openid: str) -> Response:
        world(engine).players.delete(game_api.openid(openid))
        return nothing()


def _with_version(player: Any) -> Response:
    response = answer(player)
    response.set_etag(version(player))
    return response
