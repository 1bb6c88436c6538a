"""Counts are exact or refused, never silently wrong."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.answered import answer, close_exchange, journal, open_exchange
from tt_emulator.errors import NotCounted
from tt_emulator.journal import Budget
from tt_emulator.journal.budget import MAX_COUNTERS
from tt_emulator.journal.match import Match


class Called(NamedTuple):
    """A call, and the error with which it ended."""

    api: str
    player: str
    error: str | None


PLAYERS = "abcdefgh"
CALLS = st.lists(
    st.builds(
        Called,
        api=st.sampled_from(["login", "getUserCloudStorage"]),
        player=st.sampled_from(PLAYERS),
        error=st.sampled_from([None, None, "network-unavailable"]),
    ),
    max_size=40,
)
APIS = st.sampled_from([None, "login", "getUserCloudStorage", "checkSession"])
MATCHES = st.builds(
    Match,
    api=APIS,
    player=st.none() | st.sampled_from(PLAYERS),
    ok=st.none() | st.booleans(),
    error=st.sampled_from([None, "network-unavailable", "session-failure"]),
)
CLEARS = st.fixed_dictionaries(
    {"api": APIS, "player": st.none() | st.sampled_from(PLAYERS)},
    optional={
        "after": st.integers(1, 50),
        "until": st.integers(0, 50),
        "limit": st.integers(0, 20),
    },
)


def matches(match: Match, call: Called) -> bool:
    return (
        match.api in (None, call.api)
        and match.player in (None, call.player)
        and match.ok in (None, call.error is None)
        and match.error in (None, call.error)
    )


@given(before=CALLS, clear=st.none() | CLEARS, after=CALLS, match=MATCHES)
def test_calls_are_counted_as_one_by_one(before, clear, after, match):
    one = journal()
    remaining = dict(enumerate(before, 1))
    for call in before:
        answer(one, call.player, call.api, error=call.error)
    if clear is not None:
        gone = [exchange.id for exchange in one.find(**{"after": 0} | clear)]
        one.clear(**clear)
        remaining = {number: call for number, call in remaining.items() if number not in gone}
    for number, call in enumerate(after, len(before) + 1):
        answer(one, call.player, call.api, error=call.error)
        remaining[number] = call

    assert one.count(match) == sum(matches(match, call) for call in remaining.values())


@given(calls=CALLS, counters=st.integers(0, 12), match=MATCHES)
def test_with_too_few_counters_a_count_is_right_or_refused_and_of_all_players_right(
    calls, counters, match
):
    one = journal(Budget(max_counters=counters))
    for call in calls:
        answer(one, call.player, call.api, error=call.error)
    right = sum(matches(match, call) for call in calls)

    try:
        assert one.count(match) == right
    except NotCounted:
        assert match.player is not None
    anybody = Match(api=match.api, ok=match.ok, error=match.error)
    assert one.count(anybody) == sum(matches(anybody, call) for call in calls)
    one.clear()
    assert one.count(match) == 0


def test_a_hundred_thousand_players_of_one_world_are_counted_one_by_one():
    assert MAX_COUNTERS // 2 > 100_000 * 4
    one = journal()
    for number in range(100_000):
        answer(one, f"p-{number}")
    answer(one, "p-7")

    assert one.count(Match()) == 100_001
    assert [one.count(Match(player=f"p-{number}")) for number in (7, 99_999, 100_000)] == [2, 1, 0]


def test_who_came_before_the_counters_ran_out_goes_on_being_counted():
    one = journal(Budget(max_counters=4))
    for player in "abcda":
        answer(one, player)

    assert one.count(Match(player="a")) == 2
    assert one.count(Match()) == 5
    for player in ("d", "nobody"):
        with pytest.raises(NotCounted, match=player):
            one.count(Match(player=player))


def test_one_world_alone_leaves_counters_to_the_others():
    budget = Budget(max_counters=1000)
    greedy, other = journal(budget), journal(budget)
    for number in range(2000):
        answer(greedy, f"p-{number}")
    for number in range(100):
        answer(other, f"p-{number}")

    assert [other.count(Match(player=f"p-{number}")) for number in (0, 99, 100)] == [1, 1, 0]
    assert greedy.count(Match(player="p-400")) == 1
    with pytest.raises(NotCounted):
        greedy.count(Match(player="p-600"))


@pytest.mark.parametrize("way_back", ["clear", "clear the API", "clear each player", "drop"])
def test_counters_are_free_again_when_what_they_count_is_gone(way_back):
    budget = Budget(max_counters=100)
    first, second = journal(budget), journal(budget)
    for number in range(50):
        answer(first, f"p-{number}")
    if way_back == "drop":
        first.give_back()
    elif way_back == "clear each player":
        for number in range(50):
            first.clear(player=f"p-{number}")
    else:
        first.clear(api=None if way_back == "clear" else "login")
    for number in range(50):
        answer(second, f"p-{number}")

    assert second.count(Match(player="p-49")) == 1


def test_a_player_whose_calls_are_not_counted_cannot_be_cleared_and_nothing_is_forgotten():
    one = journal(Budget(max_counters=2))
    for player in "ab":
        answer(one, player)

    with pytest.raises(NotCounted, match="'b'"):
        one.clear(player="b")

    assert [exchange.call.player for exchange in one.find()] == ["a", "b"]
    assert one.count(Match()) == 2


def test_a_call_that_is_answered_after_the_journal_was_cleared_counts():
    one = journal()
    exchange = open_exchange(one, "ann")
    one.clear()
    close_exchange(one, exchange)

    assert one.count(Match(player="ann")) == 1
