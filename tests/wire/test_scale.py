"""A thousand who listen and a thousand who wait, on real sockets: none costs a thread."""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from descriptors import descriptors
from rawhttp import Game, Wire, request
from tt_emulator.config import Settings
from tt_emulator.server import serving
from tt_emulator.wire.bridge import MAX_THREADS

MANY = 1000
EVENTS, WAIT = "/__emulator/v1/events", "/__emulator/v1/requests/wait"
JSON = "Content-Type: application/json"


@pytest.fixture
def game() -> Iterator[Game]:
    """A world of a server in this process, whose threads can be counted."""
    with descriptors(5 * MANY), serving(Settings(port=0, data=None)) as facts:
        yield Game(facts["port"], "crowded")


def waiting(game: Game, number: int) -> bytes:
    question = {"match": {"player": f"p-{number}"}, "timeout_ms": 120_000}
    return request("POST", WAIT, json.dumps(question).encode(), game.world, JSON)


def test_a_thousand_listen_and_a_thousand_wait_in_one_world_and_no_thread_is_theirs(game):
    assert game.ask(game.post("/tt/login")).status == 200
    before = threading.active_count()
    with ExitStack() as undo:
        listeners = [undo.enter_context(Wire(game.port)) for _ in range(MANY)]
        for wire in listeners:
            wire.send(request("GET", EVENTS, None, game.world))
            assert wire.until(b": listening")
        waiters = [undo.enter_context(Wire(game.port)) for _ in range(MANY)]
        for number, wire in enumerate(waiters):
            wire.send(waiting(game, number))

        assert threading.active_count() <= before + MAX_THREADS
        assert game.ask(request("GET", "/__emulator/v1/faults?world=crowded")).status == 200
        for number in (0, MANY - 1):
            game.ask(game.post("/tt/login", b"{}", f"X-Emulator-Player: p-{number}"))
            assert waiters[number].answer().json["ok"]
        for wire in listeners:
            assert wire.until(f'"player":"p-{MANY - 1}"'.encode())


def test_the_pictures_of_a_page_leave_no_thread_behind_for_each(game):
    before = threading.active_count()
    with ExitStack() as undo:
        wires = [undo.enter_context(Wire(game.port)) for _ in range(240)]
        for wire in wires:
            wire.send(request("GET", "/tt.js"))
        for wire in wires:
            assert wire.answer().status == 200

    assert threading.active_count() <= before + MAX_THREADS
