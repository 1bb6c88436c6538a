"""Requests under way in a world that another server takes over."""

from collections.abc import Iterator
from functools import partial

import pytest

from rawhttp import Game, Wire
from redis_server import RedisServer
from sharers import Sharer, sharers
from tt_emulator.wire.aside import Aside


@pytest.fixture
def team(redis: RedisServer) -> Iterator[list[Sharer]]:
    with sharers(redis) as found:
        yield found


def taken_over_while_it_waits(
    team: list[Sharer], asked: Sharer, *lines: str, delay_ms: int = 60_000
) -> Wire:
    """The connection of a call that a fault has delayed in a world which has another owner now."""
    owner, other = team
    game = Game(owner.port, "w")
    game.arm(api="login", delay_ms=delay_ms)
    wire = Wire(asked.port)
    wire.send(game.post("/tt/login", b"{}", *lines))
    while not owner.client("w").faults()[0]["hits"]:
        pass  # each look is a request of its own: the server gets its turn
    other.takes_over("w", owner)
    return wire


@pytest.mark.parametrize("asked", [0, 1], ids=["the owner", "the other"])
def test_a_call_without_an_id_that_has_counted_ends_with_its_connection(team, asked):
    with taken_over_while_it_waits(team, team[asked]) as wire:
        assert wire.ended()

    (fault,) = team[1].client("w").faults()
    assert fault["hits"] == 1


@pytest.mark.parametrize("asked", [0, 1], ids=["the owner", "the other"])
def test_a_call_under_an_id_is_answered_by_who_has_the_world(team, asked):
    called = taken_over_while_it_waits(team, team[asked], "X-Emulator-Call: c-1", delay_ms=1_500)
    with called as wire:
        assert wire.answer().json["errMsg"] == "login:ok"

    (fault,) = team[0].client("w").faults()
    assert fault["hits"] == 1


@pytest.mark.parametrize("how", ["taken over", "given away"])
def test_a_call_that_has_counted_and_goes_on_in_a_thread_counts_once(team, monkeypatch, how):
    owner, other = team
    game = Game(owner.port, "w")
    game.ask(game.post("/tt/login"))
    do, moved = Aside.do, []

    def move_and(work):
        if how == "taken over":
            other.takes_over("w", owner)
        else:
            owner.storage._fleet.look()
            owner.storage.hand_over()
        return work()

    def late(aside, work, then, loop):
        if getattr(work, "func", None) is next and not moved:  # the step after the first line
            moved.append(how)
            work = partial(move_and, work)
        do(aside, work, then, loop)

    monkeypatch.setattr(Aside, "do", late)
    with Wire(owner.port) as wire:
        wire.send(game.post("/tt/writeFile", b'{"filePath": "ttfile://user/a", "data": "x"}'))
        assert wire.ended()

    assert moved
    calls = [each["api"] for each in Game(other.port, "w").exchanges()]
    assert calls.count("writeFile") == 1
