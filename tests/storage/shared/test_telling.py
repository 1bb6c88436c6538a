"""What an owner tells of its world, and who tells of worlds by it."""

from collections.abc import Callable

import pytest

from redis_server import RedisServer
from storage.shared.conftest import WORLD, Take, opened
from storage.shared.counting import Counting, put
from tt_emulator.domain.brief import AtRest, Brief
from tt_emulator.storage.shared.shared_storage import SharedStorage
from tt_emulator.storage.shared.shared_world import SharedWorld

LATE_MS = 9_000_000_000_000
OWN = f"tt:1:{{{WORLD}}}:own"


@pytest.fixture
def life(store: SharedWorld) -> Counting:
    return Counting(store)


def elsewhere(storage: SharedStorage) -> list[str]:
    return [each.url for each in storage.survey().elsewhere]


def resting(storage: SharedStorage) -> AtRest | None:
    found = storage.survey().at_rest
    return found[0] if found else None


def kill(server: SharedStorage, redis: RedisServer, number: int) -> None:
    server._fleet.close()
    redis.ask("PEXPIRE", f"tt:1:beat:server-{number}", 0)  # as five seconds would


def test_who_asks_is_told_where_a_world_is_and_opens_none(
    life: Counting, first: SharedStorage, other: SharedStorage
) -> None:
    life.count()

    assert elsewhere(other) == [first.me]
    assert first.survey() == ([], [], [])
    assert (resting(other), other._worlds) == (None, {})


def test_a_world_that_was_left_is_told_of_as_it_was_at_the_end(
    store: SharedWorld, life: Counting, first: SharedStorage, other: SharedStorage
) -> None:
    store.commit("ann", put("1"))
    life.count()
    store.set_meta({"a": 1})  # which is no player
    life.used_ms = LATE_MS
    assert first.hand_over()

    assert resting(other) == AtRest(WORLD, "tt", store.epoch + 1, LATE_MS, Brief(1, 1))
    assert opened(other).used_at_ms == LATE_MS


def test_a_world_whose_owner_died_is_told_of_as_it_was_at_the_last_look(
    life: Counting, first: SharedStorage, other: SharedStorage, redis: RedisServer
) -> None:
    life.count()
    life.used_ms = LATE_MS
    first._look_once()
    kill(first, redis, 1)

    world = resting(other)
    assert world is not None
    assert (world.used_at_ms, world.brief) == (LATE_MS, Brief(0, 1))


def test_one_that_was_written_to_since_then_has_to_be_read(
    life: Counting, first: SharedStorage, other: SharedStorage, redis: RedisServer
) -> None:
    first._look_once()
    life.count()
    kill(first, redis, 1)

    assert other.survey() == ([], [], ["w"])
    assert Counting(opened(other)).number == 1


def test_what_is_not_written_yet_is_not_told(
    store: SharedWorld,
    life: Counting,
    first: SharedStorage,
    other: SharedStorage,
    redis: RedisServer,
) -> None:
    life.count()
    first._look_once()
    store.begin()
    store.deed.moved["number"] = lambda: None  # type: ignore[index]
    settle = store.end()
    life.number = 2
    first._look_once()
    kill(first, redis, 1)

    assert settle is not None
    assert resting(other) is not None
    assert resting(other).brief == Brief(0, 1)  # type: ignore[union-attr]


def test_a_use_that_writes_nothing_is_told(life: Counting, first: SharedStorage) -> None:
    first._look_once()
    life.used_ms = LATE_MS
    first._look_once()

    (found,) = first._fleet.survey()
    assert found.used_at_ms == LATE_MS


def test_what_has_not_changed_is_not_told_again(
    life: Counting, first: SharedStorage, redis: RedisServer
) -> None:
    life.count()
    first._look_once()
    redis.ask("HSET", OWN, "brief", "mine")

    first._look_once()

    assert redis.ask("HGET", OWN, "brief") == b"mine"


def test_a_world_that_redis_had_forgotten_is_told_of_again(
    life: Counting, first: SharedStorage, redis: RedisServer
) -> None:
    life.count()
    first._look_once()
    redis.ask("DEL", OWN)

    first._look_once()

    assert redis.ask("HGET", OWN, "brief") is not None


def test_what_a_newer_version_tells_otherwise_has_to_be_read(
    life: Counting, first: SharedStorage, other: SharedStorage, redis: RedisServer
) -> None:
    assert first.hand_over()
    assert resting(other) is not None

    redis.ask("HSET", OWN, "brief", '{"players":"many"}')

    assert other.survey() == ([], [], ["w"])


def test_who_has_lost_a_world_and_does_not_know_it_yet_says_who_has_it(
    life: Counting, first: SharedStorage, other: SharedStorage, take: Take
) -> None:
    take(other, first)

    assert elsewhere(first) == [other.me]


def test_a_world_goes_that_nobody_has(
    store: SharedWorld, life: Counting, first: SharedStorage, other: SharedStorage
) -> None:
    store.commit("ann", put("1"))
    assert first.hand_over()
    world = resting(other)
    assert world is not None

    assert other.drop_at_rest(world)

    assert other.worlds() == []
    assert opened(other).openids() == []


def test_a_world_stays_that_was_claimed_after_somebody_looked(
    store: SharedWorld,
    life: Counting,
    first: SharedStorage,
    other: SharedStorage,
    share: Callable[[], SharedStorage],
) -> None:
    store.commit("ann", put("1"))
    third = share()
    assert first.hand_over()
    world = resting(other)
    assert world is not None
    opened(third)

    assert not other.drop_at_rest(world)
    assert opened(third).openids() == ["ann"]
