import math
from typing import Any

import pytest

from tt_emulator.domain.model import Call
from tt_emulator.errors import Unprocessable
from tt_emulator.journal.match import Match, read_question
from tt_emulator.platforms.tt.pages import load
from tt_emulator.wire.control.journal import Check


@pytest.fixture
def tried(bench):
    """Call login, then again so many milliseconds after each answer."""

    def tries(*gaps_ms: int) -> None:
        bench.call("login")
        for gap_ms in gaps_ms:
            bench.clock.ms += gap_ms
            bench.call("login")

    return tries


@pytest.fixture
def verify(bench):
    def ask(**question: Any) -> Any:
        asked = read_question(question, load())
        return Check(bench.world, asked, asked.exactly(), 0).verdict()

    return ask


def test_a_gap_is_from_one_answer_to_the_next_arrival(bench, arm, tried, verify):
    steps = bench.engine.handle(Call(bench.catalog.apis["login"], {}))
    arm(delay_ms=5, times=1)
    next(steps)
    bench.clock.ms += 300
    list(steps)
    bench.clock.ms += 20
    bench.call("login")

    assert verify().gaps_ms == [20]


@pytest.mark.parametrize(
    ("bounds", "ok"),
    [
        ({"min_gap_ms": 2000}, True),
        ({"min_gap_ms": 2001}, False),
        ({"max_gap_ms": 5000}, True),
        ({"max_gap_ms": 4999.5}, False),
        ({"min_gap_ms": [2000, 5000]}, True),
        ({"min_gap_ms": [2000, 5001]}, False),
        ({"min_gap_ms": [2000]}, True),
        ({"min_gap_ms": [5000, 2000]}, False),
        ({"min_gap_ms": [1900, 4900], "max_gap_ms": [2100, 5100]}, True),
        ({"min_gap_ms": [1900, 4900], "max_gap_ms": 5000}, True),
    ],
    ids=str,
)
def test_each_gap_is_held_to_its_bound(tried, verify, bounds, ok):
    tried(2000, 5000)

    verdict = verify(**bounds)

    assert (verdict.ok, verdict.count, verdict.gaps_ms) == (ok, 3, [2000, 5000])
    assert bool(verdict.differences) is not ok


def test_a_gap_that_breaks_a_bound_is_named_with_by_how_much(tried, verify):
    tried(3, 9000)

    assert verify(min_gap_ms=500, max_gap_ms=5000).differences == [
        "gap 1, from #1 to #2: 3 ms, wanted at least 500 ms (497 ms too short)",
        "gap 2, from #2 to #3: 9000 ms, wanted at most 5000 ms (4000 ms too long)",
    ]


def test_of_many_that_break_a_bound_the_first_are_named(tried, verify):
    tried(*[1] * 7)

    differences = verify(min_gap_ms=2).differences

    assert len(differences) == 6
    assert differences[-1] == "2 gaps more broke a bound"


def test_a_list_wants_as_many_gaps_and_leaves_more_free(tried, verify):
    tried(2000)

    assert verify(count=2, min_gap_ms=[2000, 5000]).differences == ["wanted 2 gaps, found 1"]
    tried(9, 7)
    assert verify(count=5, min_gap_ms=[2000]).ok


def test_without_a_count_a_list_wants_its_calls(tried, verify):
    tried(2000)

    assert verify(min_gap_ms=[2000, 5000]).differences[0] == "wanted at least 3, found 2"


def test_one_call_has_no_gap_that_could_break_a_number(tried, verify):
    tried()

    verdict = verify(min_gap_ms=500)

    assert (verdict.ok, verdict.gaps_ms) == (True, [])


def test_a_call_that_did_not_wait_for_the_answer_has_a_negative_gap(bench, arm, verify):
    arm(delay_ms=5, times=1)
    first = bench.engine.handle(Call(bench.catalog.apis["login"], {}))
    next(first)
    bench.call("login")
    bench.clock.ms += 30
    list(first)

    verdict = verify(min_gap_ms=0)

    assert verdict.gaps_ms == [-30]
    assert verdict.differences == [
        "gap 1, from #1 to #2: -30 ms, wanted at least 0 ms (30 ms too short)"
    ]


def test_a_gap_over_a_call_under_way_is_not_taken_for_one(bench, arm, tried, verify):
    tried()
    arm(delay_ms=5, times=1)
    under_way = bench.engine.handle(Call(bench.catalog.apis["login"], {}))
    next(under_way)
    bench.clock.ms += 2000
    tried()

    assert verify(count=2).ok
    assert verify(count=2, min_gap_ms=2000).differences == [
        "#2 login has no answer yet: its gaps are not known"
    ]


def test_gaps_that_are_forgotten_are_told_and_no_list_is_laid_to_the_wrong_ones(bench, verify):
    for _ in range(1002):
        bench.clock.ms += 10
        bench.call("login")

    forgotten = "2 earlier matching calls are forgotten: their gaps are not known"
    verdict = verify(min_gap_ms=[5000])
    assert (verdict.ok, verdict.differences) == (False, [forgotten])
    assert len(verdict.gaps_ms) == 999
    assert verify(min_gap_ms=10).differences == [forgotten]
    assert verify(max_gap_ms=9).differences[:2] == [
        forgotten,
        "gap 1, from #3 to #4: 10 ms, wanted at most 9 ms (1 ms too long)",
    ]
    assert verify().ok


def test_a_repeated_call_is_no_try_of_its_own(bench, verify):
    bench.call("login", call_id="one")
    bench.clock.ms += 3
    bench.call("login", call_id="one")
    bench.clock.ms += 1000
    bench.call("login", call_id="two")

    assert verify(min_gap_ms=500).gaps_ms == [1003]


def test_only_calls_that_match_have_gaps(bench, tried, verify):
    tried()
    bench.clock.ms += 100
    bench.call("login", player="bob")
    bench.clock.ms += 100
    tried()

    assert verify(match={"player": "player-1"}).gaps_ms == [200]
    assert bench.world.journal.count(Match()) == 3


@pytest.mark.parametrize("field", ["min_gap_ms", "max_gap_ms"])
@pytest.mark.parametrize(
    ("value", "place"),
    [
        (-1, ""),
        (math.nan, ""),
        (math.inf, ""),
        (10**18, ""),
        (10**400, ""),
        (True, ""),
        ("500", ""),
        ([], ""),
        ([0] * 1000, ""),
        ([1, -1], "/1"),
        ([None], "/0"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_no_gap_could_be_is_refused_with_its_place(field, value, place):
    with pytest.raises(Unprocessable) as caught:
        read_question({field: value}, load())

    assert caught.value.flaws[0].pointer == f"/{field}{place}"


@pytest.mark.parametrize(
    ("least", "most", "pointer"),
    [
        (2, 1, "/min_gap_ms"),
        (2, [3, 1], "/min_gap_ms"),
        ([0, 2], 1, "/min_gap_ms/1"),
        ([0, 2, 9], [0, 1], "/min_gap_ms/1"),
    ],
)
def test_bounds_between_which_nothing_is_are_refused(least, most, pointer):
    with pytest.raises(Unprocessable) as caught:
        read_question({"min_gap_ms": least, "max_gap_ms": most}, load())

    assert caught.value.flaws[0].pointer == pointer
