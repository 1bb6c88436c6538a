"""While Redis is not reached a server answers what needs no Redis, and then all goes on."""

import json
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from door import WAYS, Door
from entry_points import Answer
from rawhttp import Game, Wire, pair, request
from redis_server import RedisServer
from sharers import Sharer
from tt_emulator.fleet import outage
from tt_emulator.wire.hot import outbox

FOR_EVER_S = 600
"""The test's own time-out would end it."""
SAVE = "/tt/setUserCloudStorage"


@pytest.fixture
def door(redis: RedisServer) -> Iterator[Door]:
    door = Door(redis)
    yield door
    door.close()


@pytest.fixture
def server(door: Door) -> Iterator[Sharer]:
    with ExitStack() as undo:
        started = Sharer(door, undo)
        undo.callback(door.open)
        yield started


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "PATIENCE_S", FOR_EVER_S)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "PATIENCE_S", 0.3)
    monkeypatch.setattr(outbox, "UNHEARD_S", 0.3)
    monkeypatch.setattr(outbox, "LOOK_S", 0.1)


def asked(server: Sharer, path: str) -> Answer:
    with Wire(server.port) as wire:
        wire.send(request("GET", path))
        return wire.answer()


def call(game: Game, path: str, body: bytes, *lines: str) -> Wire:
    wire = Wire(game.port)
    wire.send(game.post(path, body, *lines))
    return wire


def until_it_waits(server: Sharer, number: int = 1) -> None:
    """Return once so many lines wait for Redis."""
    link = server.storage._fleet._appending
    while len(link._under_way) < number:
        pass


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.usefixtures("patient")
def test_what_needs_no_redis_is_answered_meanwhile(
    server: Sharer, door: Door, redis: RedisServer, way: str
) -> None:
    game, new = Game(server.port, "w"), Game(server.port, "new")
    game.arm(api="setUserCloudStorage", error="network-unavailable", times=1)
    with ExitStack() as undo:
        other = Sharer(redis, undo)
        there = Game(server.port, "there")
        assert Game(other.port, "there").ask(there.post(SAVE, pair("1"))).status == 200
        assert there.ask(there.post(SAVE, pair("2"))).status == 200  # so the way there is known
        door.shut(way)
        waiting = undo.enter_context(call(game, SAVE, pair("1")))
        until_it_waits(server)
        new_one = undo.enter_context(call(new, SAVE, pair("1")))  # to read it needs Redis as well
        late = undo.enter_context(call(game, SAVE, pair("2")))

        assert asked(server, "/__emulator/health").status == 200
        assert asked(server, "/__emulator/ready").status == 200
        assert there.ask(there.post(SAVE, pair("3"))).json == {"errMsg": "setUserCloudStorage:ok"}

        door.open()
        assert "x-emulator-fault" in waiting.answer().headers
        assert late.answer().json == new_one.answer().json == {"errMsg": "setUserCloudStorage:ok"}
    (fault,) = server.client("w").faults()
    assert (fault["hits"], game.saved(), new.saved()) == (1, "2", "1")
    assert len(game.exchanges()) == 3


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.usefixtures("hasty")
def test_an_outage_is_told_and_ends_and_nothing_is_done_twice(
    server: Sharer, door: Door, way: str
) -> None:
    game, slow = Game(server.port, "w"), Game(server.port, "slow")
    slow.arm(api="login", delay_ms=300, times=1)
    assert game.ask(game.post(SAVE, pair("0"))).status == 200
    with call(slow, "/tt/login", b"{}", "X-Emulator-Call: slow-1") as delayed:
        while not server.client("slow").faults()[0]["hits"]:
            pass  # each look is a request of its own: the server gets its turn
        door.shut(way)
        refused = game.ask(game.post(SAVE, pair("1"), "X-Emulator-Call: c-1"))
        assert (refused.status, refused.json["code"]) == (503, "storage-away")
        assert asked(server, "/__emulator/ready").status == 503
        assert asked(server, "/__emulator/health").json["status"] == "storage-lost"
        assert delayed.answer().json["code"] == "storage-away"
    door.open()

    while asked(server, "/__emulator/ready").status != 200:
        game.ask(game.post(SAVE, pair("1"), "X-Emulator-Call: c-1"))
    assert game.ask(game.post(SAVE, pair("1"), "X-Emulator-Call: c-1")).status == 200
    answer = slow.ask(slow.post("/tt/login", b"{}", "X-Emulator-Call: slow-1"))
    assert answer.json["errMsg"] == "login:ok"

    (fault,) = server.client("slow").faults()
    assert fault["hits"] == 1
    saves = [each for each in game.exchanges() if each["api"] == "setUserCloudStorage"]
    assert (len(saves), game.saved()) == (2, "1")


