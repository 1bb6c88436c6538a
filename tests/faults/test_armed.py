"""When a fault matches a call, and how its counts go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import Bench

OFFLINE = "network-unavailable"


def struck(bench, *, api="setUserCloudStorage", keys=("a",), **fields):
    """Whether a call is struck."""
    options = {"keyList": list(keys)}
    if api == "setUserCloudStorage":
        options = {"KVDataList": [{"key": key, "value": "1"} for key in keys]}
    return bench.steps(api, options, **fields)[-1].fault is not None


def counts(bench, fault):
    view = bench.world.faults.get(fault.id)
    return view.hits, view.remaining, view.completed


def test_a_fault_without_clauses_strikes_every_call(bench, arm):
    arm(error=OFFLINE)

    assert struck(bench)
    assert struck(bench, api="login", player="bob")
    assert struck(bench, api="removeUserCloudStorage", domain="open")


@pytest.mark.parametrize("api", ["login", ["login"], ["login", "getUserCloudStorage"]])
def test_a_fault_strikes_the_apis_it_names(bench, arm, api):
    arm(error=OFFLINE, api=api)

    assert struck(bench, api="login")
    assert struck(bench, api="getUserCloudStorage") == ("getUserCloudStorage" in api)
    assert not struck(bench)


def test_a_fault_strikes_the_player_it_names_to_the_letter(bench, arm):
    arm(error=OFFLINE, player="alice")

    assert struck(bench, player="alice")
    assert not struck(bench, player="Alice")
    assert not struck(bench, player="alice2")
    assert not struck(bench)


def test_a_player_is_no_pattern(bench, arm):
    arm(error=OFFLINE, player="*")

    assert not struck(bench)
    assert struck(bench, player="*")


@pytest.mark.parametrize(
    ("glob", "key", "matches"),
    [
        ("score", "score", True),
        ("score", "score2", False),
        ("score", "highscore", False),
        ("score*", "score", True),
        ("score*", "score/1\n2", True),
        ("score*", "Score1", False),
        ("SCORE*", "score1", False),
        ("*", "什么", True),
        ("?", "键", True),
        ("?", "ab", False),
        ("[ab]1", "b1", True),
        ("[!ab]1", "b1", False),
        ("level.1", "level-1", False),
        ("a+b", "a+b", True),
        ("[", "[", True),
        ("../x", "../x", True),
        ("\\d", "7", False),
    ],
)
def test_a_key_is_a_glob_that_minds_case(bench, arm, glob, key, matches):
    arm(error=OFFLINE, key=glob)

    assert struck(bench, keys=[key]) == matches


@pytest.mark.parametrize(
    "api", ["setUserCloudStorage", "getUserCloudStorage", "removeUserCloudStorage"]
)
def test_one_matching_key_of_a_call_is_enough(bench, arm, api):
    arm(error=OFFLINE, key="score*")

    assert struck(bench, api=api, keys=["name", "score"])
    assert not struck(bench, api=api, keys=["name"])
    assert not struck(bench, api=api, keys=[])


def test_a_fault_with_a_key_strikes_no_api_without_keys(bench, arm):
    arm(error=OFFLINE, key="*")

    assert not struck(bench, api="login")


def test_all_clauses_must_hold(bench, arm):
    arm(error=OFFLINE, api="setUserCloudStorage", player="alice", key="score")

    assert not struck(bench, player="alice", keys=["name"])
    assert not struck(bench, player="bob", keys=["score"])
    assert not struck(bench, player="alice", keys=["score"], api="getUserCloudStorage")
    assert struck(bench, player="alice", keys=["score"])


def test_a_call_that_does_not_match_is_not_counted(bench, arm):
    fault = arm(error=OFFLINE, player="alice", skip=1, times=1)

    struck(bench, player="bob")
    assert not struck(bench, player="alice")
    struck(bench, player="bob")
    assert struck(bench, player="alice")
    assert counts(bench, fault) == (1, 0, True)


def test_without_times_a_fault_strikes_without_end(bench, arm):
    fault = arm(error=OFFLINE)

    assert all(struck(bench) for _ in range(20))
    assert counts(bench, fault) == (20, None, False)


def test_what_remains_goes_down_with_each_strike(bench, arm):
    fault = arm(error=OFFLINE, times=2)

    seen = [counts(bench, fault)]
    for _ in range(3):
        struck(bench)
        seen.append(counts(bench, fault))

    assert seen == [(0, 2, False), (1, 1, False), (2, 0, True), (2, 0, True)]


@given(skip=st.integers(0, 6), times=st.none() | st.integers(1, 6), calls=st.integers(0, 15))
def test_first_the_skipped_calls_pass_then_times_of_them_are_struck(skip, times, calls):
    bench = Bench()
    (fault,) = bench.world.faults.arm({"error": OFFLINE, "skip": skip, "times": times})

    seen = [struck(bench) for _ in range(calls)]

    last = calls if times is None else skip + times
    assert seen == [skip <= number < last for number in range(calls)]
    assert bench.world.faults.get(fault.id).hits == sum(seen)


def test_an_ok_of_a_sequence_uses_it_up_and_is_no_hit(bench, arm):
    fault = arm(sequence=["ok", OFFLINE, "ok"], api="setUserCloudStorage")

    seen = [(*counts(bench, fault), struck(bench)) for _ in range(4)]

    assert seen == [
        (0, 3, False, False),
        (0, 2, False, True),
        (1, 1, False, False),
        (1, 0, True, False),
    ]
    assert bench.world.faults.get(fault.id).matched == 4


@given(
    skip=st.integers(0, 4),
    every=st.integers(1, 4),
    times=st.none() | st.integers(1, 3),
    calls=st.integers(0, 20),
)
def test_of_those_after_the_skipped_each_so_many_th_is_struck(skip, every, times, calls):
    bench = Bench()
    bench.world.faults.arm({"error": OFFLINE, "skip": skip, "every": every, "times": times})

    seen = [struck(bench) for _ in range(calls)]

    due = range(skip + every - 1, calls, every)[:times]
    assert seen == [number in due for number in range(calls)]


def test_the_journal_says_which_match_of_how_many_it_was(arm, bench):
    arm(error=OFFLINE, every=3, label="third")

    for _ in range(3):
        struck(bench)

    assert [exchange.reason for exchange in bench.world.journal.find()] == [
        "f1 (third) strikes one in 3, match 1",
        "f1 (third) strikes one in 3, match 2",
        "f1 (third) struck, hit 1",
    ]


@pytest.mark.parametrize("key", [None, "k1"])
def test_a_fault_for_many_keys_strikes_calls_that_name_so_many(bench, arm, key):
    arm(error=OFFLINE, min_keys=3, key=key)
    keys = [f"k{number}" for number in range(4)]

    assert not struck(bench, keys=keys[:2])
    assert struck(bench, keys=keys[:3])
    assert struck(bench, api="removeUserCloudStorage", keys=keys)
    assert not struck(bench, api="login")


def test_many_keys_of_which_none_fits_are_not_enough(bench, arm):
    arm(error=OFFLINE, min_keys=2, key="score")

    assert not struck(bench, keys=["a", "b", "c"])
    assert not struck(bench, keys=["score"])
    assert struck(bench, keys=["score", "b"])
