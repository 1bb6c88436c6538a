"""Whole worlds: list, export, import and drop them, keep snapshots, move their clocks."""

from collections.abc import Iterator

from flask import Blueprint, Response, request

from tt_emulator.domain.lifetime import Lifetime, LifetimeSetting
from tt_emulator.domain.reading import demand
from tt_emulator.engine import Engine
from tt_emulator.errors import Unprocessable
from tt_emulator.wire.control.everywhere import everywhere
from tt_emulator.wire.control.requests import answer, body, nothing, number, only, text, used, world
from tt_emulator.world import World, expiry, snapshots
from tt_emulator.world.listing import listed, listed_at_rest

PIECE_BYTES = 64 * 1024


def add_routes(api: Blueprint, engine: Engine) -> None:
    """`/v1/worlds`, `/v1/snapshots` and `/v1/clock`."""
    _add_worlds(api, engine)
    _add_lifetimes(api, engine)
    _add_snapshots(api, engine)

    @api.get("/v1/clock")
    def clock() -> Response:
        return answer(world(engine).clock.view())

    @api.post("/v1/clock")
    def move_clock() -> Response:
        move = body()
        return answer(world(engine).move_clock(move))


def _add_worlds(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/worlds")
    def world_names() -> Response:
        # claimed meanwhile by one who was asked before, it is told of here alone
        resting = {world.name: world for world in listed_at_rest(engine.worlds)}
        told = everywhere(engine, "GET", "/v1/worlds")
        theirs = {world["name"]: world for each in told for world in each.get("worlds", ())}
        own = {world.name: world for world in listed(engine.worlds)}
        return answer({"worlds": [world for _, world in sorted((resting | theirs | own).items())]})

    @api.get("/v1/worlds/<name>")
    def export_world(name: str) -> Response:
        return _exported(used(engine, engine.worlds.find(name)))

    @api.put("/v1/worlds/<name>")
    def import_world(name: str) -> Response:
        imported = engine.worlds.put(name, text())
        if imported.lifetime.given is None:
            imported.give_lifetime(Lifetime(None))
        return _exported(imported)

    @api.delete("/v1/worlds/<name>")
    def drop_world(name: str) -> Response:
        engine.worlds.drop(name)
        return nothing()


def _add_lifetimes(api: Blueprint, engine: Engine) -> None:
    path = "/v1/worlds/<name>/lifetime"

    @api.get(path)
    def lifetime(name: str) -> Response:
        return answer(expiry.lifetime(engine.worlds, used(engine, engine.worlds.find(name))))

    @api.put(path)
    def give_lifetime(name: str) -> Response:
        setting = demand(body(), LifetimeSetting)
        world = used(engine, engine.worlds.open(name, request.args.get("platform")))
        world.give_lifetime(Lifetime(setting.ttl_s))
        return answer(expiry.lifetime(engine.worlds, world))

    @api.delete("/v1/worlds")
    def drop_idle_worlds() -> Response:
        only("idle_s")
        idle_s = number("idle_s", None)
        if idle_s is None:
            raise Unprocessable(
                "Which worlds?", "Say for how many seconds nobody has used them: ?idle_s=3600"
            )
        everywhere(engine, "DELETE", f"/v1/worlds?idle_s={idle_s}")
        expiry.drop_idle(engine.worlds, idle_s)
        return nothing()


def _add_snapshots(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/snapshots")
    def snapshot_names() -> Response:
        return answer({"snapshots": world(engine).store.snapshots.names()})

    @api.put("/v1/snapshots/<any_text:snapshot>")
    def keep_snapshot(snapshot: str) -> Response:
        return answer({"name": snapshots.save(world(engine), snapshot)})

    @api.delete("/v1/snapshots/<any_text:snapshot>")
    def forget_snapshot(snapshot: str) -> Response:
        snapshots.delete(world(engine), snapshot)
        return nothing()

    @api.post("/v1/snapshots/<any_text:snapshot>/restore")
    def restore_snapshot(snapshot: str) -> Response:
        snapshots.restore(world(engine), snapshot)
        return nothing()


def _exported(world: World) -> Response:
    return Response(pieces(world.document.export()), mimetype="application/json")


def pieces(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The same in larger pieces; each takes its turn with the calls of games."""
    held = bytearray()
    for part in parts:
        held += part
        if len(held) >= PIECE_BYTES:
            yield bytes(held)
            held.clear()
    yield bytes(held)
