"""Calls that wait in a pipeline or for a delay, clients that leave, upgrades that are offered."""

import os
import socket
import struct

import pytest

from rawhttp import Game, Wire, pair, request

SET, GET, LOGIN = "/tt/setUserCloudStorage", "/tt/getUserCloudStorage", "/tt/login"
OK = {"errMsg": "setUserCloudStorage:ok"}
STATE = request("GET", "/tt/state")
BEFORE = pytest.mark.parametrize("before", [b"", STATE], ids=["hot", "behind Flask"])
"""A call that is sent together with a request before it goes through Flask, as that one does."""


@pytest.fixture
def wire(server):
    with Wire(server.port) as opened:
        yield opened


@pytest.fixture
def game(server, new_world):
    return Game(server.port, new_world)


PIPELINES = {
    "calls": ["setUserCloudStorage", "login", "setUserCloudStorage"],
    "a call behind Flask": ["state", "setUserCloudStorage", "login"],
    "Flask between calls": ["setUserCloudStorage", "state", "login"],
    "a refused one between calls": ["setUserCloudStorage", "unknown", "setUserCloudStorage"],
}
REPLIES = {"setUserCloudStorage": 200, "login": 200, "state": 200, "unknown": 404}


def spoke(answer):
    """Which of the names above the answer is to."""
    if "host" in answer.json:
        return "state"
    return answer.json.get("errMsg", "unknown").split(":")[0]


@pytest.mark.parametrize("delayed", [True, False])
@pytest.mark.parametrize("names", PIPELINES.values(), ids=PIPELINES)
def test_pipelined_requests_are_answered_in_their_order(wire, game, names, delayed):
    if delayed:
        game.arm(delay_ms=50, api="setUserCloudStorage", times=1)

    requests = [STATE if name == "state" else game.post(f"/tt/{name}", pair("1")) for name in names]
    wire.send(b"".join(requests))

    answers = [wire.answer() for _ in names]
    assert [spoke(answer) for answer in answers] == names
    assert [answer.status for answer in answers] == [REPLIES[name] for name in names]
    called = [name for name in names if name not in ("state", "unknown")]
    assert [exchange["api"] for exchange in game.exchanges()] == called


def test_a_known_call_that_comes_while_another_waits_is_answered_after_it(wire, game):
    login = game.post(LOGIN)
    game.ask(login)  # from now on its head is known
    game.arm(delay_ms=200, api="setUserCloudStorage")
    wire.send(game.post(SET, pair("1")))
    game.wait_until(lambda seen: len(seen) == 2)
    wire.send(login)

    assert [spoke(wire.answer()) for _ in range(2)] == ["setUserCloudStorage", "login"]


def test_fifty_pipelined_calls_behind_a_delayed_one_are_all_answered(wire, game):
    game.arm(delay_ms=50, times=1)

    wire.send(b"".join(game.post(SET, pair(str(number))) for number in range(50)))

    assert [wire.answer().json for _ in range(50)] == [OK] * 50
    assert game.saved() == "49"


def test_a_pipelined_read_sees_the_delayed_write_before_it(wire, game):
    game.arm(delay_ms=50, api="setUserCloudStorage")

    wire.send(game.post(SET, pair("1")) + game.post(GET, b'{"keyList":["score"]}'))

    assert wire.answer().json == OK
    assert wire.answer().json["data"][0]["value"] == "1"


@BEFORE
def test_a_client_that_leaves_in_mid_body_has_not_called(server, game, before):
    with Wire(server.port) as wire:
        wire.send(before + game.post(SET, pair("1"))[:-1])

    assert game.ask(game.post(LOGIN)).status == 200
    assert game.saved() is None
    assert [exchange["api"] for exchange in game.exchanges()] == ["login", "getUserCloudStorage"]


@BEFORE
@pytest.mark.parametrize("end", ["close", "reset"])
def test_a_delayed_call_acts_though_its_client_has_left(server, game, before, end):
    game.arm(delay_ms=100, api="setUserCloudStorage")
    with Wire(server.port) as wire:
        wire.send(before + game.post(SET, pair("1")))
        game.wait_until(lambda exchanges: exchanges and exchanges[0]["answered_at"] is None)
        if end == "reset":
            linger_for_0_s = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
            wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_for_0_s)

    game.wait_until(lambda exchanges: exchanges[0]["answered_at"] is not None)

    assert game.saved() == "1"


def test_a_call_under_way_can_be_seen(wire, game):
    game.arm(delay_ms=200, api="setUserCloudStorage")
    wire.send(game.post(SET, pair("1")))

    game.wait_until(lambda exchanges: len(exchanges) == 1)
    (under_way,) = game.exchanges()

    assert (under_way["reply"], under_way["answered_at"]) == (None, None)
    assert wire.answer().json == OK
    (answered,) = game.exchanges()
    assert answered["reply"] == OK
    assert answered["duration_ms"] > 150


def test_64_delayed_calls_slow_nobody(server, game):
    game.arm(delay_ms=1000, api="login")
    waiting = [Wire(server.port) for _ in range(64)]
    for wire in waiting:
        wire.send(game.post(LOGIN))

    assert game.ask(game.post(SET, pair("1"))).json == OK
    assert all(
        exchange["answered_at"] is None
        for exchange in game.exchanges()
        if exchange["api"] == "login"
    )
    for wire in waiting:
        assert wire.answer().json["errMsg"] == "login:ok"
        wire.close()


UPGRADES = ["websocket", "h2c"]


@pytest.mark.parametrize("upgrade", UPGRADES)
@pytest.mark.parametrize("path", ["/tt/state", "/__emulator/v1/errors", "/nothing"])
def test_an_upgrade_is_declined_without_a_hang(wire, upgrade, path):
    wire.send(request("GET", path, None, "Connection: Upgrade", f"Upgrade: {upgrade}"))

    answer = wire.answer()

    assert answer.status in (200, 404, 405)
    assert "json" in answer.headers["content-type"]
    wire.send(request("GET", "/tt/state"))
    assert wire.answer().status == 200


@pytest.mark.parametrize("upgrade", UPGRADES)
def test_a_call_that_offers_an_upgrade_is_a_call(wire, game, upgrade):
    lines = ["Connection: Upgrade, HTTP2-Settings", f"Upgrade: {upgrade}", "HTTP2-Settings: AAMAAA"]

    wire.send(game.post(SET, pair("1"), *lines))

    assert wire.answer().json == OK
    assert game.saved() == "1"
