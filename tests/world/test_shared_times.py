"""In a world that goes from computer to computer no write is dated earlier than one before it."""

from collections.abc import Callable

import pytest

from harness import OPTIONS
from redis_server import RedisServer
from shared_bench import Share, SharedBench

BEHIND_MS = 90_000
BOARD = OPTIONS["getImRankData"]


@pytest.fixture
def owner(share: Share) -> SharedBench:
    return SharedBench(share())


@pytest.fixture
def behind(owner: SharedBench, share: Share) -> SharedBench:
    """The next server, whose computer's clock is behind."""
    bench = SharedBench(share())
    bench.clock.ms = owner.clock.ms - BEHIND_MS
    return bench


def score(bench: SharedBench, player: str) -> None:
    bench.call("setImRankData", {"dataType": 0, "value": "7"}, player=player)


def ranked(bench: SharedBench) -> list[str]:
    board = bench.call("getImRankData", BOARD, player="looker")["data"]
    return [item["openid"] for item in board["items"]]


def received_ms(bench: SharedBench) -> list[int]:
    return [each.received_ms for each in bench.world.journal.find()]


def test_who_was_first_with_a_score_stays_first(owner: SharedBench, behind: SharedBench) -> None:
    score(owner, "zoe")
    behind.takes_over("default", owner)
    score(behind, "ann")

    assert ranked(behind) == ["zoe", "ann"]
    assert received_ms(behind) == sorted(received_ms(behind))


def test_time_goes_on_when_the_clock_has_come_so_far(
    owner: SharedBench, behind: SharedBench
) -> None:
    score(owner, "zoe")
    then_ms = owner.clock.ms
    behind.takes_over("default", owner)
    behind.clock.ms += BEHIND_MS
    score(behind, "ann")
    behind.clock.ms += 5
    score(behind, "bob")

    assert received_ms(behind) == [then_ms, then_ms, then_ms + 5]


def by_checkpoint(owner: SharedBench, redis: RedisServer) -> None:
    owner.world.store.checkpoint()  # type: ignore[attr-defined]


def by_clear(owner: SharedBench, redis: RedisServer) -> None:
    owner.world.journal.clear()
    owner.world.store.checkpoint()  # type: ignore[attr-defined]


def by_release(owner: SharedBench, redis: RedisServer) -> None:
    owner.world.store.release()  # type: ignore[attr-defined]


def by_writing_again(owner: SharedBench, redis: RedisServer) -> None:
    redis.ask("DEL", "tt:1:{default}:own")
    owner.shared._look_once()


def by_nothing(owner: SharedBench, redis: RedisServer) -> None:
    """Its lines are all there is."""


@pytest.mark.parametrize(
    "leaves", [by_nothing, by_checkpoint, by_clear, by_release, by_writing_again]
)
def test_the_time_that_was_reached_is_known_however_the_owner_has_left_the_world(
    owner: SharedBench,
    behind: SharedBench,
    redis: RedisServer,
    leaves: Callable[[SharedBench, RedisServer], None],
) -> None:
    score(owner, "zoe")
    leaves(owner, redis)
    behind.takes_over("default", owner)
    score(behind, "ann")

    assert received_ms(behind)[-1] == owner.clock.ms
    assert ranked(behind) == ["zoe", "ann"]


def test_a_third_owner_goes_by_the_latest_time_of_all(
    owner: SharedBench, behind: SharedBench, share: Share
) -> None:
    third = SharedBench(share())
    third.clock.ms = owner.clock.ms - 2 * BEHIND_MS
    score(owner, "zoe")
    behind.takes_over("default", owner)
    third.takes_over("default", behind)
    score(third, "ann")

    assert ranked(third) == ["zoe", "ann"]


def test_an_owner_whose_clock_is_put_back_dates_nothing_earlier(owner: SharedBench) -> None:
    score(owner, "zoe")
    owner.clock.ms -= BEHIND_MS
    score(owner, "ann")

    assert ranked(owner) == ["zoe", "ann"]


def test_worlds_know_nothing_of_each_others_times(owner: SharedBench, behind: SharedBench) -> None:
    owner.save({"a": "1"}, world="w")
    behind.save({"a": "1"}, world="other")

    (call,) = behind.engine.worlds.open("other").journal.find()
    assert call.received_ms == behind.clock.ms


def test_a_tester_moves_the_clock_of_a_world_back_and_it_goes_on_from_there(
    owner: SharedBench, behind: SharedBench
) -> None:
    score(owner, "zoe")
    behind.takes_over("default", owner)
    behind.world.move_clock({"advance_s": -3600})
    score(behind, "ann")

    assert ranked(behind) == ["ann", "zoe"]
    hour_ago_ms = owner.clock.ms - 3_600_000
    assert behind.world.clock.now_ms() == hour_ago_ms
    owner.takes_over("default", behind)
    owner.clock.ms += 7
    assert owner.world.clock.now_ms() == hour_ago_ms + 7


def test_a_clock_that_a_tester_has_stopped_stands_where_it_was_put(
    owner: SharedBench, behind: SharedBench
) -> None:
    score(owner, "zoe")
    owner.world.move_clock({"set": 1_000, "freeze": True})
    behind.takes_over("default", owner)
    score(behind, "ann")

    assert behind.world.clock.now_ms() == 1_000
    assert ranked(behind) == ["ann", "zoe"]
