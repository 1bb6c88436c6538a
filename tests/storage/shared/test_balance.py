"""Idle worlds spread again when servers come."""

from collections.abc import Callable

import pytest

from storage.shared.counting import Counting, put, score
from tt_emulator.errors import Elsewhere
from tt_emulator.storage.shared import balance
from tt_emulator.storage.shared.balance import surplus
from tt_emulator.storage.shared.shared_storage import SharedStorage
from tt_emulator.storage.shared.shared_world import SharedWorld

WORLDS = "abcdef"


@pytest.mark.parametrize(
    ("mine", "worlds", "servers", "number"),
    [
        (0, 0, 1, 0),
        (9, 9, 1, 0),
        (1, 1, 2, 0),
        (2, 2, 2, 1),
        (9, 12, 2, 0),
        (10, 13, 2, 3),
        (10, 10, 4, 7),
        (0, 10, 2, 0),
        (1000, 1000, 2, balance.AT_ONCE),
    ],
)
def test_who_has_far_more_than_its_share_gives_away(
    mine: int, worlds: int, servers: int, number: int
) -> None:
    assert surplus(mine, worlds, servers) == number


@pytest.fixture
def full(first: SharedStorage) -> SharedStorage:
    """One server that has all worlds."""
    for name in WORLDS:
        store = first.open_world(name)
        assert isinstance(store, SharedWorld)
        Counting(store)
        store.commit("ann", put(name))
    return first


def has(storage: SharedStorage) -> set[str]:
    return set(storage._worlds)


def look(*storages: SharedStorage) -> None:
    for storage in storages:
        storage._look_once()
        storage._fleet.look()


def test_idle_worlds_go_to_whoever_is_asked_for_them(
    full: SharedStorage, share: Callable[[], SharedStorage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(balance, "IDLE_S", 0.0)
    newcomer = share()
    look(newcomer, full, full)
    kept = has(full)
    assert len(kept) == 3

    for name in WORLDS:
        if name in kept:
            with pytest.raises(Elsewhere):
                newcomer.open_world(name)
        else:
            assert score(newcomer.open_world(name), "ann") == name

    look(newcomer, full, newcomer, full)
    assert has(full) == kept
    assert has(newcomer) == set(WORLDS) - kept


def test_worlds_in_use_stay(full: SharedStorage, share: Callable[[], SharedStorage]) -> None:
    look(share(), full, full)

    assert has(full) == set(WORLDS)


def test_worlds_that_somebody_listens_to_stay(
    full: SharedStorage, share: Callable[[], SharedStorage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(balance, "IDLE_S", 1e-9)
    for name in "abcd":
        store = full._worlds[name]
        life = store._gate.life
        assert isinstance(life, Counting)
        life.listeners = 1

    look(share(), full, full)

    assert has(full) >= set("abcd")
    assert len(has(full)) == 4
