"""Read the journal, query it, wait for it, and listen to what happens."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, request

from tt_emulator.domain.reading import refusal, unknown_api
from tt_emulator.engine import Engine
from tt_emulator.errors import Flaw
from tt_emulator.journal.exchange import Exchange
from tt_emulator.journal.gaps import gaps_between
from tt_emulator.journal.har import har
from tt_emulator.journal.match import (
    HINT,
    Bounds,
    Question,
    differences,
    matching,
    read_question,
    too_many,
    unsettled,
)
from tt_emulator.journal.views import Verdict
from tt_emulator.wire.control.events import view
from tt_emulator.wire.control.requests import (
    answer,
    body_or,
    catalog_of,
    language,
    nothing,
    number,
    only,
    spoken,
    world,
)
from tt_emulator.wire.event_stream import each, event_stream
from tt_emulator.wire.language import CONTENT_LANGUAGE
from tt_emulator.wire.suspension import awaited
from tt_emulator.world import World
from tt_emulator.world.quota import Seat

DEFAULT_WAIT_MS = 10_000


def add_routes(api: Blueprint, engine: Engine) -> None:
    """`/v1/requests`, its questions, and `/v1/events`."""
    _add_requests(api, engine)
    _add_questions(api, engine)
    _add_events(api, engine)


def _add_requests(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/requests")
    def requests() -> Response:
        after, until = number("after", 0), number("until", None)
        api, player = _api(engine), request.args.get("player")
        found = world(engine).journal.find(api, player, after, number("limit", 1000), until)
        last = found[-1].id if found else after
        return spoken({"requests": [exchange.view() for exchange in found], "next": last})

    @api.delete("/v1/requests")
    def forget() -> Response:
        only("api", "player", "after", "until", "limit")
        after, until, limit = number("after", 0), number("until", None), number("limit", None)
        api, player = _api(engine), request.args.get("player")
        world(engine).journal.clear(api, player, after, limit, until)
        return nothing()

    @api.get("/v1/requests.har")
    def as_har() -> Response:
        here = world(engine)
        journal = here.journal
        found = journal.find()
        came = journal.came(found)
        url = request.host_url.rstrip("/") + here.platform.prefix
        response = spoken(har(found, url, came))
        response.headers["Content-Disposition"] = "attachment; filename=tt-emulator.har"
        return response


def _add_questions(api: Blueprint, engine: Engine) -> None:
    @api.post("/v1/requests/count")
    def count() -> Response:
        question = read_question(body_or({}), catalog_of(engine))
        return answer({"count": world(engine).journal.count(question.match)})

    def begin(bounds: Callable[[Question], Bounds], default_ms: int) -> Check:
        question = read_question(body_or({}), catalog_of(engine))
        timeout_ms = default_ms if question.timeout_ms is None else question.timeout_ms
        here = world(engine)
        seat = engine.worlds.seat() if timeout_ms else None
        return Check(here, question, bounds(question), timeout_ms / 1000, seat)

    @api.post("/v1/requests/wait")
    def wait() -> Response:
        return spoken(awaited(partial(begin, Question.at_least, DEFAULT_WAIT_MS)).verdict())

    @api.post("/v1/requests/verify")
    def verify() -> Response:
        return spoken(awaited(partial(begin, Question.exactly, 0)).verdict())


def _add_events(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/events")
    def events() -> Response:
        here = world(engine)
        sent = request.headers.get("Last-Event-ID", "0")
        after = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 16 else 0
        preferred = language()
        response = event_stream(
            here.feed,
            after,
            partial(each, view=partial(view, here), language=preferred),
            preferred,
            seat=engine.worlds.seat(),
        )
        response.headers[CONTENT_LANGUAGE] = preferred
        return response


def _api(engine: Engine) -> str | None:
    """The API of the query. Raises `Unprocessable` if there is none of that name."""
    name = request.args.get("api")
    if unknown := unknown_api(name, catalog_of(engine).apis):
        raise refusal([Flaw("/api", unknown)], HINT)
    return name


class Check:
    """Whether the number of exchanges that match comes within bounds in time, and then whether the
    gaps between them are as wanted. It has the `seat` of a listener while it waits.
    """

    def __init__(
        self,
        here: World,
        question: Question,
        bounds: Bounds,
        timeout_s: float,
        seat: Seat | None = None,
    ) -> None:
        self.over = here.journal.wait(question.match, bounds)
        self.timeout_s = timeout_s
        self._deed = here.store.deed
        self._journal = here.journal
        self._match = question.match
        self._gaps = question.gaps()
        self._bounds = bounds
        self._seat = seat

    def leave(self) -> None:
        """Nobody wants to know any more."""
        self._journal.leave(self._match, self.over)
        if self._seat is not None:
            self._seat.leave()

    def verdict(self) -> Verdict:
        """What came of it by now. Raises `NotCounted`, and `Elsewhere` if another server has the
        world meanwhile.
        """
        self.leave()
        with self._deed:
            return self._found()

    def _found(self) -> Verdict:
        reached = self.over.result() if self.over.done() else None
        needs_count = reached is None or bool(self._gaps)
        came = self._journal.count(self._match) if needs_count else 0
        found = self._journal.find()  # after the count: none that it lacks is taken for forgotten
        matched = matching(self._match, found)
        gaps = gaps_between(matched)
        differed = [] if reached is not None else self._miscounted(came, found)
        if self._gaps:
            differed += unsettled(self._match, found, matched)
            differed += self._gaps.differences(gaps, max(0, came - len(matched)))
        return Verdict(
            ok=not differed,
            count=came if reached is None else reached,
            differences=differed,
            gaps_ms=[gap.ms for gap in gaps],
        )

    def _miscounted(self, count: int, found: list[Exchange]) -> list[str]:
        few = count < self._bounds.min
        return [
            f"wanted {self._bounds.words()}, found {count}",
            *(differences(self._match, found) if few else too_many(self._match, found)),
        ]
