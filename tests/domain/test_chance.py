from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.domain.chance import draw, log_normal

seeds = st.integers(-(2**63), 2**63 - 1)
places = st.tuples(st.integers(0, 1000), st.integers(0, 1_000_000))


@given(seed=seeds, place=places)
def test_the_same_place_has_the_same_luck(seed, place):
    assert draw(seed, *place) == draw(seed, *place)
    assert 0 <= draw(seed, *place) < 1


@given(seed=seeds)
def test_luck_is_spread_evenly(seed):
    lucks = [draw(seed, 1, number) for number in range(2000)]

    # six standard deviations of a fair mean of 2,000 draws: hypothesis searches for the worst seed
    assert abs(sum(lucks) / len(lucks) - 0.5) < 6 * (1 / 12 / 2000) ** 0.5


def test_another_seed_and_another_fault_have_other_luck():
    def story(seed, ordinal):
        return [draw(seed, ordinal, number) < 0.5 for number in range(64)]

    assert len({tuple(story(seed, 1)) for seed in range(20)}) == 20
    assert len({tuple(story(1, ordinal)) for ordinal in range(20)}) == 20


@given(luck=st.floats(0, 1, exclude_max=True), median=st.floats(0.1, 1000))
def test_a_log_normal_delay_is_positive_and_its_median_is_the_median(luck, median):
    assert log_normal(luck, median, 0.5) > 0
    assert abs(log_normal(0.5, median, 0.5) - median) < 1e-6 * median
