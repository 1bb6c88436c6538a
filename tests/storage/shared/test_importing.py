"""A world that is imported in parts, and what comes between them."""

from collections.abc import Callable, Sequence
from threading import Thread

import pytest

from storage.shared.conftest import Take
from storage.shared.counting import Counting, put, score
from tt_emulator.domain.record import Pair, Record
from tt_emulator.errors import Elsewhere, StorageAway, WorldDropped
from tt_emulator.fleet import Fleet
from tt_emulator.storage.shared import importing, shared_world
from tt_emulator.storage.shared.shared_storage import SharedStorage
from tt_emulator.storage.shared.shared_world import SharedWorld

MANY = 30
ROOM_S = 5
NEW = [(f"new-{number}", Record({"score": Pair("new", 1)})) for number in range(MANY)]

Meanwhile = Callable[[Callable[[], object]], None]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "PART_BYTES", 500)


@pytest.fixture
def meanwhile(store: SharedWorld, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Has something done once, when the third part of an import is written."""

    def do(act: Callable[[], object]) -> None:
        write, written = store._write_alone, []

        def write_and_act(effect: importing.Part) -> None:
            write(effect)
            written.append(effect)
            if len(written) == 3:
                act()

        monkeypatch.setattr(store, "_write_alone", write_and_act)

    return do


def names(store: SharedWorld) -> set[str]:
    return set(store.openids())


EVERYBODY = {openid for openid, _ in NEW}


def test_who_takes_it_over_has_all_parts(
    store: SharedWorld, first: SharedStorage, other: SharedStorage, take: Take
) -> None:
    Counting(store)
    store.commit("old", put("1"))

    store.replace(NEW, meta={"n": 1})
    store.commit("new-0", put("later"))

    taken = take(other, first)
    assert names(store) == names(taken) == EVERYBODY
    assert (score(taken, "new-0"), score(taken, "new-1")) == ("later", "new")
    assert taken.meta() == {"n": 1}


def test_no_line_is_much_longer_than_a_part(
    store: SharedWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    Counting(store)
    lengths: list[int] = []
    append = Fleet.append

    def measured(
        fleet: Fleet, world: str, epoch: int, at: int, lines: Sequence[bytes], clock_ms: int
    ) -> None:
        lengths.extend(map(len, lines))
        append(fleet, world, epoch, at, lines, clock_ms)

    monkeypatch.setattr(Fleet, "append", measured)
    store.replace(NEW)

    assert len(lengths) > 3
    assert max(lengths) < 2 * importing.PART_BYTES


def test_what_is_written_between_two_parts_is_over_with_the_last(
    store: SharedWorld,
    first: SharedStorage,
    other: SharedStorage,
    take: Take,
    meanwhile: Meanwhile,
) -> None:
    Counting(store)
    between: list[set[str]] = []

    def write() -> None:
        store.commit("old", put("2"))
        store.commit("new-0", put("old"))
        between.append(names(store))

    meanwhile(write)
    store.replace(NEW)

    assert between == [{"old", "new-0"}]
    taken = take(other, first)
    assert names(store) == names(taken) == EVERYBODY
    assert score(store, "new-0") == score(taken, "new-0") == "new"


def test_of_an_owner_that_dies_between_two_parts_nothing_is_imported(
    store: SharedWorld,
    first: SharedStorage,
    other: SharedStorage,
    take: Take,
    meanwhile: Meanwhile,
) -> None:
    Counting(store)
    store.commit("old", put("1"))
    taken: list[SharedWorld] = []
    meanwhile(lambda: taken.append(take(other, first)))

    with pytest.raises(Elsewhere):
        store.replace(NEW)

    (found,) = taken
    Counting(found)
    assert names(found) == {"old"}
    found.replace(NEW[:1])  # where parts of another one lie
    assert names(take(first, other)) == {"new-0"}


def test_the_log_does_not_begin_anew_between_two_parts(
    store: SharedWorld,
    first: SharedStorage,
    other: SharedStorage,
    take: Take,
    meanwhile: Meanwhile,
) -> None:
    Counting(store)
    checkpointing = Thread(target=store.checkpoint)

    def checkpoint() -> None:
        checkpointing.start()
        checkpointing.join(0.2)  # it would be over by then

    meanwhile(checkpoint)
    store.replace(NEW)
    checkpointing.join()

    assert names(take(other, first)) == EVERYBODY


def test_an_import_whose_parts_redis_forgets_changes_nothing(
    store: SharedWorld,
    first: SharedStorage,
    other: SharedStorage,
    take: Take,
    meanwhile: Meanwhile,
) -> None:
    Counting(store)
    store.commit("old", put("1"))
    meanwhile(store.restore_forgotten)

    with pytest.raises(StorageAway, match="written again"):
        store.replace(NEW)

    assert names(store) == names(take(other, first)) == {"old"}


def test_a_world_that_is_dropped_between_two_parts_takes_no_more(
    store: SharedWorld, first: SharedStorage, meanwhile: Meanwhile
) -> None:
    Counting(store)
    meanwhile(lambda: first.drop_world(store.name))

    with pytest.raises(WorldDropped):
        store.replace(NEW)

    assert not names(store)


def test_an_import_that_ends_early_leaves_a_new_world_new(
    store: SharedWorld,
    first: SharedStorage,
    other: SharedStorage,
    take: Take,
    meanwhile: Meanwhile,
) -> None:
    Counting(store)

    def die() -> None:
        raise KeyboardInterrupt

    meanwhile(die)
    with pytest.raises(KeyboardInterrupt):
        store.replace(NEW)

    taken = take(other, first)
    assert (taken.openids(), taken.is_new) == ([], True)
    taken.commit("ann", put("1"))
    assert not taken.is_new


def test_an_import_does_not_keep_others_from_being_looked_after(
    store: SharedWorld,
    first: SharedStorage,
    meanwhile: Meanwhile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shared_world, "LONG_BYTES", 500)
    Counting(store)
    looked: list[bool] = []

    def look() -> None:
        looking = Thread(target=first._look_once)
        looking.start()
        looking.join(ROOM_S)
        looked.append(not looking.is_alive())

    meanwhile(look)
    store.replace(NEW)

    assert looked == [True]
