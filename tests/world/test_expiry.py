"""Worlds that nobody uses go; whoever uses one, in whatever way, keeps it."""

from collections.abc import Callable, Iterator
from weakref import ref

import pytest

from disk_bench import Directory, DiskBench
from harness import Bench
from tt_emulator.domain.lifetime import Lifetime
from tt_emulator.domain.model import Call
from tt_emulator.errors import NotFound, StorageError
from tt_emulator.journal.match import Bounds, Match
from tt_emulator.platforms import PLATFORMS, load
from tt_emulator.world import registry
from tt_emulator.world.expiry import drop_expired, drop_idle, lifetime

HOUR_S = 3600


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    bench.engine.worlds.ttl_s = HOUR_S
    return bench


def expired(bench: Bench | DiskBench, after_s: float) -> list[str]:
    """Which worlds are left once so much time has passed."""
    bench.clock.ms += int(after_s * 1000)
    drop_expired(bench.engine.worlds)
    return bench.engine.worlds.names()


def test_a_world_goes_an_hour_after_its_last_call(bench: Bench) -> None:
    bench.save({"a": "1"}, world="cart")
    bench.clock.ms += 1000
    bench.save({"a": "2"}, world="cart")

    assert expired(bench, HOUR_S - 0.001) == ["cart", "default"]
    assert expired(bench, 0.001) == ["default"]
    with pytest.raises(NotFound):
        bench.engine.worlds.find("cart")


def test_the_next_call_of_a_world_that_went_finds_a_new_one(bench: Bench) -> None:
    bench.save({"a": "1"}, world="cart")
    expired(bench, HOUR_S)

    assert bench.saved("a", world="cart") == {}
    assert expired(bench, HOUR_S - 1) == ["cart", "default"]


def test_the_first_world_stays(bench: Bench) -> None:
    bench.save({"a": "1"})

    assert expired(bench, 100 * HOUR_S) == ["default"]
    assert bench.saved("a") == {"a": "1"}


def test_without_a_rule_of_the_server_all_stay() -> None:
    bench = Bench()
    bench.save({"a": "1"}, world="cart")

    assert expired(bench, 1000 * HOUR_S) == ["cart", "default"]


def test_a_lifetime_of_its_own_goes_before_the_rule_of_the_server(bench: Bench) -> None:
    for name, ttl_s in (("short", 10), ("long", 2 * HOUR_S), ("kept", None), ("default", 20)):
        bench.save({"a": "1"}, world=name)
        bench.engine.worlds.open(name).give_lifetime(Lifetime(ttl_s))

    assert expired(bench, 10) == ["default", "kept", "long"]
    assert expired(bench, 10) == ["default", "kept", "long"]  # made again, and empty
    assert bench.saved("a") == {}
    assert expired(bench, 2 * HOUR_S) == ["default", "kept"]


@pytest.mark.parametrize(
    "listen",
    [
        lambda world: world.feed.streamed(),
        lambda world: world.state_feed.streamed(),
    ],
    ids=["a stream of events", "a stream of state"],
)
def test_a_world_stays_as_long_as_somebody_listens(
    bench: Bench, listen: Callable[..., Iterator[None]]
) -> None:
    world = bench.engine.worlds.open("cart")
    with listen(world):
        assert expired(bench, 2 * HOUR_S) == ["cart", "default"]

    assert expired(bench, HOUR_S - 1) == ["cart", "default"]
    assert expired(bench, 1) == ["default"]


def test_a_world_stays_as_long_as_somebody_waits_for_calls(bench: Bench) -> None:
    journal = bench.engine.worlds.open("cart").journal
    reached = journal.wait(Match(), Bounds(min=1))

    assert expired(bench, 2 * HOUR_S) == ["cart", "default"]

    journal.leave(Match(), reached)
    assert expired(bench, HOUR_S) == ["default"]


def test_a_call_that_comes_at_the_last_instant_keeps_its_world(bench: Bench) -> None:
    """It comes when the world was found to be over, and before it is dropped."""
    worlds = bench.engine.worlds
    bench.save({"a": "1"}, world="cart")
    bench.clock.ms += HOUR_S * 1000
    drop = worlds.drop_unless

    def late(*args: object) -> bool:
        bench.save({"a": "2"}, world="cart")
        return drop(*args)  # type: ignore[arg-type]

    worlds.drop_unless = late  # type: ignore[method-assign]

    assert expired(bench, 0) == ["cart", "default"]
    assert bench.saved("a", world="cart") == {"a": "2"}


def test_it_tells_how_long_the_next_one_has_left(bench: Bench) -> None:
    bench.save({"a": "1"}, world="cart")
    bench.engine.worlds.open("kept").give_lifetime(Lifetime(None))
    bench.clock.ms += 600_000
    bench.save({"a": "1"}, world="second")

    assert drop_expired(bench.engine.worlds) == HOUR_S - 600


