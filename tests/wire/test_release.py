"""Calls that a fault holds for two minutes, and what releases them: through both entry points."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest

from process import emulator
from rawhttp import Game, Wire, pair
from tt_emulator.client import Client
from tt_emulator.config import Settings
from tt_emulator.wire.app import create_app
from tt_emulator.wire.guard import Guard

LONG_MS = 120_000
SET = "/tt/setUserCloudStorage"
HANG = {"wire": "hang", "duration_ms": LONG_MS}
DELAY = {"delay_ms": LONG_MS}
DRIP = {"wire": "drip", "duration_ms": LONG_MS}
OK = {"errMsg": "setUserCloudStorage:ok"}


@pytest.fixture
def client(server, new_world):
    with Client(server.url, new_world) as opened:
        yield opened


@pytest.fixture
def game(server, new_world):
    return Game(server.port, new_world)


@pytest.fixture
def held(server, game, client):
    """A call of the world that a fault holds."""
    with Wire(server.port) as wire:

        def hold(fault: dict[str, Any]) -> Wire:
            client.arm(fault)
            wire.send(game.post(SET, pair("1")))
            game.wait_until(lambda seen: len(seen) == 1)
            return wire

        yield hold


WAYS: dict[str, Callable[[Client], object]] = {
    "disarm": lambda client: client.disarm(client.faults()[0]["id"]),
    "disarm all": lambda client: client.disarm_all(),
    "replace": lambda client: client.replace([{"error": "network-unavailable"}]),
    "reset": lambda client: client.reset(),
    "import over it": lambda client: client.import_text(client.export_text()),
}


@pytest.mark.parametrize("release", WAYS.values(), ids=WAYS)
def test_a_hang_ends_in_its_close(held, client, release):
    wire = held(HANG)

    release(client)

    assert wire.ended()


@pytest.mark.parametrize("release", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("fault", [DELAY, DRIP], ids=["delay", "drip"])
def test_a_delay_and_a_drip_go_on_to_the_whole_answer(held, client, fault, release):
    wire = held(fault)

    release(client)

    assert wire.answer().json == OK


def test_twelve_hung_calls_are_all_released(client, game):
    client.arm(HANG)
    with ExitStack() as undo:
        wires = [undo.enter_context(Wire(game.port)) for _ in range(12)]
        for wire in wires:
            wire.send(game.post(SET, pair("1")))
        game.wait_until(lambda seen: len(seen) == 12)

        client.disarm_all()

        assert all(wire.ended() for wire in wires)
    assert [each["reply"] for each in client.requests()] == [None] * 12


def test_a_hang_ends_with_its_world(held, client):
    wire = held(HANG)

    client.drop_world()

    assert wire.ended()


def test_a_delayed_write_ends_with_its_world_in_a_refusal(held, client):
    wire = held(DELAY)

    client.drop_world()

    assert "was dropped" in wire.answer().json["detail"]


def test_a_delayed_call_has_its_answer_when_the_server_ends():
    with emulator("--ephemeral") as running:
        game = Game(running.port, "default")
        game.arm(**DELAY)
        with Wire(running.port) as wire:
            wire.send(game.post(SET, pair("1")))
            game.wait_until(lambda seen: len(seen) == 1)
            running.child.terminate()

            assert wire.answer().json == OK
            assert wire.ended()


@pytest.mark.parametrize("release", ["disarm", "drop", "stop"])
def test_under_any_other_server_the_thread_of_a_delayed_call_is_released(bench, arm, release):
    arm(**DELAY)
    app = create_app(bench.engine, Guard(Settings(), None), dict)
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(app.test_client().post, "/tt/login", data=b"{}")
        while not bench.world.journal.find():
            assert not answer.done()
        if release == "disarm":
            bench.world.faults.clear()
        elif release == "drop":
            bench.engine.worlds.drop("default")
        else:
            bench.engine.worlds.close()

        assert answer.result(30).status_code in (200, 507)
