"""What one server tells of worlds that another has, before and after it takes them over."""

from collections.abc import Iterator

import pytest

from rawhttp import Game, Wire, request
from redis_server import RedisServer
from sharers import Sharer, sharers
from tt_emulator.client import Client

WORLD = "X-Emulator-World: w"
JSON = "Content-Type: application/json"
EVENTS = "/__emulator/v1/events"
WAIT = b'{"match":{"api":"checkSession"},"timeout_ms":60000}'


@pytest.fixture
def team(redis: RedisServer) -> Iterator[list[Sharer]]:
    with sharers(redis) as found:
        yield found


def ids(wire: Wire, number: int) -> list[int]:
    """Those of the next events."""
    found: list[int] = []
    while len(found) < number:
        line = wire.line()
        assert line
        if line.startswith(b"id: "):
            found.append(int(line[4:]))
    return found


def test_a_stream_here_shows_what_happens_there_and_goes_on_after_a_takeover(team):
    owner, other = team
    game = Game(owner.port, "w")
    game.ask(game.post("/tt/login"))
    with Wire(other.port) as stream:
        stream.send(request("GET", EVENTS, None, WORLD, "Last-Event-ID: 0"))
        seen = ids(stream, 1)
        game.ask(game.post("/tt/login"))
        seen += ids(stream, 1)
        other.takes_over("w", owner)
        game.ask(game.post("/tt/checkSession"))
        while stream.line() != b"0\r\n":
            pass  # it ends

    with Wire(other.port) as stream:
        stream.send(request("GET", EVENTS, None, WORLD, f"Last-Event-ID: {seen[-1]}"))
        seen += ids(stream, 1)
        game.ask(game.post("/tt/login"))
        seen += ids(stream, 1)
    assert seen == sorted(set(seen))
    assert [each["id"] for each in game.exchanges()] == [1, 2, 3, 4]


@pytest.mark.parametrize("asked", [0, 1], ids=["the owner", "the other"])
def test_who_waits_hears_of_a_call_after_a_takeover(team, asked):
    owner, other = team
    game = Game(owner.port, "w")
    game.ask(game.post("/tt/login"))
    with Wire(team[asked].port) as wire:
        wire.send(request("POST", "/__emulator/v1/requests/wait", WAIT, WORLD, JSON))
        game.ask(game.post("/tt/login"))
        other.takes_over("w", owner)
        game.ask(game.post("/tt/checkSession"))

        assert wire.answer().json["ok"] is True


def test_each_server_tells_of_the_worlds_of_all(team):
    for number, sharer in enumerate(team):
        sharer.client(f"w{number}").call("login", {})

    team[0].storage._fleet.look()  # at who came after it
    for sharer in team:
        listed = Client(sharer.storage.me).control("GET", "/v1/worlds")["worlds"]
        assert {"w0", "w1"} <= {each["name"] for each in listed}
    Client(team[0].storage.me).control("DELETE", "/v1/worlds?idle_s=0")
    assert {"w0", "w1"}.isdisjoint(team[0].storage.worlds())


def test_a_list_tells_of_the_worlds_of_a_server_that_has_left_and_takes_none(team):
    leaving, other = team
    with leaving.client("left") as client:
        client.call("login", {})
        client.call("setUserCloudStorage", {"KVDataList": [{"key": "a", "value": "1"}]})
    leaving.storage.hand_over()

    worlds = Client(other.storage.me).control("GET", "/v1/worlds")["worlds"]

    (left,) = (each for each in worlds if each["name"] == "left")
    assert left["players"] == 1
    assert left["used_at"] is not None
    assert "left" not in other.storage._worlds
    Client(other.storage.me).control("DELETE", "/v1/worlds?idle_s=0")
    assert "left" not in other.storage.worlds()
