"""Players and settings: the state behind the natural failures."""

from flask import Blueprint, Response, request

from emulator.engine import Engine
from emulator.wire import game_api
from emulator.wire.control.asking import answer, body, nothing, world


def add_routes(api: Blueprint, engine: Engine) -> None:
    """`/v1/players`, `/v1/settings` and `/v1/codes`."""

    @api.get("/v1/settings")
    def settings() -> Response:
        return answer(world(engine).settings)

    @api.put("/v1/settings")
    def set_settings() -> Response:
        patch = body()
        return answer(world(engine).set(patch))

    @api.get("/v1/players")
    def players() -> Response:
        here = world(engine)
        url = game_api.base_url(request.host)
        return answer({"players": [here.player(openid, url) for openid in here.openids()]})

    @api.get("/v1/players/<any_text:openid>")
    def player(openid: str) -> Response:
        url = game_api.base_url(request.host)
        return answer(world(engine).player(game_api.openid(openid), url))

    @api.put("/v1/players/<any_text:openid>")
    def put_player(openid: str) -> Response:
        patch = body()
        url = game_api.base_url(request.host)
        return answer(world(engine).put_player(game_api.openid(openid), patch, url))

    @api.post("/v1/codes")
    def exchange_code() -> Response:
        code = body()
        return answer(world(engine).exchange_code(code))

    @api.delete("/v1/players/<any_text:openid>")
    def delete_player(openid: str) -> Response:
        world(engine).delete_player(game_api.openid(openid))
        return nothing()
