import pytest

from tt_emulator.domain.record import Change, Pair
from tt_emulator.domain.store import nothing
from tt_emulator.errors import StorageError
from tt_emulator.storage.blobs import ENTRY_BYTES, MemoryBlobs, Room
from tt_emulator.storage.memory import MemoryStorage


def test_two_storages_share_nothing() -> None:
    one, other = MemoryStorage(), MemoryStorage()
    one.open_world("default").commit("alice", Change({"score": Pair("1", 1)}))
    assert other.worlds() == []
    assert other.open_world("default").openids() == []


def test_nothing_is_ever_set_aside() -> None:
    storage = MemoryStorage()
    assert (storage.set_aside(), storage.edited(), storage.trouble()) == ([], [], None)


class TestTheSnapshotsOfAllWorlds:
    """Of which three fit, with names and all."""

    TEXT = b"x" * 10_000

    @pytest.fixture
    def room(self) -> Room:
        return Room(3 * (len(self.TEXT) + ENTRY_BYTES))

    @pytest.fixture
    def full(self, room: Room) -> list[MemoryBlobs]:
        both = [MemoryBlobs(room), MemoryBlobs(room)]
        for blobs, name in zip([*both, both[0]], "abc", strict=True):
            blobs.put(name, self.TEXT)
        return both

    def test_have_a_bound_together_and_one_too_many_is_refused_in_words(
        self, full: list[MemoryBlobs]
    ) -> None:
        for blobs in full:
            with pytest.raises(StorageError, match="of all worlds") as caught:
                blobs.put("d", b"")
            assert "--data" in caught.value.hint
        assert [blobs.names() for blobs in full] == [["a", "c"], ["b"]]

    def test_leave_their_room_to_what_takes_their_place(self, full: list[MemoryBlobs]) -> None:
        full[0].put("a", self.TEXT[::-1])
        with pytest.raises(StorageError):
            full[0].put("a", self.TEXT + b"x")
        assert full[0].get("a") == self.TEXT[::-1]

    def test_leave_their_room_when_they_are_deleted(self, full: list[MemoryBlobs]) -> None:
        full[0].delete("a")
        full[0].delete("a")
        full[1].put("d", self.TEXT)
        with pytest.raises(StorageError):
            full[1].put("e", b"")

    def test_leave_their_room_when_their_world_is_dropped(self, full: list[MemoryBlobs]) -> None:
        full[0].clear()
        for name in ("d", "e"):
            full[1].put(name, self.TEXT)
        with pytest.raises(StorageError):
            full[1].put("f", b"")

    def test_are_bounded_over_the_worlds_of_one_storage(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tt_emulator.storage.memory.Room", lambda: Room(25_000))
        storage = MemoryStorage()
        for name in ("one", "two"):
            storage.open_world(name).snapshots.put("a", self.TEXT)
        with pytest.raises(StorageError):
            storage.open_world("three").snapshots.put("a", self.TEXT)
        storage.drop_world("one")
        storage.open_world("three").snapshots.put("a", self.TEXT)


def test_blobs_alone_ask_nobody() -> None:
    MemoryBlobs(Room(), nothing).put("a", b"{}")
