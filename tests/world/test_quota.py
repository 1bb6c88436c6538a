"""What a team may use: requests a second, listeners, worlds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.errors import TooManyCalls, TooManyListeners, Unprocessable
from tt_emulator.world.quota import Quota


class Time:
    def __init__(self) -> None:
        self.s = 100.0

    def now_s(self) -> float:
        return self.s


def taken(quota: Quota, tries: int) -> int:
    """How many of so many requests pass."""
    passed = 0
    for _ in range(tries):
        try:
            quota.take_call()
            passed += 1
        except TooManyCalls:
            pass
    return passed


def test_a_second_has_as_many_requests_as_it_may() -> None:
    time = Time()
    quota = Quota("alpha", calls_per_s=5, now_s=time.now_s)

    assert taken(quota, 8) == 5
    time.s += 0.4
    assert taken(quota, 8) == 2
    assert (quota.requests, quota.refused["calls_per_s"]) == (7, 9)


def test_who_was_silent_for_long_has_no_more_than_a_second_at_once() -> None:
    time = Time()
    quota = Quota("alpha", calls_per_s=5, now_s=time.now_s)
    time.s += 3600

    assert taken(quota, 100) == 5


def test_less_than_one_request_a_second_can_be_allowed() -> None:
    time = Time()
    quota = Quota("alpha", calls_per_s=0.1, now_s=time.now_s)
    quota.take_call()

    with pytest.raises(TooManyCalls) as refused:
        quota.take_call()

    assert refused.value.retry_after_s == 10
    time.s += 10
    quota.take_call()


@given(st.floats(0.01, 1000), st.lists(st.floats(0, 3), max_size=60))
def test_nobody_sends_more_than_the_rate_and_one_second_of_it(
    per_s: float, pauses: list[float]
) -> None:
    time = Time()
    quota = Quota("alpha", calls_per_s=per_s, now_s=time.now_s)
    passed = 0
    for pause in pauses:
        time.s += pause
        passed += taken(quota, 3)

    assert passed <= max(1, per_s) + sum(pauses) * per_s + 1e-6


def test_after_the_seconds_that_a_refusal_names_a_request_passes() -> None:
    time = Time()
    quota = Quota("alpha", calls_per_s=3, now_s=time.now_s)
    taken(quota, 3)
    with pytest.raises(TooManyCalls) as refused:
        quota.take_call()
    assert refused.value.retry_after_s is not None

    time.s += refused.value.retry_after_s
    quota.take_call()


def test_a_seat_is_free_again_when_it_is_left_and_when_nobody_holds_it() -> None:
    quota = Quota("alpha", max_listeners=2)
    first, second = quota.seat(), quota.seat()
    with pytest.raises(TooManyListeners):
        quota.seat()

    first.leave()
    first.leave()
    third = quota.seat()
    assert quota.listeners == 2
    del second
    assert quota.listeners == 1
    with third:
        pass
    assert quota.listeners == 0
    assert quota.refused["max_listeners"] == 1


def test_without_limits_everything_passes_and_is_counted() -> None:
    quota = Quota("alpha")
    seats = [quota.seat() for _ in range(50)]

    assert taken(quota, 50) == 50
    with quota.room_for("alpha.w", lambda: pytest.fail("nobody needs to know")):
        pass
    assert (quota.requests, quota.listeners, len(seats)) == (50, 50, 50)


def test_worlds_that_are_being_made_count_as_those_that_are_there() -> None:
    quota = Quota("alpha", max_worlds=2)
    there = ["alpha.a"]
    with quota.room_for("alpha.b", lambda: there):
        with pytest.raises(Unprocessable), quota.room_for("alpha.c", lambda: there):
            pytest.fail("it was made")
        with quota.room_for("alpha.a", lambda: there), quota.room_for("alpha.b", lambda: there):
            pass

    with quota.room_for("alpha.c", lambda: there):  # the other one was not made after all
        pass
    assert quota.refused["max_worlds"] == 1
