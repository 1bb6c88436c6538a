"""While lines are on their way to Redis the next steps of the world go on."""

import threading
from collections.abc import Callable
from select import select

import pytest

from fleet.joining import reach
from redis_server import RedisServer
from storage.shared.conftest import WORLD, Take, opened
from storage.shared.counting import Counting, put, score
from tt_emulator.domain.model import Settle, Settling
from tt_emulator.errors import Elsewhere, StorageError
from tt_emulator.fleet import outage
from tt_emulator.storage.shared.shared_storage import SharedStorage
from tt_emulator.storage.shared.shared_world import SharedWorld

LOG = f"tt:1:{{{WORLD}}}:log"


def nobody() -> None:
    """Wakes nobody."""


def saved(store: SharedWorld, value: str) -> Settle:
    """A write that waits for Redis."""
    store.begin()
    store.commit("ann", put(value))
    settle = store.end()
    assert settle is not None
    return settle


def begun(settle: Settle, wake: Callable[[], object] = nobody) -> Settling:
    assert settle.begin is not None
    settling = settle.begin(wake)
    assert settling is not None
    return settling


def test_it_is_heard_of_without_waiting(store: SharedWorld, redis: RedisServer) -> None:
    settle = saved(store, "1")

    settling = begun(settle)

    assert settling.ear is not None
    assert select([settling.ear], [], [], 20)[0]
    settling.finish()
    assert (redis.ask("XLEN", LOG), settle.refused) == (1, None)


def test_what_comes_meanwhile_waits_for_itself(store: SharedWorld, redis: RedisServer) -> None:
    life = Counting(store)
    life.number = 1
    first = saved(store, "1")
    under_way = begun(first)
    life.number = 2
    second = saved(store, "2")

    under_way.finish()

    assert first is not second
    assert (redis.ask("XLEN", LOG), life.shown) == (1, 1)
    begun(second).finish()
    assert (redis.ask("XLEN", LOG), life.shown, score(store, "ann")) == (2, 2, "2")


def test_whoever_else_learns_of_it_wakes_who_waits(store: SharedWorld) -> None:
    woken: list[str] = []
    settle = saved(store, "1")
    begun(settle, lambda: woken.append("woken"))

    def look() -> None:
        with store.deed:
            pass

    looking = threading.Thread(target=look)
    looking.start()
    looking.join()

    assert (woken, settle.refused) == (["woken"], None)
    assert store.unsettled is None


def test_what_is_settled_already_is_not_begun(store: SharedWorld) -> None:
    settle = saved(store, "1")
    settle.settle()

    assert settle.begin is not None
    assert settle.begin(nobody) is None


def test_what_follows_a_refused_line_is_refused_too(store: SharedWorld, redis: RedisServer) -> None:
    store.commit("ann", put("0"))
    redis.ask("CONFIG", "SET", "maxmemory", 1)
    try:
        first = saved(store, "1")
        under_way = begun(first)
        second = saved(store, "2")
        under_way.finish()
    finally:
        redis.ask("CONFIG", "SET", "maxmemory", 0)

    assert second.begin is not None
    assert second.begin(nobody) is None
    assert isinstance(first.refused, StorageError)
    assert isinstance(second.refused, StorageError)
    assert score(store, "ann") == "0"
    store.commit("ann", put("3"))
    assert redis.ask("XLEN", LOG) == 2


def test_who_has_lost_the_world_meanwhile_tells_where_it_is(
    store: SharedWorld, first: SharedStorage, other: SharedStorage, take: Take
) -> None:
    store.commit("ann", put("0"))
    earlier = saved(store, "1")
    later: list[Settle] = []
    taken = take(other, first)
    under_way = begun(earlier)
    later.append(saved(store, "2"))
    under_way.finish()
    begin = later[0].begin
    assert begin is not None
    if (rest := begin(nobody)) is not None:
        rest.finish()

    assert isinstance(earlier.refused, Elsewhere)
    assert isinstance(later[0].refused, Elsewhere)
    assert score(taken, "ann") == "0"


def test_what_was_written_before_the_world_was_lost_stands(
    store: SharedWorld, first: SharedStorage, other: SharedStorage, take: Take
) -> None:
    settle = saved(store, "1")
    under_way = begun(settle)
    assert select([under_way.ear], [], [], 20)[0]

    taken = take(other, first)
    first._look_once()
    under_way.finish()

    assert (settle.refused, score(taken, "ann")) == (None, "1")


@pytest.mark.parametrize("told_by", ["its end", "a look"])
def test_what_redis_forgets_meanwhile_is_written_again(
    store: SharedWorld,
    first: SharedStorage,
    other: SharedStorage,
    take: Take,
    redis: RedisServer,
    told_by: str,
) -> None:
    Counting(store)
    store.commit("ann", put("0"))
    redis.ask("FLUSHALL")
    redis.ask("SET", "tt:1:marker", "1")
    settle = saved(store, "1")
    under_way = begun(settle)
    later = saved(store, "2")
    if told_by == "a look":
        first._look_once()
    under_way.finish()
    later.settle()

    assert (settle.refused, later.refused) == (None, None)
    assert score(take(other, first), "ann") == "2"


def test_what_redis_does_not_answer_is_given_up_in_time(
    share_own: Callable[[], SharedStorage],
    own_redis: RedisServer,
    take: Take,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outage, "PATIENCE_S", 0.3)
    storage = share_own()
    store = opened(storage)
    store.commit("ann", put("0"))
    own_redis.kill()
    settle = saved(store, "1")
    begun(settle).finish()
    assert isinstance(settle.refused, StorageError)

    own_redis.start()
    reach(storage._fleet)
    store.keep_up()
    assert score(take(share_own(), storage), "ann") == "1"


def test_who_settles_before_a_look_waits_for_what_is_under_way(
    store: SharedWorld, first: SharedStorage, redis: RedisServer
) -> None:
    store.commit("ann", put("0"))
    redis.ask("CONFIG", "SET", "maxmemory", 1)
    try:
        settle = saved(store, "1")
        under_way = begun(settle)
        first.settle()  # what each request of the control plane does before it looks
        seen = score(store, "ann")
        under_way.finish()
    finally:
        redis.ask("CONFIG", "SET", "maxmemory", 0)
    assert isinstance(settle.refused, StorageError)
    assert score(store, "ann") == "0"
    assert seen == "0"


def ended(store: SharedWorld, value: str) -> Settle:
    """A call that goes on after a fault has held it."""
    store.go_on()
    store.commit("ann", put(value))
    settle = store.end()
    assert settle is not None
    return settle


def away(store: SharedWorld, storage: SharedStorage, redis: RedisServer) -> None:
    """Redis was away for a while, and is there again."""
    redis.kill()
    settle = saved(store, "away")
    begun(settle).finish()
    assert isinstance(settle.refused, StorageError)
    redis.start()
    reach(storage._fleet)


def test_after_an_outage_nothing_is_shown_too_early(
    share_own: Callable[[], SharedStorage],
    own_redis: RedisServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outage, "PATIENCE_S", 0.3)
    storage = share_own()
    store = opened(storage)
    life = Counting(store)
    store.commit("ann", put("0"))
    away(store, storage, own_redis)
    life.number = 1
    under_way = begun(ended(store, "1"))
    life.number = 2
    ended(store, "2")
    store.begin()  # another call comes
    store.end()
    shown = life.shown
    under_way.finish()
    assert (shown, life.shown) == (2, 2)
