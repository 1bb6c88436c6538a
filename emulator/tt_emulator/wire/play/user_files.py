"""The files that a game keeps for its player, as the game's page asks for them: what lies there, an
upload ahead of a call, what a call has downloaded, and the synchronous calls, which neither faults
nor journal hear of.
"""

from flask import Flask, Response, abort, request

from tt_emulator.domain.model import Call
from tt_emulator.engine import Engine
from tt_emulator.wire import game_api, strict_json
from tt_emulator.wire.bodies import UPLOADS
from tt_emulator.wire.control.requests import answer, nothing
from tt_emulator.wire.data_plane import acting

_HERE = UPLOADS.removesuffix("uploads/")


def add_user_files(app: Flask, engine: Engine) -> None:
    """Their routes, of the player and the world that the headers name."""

    _add_large(app, engine)

    @app.get(_HERE)
    def file_listing() -> Response:
        world, player = acting(engine)
        return answer(world.store.files.entries(player))

    @app.get(f"{_HERE}content")
    def file_content() -> Response:
        world, player = acting(engine)
        data = world.store.files.read(player, request.args.get("path", ""))
        if data is None:
            abort(404)
        return Response(data, mimetype="application/octet-stream")

    @app.post(f"{_HERE}calls/<name>")
    def call_at_once(name: str) -> Response:
        world, player = acting(engine)
        api = world.catalog.apis.get(name)
        if api is None or api.member_of is None or api.of_kind.called:
            abort(404)
        options = strict_json.read_object(request.get_data())
        made = Call(api, options, world.name, player, base_url=game_api.base_url(request.host))
        return answer(engine.act(made).body)


def _add_large(app: Flask, engine: Engine) -> None:
    """The routes of what is too large for a call and its reply."""

    @app.put(f"{UPLOADS}<name>")
    def upload(name: str) -> Response:
        world, _ = acting(engine)
        world.uploads.put(name, request.get_data())
        return nothing()

    @app.get(f"{_HERE}downloads/<name>")
    def download(name: str) -> Response:
        world, _ = acting(engine)
        data = world.uploads.take(name)
        if data is None:
            abort(404)
        return Response(data, mimetype="application/octet-stream")