@pytest.mark.usefixtures("patient")
def test_who_looks_at_a_world_keeps_no_other_one(server: Sharer, door: Door) -> None:
    """A request of the control plane holds its world until Redis has let it pass."""
    looked, game = Game(server.port, "looked"), Game(server.port, "w")
    looked.arm(api="login", delay_ms=300)
    for each in (looked, game):
        assert each.ask(each.post(SAVE, pair("0"))).status == 200
    with call(looked, "/tt/login", b"{}") as delayed, Wire(server.port) as looking:
        while not server.client("looked").faults()[0]["hits"]:
            pass  # each look is a request of its own: the server gets its turn
        door.shut("refused")
        looking.send(request("GET", "/__emulator/v1/faults", None, looked.world))
        store = server.storage._worlds["looked"]
        while not store._gate.depth:
            pass
        with call(looked, SAVE, pair("1")) as held, call(game, SAVE, pair("1")) as waiting:
            until_it_waits(server)
            assert asked(server, "/__emulator/health").status == 200
            assert not store._gate._begun  # neither call has begun there, nor has one gone on
            door.open()
            assert held.answer().status == waiting.answer().status == 200
        assert delayed.answer().json["errMsg"] == "login:ok"
        assert len(looking.answer().json["faults"]) == 1
    assert looked.saved() == game.saved() == "1"


@pytest.mark.usefixtures("patient")
def test_a_file_that_a_game_writes_waits_alone(server: Sharer, door: Door) -> None:
    game, other = Game(server.port, "w"), Game(server.port, "other")
    for each in (game, other):
        assert each.ask(each.post(SAVE, pair("0"))).status == 200
    path = "ttfile://user/a.txt"
    written = json.dumps({"filePath": path, "data": "text"}).encode()
    door.shut("refused")
    with call(game, "/tt/writeFile", written) as writing, call(other, SAVE, pair("1")) as saving:
        until_it_waits(server)
        assert asked(server, "/__emulator/health").status == 200
        door.open()
        assert writing.answer().json == {"errMsg": "writeFile:ok"}
        assert saving.answer().status == 200

    store = server.storage._worlds["w"]
    assert store.files.read("player-1", "a.txt") == b"text"
    assert [each["api"] for each in game.exchanges()].count("writeFile") == 1


@pytest.mark.usefixtures("patient")
def test_a_call_that_is_refused_is_answered_once_it_is_counted(server: Sharer, door: Door) -> None:
    game, other = Game(server.port, "w"), Game(server.port, "other")
    game.arm(api="login", error="network-unavailable")
    assert other.ask(other.post(SAVE, pair("0"))).status == 200
    door.shut("refused")
    with call(game, "/tt/login", b"no JSON") as refused, call(other, SAVE, pair("1")) as saving:
        until_it_waits(server)
        assert asked(server, "/__emulator/health").status == 200
        door.open()
        assert (refused.answer().status, saving.answer().status) == (400, 200)

    (fault,) = server.client("w").faults()
    assert "bad-body" in json.dumps(fault)
