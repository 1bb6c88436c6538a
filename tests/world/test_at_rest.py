"""Worlds that no server has are told of, and go, without being read."""

from time import monotonic

import pytest

from redis_server import RedisServer
from shared_bench import Share, SharedBench
from tt_emulator.domain.lifetime import Lifetime
from tt_emulator.errors import Elsewhere, StorageAway
from tt_emulator.fleet import Fleet
from tt_emulator.storage.shared import shared_storage
from tt_emulator.world import TeamWorlds
from tt_emulator.world.expiry import drop_expired, drop_idle
from tt_emulator.world.listing import WorldInBrief, listed
from tt_emulator.world.teams import Team, Tenant

HOUR_S = 3600


@pytest.fixture
def gone(share: Share) -> SharedBench:
    """A server that will leave its worlds to nobody."""
    return SharedBench(share())


@pytest.fixture
def bench(gone: SharedBench, share: Share) -> SharedBench:
    """The one that stays."""
    bench = SharedBench(share(), ttl_s=HOUR_S)
    bench.clock = gone.clock
    bench.engine.worlds.clock = gone.clock
    return bench


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The worlds that were read since."""
    names: list[str] = []
    read = Fleet.read

    def noted(fleet: Fleet, world: str) -> object:
        names.append(world)
        return read(fleet, world)

    monkeypatch.setattr(Fleet, "read", noted)
    return names


def told(bench: SharedBench) -> dict[str, WorldInBrief]:
    return {each.name: each for each in listed(bench.engine.worlds)}


def test_a_thousand_idle_worlds_are_listed_and_none_is_read(
    gone: SharedBench, bench: SharedBench, reads: list[str]
) -> None:
    names = {f"w{number}" for number in range(1_000)}
    for name in names:
        gone.engine.worlds.open(name)
    assert gone.shared.hand_over()
    reads.clear()

    assert told(bench).keys() == names | {"default"}
    assert reads == []
    assert bench.engine.worlds.opened("w1") is None


def test_a_list_says_of_a_world_at_rest_what_it_says_when_the_world_is_read(
    gone: SharedBench, bench: SharedBench
) -> None:
    gone.save({"a": "1"}, player="ann", world="cart")
    gone.clock.ms += 1000
    gone.save({"a": "1"}, player="bob", world="cart")
    gone.engine.worlds.open("wechat", "wx").players.put("zoe", {})
    gone.engine.worlds.open("empty").players.put("eve", {})
    assert gone.shared.hand_over()
    resting = told(bench)
    for name in ("cart", "wechat", "empty"):
        bench.engine.worlds.find(name)

    assert resting == told(bench)
    assert (resting["cart"].players, resting["wechat"].platform) == (2, "wx")
    assert resting["empty"].used_at is None


def test_what_was_written_after_its_owner_told_of_it_last_is_in_the_list(
    gone: SharedBench, bench: SharedBench, redis: RedisServer, reads: list[str]
) -> None:
    for name in ("cart", "boat"):
        gone.save({"a": "1"}, world=name)
    gone.shared._look_once()
    gone.save({"a": "1"}, player="bob", world="cart")
    gone.shared._fleet.close()  # it dies
    redis.ask("PEXPIRE", "tt:1:beat:server-1", 0)
    reads.clear()

    assert told(bench)["cart"].players == 2
    assert reads == ["cart"]


def test_a_world_goes_an_hour_after_its_last_use_though_no_server_has_it(
    gone: SharedBench, bench: SharedBench, reads: list[str]
) -> None:
    gone.save({"a": "1"}, world="cart")
    assert gone.shared.hand_over()
    reads.clear()
    bench.clock.ms += HOUR_S * 1000 - 1
    assert drop_expired(bench.engine.worlds) == pytest.approx(0.001)
    assert "cart" in bench.engine.worlds.names()

    bench.clock.ms += 1
    drop_expired(bench.engine.worlds)

    assert "cart" not in bench.engine.worlds.names()
    assert reads == []


def test_worlds_at_rest_keep_the_lifetimes_that_they_were_given(
    gone: SharedBench, bench: SharedBench
) -> None:
    for name, ttl_s in (("short", 10), ("long", 2 * HOUR_S), ("kept", None), ("default", 20)):
        gone.save({"a": "1"}, world=name)
        gone.engine.worlds.open(name).give_lifetime(Lifetime(ttl_s))
    assert gone.shared.hand_over()

    bench.clock.ms += 10_000
    drop_expired(bench.engine.worlds)
    assert bench.shared.worlds() == ["default", "kept", "long"]
    bench.clock.ms += HOUR_S * 1000
    drop_expired(bench.engine.worlds)
    assert bench.shared.worlds() == ["kept", "long"]


def test_without_a_rule_of_the_server_those_go_that_have_a_lifetime(
    gone: SharedBench, bench: SharedBench
) -> None:
    bench.engine.worlds.ttl_s = None
    gone.save({"a": "1"}, world="cart")
    gone.save({"a": "1"}, world="timed")
    gone.engine.worlds.open("timed").give_lifetime(Lifetime(10))
    assert gone.shared.hand_over()
    bench.clock.ms += 10_000

    drop_expired(bench.engine.worlds)

    assert bench.shared.worlds() == ["cart", "default"]


def test_idle_worlds_at_rest_are_dropped_at_once_but_for_those_that_are_to_stay(
    gone: SharedBench, bench: SharedBench, reads: list[str]
) -> None:
    bench.engine.worlds.ttl_s = None
    gone.save({"a": "1"}, world="old")
    gone.engine.worlds.open("kept").give_lifetime(Lifetime(None))
    gone.clock.ms += HOUR_S * 1000
    gone.save({"a": "1"}, world="new")
    assert gone.shared.hand_over()
    reads.clear()

    drop_idle(bench.engine.worlds, HOUR_S)

    assert bench.shared.worlds() == ["default", "kept", "new"]
    assert reads == []


def test_a_world_that_somebody_claims_at_the_last_instant_stays(
    gone: SharedBench, bench: SharedBench, share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    third = SharedBench(share())
    third.clock.ms = gone.clock.ms
    gone.save({"a": "1"}, world="cart")
    assert gone.shared.hand_over()
    bench.clock.ms += HOUR_S * 1000
    drop = bench.shared.drop_at_rest

    def late(world: object) -> bool:
        third.engine.worlds.find("cart")
        return drop(world)  # type: ignore[arg-type]

    monkeypatch.setattr(bench.shared, "drop_at_rest", late)

    assert drop_expired(bench.engine.worlds) == HOUR_S  # it is not tried again and again
    assert third.saved("a", world="cart") == {"a": "1"}


def test_a_team_hears_of_its_worlds_alone_and_drops_no_other(
    gone: SharedBench, bench: SharedBench
) -> None:
    for name in ("alpha.cart", "beta.cart"):
        gone.save({"a": "1"}, world=name)
    assert gone.shared.hand_over()
    bench.clock.ms += 1000
    team = TeamWorlds(bench.engine.worlds, Tenant(Team("alpha")))
    assert [each.name for each in listed(team)] == ["alpha.cart"]

    drop_idle(team, 1)

    assert bench.shared.worlds() == ["beta.cart", "default"]


def test_what_the_control_plane_did_counts_as_use_after_the_world_has_another_owner(
    gone: SharedBench, bench: SharedBench
) -> None:
    gone.save({"a": "1"}, world="cart")
    gone.clock.ms += HOUR_S * 1000
    gone.engine.worlds.open("cart").touched_ms = gone.clock.ms  # as it does at each request
    assert gone.shared.hand_over()
    bench.clock.ms += HOUR_S * 1000 - 1
    bench.engine.worlds.find("cart")
    drop_expired(bench.engine.worlds)
    assert "cart" in bench.shared.worlds()

    bench.clock.ms += 1
    drop_expired(bench.engine.worlds)

    assert "cart" not in bench.shared.worlds()


def test_who_listens_uses_the_world_until_its_owner_dies(
    gone: SharedBench, bench: SharedBench, redis: RedisServer
) -> None:
    world = gone.engine.worlds.open("cart")
    world.touched_ms = 1
    redis.ask("ZADD", "tt:1:worlds", 1, "cart")
    with world.feed.streamed():
        gone.shared._look_once()
    listened_ms = world.touched_ms
    bench.takes_over("cart", gone)

    assert bench.engine.worlds.open("cart").touched_ms == listened_ms > 1


@pytest.mark.parametrize("how", ["does not answer", "beats no more"])
def test_a_world_stays_that_was_written_since_it_was_found(
    gone: SharedBench, bench: SharedBench, redis: RedisServer, how: str
) -> None:
    gone.save({"a": "1"}, world="cart")
    gone.shared._look_once()
    if how == "does not answer":
        bench.engine.worlds.lost(Elsewhere(gone.shared.me, "cart"))
    else:
        redis.ask("PEXPIRE", "tt:1:beat:server-1", 0)
    (found,) = (each for each in bench.engine.worlds.survey().at_rest if each.name == "cart")

    gone.save({"a": "2"}, world="cart")

    assert not bench.engine.worlds.drop_at_rest(found)
    assert bench.saved("a", world="cart") == {"a": "2"}


def test_who_beats_on_is_suspected_no_more(
    gone: SharedBench, bench: SharedBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone.save({"a": "1"}, world="cart")
    gone.shared._look_once()
    bench.engine.worlds.lost(Elsewhere(gone.shared.me, "cart"))
    assert "cart" in {each.name for each in bench.shared.survey().at_rest}

    later_s = monotonic() + shared_storage.SUSPECT_S
    monkeypatch.setattr(shared_storage, "monotonic", lambda: later_s)

    assert "cart" in {each.world for each in bench.shared.survey().elsewhere}
    with pytest.raises(Elsewhere):
        bench.shared.open_world("cart")


def test_a_lifetime_of_its_own_ends_though_the_owner_was_killed_at_its_last_line(
    gone: SharedBench, share: Share, redis: RedisServer
) -> None:
    bench = SharedBench(share())
    bench.clock = bench.engine.worlds.clock = gone.clock  # type: ignore[misc]
    gone.save({"a": "1"}, world="cart")
    gone.engine.worlds.open("cart").give_lifetime(Lifetime(60))
    gone.shared._look_once()
    gone.save({"a": "2"}, world="cart")
    gone.shared._fleet.close()
    redis.ask("PEXPIRE", "tt:1:beat:server-1", 0)  # as five seconds would

    gone.clock.ms += HOUR_S * 1000
    drop_expired(bench.engine.worlds)

    assert "cart" not in bench.engine.worlds.names()


def test_nothing_is_dropped_while_redis_has_forgotten_what_there_is(
    gone: SharedBench, bench: SharedBench, redis: RedisServer
) -> None:
    gone.save({"a": "1"}, world="cart")
    redis.ask("FLUSHALL")

    with pytest.raises(StorageAway, match="Nobody knows whether there is a world 'cart'"):
        bench.engine.worlds.drop("cart")
