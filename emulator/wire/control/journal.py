"""Read the journal, ask it, wait for it, and listen to what happens."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, request

from emulator.domain.reading import refusal, unknown_api
from emulator.engine import Engine
from emulator.errors import Flaw
from emulator.journal.har import har
from emulator.journal.match import (
    HINT,
    Bounds,
    Question,
    asked,
    differences,
    too_many,
)
from emulator.wire.control.asking import (
    answer,
    body_or,
    language,
    nothing,
    number,
    only,
    spoken,
    world,
)
from emulator.wire.event_stream import each, event_stream
from emulator.wire.tongue import CONTENT_LANGUAGE
from emulator.world import World

DEFAULT_WAIT_MS = 10_000


def add_routes(api: Blueprint, engine: Engine) -> None:
    """`/v1/requests`, its questions, and `/v1/events`."""
    _add_requests(api, engine)
    _add_questions(api, engine)
    _add_events(api, engine)


def _add_requests(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/requests")
    def requests() -> Response:
        after = number("after", 0)
        api, player = _api(engine), request.args.get("player")
        found = world(engine).journal.find(api, player, after, number("limit", 1000))
        last = found[-1].id if found else after
        return spoken({"requests": [exchange.view() for exchange in found], "next": last})

    @api.delete("/v1/requests")
    def forget() -> Response:
        only("api", "player", "after", "limit")
        after, limit = number("after", 0), number("limit", None)
        api, player = _api(engine), request.args.get("player")
        world(engine).journal.clear(api, player, after, limit)
        return nothing()

    @api.get("/v1/requests.har")
    def as_har() -> Response:
        found = world(engine).journal.find()
        response = spoken(har(found, request.host_url.rstrip("/")))
        response.headers["Content-Disposition"] = "attachment; filename=tt-emulator.har"
        return response


def _add_questions(api: Blueprint, engine: Engine) -> None:
    @api.post("/v1/requests/count")
    def count() -> Response:
        question = asked(body_or({}), engine.catalog)
        return answer({"count": world(engine).journal.count(question.match)})

    @api.post("/v1/requests/wait")
    def wait() -> Response:
        question = asked(body_or({}), engine.catalog)
        return spoken(_verdict(world(engine), question, question.at_least(), DEFAULT_WAIT_MS))

    @api.post("/v1/requests/verify")
    def verify() -> Response:
        question = asked(body_or({}), engine.catalog)
        return spoken(_verdict(world(engine), question, question.exactly(), 0))


def _add_events(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/events")
    def events() -> Response:
        feed = world(engine).feed
        sent = request.headers.get("Last-Event-ID", "0")
        after = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 16 else 0
        tongue = language()
        response = event_stream(feed, after, partial(each, language=tongue))
        response.headers[CONTENT_LANGUAGE] = tongue
        return response


def _api(engine: Engine) -> str | None:
    """The API of the query. Raises `Unprocessable` if there is none of that name."""
    name = request.args.get("api")
    if unknown := unknown_api(name, engine.catalog.apis):
        raise refusal([Flaw("/api", unknown)], HINT)
    return name


def _verdict(world: World, question: Question, bounds: Bounds, default_ms: int) -> dict[str, Any]:
    timeout_ms = default_ms if question.timeout_ms is None else question.timeout_ms
    counted = partial(world.journal.count, question.match)
    ok = world.feed.wait_for(lambda: bounds.hold(counted()), timeout_ms / 1000)
    count = counted()
    if ok:
        return {"ok": True, "count": count, "differences": []}
    told = [f"wanted {bounds.words()}, found {count}"]
    tell = differences if count < bounds.min else too_many
    told += tell(question.match, world.journal.find())
    return {"ok": False, "count": count, "differences": told}
