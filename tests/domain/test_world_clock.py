import pytest

from tt_emulator.domain.world_clock import ClockSetting, ClockView, WorldClock
from tt_emulator.errors import Unprocessable

NOON = "2026-02-01T12:00:00.000Z"


def move(bench, **how):
    return bench.world.move_clock(how)


def test_a_world_has_the_computers_time_until_somebody_moves_it(bench):
    assert bench.world.clock.view() == ClockView("2023-11-14T22:13:20.000Z", frozen=False)

    bench.clock.ms += 1500
    assert bench.world.clock.view().now == "2023-11-14T22:13:21.500Z"


@pytest.mark.parametrize(
    "moment",
    [NOON, "2026-02-01T20:00:00+08:00", 1_769_947_200_000],
    ids=["ISO in UTC", "ISO in another zone", "Unix milliseconds"],
)
def test_a_clock_that_was_set_runs_on(bench, moment):
    assert move(bench, set=moment) == ClockView(NOON, frozen=False)

    bench.clock.ms += 60_000
    assert bench.world.clock.view().now == "2026-02-01T12:01:00.000Z"


def test_a_frozen_clock_stands_and_can_be_advanced(bench):
    move(bench, set=NOON, freeze=True)
    bench.clock.ms += 60_000

    assert move(bench, advance_s=0.25) == ClockView("2026-02-01T12:00:00.250Z", frozen=True)
    assert move(bench, advance_s=-3600).now == "2026-02-01T11:00:00.250Z"


def test_a_clock_runs_on_from_where_it_stood(bench):
    move(bench, set=NOON, freeze=True)
    bench.clock.ms += 60_000

    assert move(bench, freeze=False) == ClockView(NOON, frozen=False)
    bench.clock.ms += 1000
    assert bench.world.clock.view().now == "2026-02-01T12:00:01.000Z"


def test_a_clock_is_moved_by_exactly_so_much_while_time_passes():
    clock = WorldClock(Passing(), ClockSetting())

    assert clock.moved({"advance_s": 604_800}) == ClockSetting(offset_ms=604_800_000)


class Passing:
    """Time that goes on each time that somebody looks."""

    def __init__(self):
        self.ms = 1_000

    def now_ms(self):
        self.ms += 1
        return self.ms


def test_writes_are_stamped_with_the_worlds_time(bench):
    move(bench, set=1_000, freeze=True)
    bench.save({"a": "1"})

    assert bench.world.store.get("player-1").pairs["a"].at_ms == 1_000


def test_the_journal_goes_by_real_time(bench):
    move(bench, set=1_000, freeze=True)
    bench.save({"a": "1"})

    assert bench.world.journal.find()[0].view().received_at == "2023-11-14T22:13:20.000Z"


@pytest.mark.parametrize(
    ("how", "stops"),
    [
        ({"set": 253_402_300_799_000}, "9999-12-31T23:59:59.999Z"),
        ({"set": 0}, "1970-01-01T00:00:00.000Z"),
    ],
)
def test_a_clock_stops_where_the_years_end(bench, how, stops):
    move(bench, **how)
    bench.clock.ms += -1_000 if how["set"] == 0 else 60_000
    bench.save({"a": "1"})

    assert bench.world.clock.view() == ClockView(stops, frozen=False)
    assert f'"at": "{stops}"' in b"".join(bench.world.document.export()).decode()
    assert move(bench, set=NOON).now == NOON


def test_each_world_has_its_own_time_and_a_reset_ends_it(bench):
    move(bench, set=NOON)

    assert bench.engine.worlds.open("other").clock.view().now.startswith("2023-")
    bench.world.reset(("data",))
    assert bench.world.clock.view().now == NOON
    bench.world.reset(("clock",))
    assert bench.world.clock.view() == ClockView("2023-11-14T22:13:20.000Z", frozen=False)


def test_the_time_outlives_the_world_object(bench):
    from tt_emulator.platforms import load
    from tt_emulator.world import Worlds

    move(bench, set=NOON, freeze=True)

    again = Worlds(bench.storage, load(), bench.clock).open("default")
    assert again.clock.view() == ClockView(NOON, frozen=True)


@pytest.mark.parametrize(
    ("how", "pointer"),
    [
        ({}, ""),
        ({"set": "2026-02-01T12:00:00"}, "/set"),
        ({"set": "noon"}, "/set"),
        ({"set": -1}, "/set"),
        ({"set": 1.5}, "/set"),
        ({"set": "0001-01-01T00:00:00+08:00"}, ""),
        ({"set": "9999-12-31T23:59:59-08:00"}, ""),
        ({"set": NOON, "advance_s": 1}, "/advance_s"),
        ({"advance_s": "1"}, "/advance_s"),
        ({"advance_s": 1e13}, "/advance_s"),
        ({"advance_s": -1e10}, ""),
        ({"freeze": 1}, "/freeze"),
        ({"sett": 1}, "/sett"),
        ([], ""),
    ],
)
def test_what_cannot_be_is_refused_and_the_clock_stays(bench, how, pointer):
    with pytest.raises(Unprocessable) as caught:
        bench.world.move_clock(how)

    assert caught.value.flaws[0].pointer == pointer
    assert bench.world.clock.view() == ClockView("2023-11-14T22:13:20.000Z", frozen=False)
