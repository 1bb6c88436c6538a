"""Who waits for calls looks at new ones alone."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.answered import answer, close_exchange, journal, open_exchange
from tt_emulator.errors import NotCounted
from tt_emulator.journal import Budget
from tt_emulator.journal.match import Bounds, Kind, Match


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Kind]:
    """What any question was asked about."""
    seen: list[Kind] = []
    holds = Match.holds

    def noted(match: Match, kind: Kind) -> bool:
        seen.append(kind)
        return holds(match, kind)

    monkeypatch.setattr(Match, "holds", noted)
    return seen


def test_what_already_holds_is_not_waited_for():
    one = journal()
    answer(one)

    assert one.wait(Match(api="login"), Bounds(min=1)).result(0) == 1
    assert one.wait(Match(), Bounds(min=0, max=1)).result(0) == 1


def test_who_waits_hears_at_which_count_it_held():
    one = journal()
    answer(one)
    reached = one.wait(Match(api="login"), Bounds(min=3))

    answer(one)
    assert not reached.done()
    answer(one)
    answer(one)

    assert reached.result(0) == 3


def test_a_call_under_way_does_not_count_before_it_is_answered():
    one = journal()
    reached = one.wait(Match(), Bounds(min=1))
    exchange = open_exchange(one)
    assert not reached.done()

    close_exchange(one, exchange)

    assert reached.result(0) == 1


def test_too_many_are_waited_for_until_calls_are_cleared():
    one = journal()
    for _ in range(3):
        answer(one)
    reached = one.wait(Match(), Bounds(min=0, max=1))
    answer(one)
    assert not reached.done()

    one.clear(after=1)

    assert reached.result(0) == 1


def test_a_thousand_who_wait_for_the_same_are_all_answered():
    one = journal()
    waiting = [one.wait(Match(player="ann"), Bounds(min=number % 2 + 1)) for number in range(1000)]
    answer(one)
    assert sum(reached.done() for reached in waiting) == 500

    answer(one)

    assert [reached.result(0) for reached in waiting] == [1, 2] * 500


def test_a_call_of_another_api_or_player_costs_those_who_wait_no_look(looks):
    one = journal()
    for number in range(1000):
        one.wait(Match(player=f"p-{number}"), Bounds(min=1))
        one.wait(Match(api="login", player=f"p-{number}"), Bounds(min=1))
        one.wait(Match(api="checkSession"), Bounds(min=number + 1))
    looks.clear()

    answer(one, "ann", "login")

    assert looks == []


def test_however_many_wait_for_one_thing_a_call_is_looked_at_once(looks):
    one = journal()
    for _ in range(100_000):
        answer(one, "ann")
    for number in range(1000):
        one.wait(Match(ok=True), Bounds(min=200_000 + number))
    looks.clear()

    answer(one, "bob")

    assert [(kind.api, kind.outcome) for kind in looks] == [("login", "ok")]


def test_who_leaves_is_asked_about_nothing_more(looks):
    one = journal()
    waiting = [one.wait(Match(ok=True), Bounds(min=9)) for _ in range(3)]
    for reached in waiting:
        one.leave(Match(ok=True), reached)
    looks.clear()

    answer(one)

    assert looks == []


def test_one_who_leaves_leaves_the_others_waiting():
    one = journal()
    leaves, stays = (one.wait(Match(), Bounds(min=1)) for _ in range(2))
    one.leave(Match(), leaves)
    answer(one)

    assert not leaves.done()
    assert stays.result(0) == 1
    one.leave(Match(), stays)  # who is done may leave as well


def test_the_end_of_the_world_lets_everybody_go():
    one = journal()
    waiting = [one.wait(Match(player=player), Bounds(min=1)) for player in "ab"]

    one.end()

    assert [reached.result(0) for reached in waiting] == [None, None]
    assert one.wait(Match(), Bounds(min=1)).result(0) is None
    assert one.wait(Match(), Bounds()).result(0) == 0


def test_who_waits_for_a_player_without_a_counter_is_refused_at_once_and_not_kept(looks):
    one = journal(Budget(max_counters=1))
    for player in "ab":
        answer(one, player)
    with pytest.raises(NotCounted):
        one.wait(Match(player="c"), Bounds(min=1))
    looks.clear()

    answer(one, "c")

    assert looks == []


def test_who_began_to_wait_before_the_counters_ran_out_is_answered_rightly():
    one = journal(Budget(max_counters=1))
    answer(one, "a")
    reached = one.wait(Match(player="c"), Bounds(min=2))
    for player in "bcc":
        answer(one, player)

    assert reached.result(0) == 2


def test_who_waits_is_let_go_if_nobody_can_count_what_a_clearing_left():
    one = journal(Budget(max_counters=1))
    answer(one, "a")
    reached = one.wait(Match(player="c"), Bounds(min=5))
    for player in "bc":
        answer(one, player)

    one.clear(api="checkSession")

    assert reached.result(0) is None


ACTS = st.lists(
    st.tuples(st.sampled_from(["call", "call", "call", "clear"]), st.sampled_from("ab")),
    max_size=30,
)
QUESTIONS = st.lists(
    st.tuples(
        st.builds(
            Match, player=st.sampled_from([None, "a", "b"]), ok=st.sampled_from([None, True])
        ),
        st.builds(Bounds, min=st.integers(0, 4))
        | st.lists(st.integers(0, 5), min_size=2, max_size=2).map(
            lambda ends: Bounds(min=min(ends), max=max(ends))
        ),
    ),
    max_size=5,
)


@given(before=ACTS, questions=QUESTIONS, after=ACTS)
def test_each_is_answered_at_the_first_moment_at_which_its_bounds_hold(before, questions, after):
    one = journal()
    for act in before:
        do(one, *act)
    waiting = [(match, bounds, one.wait(match, bounds)) for match, bounds in questions]
    expected: list[Any] = [first(one, match, bounds) for match, bounds in questions]
    for act in after:
        do(one, *act)
        for number, (match, bounds, _) in enumerate(waiting):
            if expected[number] is None:
                expected[number] = first(one, match, bounds)

    answered = [reached.result(0) if reached.done() else None for _, _, reached in waiting]
    assert answered == expected


def do(one: Any, act: str, player: str) -> None:
    if act == "call":
        answer(one, player)
    else:
        one.clear(player=player)


def first(one: Any, match: Match, bounds: Bounds) -> int | None:
    count = one.count(match)
    return count if bounds.hold(count) else None
