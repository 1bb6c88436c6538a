"""Luck is a function of the seed, the fault's place and the calls it matched: of nothing else."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import Bench
from tt_emulator.domain.chance import draw

SAVES = 64


def story(bench, world="default", saves=SAVES):
    """For each save whether it failed."""
    return [
        bench.save({"n": "1"}, world=world)["errMsg"] != "setUserCloudStorage:ok"
        for _ in range(saves)
    ]


def flaky(probability, **fields):
    return {
        "error": "internal-error",
        "api": "setUserCloudStorage",
        "probability": probability,
        **fields,
    }


def lucky(seed, *faults, world="default"):
    bench = Bench(seed=seed)
    bench.engine.worlds.open(world).faults.arm(list(faults))
    return bench


@given(seed=st.integers(-(2**63), 2**63 - 1))
def test_probability_0_never_strikes_and_1_always(seed):
    assert not any(story(lucky(seed, flaky(0)), saves=20))
    assert all(story(lucky(seed, flaky(1)), saves=20))


@given(seed=st.integers(0, 2**32), probability=st.floats(0.05, 0.95))
def test_a_probability_holds_within_statistical_bounds(seed, probability):
    saves = 400
    struck = sum(story(lucky(seed, flaky(probability)), saves=saves))

    deviation = (probability * (1 - probability) * saves) ** 0.5
    assert abs(struck - probability * saves) < 6 * deviation


@given(seed=st.integers(0, 2**32))
def test_the_same_seed_tells_the_same_story_in_every_world(seed):
    first = story(lucky(seed, flaky(0.5)))
    again = story(lucky(seed, flaky(0.5, label="another name"), world="w2"), world="w2")

    assert first == again


def test_another_seed_tells_another_story():
    assert len({tuple(story(lucky(seed, flaky(0.5)))) for seed in range(10)}) == 10


def test_replacing_the_list_starts_the_story_again():
    bench = lucky(1, flaky(0.5))
    first = story(bench)

    bench.world.faults.replace([flaky(0.5)])

    assert story(bench) == first


def test_the_second_fault_of_a_list_has_luck_of_its_own():
    first = story(lucky(1, flaky(0.5, player="player-1")))
    second = story(lucky(1, flaky(0.5, player="nobody"), flaky(0.5)))

    assert first != second


def test_calls_that_a_fault_does_not_match_do_not_touch_its_luck():
    bench = lucky(1, flaky(0.5, player="player-1"))
    stories = []
    for _ in range(SAVES):
        bench.save({"n": "1"}, player="somebody else")
        stories += story(bench, saves=1)

    assert stories == story(lucky(1, flaky(0.5, player="player-1")))


def test_worlds_in_parallel_tell_the_story_that_each_tells_alone():
    alone = story(lucky(7, flaky(0.3)))
    bench = Bench(seed=7)
    worlds = [f"w{number}" for number in range(16)]
    for world in worlds:
        bench.engine.worlds.open(world).faults.arm(flaky(0.3))

    with ThreadPoolExecutor(8) as threads:
        stories = list(threads.map(lambda world: story(bench, world), worlds))

    assert stories == [alone] * len(worlds)


@pytest.mark.parametrize(
    ("delay", "least", "most"),
    [
        ({"min": 5, "max": 9}, 5, 9),
        ({"median": 80, "sigma": 0.4, "max": 100}, 0, 100),
    ],
)
def test_a_random_delay_is_reproducible_and_within_its_bounds(delay, least, most):
    def waits():
        bench = lucky(3, {"delay_ms": delay})
        steps = [bench.steps("login")[0] for _ in range(50)]
        return [step.duration_ms for step in steps]

    assert waits() == waits()
    assert len(set(waits())) > 10
    assert all(least <= wait <= most for wait in waits())


def test_the_luck_of_a_delay_is_that_of_how_many_calls_it_matched_before():
    bench = lucky(3, {"delay_ms": {"min": 0, "max": 1}, "skip": 1})

    waits = [[step.duration_ms for step in bench.steps("login")[:-1]] for _ in range(3)]

    assert waits == [[], [draw(3, 1, 1, "delay")], [draw(3, 1, 2, "delay")]]
