"""Worlds that go from server to server."""

import threading
from collections.abc import Callable

import pytest

from redis_server import RedisServer
from storage.shared.conftest import WORLD, Take, opened
from storage.shared.counting import Counting, put, score
from tt_emulator.errors import Elsewhere, EmulatorError, StorageError
from tt_emulator.fleet import Fleet
from tt_emulator.storage.shared import shared_world
from tt_emulator.storage.shared.shared_storage import SharedStorage
from tt_emulator.storage.shared.shared_world import SharedWorld


def test_a_world_is_alive_in_one_server(first: SharedStorage, other: SharedStorage) -> None:
    store = opened(first)

    with pytest.raises(Elsewhere) as raised:
        other.open_world(WORLD)
    assert (raised.value.url, raised.value.world) == (first.me, WORLD)
    assert first.open_world(WORLD) is store


def test_who_leaves_gives_its_worlds_to_whoever_asks_next(
    store: SharedWorld, first: SharedStorage, other: SharedStorage
) -> None:
    Counting(store).count()
    store.commit("ann", put("1"))

    assert first.hand_over()
    with pytest.raises(Elsewhere) as raised:
        first.open_world(WORLD)
    assert raised.value.url == other.me
    taken = opened(other)
    assert (score(taken, "ann"), Counting(taken).number) == ("1", 1)


def test_who_leaves_knows_of_a_server_that_came_a_moment_ago(
    store: SharedWorld, first: SharedStorage, share: Callable[[], SharedStorage]
) -> None:
    latest = share()

    assert first.hand_over()
    opened(latest)


def test_a_checkpoint_does_not_lose_what_is_written_meanwhile(
    store: SharedWorld, first: SharedStorage, other: SharedStorage, take: Take
) -> None:
    life = Counting(store)

    def write() -> None:
        for number in range(200):
            store.commit(f"p{number % 7}", put(str(number)))
            life.count()

    writing = threading.Thread(target=write)
    writing.start()
    while writing.is_alive():
        store.checkpoint()
    writing.join()

    taken = take(other, first)
    assert [score(taken, f"p{number}") for number in (199 % 7, 198 % 7)] == ["199", "198"]
    assert Counting(taken).number == 200


def test_a_world_that_was_dropped_never_comes_back(
    store: SharedWorld, first: SharedStorage, other: SharedStorage, take: Take
) -> None:
    Counting(store)
    store.commit("ann", put("old"))
    store.files.write("ann", "/a", b"old", 1)
    store.snapshots.put("s", b"{}")
    with store.lock:  # it does nothing meanwhile
        take(other, first)
        other.drop_world(WORLD)
        made = opened(other)
        made.commit("bob", put("new"))
    first._look_once()
    for write in (
        lambda: store.commit("ann", put("older")),
        lambda: store.files.write("ann", "/a", b"older", 1),
        lambda: store.snapshots.put("s", b"[]"),
        store.checkpoint,
        store.release,
        store.drop,
    ):
        with pytest.raises(EmulatorError):
            write()

    assert made.openids() == ["bob"]
    taken = take(first, other)
    assert taken.openids() == ["bob"]
    assert (taken.files.read("ann", "/a"), taken.snapshots.names()) == (None, [])


@pytest.mark.parametrize("look", [True, False], ids=["who looks", "who writes"])
def test_a_world_that_was_dropped_while_its_owner_was_paused_is_not_written_again(
    store: SharedWorld, first: SharedStorage, other: SharedStorage, take: Take, look: bool
) -> None:
    Counting(store)
    store.commit("ann", put("old"))
    with store.lock:  # it does nothing meanwhile
        take(other, first)
        other.drop_world(WORLD)

    if look:
        first._look_once()
    with pytest.raises(EmulatorError):
        store.commit("ann", put("older"))

    assert other.worlds() == []
    assert opened(first).openids() == []


def test_writes_are_greater_than_all_that_came_before(
    store: SharedWorld, first: SharedStorage, other: SharedStorage, take: Take
) -> None:
    seen = [store.writes]
    owners = (first, other)
    for turn in range(3):
        for number in range(3):
            store.commit(f"p{turn}", put(str(number)))
            assert store.writes > seen[-1]
            seen.append(store.writes)
        Counting(store)
        if turn == 1:
            store.checkpoint()
        store = take(owners[(turn + 1) % 2], owners[turn % 2])
        assert store.writes >= seen[-1]


def test_who_comes_at_the_address_of_a_dead_server_has_its_worlds(redis: RedisServer) -> None:
    for instance in ("dead", "new"):
        fleet = Fleet(redis.url, instance=instance, version="1")
        fleet.join("http://server", {})
        storage = SharedStorage(fleet, "http://server")
        store = opened(storage)
        if instance == "dead":
            store.commit("ann", put("1"))
            storage._ending.set()
            fleet.close()

    assert score(store, "ann") == "1"
    storage.close()


def test_a_long_log_begins_anew_with_the_next_owner(
    store: SharedWorld,
    first: SharedStorage,
    other: SharedStorage,
    take: Take,
    redis: RedisServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    life = Counting(store)
    for _ in range(9):
        life.count()
    monkeypatch.setattr(shared_world, "LONG_BYTES", 100)

    assert Counting(take(other, first)).number == 9
    assert redis.ask("XLEN", f"tt:1:{{{WORLD}}}:log") == 0
    assert Counting(take(first, other)).number == 9


def test_a_world_that_was_dropped_is_not_written_again(
    store: SharedWorld, first: SharedStorage
) -> None:
    Counting(store)
    first.drop_world(WORLD)

    store.restore_forgotten()  # by who had looked before

    assert first.worlds() == []


def test_a_world_that_cannot_be_read_can_be_dropped(
    store: SharedWorld, first: SharedStorage, other: SharedStorage, redis: RedisServer
) -> None:
    store.commit("ann", put("1"))
    Counting(store)
    store.release()
    redis.ask("HSET", f"tt:1:{{{WORLD}}}:players", "ann", b"no record")
    with pytest.raises(StorageError, match="cannot be read"):
        other.open_world(WORLD)

    other.drop_world(WORLD)
    assert opened(other).openids() == []


def test_a_hand_over_goes_on_where_a_world_was_taken_over_meanwhile(
    store: SharedWorld, first: SharedStorage, other: SharedStorage, take: Take
) -> None:
    Counting(store)
    first.open_world("another").commit("ann", put("1"))
    take(other, first)

    assert first.hand_over()
    assert other.open_world("another").openids() == ["ann"]


def test_who_is_asked_for_a_world_that_redis_has_forgotten_waits_for_its_owner(
    redis: RedisServer, first: SharedStorage, other: SharedStorage
) -> None:
    opened(first).commit("ann", put("1"))
    redis.ask("FLUSHALL")

    other.before_opening(WORLD)

    with pytest.raises(Elsewhere) as found:
        other.open_world(WORLD)
    assert found.value.url == first.me
