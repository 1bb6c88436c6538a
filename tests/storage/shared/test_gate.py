"""Nobody hears of a step that Redis has not taken from the world's owner."""

from collections.abc import Callable
from time import monotonic
from unittest import mock

import pytest

from fleet.joining import reach
from redis_server import RedisServer
from storage.shared.conftest import WORLD, Take, opened
from storage.shared.counting import Counting, put, score
from tt_emulator.errors import Elsewhere, StorageError
from tt_emulator.fleet import Away, Full, fleet, outage
from tt_emulator.storage.shared.shared_storage import SharedStorage
from tt_emulator.storage.shared.shared_world import SharedWorld

LOG = f"tt:1:{{{WORLD}}}:log"


def step(store: SharedWorld, value: str) -> None:
    """A write that is not settled yet."""
    store.begin()
    store.commit("ann", put(value))
    assert store.end() is store.unsettled


def test_nobody_is_told_before_redis_has_the_line(store: SharedWorld, redis: RedisServer) -> None:
    life = Counting(store)
    store.begin()
    life.number += 1
    store.commit("ann", put("1"))
    settle = store.end()

    assert settle is not None
    assert (redis.ask("XLEN", LOG), life.shown) == (0, 0)
    settle.settle()
    assert (redis.ask("XLEN", LOG), life.shown, settle.refused) == (1, 1, None)


def test_steps_that_wait_together_are_written_together(
    store: SharedWorld, redis: RedisServer
) -> None:
    step(store, "1")
    settle = store.unsettled
    step(store, "2")

    assert store.unsettled is settle is not None
    settle.settle()
    assert redis.ask("XLEN", LOG) == 2
    assert store.unsettled is None


def test_who_has_lost_the_world_tells_where_it_is(
    store: SharedWorld, first: SharedStorage, other: SharedStorage, take: Take
) -> None:
    store.commit("ann", put("1"))
    told: list[str] = []
    first.when_lost(told.append)
    step(store, "2")
    settle = store.unsettled
    taken = take(other, first)

    assert settle is not None
    settle.settle()
    assert isinstance(settle.refused, Elsewhere)
    assert settle.refused.url == other.me
    assert told == [WORLD]
    for ask in (lambda: store.commit("ann", put("3")), store.deed.__enter__, store.begin):
        with pytest.raises(Elsewhere):
            ask()
    assert score(taken, "ann") == "1"
    with pytest.raises(Elsewhere):
        first.open_world(WORLD)


def test_what_is_only_looked_at_is_fenced_as_well(
    store: SharedWorld, first: SharedStorage, other: SharedStorage, take: Take
) -> None:
    take(other, first)

    with pytest.raises(Elsewhere), store.deed:
        pass


def test_a_full_redis_changes_nothing_and_takes_the_next_write(
    store: SharedWorld,
    first: SharedStorage,
    other: SharedStorage,
    take: Take,
    redis: RedisServer,
) -> None:
    life = Counting(store)
    store.commit("ann", put("1"))
    life.count()
    redis.ask("CONFIG", "SET", "maxmemory", "1")
    try:
        for write in (lambda: store.commit("ann", put("2")), life.count):
            with pytest.raises(Full):
                write()
        assert (score(store, "ann"), life.number) == ("1", 1)
    finally:
        redis.ask("CONFIG", "SET", "maxmemory", "0")
    store.commit("ann", put("3"))
    life.count()

    taken = take(other, first)
    assert (score(taken, "ann"), Counting(taken).number) == ("3", 2)


@pytest.fixture
def away(
    share_own: Callable[[], SharedStorage],
    own_redis: RedisServer,
    monkeypatch: pytest.MonkeyPatch,
) -> SharedStorage:
    """A server that has written 1 into the world, and 2 when Redis was away."""
    monkeypatch.setattr(outage, "PATIENCE_S", 0.5)
    storage = share_own()
    store = opened(storage)
    Counting(store)
    store.commit("ann", put("1"))
    own_redis.kill()
    step(store, "2")
    settle = store.unsettled
    assert settle is not None
    settle.settle()
    assert isinstance(settle.refused, Away)
    return storage


