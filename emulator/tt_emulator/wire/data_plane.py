"""What a game asks over HTTP: calls, the state of its phone, panels and players' pictures."""

from collections.abc import Callable

from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import MethodNotAllowed

from tt_emulator.domain import avatars
from tt_emulator.domain.clock import iso
from tt_emulator.domain.model import Blocking, Call, Send, Settle, Step, Wait
from tt_emulator.domain.outgoing import Outgoing
from tt_emulator.domain.reading import demand
from tt_emulator.engine import Engine, Steps
from tt_emulator.errors import EmulatorError, NotFound
from tt_emulator.wire import game_api, strict_json
from tt_emulator.wire.control.requests import answer, nothing, proxy_header
from tt_emulator.wire.control.requests import body as sent_json
from tt_emulator.wire.event_stream import event_stream
from tt_emulator.wire.game_api import CallHeaders
from tt_emulator.wire.outgoing.outside import Outside
from tt_emulator.wire.pausing import block
from tt_emulator.wire.state import StateChanges, state
from tt_emulator.world import World, game_panel, panel

_AVATARS = "Take it as getUserInfo tells it, in avatarUrl."
_CALL_HEADERS = ("World", "Player", "Domain", "Call")


def add_data_plane(
    app: Flask,
    engine: Engine,
    sleep: Callable[[float], None] | None = None,
    outside: Outside | None = None,
) -> None:
    """Its routes; `sleep` (seconds) stands in for a fault's delay, and what games ask of others
    leaves by `outside`.
    """
    for prefix in engine.worlds.platforms.prefixes:
        part = Blueprint(prefix.strip("/"), __name__, url_prefix=prefix)
        _add_calls(part, engine, sleep, outside or Outside())
        _add_panels(part, engine)
        _add_game_panel(part, engine)
        _add_consent(part, engine)
        app.register_blueprint(part)
    _add_avatars(app)


def _add_calls(
    part: Blueprint, engine: Engine, sleep: Callable[[float], None] | None, outside: Outside
) -> None:
    @part.get("/state")
    def current_state() -> Response:
        world, player = acting(engine)
        view = state(world, player)
        if world.platform.consent is not None:  # whose windows come again after a time
            view["now"] = iso(world.clock.now_ms())
        return answer(view)

    @part.get("/events")
    def events() -> Response:
        world, player = acting(engine, turns=False)
        changes = StateChanges(world, player)
        return event_stream(world.state_feed, changes.seen_id, changes, seat=engine.worlds.seat())

    @part.post("/<name>")
    def call(name: str) -> Response:
        headers, path = call_headers(), request.path
        target = game_api.read_target(engine.worlds.platforms, path, headers, request.host)
        made = game_api.read_call(target, headers.call, request.get_data())
        return respond(engine.handle(made), sleep, outside)


def respond(steps: Steps, sleep: Callable[[float], None] | None, outside: Outside) -> Response:
    """The response that the steps of a call come to. Raises `EmulatorError` if they need the
    connection itself.
    """
    step = _taken(steps, sleep, outside)
    if not isinstance(step, Send) or step.end < 1:
        raise EmulatorError(
            "The fault acts on the connection, which this server keeps to itself.",
            "Run the emulator by `tt-emulator start`, or arm another fault.",
        )
    response = Response(game_api.body(step), step.status, mimetype="application/json")
    accept_language = request.headers.get("Accept-Language")
    response.headers.extend(game_api.headers(step, accept_language))
    return response


def _taken(steps: Steps, sleep: Callable[[float], None] | None, outside: Outside) -> Step:
    """The first step that takes no time, once all before it are over."""
    step = next(steps)
    while isinstance(step, (Settle, Wait, Outgoing, Blocking)):
        outcome = None
        if isinstance(step, Settle):
            step.settle()
            if step.refused is not None:
                step = steps.throw(step.refused)
                continue
        elif isinstance(step, Outgoing):
            outcome = outside.block(step)
        elif isinstance(step, Wait) and sleep is None:
            block(step)
        elif isinstance(step, Wait) and sleep is not None:
            sleep(step.duration_ms / 1000)
        step = steps.send(outcome)
    return step


def _add_panels(part: Blueprint, engine: Engine) -> None:
    @part.get("/<name>")
    def shown(name: str) -> Response:
        if name not in engine.worlds.platforms.at(request.path).panels:
            raise MethodNotAllowed(["POST", "OPTIONS"])
        world, player = acting(engine)
        api = world.catalog.apis[name]
        options = game_api.options_of(api, request.args)
        call = Call(api, options, world.name, player, base_url=game_api.base_url(request.host))
        return answer(panel.shown(world, call))


def _add_game_panel(part: Blueprint, engine: Engine) -> None:
    path = f"/{game_api.PANEL}"

    @part.get(path)
    def game_panel_now() -> Response:
        return answer(game_panel.shown(*acting(engine)))

    @part.post(path)
    def turn_switch() -> Response:
        world, player = acting(engine)
        game_panel.turn(world, player, demand(sent_json(), game_panel.Switching))
        return answer(game_panel.shown(world, player))


def _add_consent(part: Blueprint, engine: Engine) -> None:
    @part.post(f"/{game_api.CONSENT}")
    def consent() -> Response:
        platforms = engine.worlds.platforms
        if platforms.at(request.path).consent is None:
            raise NotFound(*game_api.nothing_there(platforms.prefixes))
        world, player = acting(engine)
        world.players.answer(player, strict_json.read_object(request.get_data()))
        return nothing()


def _add_avatars(app: Flask) -> None:
    @app.get(f"{avatars.PREFIX}<any_text:rest>")
    def avatar(rest: str) -> Response:
        png = avatars.png_at(rest)
        if png is None:
            raise NotFound("No player's picture is at this address.", _AVATARS)
        return Response(png, mimetype="image/png")


def call_headers() -> CallHeaders:
    """Those of the request."""
    world, player, domain, call_id = (
        request.headers.get(f"X-Emulator-{field}") for field in _CALL_HEADERS
    )
    return CallHeaders(world, player, domain, call_id, proxy_header())


def acting(engine: Engine, *, turns: bool = True) -> tuple[World, str]:
    """World and player of the request. Raises `BadRequest`, `WrongPlatform`.

    Who only listens turns no world: two who did would do so for ever.
    """
    world, player = (request.headers.get(f"X-Emulator-{field}") for field in _CALL_HEADERS[:2])
    platforms, platform = engine.worlds.platforms, None
    if request.path.startswith(platforms.prefixes):
        platform = platforms.at(request.path).identity.name
    name = game_api.world_name(world)
    found = engine.worlds.open(name, platform, turns=turns)
    found.touched_ms = engine.worlds.clock.now_ms()
    with found.store.deed:  # which is whole and this server's, or cannot be looked at
        return found, game_api.player_name(player)
