"""The contract of `domain.user_files`, over every implementation."""

from collections.abc import Callable, Iterator

import pytest

from tt_emulator.domain.record import Change, Pair, Record
from tt_emulator.domain.store import Storage, WorldStore
from tt_emulator.domain.user_files import Entry
from tt_emulator.errors import WorldDropped
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage
from tt_emulator.storage.memory import MemoryStorage

ODD = ["a", "con.txt", "Ä/ö.bin", "A", "..b", "x" * 500, 'q"\\:*?<>|', "snow ☃/🎮"]


@pytest.fixture(params=["memory", "disk", "shared"])
def storage(request: pytest.FixtureRequest, tmp_path) -> Iterator[Storage]:
    if request.param == "memory":
        opened: Storage = MemoryStorage()
    elif request.param == "disk":
        opened = TinyDBStorage(tmp_path / "data")
    else:
        opened = request.getfixturevalue("share")()
    yield opened
    opened.close()


@pytest.fixture
def world(storage: Storage) -> WorldStore:
    return storage.open_world("w")


def test_what_was_written_is_read_and_listed(world):
    world.files.write("alice", "a/b.txt", b"\0text\xff", 7)

    assert world.files.read("alice", "a/b.txt") == b"\0text\xff"
    assert world.files.entries("alice") == {"a/b.txt": Entry(7, 6)}


def test_a_file_takes_the_place_of_another(world):
    world.files.write("alice", "a", b"first", 1, saved=True)
    world.files.write("alice", "a", b"2", 2)

    assert world.files.read("alice", "a") == b"2"
    assert world.files.entries("alice") == {"a": Entry(2, 1)}


def test_players_and_worlds_have_files_of_their_own(storage):
    storage.open_world("w").files.write("alice", "a", b"1", 1)

    assert storage.open_world("w").files.read("bob", "a") is None
    assert storage.open_world("v").files.entries("alice") == {}


@pytest.mark.parametrize("path", ODD)
def test_any_name_can_be_a_file_s(world, path):
    for other in ODD:
        world.files.write("alice", other, other.encode(), 1)

    assert world.files.read("alice", path) == path.encode()


@pytest.mark.parametrize("openid", ["Alice", "alice", "a/../b", "con", "☃", "x" * 128])
def test_any_openid_can_have_files(world, openid):
    for other in ("alice", "Alice"):
        world.files.write(other, "whose", other.encode(), 1)
    world.files.write(openid, "whose", openid.encode(), 1)

    assert world.files.read(openid, "whose") == openid.encode()


def test_folders_are_made_and_removed(world):
    world.files.make_folders("alice", ["a", "a/b"], 3)
    assert world.files.entries("alice") == {"a": Entry(3), "a/b": Entry(3)}

    world.files.remove("alice", ["a/b", "a"])
    assert world.files.entries("alice") == {}


def test_what_is_removed_cannot_be_read(world):
    world.files.write("alice", "a", b"1", 1)
    world.files.remove("alice", ["a"])

    assert world.files.read("alice", "a") is None


def test_a_folder_moves_with_what_is_in_it_over_what_was_there(world):
    world.files.make_folders("alice", ["old"], 1)
    world.files.write("alice", "old/x", b"new", 2, saved=True)
    world.files.write("alice", "new/x", b"overwritten", 1)
    world.files.move("alice", {"old": "new", "old/x": "new/x"})

    assert world.files.entries("alice") == {"new": Entry(1), "new/x": Entry(2, 3, saved=True)}
    assert world.files.read("alice", "new/x") == b"new"
    assert world.files.read("alice", "old/x") is None


def forget_player(storage: Storage, world: WorldStore) -> None:
    world.delete("alice")


def clear(storage: Storage, world: WorldStore) -> None:
    world.clear()


def replace(storage: Storage, world: WorldStore) -> None:
    world.replace([("bob", Record({"k": Pair("v", 1)}))])


def drop(storage: Storage, world: WorldStore) -> None:
    storage.drop_world("w")


@pytest.mark.parametrize("known", [False, True], ids=["who has files alone", "who is stored"])
@pytest.mark.parametrize("end", [forget_player, clear, replace, drop])
def test_files_go_with_their_player_and_their_world(
    storage, world, end: Callable[[Storage, WorldStore], None], known
):
    world.files.write("alice", "a", b"1", 1)
    if known:
        world.commit("alice", Change({"k": Pair("v", 1)}))
    end(storage, world)

    assert world.files.entries("alice") == {}
    assert storage.open_world("w").files.entries("alice") == {}
    assert storage.open_world("w").files.read("alice", "a") is None


def test_files_stay_where_a_replacement_keeps_them(storage, world):
    world.files.write("alice", "a", b"1", 1)
    world.replace([("bob", Record({"k": Pair("v", 1)}))], keeps_files=True)

    assert world.openids() == ["bob"]
    assert world.files.read("alice", "a") == b"1"
    assert world.files.forgotten == 0


def test_another_player_s_files_stay_when_one_goes(world):
    world.files.write("alice", "a", b"1", 1)
    world.files.write("bob", "a", b"2", 1)
    world.delete("alice")

    assert world.files.read("bob", "a") == b"2"


def test_a_dropped_world_takes_no_files(storage, world):
    storage.drop_world("w")

    with pytest.raises(WorldDropped):
        world.files.write("alice", "a", b"1", 1)