def test_a_lifetime_is_shown_with_its_end(bench: Bench) -> None:
    worlds = bench.engine.worlds
    bench.save({"a": "1"}, world="cart")
    kept = worlds.open("kept")
    kept.give_lifetime(Lifetime(None))

    shown = lifetime(worlds, worlds.open("cart"))

    assert (shown.ttl_s, shown.own, shown.expires_at) == (HOUR_S, False, "2023-11-14T23:13:20.000Z")
    assert lifetime(worlds, kept).own
    assert lifetime(worlds, kept).expires_at is None


def test_idle_worlds_are_dropped_at_once_but_for_those_that_are_to_stay() -> None:
    bench = Bench()
    for name in ("old", "new", "kept", "timed"):
        bench.save({"a": "1"}, world=name)
    bench.engine.worlds.open("kept").give_lifetime(Lifetime(None))
    bench.engine.worlds.open("timed").give_lifetime(Lifetime(9 * HOUR_S))
    bench.clock.ms += HOUR_S * 1000
    bench.save({"a": "1"}, world="new")

    drop_idle(bench.engine.worlds, HOUR_S)

    assert bench.engine.worlds.names() == ["default", "kept", "new"]


def test_who_wants_to_know_is_told_which_worlds_went(bench: Bench) -> None:
    gone: list[str] = []
    bench.engine.worlds.when_dropped(gone.append)
    bench.save({"a": "1"}, world="cart")

    expired(bench, HOUR_S)
    bench.engine.worlds.drop("never-there")

    assert gone == ["cart", "never-there"]


def test_a_lifetime_goes_on_with_the_world_that_turns_to_another_platform(bench: Bench) -> None:
    bench.engine.worlds.open("cart").give_lifetime(Lifetime(10))
    login = load(PLATFORMS["wx"]).catalog.apis["login"]

    list(bench.engine.handle(Call(login, {}, "cart", platform="wx")))

    assert bench.engine.worlds.open("cart").platform_name == "wx"
    assert expired(bench, 10) == ["default"]


def test_a_lifetime_outlasts_its_server_a_reset_and_an_import(directory: Directory) -> None:
    disk = directory.start()
    disk.save({"a": "1"}, world="cart")
    world = disk.engine.worlds.open("cart")
    world.give_lifetime(Lifetime(HOUR_S))
    world.reset()
    world.document.replace(b'{"schema": 1}')
    for _ in range(2):
        disk.close()
        disk = directory.start()

    assert disk.engine.worlds.open("cart").lifetime.given == Lifetime(HOUR_S)


def test_after_a_restart_a_world_goes_by_its_last_call_though_nobody_opens_it(
    directory: Directory,
) -> None:
    disk = directory.start()
    disk.save({"a": "1"}, world="cart")
    disk.close()
    clock = disk.clock
    disk = directory.start()
    disk.engine.worlds.ttl_s = HOUR_S
    disk.clock.ms = clock.ms + HOUR_S * 1000

    assert expired(disk, 0) == ["default"]
    assert not (directory.root / "worlds" / "cart").exists()


def test_idle_worlds_that_nobody_has_opened_since_the_start_are_dropped_at_once_as_well(
    directory: Directory,
) -> None:
    disk = directory.start()
    disk.save({"a": "1"}, world="cart")
    disk.close()
    disk = directory.start()
    disk.clock.ms += HOUR_S * 1000

    drop_idle(disk.engine.worlds, HOUR_S)

    assert "cart" not in disk.engine.worlds.names()


def test_a_world_that_the_disk_does_not_let_go_stays_and_the_others_go(
    directory: Directory, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    disk = directory.start()
    disk.engine.worlds.ttl_s = HOUR_S
    for name in ("bolt", "cart"):
        disk.save({"a": "1"}, world=name)
    drop = disk.disk.drop_world

    def refuse(name: str) -> None:
        if name == "bolt":
            raise StorageError("The disk is read-only.", "")
        drop(name)

    monkeypatch.setattr(disk.disk, "drop_world", refuse)

    assert expired(disk, HOUR_S) == ["bolt", "default"]
    assert disk.saved("a", world="bolt") == {"a": "1"}
    assert "The disk is read-only." in caplog.text


def test_more_worlds_than_a_server_holds_can_be_made_over_time(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "MAX_WORLDS", 50)
    for number in range(200):
        bench.call("login", world=f"w{number}")
        if number % 40 == 0:
            expired(bench, HOUR_S)

    assert len(bench.engine.worlds.names()) < 50


def test_the_memory_of_worlds_that_went_is_given_back(
    bench: Bench, uncollected: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "MANY_ENDED", 2)
    worlds = bench.engine.worlds
    for name in ("cart", "boat"):
        bench.save({"a": "1"}, world=name)
    cart = ref(worlds.open("cart"))

    worlds.drop("cart")
    assert cart() is not None  # what it was made of knows of each other
    worlds.drop("boat")

    assert cart() is None
