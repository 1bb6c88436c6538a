"""Who owns a world."""

import pytest

from fleet.joining import Join
from redis_server import RedisServer
from tt_emulator.errors import Elsewhere, StorageError
from tt_emulator.fleet import Claim, Fenced, Fleet, Forgotten, News, Owner


def test_a_new_world_is_made_for_its_platform(fleet: Fleet) -> None:
    claim = fleet.claim("w", "wx")

    assert (claim.last, claim.platform, claim.is_new) == (0, "wx", True)
    assert fleet.owner("w") == Owner("server-1", "http://server-1")
    assert fleet.worlds() == ["w"]


def test_who_lives_keeps_its_world(fleet: Fleet, other: Fleet) -> None:
    fleet.claim("w", "tt")

    with pytest.raises(Elsewhere) as refused:
        other.claim("w", "tt")

    assert refused.value.url == "http://server-1"
    assert refused.value.world == "w"
    assert other.is_alive("http://server-1")


def test_a_suspect_loses_its_world(fleet: Fleet, other: Fleet) -> None:
    mine = fleet.claim("w", "tt")
    fleet.append("w", mine.epoch, 0, [b"one"])

    theirs = other.claim("w", "wx", suspect="server-1")

    assert theirs == Claim(mine.epoch + 1, 1, "tt", False, used_at_ms=mine.used_at_ms)
    with pytest.raises(Fenced):
        fleet.append("w", mine.epoch, 1, [b"two"])
    assert fleet.lost_worlds({"w": mine.epoch}) == (["w"], [])


def test_only_the_suspect_named_loses_it(fleet: Fleet, other: Fleet) -> None:
    fleet.claim("w", "tt")

    with pytest.raises(Elsewhere):
        other.claim("w", "tt", suspect="server-7")


def test_who_has_left_loses_it(fleet: Fleet, other: Fleet) -> None:
    mine = fleet.claim("w", "tt")
    fleet.leave()

    assert other.claim("w", "tt").epoch == mine.epoch + 1


def test_who_beats_no_more_loses_it(redis: RedisServer, fleet: Fleet, other: Fleet) -> None:
    mine = fleet.claim("w", "tt")
    fleet.close()
    redis.ask("PEXPIRE", "tt:1:beat:server-1", 0)  # as five seconds would

    assert other.claim("w", "tt").epoch == mine.epoch + 1


def test_a_released_world_is_anybodys(fleet: Fleet, other: Fleet) -> None:
    mine = fleet.claim("w", "tt")

    fleet.release("w", News(mine.epoch, 0))
    fleet.release("w", News(mine.epoch, 0))  # as after a lost reply

    assert fleet.owner("w") is None
    with pytest.raises(Fenced):
        fleet.append("w", mine.epoch, 0, [b"late"])
    theirs = other.claim("w", "tt")
    assert theirs.epoch > mine.epoch
    with pytest.raises(Fenced):
        fleet.release("w", News(mine.epoch, 0))
    assert other.owner("w") == Owner("server-2", "http://server-2")


def test_claiming_again_fences_what_is_under_way(fleet: Fleet) -> None:
    before = fleet.claim("w", "tt")

    again = fleet.claim("w", "tt")

    assert again == Claim(before.epoch + 1, 0, "tt", False, used_at_ms=before.used_at_ms)
    with pytest.raises(Fenced):
        fleet.append("w", before.epoch, 0, [b"late"])


def test_who_claims_a_world_learns_the_latest_time_in_it(fleet: Fleet, other: Fleet) -> None:
    mine = fleet.claim("w", "tt")
    fleet.append("w", mine.epoch, 0, [b"one"], 5_000)
    fleet.append("w", mine.epoch, 0, [b"one"], 5_000)  # as after a lost reply
    theirs = other.claim("w", "tt", suspect="server-1")
    with pytest.raises(Fenced):
        fleet.append("w", mine.epoch, 1, [b"late"], 9_000)
    other.rewrite("w", Claim(theirs.epoch, 1, "tt", False, 6_000), {}, None)

    assert (mine.clock_ms, theirs.clock_ms) == (0, 5_000)
    assert fleet.claim("w", "tt", suspect="server-2").clock_ms == 6_000


def test_a_dropped_world_leaves_for_a_day_that_it_was_dropped(
    redis: RedisServer, fleet: Fleet
) -> None:
    before = redis.ask("KEYS", "*")
    claim = fleet.claim("w", "tt")
    fleet.append("w", claim.epoch, 0, [b"one", b"two"])
    fleet.checkpoint("w", claim.epoch, 1, {b"p": b"1"}, b"life")
    fleet.put("w", claim.epoch, "snapshot", b"s", b"text")

    fleet.drop("w", claim.epoch)
    fleet.drop("w", claim.epoch)

    assert sorted(redis.ask("KEYS", "*")) == sorted([*before, b"tt:1:{w}:dropped"])
    assert 0 < redis.ask("PTTL", "tt:1:{w}:dropped") <= 86_400_000
    assert fleet.worlds() == []
    assert fleet.owner("w") is None


