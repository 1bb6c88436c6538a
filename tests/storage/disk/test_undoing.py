"""What a refused write leaves nowhere, whoever flushes the players' files meanwhile."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread
from unittest import mock

import pytest

from storage.disk.trouble import SYNC, fails
from tt_emulator.domain.record import Change, Pair, Record
from tt_emulator.domain.store import WorldStore
from tt_emulator.errors import StorageError
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage

Open = Callable[..., TinyDBStorage]
Crash = Callable[[], Path]
APPEND = "tt_emulator.storage.disk.log.Log.append"


def save(world: WorldStore, key: str, value: str) -> None:
    world.commit("alice", Change(put={key: Pair(value, 0)}))


def saved(storage: TinyDBStorage) -> dict[str, str]:
    record = storage.open_world("default").get("alice") or Record()
    return {key: pair.value for key, pair in record.pairs.items()}


@pytest.fixture
def storage(open_storage: Open) -> TinyDBStorage:
    return open_storage()


@pytest.fixture
def world(storage: TinyDBStorage) -> WorldStore:
    return storage.open_world("default")


def refuse_while_away(
    data: Path, world: WorldStore, meanwhile: Callable[[], object] = lambda: None
) -> None:
    """Have one save in the log and one refused, as the directory was away."""
    save(world, "x", "1")
    data.rename(data.with_name("away"))
    with pytest.raises(StorageError):
        save(world, "y", "refused")
    meanwhile()
    data.with_name("away").rename(data)


def test_a_reset_that_is_refused_keeps_the_seed_though_files_are_flushed_meanwhile(
    storage: TinyDBStorage, world: WorldStore
) -> None:
    openids = [f"p{number}" for number in range(5)]
    world.replace([(openid, Record({"k": Pair("v", 0)})) for openid in openids])
    storage.flush()
    flushing = Thread(target=storage.flush)

    def clear() -> None:
        with world.deed:
            world.clear()
            flushing.start()

    with mock.patch(APPEND, side_effect=StorageError("full", "")), pytest.raises(StorageError):
        clear()
    flushing.join()
    assert world.openids() == openids
    assert [openid for openid, _ in world.items()] == openids


def test_a_number_that_a_refused_line_had_is_not_given_again(
    open_storage: Open, crash: Crash
) -> None:
    storage = open_storage(sync=True)
    world = storage.open_world("default")
    save(world, "x", "1")
    storage.flush()
    with mock.patch(SYNC, fails(5)), pytest.raises(StorageError):
        save(world, "x", "refused")
    storage.flush()
    save(world, "x", "3")
    assert saved(open_storage(crash())) == {"x": "3"}


def test_a_save_that_could_not_be_undone_yet_comes_into_no_file(
    data: Path, storage: TinyDBStorage, world: WorldStore, open_storage: Open, crash: Crash
) -> None:
    refuse_while_away(data, world, storage.flush)
    storage.flush()
    assert saved(storage) == {"x": "1"}
    assert saved(open_storage(crash())) == {"x": "1"}


def test_a_step_that_went_on_over_that_is_refused_itself(
    data: Path, storage: TinyDBStorage, world: WorldStore, open_storage: Open, crash: Crash
) -> None:
    refuse_while_away(data, world)
    world.go_on()
    save(world, "z", "1")
    with pytest.raises(StorageError):
        world.end()
    assert saved(storage) == {"x": "1"}
    assert saved(open_storage(crash())) == {"x": "1"}


def test_files_of_players_stay_until_the_disk_has_that_their_player_is_forgotten(
    open_storage: Open,
) -> None:
    world = open_storage(sync=True).open_world("default")
    save(world, "x", "1")
    world.files.write("alice", "ttfile://user/x", b"bytes", 1)
    with mock.patch(SYNC, fails(5)), pytest.raises(StorageError):
        world.clear()
    assert list(world.files.entries("alice")) == ["ttfile://user/x"]
    world.clear()
    assert world.files.entries("alice") == {}
