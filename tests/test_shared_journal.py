"""What the journals of one server's worlds hold, they hold together."""

from functools import partial

import pytest

from harness import Bench
from journal.answered import answer, ids
from tt_emulator.journal import Budget
from tt_emulator.journal.budget import LEAST_BYTES
from tt_emulator.world import Worlds

KIB = 1024
CALLS = 300


@pytest.fixture
def worlds(monkeypatch: pytest.MonkeyPatch) -> Worlds:
    """Those of a server whose journals have a MiB, and the least of two worlds beside it."""
    budget = partial(Budget, 1024 * KIB + 2 * LEAST_BYTES)
    monkeypatch.setattr("tt_emulator.world.registry.Budget", budget)
    return Bench().engine.worlds


def call(worlds: Worlds, name: str) -> int:
    """Call there often; how many of the calls its journal then has."""
    journal = worlds.open(name).journal
    for _ in range(CALLS):
        answer(journal, size=4 * KIB)
    return len(ids(journal))


def test_all_worlds_of_a_server_share_one_budget(worlds: Worlds) -> None:
    names = [f"w{number}" for number in range(5)]
    for name in names:
        call(worlds, name)

    held = [len(ids(worlds.open(name).journal)) for name in names]
    assert all(held)
    assert sum(held) * 4 <= 1024


def test_a_dropped_world_gives_its_part_back(worlds: Worlds) -> None:
    alone = call(worlds, "first")
    dropped = worlds.open("first").journal
    beside = call(worlds, "second")
    worlds.drop("first")

    assert ids(dropped) == []
    assert beside < call(worlds, "second") == alone


def test_ever_new_worlds_have_room_if_each_is_dropped(worlds: Worlds) -> None:
    alone = call(worlds, "first")
    worlds.drop("first")
    for number in range(10):
        assert call(worlds, f"w{number}") == alone
        worlds.drop(f"w{number}")