def test_while_redis_is_away_all_is_refused_at_once(away: SharedStorage) -> None:
    store = opened(away)
    begun_s = monotonic()
    for ask in (lambda: store.commit("ann", put("3")), store.deed.__enter__, store.begin):
        with pytest.raises(StorageError):
            ask()

    assert monotonic() - begun_s < 10 * outage.SHORT_PATIENCE_S
    assert away.trouble()


def test_what_redis_could_not_take_is_written_when_it_is_back(
    away: SharedStorage,
    share_own: Callable[[], SharedStorage],
    own_redis: RedisServer,
    take: Take,
) -> None:
    own_redis.start()
    reach(away._fleet)
    store = opened(away)
    store.keep_up()
    assert score(store, "ann") == "2"
    store.commit("bob", put("3"))

    taken = take(share_own(), away)
    assert (score(taken, "ann"), score(taken, "bob")) == ("2", "3")


def test_what_redis_could_not_take_is_lost_to_who_takes_the_world_over(
    away: SharedStorage,
    share_own: Callable[[], SharedStorage],
    own_redis: RedisServer,
    take: Take,
) -> None:
    store = opened(away)
    with store.lock:  # it does nothing meanwhile
        own_redis.start()
        other = share_own()
        taken = take(other, away)
        taken.commit("bob", put("3"))
    reach(away._fleet)
    with pytest.raises(Elsewhere):
        store.commit("ann", put("4"))

    assert (score(taken, "ann"), score(taken, "bob")) == ("1", "3")


@pytest.mark.parametrize("told_by", ["a write", "a look"])
def test_what_redis_has_forgotten_is_written_again(
    store: SharedWorld,
    first: SharedStorage,
    other: SharedStorage,
    take: Take,
    redis: RedisServer,
    told_by: str,
) -> None:
    life = Counting(store)
    for number in range(3):
        store.commit(f"p{number}", put(str(number)))
    life.count()
    store.set_meta({"x": 1})
    redis.ask("FLUSHALL")
    redis.ask("SET", "tt:1:marker", "1")
    if told_by == "a write":
        store.commit("p0", put("9"))
    else:
        first._look_once()

    taken = take(other, first)
    found = [score(taken, f"p{number}") for number in range(3)]
    assert found == ["9" if told_by == "a write" else "0", "1", "2"]
    assert (Counting(taken).number, taken.meta()) == (1, {"x": 1})
    with pytest.raises(Elsewhere):
        store.commit("p0", put("10"))


@pytest.mark.parametrize("told_by", ["a write", "a look"])
def test_a_world_that_could_not_be_written_again_whole_is_begun_anew(
    store: SharedWorld,
    first: SharedStorage,
    other: SharedStorage,
    take: Take,
    redis: RedisServer,
    told_by: str,
) -> None:
    Counting(store)
    for number in range(3):
        store.commit(f"p{number}", put(str(number)))
    redis.ask("FLUSHALL")
    redis.ask("SET", "tt:1:marker", "1")
    no_room = Full("Redis has no memory left.")
    with mock.patch.object(fleet, "image", side_effect=no_room), pytest.raises(Full):
        store.commit("p0", put("9"))

    if told_by == "a write":
        store.commit("p1", put("8"))
    else:
        first._look_once()

    taken = take(other, first)
    assert score(taken, "p0") == "0"
    assert score(taken, "p1") == ("8" if told_by == "a write" else "1")
    assert score(taken, "p2") == "2"


def test_who_looks_sees_nothing_that_redis_has_not(store: SharedWorld, redis: RedisServer) -> None:
    store.begin()
    store.commit("ann", put("1"))
    settle = store.end()
    assert (settle is not None, redis.ask("XLEN", f"tt:1:{{{WORLD}}}:log")) == (True, 0)

    with store.deed:
        assert redis.ask("XLEN", f"tt:1:{{{WORLD}}}:log") == 1


def test_who_looks_while_a_call_waits_is_told_that_the_world_is_elsewhere(
    store: SharedWorld, first: SharedStorage, other: SharedStorage, take: Take
) -> None:
    store.begin()
    store.commit("ann", put("1"))
    settle = store.end()
    take(other, first)

    with pytest.raises(Elsewhere), store.deed:
        pass
    assert settle is not None
    assert isinstance(settle.refused, Elsewhere)
