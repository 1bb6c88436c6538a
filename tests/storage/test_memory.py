from emulator.storage.base import Change, Pair
from emulator.storage.memory import MemoryStorage


def test_two_storages_share_nothing() -> None:
    one, other = MemoryStorage(), MemoryStorage()
    one.open_world("default").commit("alice", Change({"score": Pair("1", 1)}))
    assert other.worlds() == []
    assert other.open_world("default").openids() == []


def test_nothing_is_ever_set_aside() -> None:
    assert MemoryStorage().set_aside() == []