def test_who_had_a_dropped_world_writes_it_no_more(fleet: Fleet, other: Fleet) -> None:
    mine = fleet.claim("w", "tt")
    fleet.append("w", mine.epoch, 0, [b"one"])
    theirs = other.claim("w", "tt", suspect="server-1")
    other.drop("w", theirs.epoch)

    for late in (
        lambda: fleet.append("w", mine.epoch, 1, [b"late"]),
        lambda: fleet.rewrite("w", Claim(mine.epoch, 1, "tt", False), {}, None),
    ):
        with pytest.raises(Fenced):
            late()
    assert other.worlds() == []


def test_what_redis_forgets_of_a_world_that_was_dropped_before_is_written_again(
    redis: RedisServer, fleet: Fleet
) -> None:
    fleet.drop("w", fleet.claim("w", "tt").epoch)
    mine = fleet.claim("w", "tt")
    redis.ask("DEL", "tt:1:{w}:own")

    with pytest.raises(Forgotten):
        fleet.append("w", mine.epoch, 0, [b"one"])
    fleet.rewrite("w", Claim(mine.epoch, 1, "tt", False), {}, None)
    fleet.append("w", mine.epoch, 1, [b"two"])


def test_a_world_that_was_dropped_never_has_an_old_epoch(fleet: Fleet, other: Fleet) -> None:
    mine = fleet.claim("w", "tt")
    fleet.append("w", mine.epoch, 0, [b"one"])
    theirs = other.claim("w", "tt", suspect="server-1")
    other.drop("w", theirs.epoch)
    anew = other.claim("w", "tt")

    assert anew.is_new
    with pytest.raises(Fenced):
        fleet.append("w", mine.epoch, 1, [b"late"])
    with pytest.raises(Fenced):
        fleet.drop("w", mine.epoch)
    with pytest.raises(Fenced):
        fleet.rewrite("w", Claim(mine.epoch, 1, "tt", False), {}, None)


def test_no_world_is_made_while_redis_is_recovering(redis: RedisServer, fleet: Fleet) -> None:
    mine = fleet.claim("old", "tt")
    redis.ask("SET", "tt:1:recovering", "1")

    with pytest.raises(StorageError, match="write them again"):
        fleet.claim("new", "tt")
    assert fleet.claim("old", "tt").epoch > mine.epoch

    redis.ask("DEL", "tt:1:recovering")
    assert fleet.claim("new", "tt").is_new


def test_nor_is_one_taken_that_its_owner_may_be_writing_again(
    redis: RedisServer, fleet: Fleet, other: Fleet
) -> None:
    mine = fleet.claim("w", "tt")
    fleet.leave()  # beats no more
    redis.ask("FLUSHALL")
    redis.ask("SET", "tt:1:recovering", "1")
    fleet.rewrite("w", mine, {}, None)

    assert other.is_recovering("w")
    with pytest.raises(StorageError, match="write them again"):
        other.claim("w", "tt")
    redis.ask("HSET", "tt:1:{w}:own", "partial", "1")  # as long as it is there by half
    with pytest.raises(StorageError, match="write them again"):
        other.claim("w", "tt", suspect="server-1")

    redis.ask("SET", "tt:1:beat:server-1", "1")
    assert not other.is_recovering("w")
    with pytest.raises(Elsewhere):
        other.claim("w", "tt")


def test_what_nobody_has_is_taken_also_while_redis_is_recovering(
    redis: RedisServer, fleet: Fleet, other: Fleet
) -> None:
    mine = fleet.claim("w", "tt")
    fleet.release("w", News(mine.epoch, 0))
    redis.ask("SET", "tt:1:recovering", "1")

    assert not other.is_recovering("w")
    assert other.claim("w", "tt").epoch > mine.epoch


def test_nor_before_a_server_has_seen_that_it_forgot(redis: RedisServer, fleet: Fleet) -> None:
    fleet.leave()  # beats no more, so nobody sees it
    redis.ask("FLUSHALL")

    with pytest.raises(StorageError, match="write them again"):
        fleet.claim("new", "tt")


def test_who_has_not_joined_claims_nothing(redis: RedisServer) -> None:
    lonely = Fleet(redis.url, instance="x", version="1")
    try:
        with pytest.raises(RuntimeError):
            lonely.claim("w", "tt")
    finally:
        lonely.close()


def test_worlds_lost_are_told_apart(
    redis: RedisServer, fleet: Fleet, other: Fleet, join: Join
) -> None:
    held = {name: fleet.claim(name, "tt").epoch for name in ("kept", "taken", "gone", "cut")}
    for name, epoch in held.items():
        fleet.append(name, epoch, 0, [b"one", b"two"])
    assert fleet.lost_worlds(held) == ([], [])
    assert fleet.lost_worlds({}) == ([], [])

    other.claim("taken", "tt", suspect="server-1")
    redis.ask("DEL", "tt:1:{gone}:own")
    redis.ask("HSET", "tt:1:{cut}:own", "last", 1)

    assert fleet.lost_worlds(held) == (["taken"], ["gone", "cut"])
    with pytest.raises(Forgotten):
        fleet.append("cut", held["cut"], 2, [b"three"])
