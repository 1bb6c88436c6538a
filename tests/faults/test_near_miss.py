"""Why a fault never struck: what happened to the calls since it was armed, and nothing else."""

import pytest

from tt_emulator.domain.model import Call
from tt_emulator.errors import WrongDomain

SAVE = "setUserCloudStorage"
OFFLINE, BROKEN = "network-unavailable", "internal-error"


@pytest.fixture
def why(bench):
    """What a fault tells, by its id."""
    return lambda fault: bench.world.faults.get(fault.id).near_miss


def test_no_call_has_come_since_it_was_armed_whatever_came_before(bench, arm, why):
    arm(error=BROKEN, api=SAVE, times=1)
    bench.save({"k": "1"})
    late = arm(error=OFFLINE, api=SAVE)

    assert why(late) == "no call since it was armed"


@pytest.mark.parametrize("verb", ["replace", "reset", "disarm"])
def test_calls_before_it_was_armed_again_are_not_its(bench, arm, why, verb):
    fault = arm(error=OFFLINE, player="alice")
    bench.save({"k": "1"})
    if verb == "reset":
        bench.world.reset(("faults",))
    elif verb == "disarm":
        bench.world.faults.disarm(fault.id)
    put = bench.world.faults.replace if verb == "replace" else bench.world.faults.arm

    (fault,) = put([{"error": OFFLINE, "player": "alice"}])

    assert why(fault) == "no call since it was armed"


def test_a_call_that_comes_again_under_its_id_is_of_the_time_when_it_first_came(bench, arm, why):
    bench.save({"k": "1"}, call_id="c1")
    fault = arm(error=OFFLINE)
    bench.save({"k": "1"}, call_id="c1")

    assert why(fault) == "no call since it was armed"


def test_a_call_that_came_while_it_waited_was_decided_before(bench, arm, why):
    arm(delay_ms=100)
    waiting = bench.engine.handle(Call(bench.catalog.apis["login"], {}))
    next(waiting)
    late = arm(error=OFFLINE, api="login")
    list(waiting)

    assert why(late) == "no call since it was armed"


def test_calls_of_other_apis_are_counted_from_its_arming_on(bench, arm, why):
    first = arm(error=OFFLINE, api="login")
    bench.save({"k": "1"})
    second = arm(error=OFFLINE, api="login")
    bench.save({"k": "1"})
    bench.call("checkSession")
    bench.call(SAVE, {})

    assert why(first) == "api did not match: the calls were checkSession 1, setUserCloudStorage 3"
    assert why(second) == "api did not match: the calls were checkSession 1, setUserCloudStorage 2"


@pytest.mark.parametrize(
    ("clauses", "missed"),
    [
        ({"player": "alice"}, "player did not: bob against alice"),
        ({"domain": "open"}, "domain did not: main against open"),
        ({"key": "score*"}, "key did not: level, x against score*"),
        ({"player": "alice", "key": "score*"}, "player did not: bob against alice"),
        ({"domain": "open", "player": "alice"}, "domain did not: main against open"),
    ],
)
def test_the_first_clause_that_failed_is_told(bench, arm, why, clauses, missed):
    fault = arm(error=OFFLINE, api=SAVE, **clauses)
    bench.save({"level": "1", "x": "2"}, player="bob")

    assert why(fault) == f"api matched, {missed}"


def test_a_call_without_keys_is_told_as_that(bench, arm, why):
    fault = arm(error=OFFLINE, key="score*")
    bench.save({})

    assert why(fault) == "api matched, key did not: no key against score*"


def test_of_very_many_or_long_keys_the_beginning_is_told(bench, arm, why):
    fault = arm(error=OFFLINE, key="score*")
    bench.save({"a" * 200: "1"} | {f"k{number}": "1" for number in range(9)})

    assert why(fault) == (
        f"api matched, key did not: {'a' * 64}…, k0, k1, k2, k3, … against score*"
    )


def test_the_last_of_the_nearest_calls_is_told_and_how_many_others_failed_where(bench, arm, why):
    fault = arm(error=OFFLINE, player="alice", key="score*", domain="main")
    bench.save({"a": "1"}, player="alice")
    bench.save({"b": "1"}, player="alice")
    bench.save({"score": "1"}, player="bob")
    bench.save({"score": "1"}, player="alice", domain="open")
    bench.call("checkSession", player="alice")

    assert why(fault) == (
        "api matched, key did not: b against score*; "
        "other calls did not match: key 1, player 1, domain 1, api 1"
    )


@pytest.mark.parametrize(("calls", "often"), [(1, "once"), (2, "2 times"), (12, "12 times")])
def test_the_fault_that_decided_first_is_named(bench, arm, why, calls, often):
    arm(error=BROKEN, api=SAVE)
    fault = arm(error=OFFLINE, api=SAVE)
    for _ in range(calls):
        bench.save({"k": "1"})

    assert why(fault) == f"f1 decided first, {often}"


def test_an_ok_of_a_sequence_decides_too(bench, arm, why):
    arm(sequence=["ok", OFFLINE])
    fault = arm(error=BROKEN)
    bench.save({"k": "1"})

    assert why(fault) == "f1 decided first, once"


def test_a_delay_decides_nothing(bench, arm, why):
    arm(delay_ms=1)
    fault = arm(error=OFFLINE, player="alice")
    bench.save({"k": "1"})

    assert why(fault) == "api matched, player did not: player-1 against alice"


def test_who_could_not_have_met_the_call_does_not_name_who_decided(bench, arm, why):
    arm(error=BROKEN)
    of_another = arm(error=OFFLINE, player="alice")
    expired = arm(error=OFFLINE, ttl_s=1)
    bench.clock.ms += 1500
    bench.save({"k": "1"}, player="bob")

    assert why(of_another) == "api matched, player did not: bob against alice"
    assert why(expired) == "it had expired (ttl_s 1) 0.5 s before the call"


def test_a_call_after_the_end_of_a_sequence_of_ok_came_too_late_whoever_decided(bench, arm, why):
    deciding = arm(error=BROKEN, skip=1)
    fault = arm(sequence=["ok"])
    bench.save({"k": "1"})
    bench.save({"k": "1"})
    bench.world.faults.disarm(deciding.id)
    bench.save({"k": "1"})

    assert why(fault) == "let 1 through; 2 came after its end"


def test_many_who_decided_first_are_told_with_a_bound(bench, arm, why):
    for _ in range(10):
        arm(error=BROKEN, times=1)
    fault = arm(error=OFFLINE)
    for _ in range(10):
        bench.save({"k": "1"})

    assert why(fault).split("; ")[6:] == [
        "f7 decided first, once",
        "f8 decided first, once",
        "others decided first, 2 times",
    ]


def test_who_is_named_is_counted_by_name_for_each_further_call(bench, arm, why):
    first = arm(error=BROKEN, times=2, key="first")
    for _ in range(8):
        arm(error=BROKEN, times=1, key="k")
    fault = arm(error=OFFLINE)
    for key in ("first", *["k"] * 8, "first"):
        bench.save({key: "1"})

    reasons = why(fault).split("; ")
    assert (reasons[0], reasons[-1]) == (
        f"{first.id} decided first, 2 times",
        "others decided first, once",
    )


@pytest.mark.parametrize(
    ("ttl_s", "after_ms", "late"),
    [
        (1, 1400, "(ttl_s 1) 0.4 s before the call"),
        (1, 1000, "(ttl_s 1) 0 s before the call"),
        (1, 1007, "(ttl_s 1) 0.007 s before the call"),
        (0.5, 100_000, "(ttl_s 0.5) 99.5 s before the call"),
    ],
)
def test_how_long_it_had_expired_is_told(bench, arm, why, ttl_s, after_ms, late):
    fault = arm(error=OFFLINE, ttl_s=ttl_s)
    bench.clock.ms += after_ms
    bench.save({"k": "1"})

    assert why(fault) == f"it had expired {late}"


def test_of_several_calls_after_it_had_expired_the_first_is_nearest(bench, arm, why):
    fault = arm(error=OFFLINE, ttl_s=1)
    for _ in range(3):
        bench.clock.ms += 1200
        bench.save({"k": "1"})

    assert why(fault) == "it had expired (ttl_s 1) 0.2 s before the call; 2 more came later"


def test_of_two_calls_after_it_had_expired_the_second_came_later(bench, arm, why):
    fault = arm(error=OFFLINE, ttl_s=1)
    bench.clock.ms += 1200
    bench.save({"k": "1"})
    bench.save({"k": "1"})

    assert why(fault) == "it had expired (ttl_s 1) 0.2 s before the call; 1 more came later"


def test_an_expired_fault_that_no_call_met_does_not_blame_its_time(bench, arm, why):
    fault = arm(error=OFFLINE, ttl_s=1, player="alice")
    bench.clock.ms += 5000

    assert why(fault) == "no call since it was armed"
    bench.save({"k": "1"}, player="bob")
    assert why(fault) == "api matched, player did not: bob against alice"


def test_a_call_that_failed_before_any_fault_is_told_by_what_it_failed_at(bench, arm, why):
    fault = arm(error=OFFLINE, api=SAVE)
    bench.call(SAVE, {})

    assert why(fault) == "1 call came and failed before any fault: KVDataList"
    bench.call(SAVE, {"KVDataList": [1]})
    assert why(fault) == "2 calls came and failed before any fault: KVDataList"


def test_what_the_host_does_not_offer_and_the_wrong_domain_are_causes_as_well(bench, arm, why):
    fault = arm(error=OFFLINE, api=["login", SAVE])
    bench.world.set({"host": {"unsupported": [SAVE]}})
    bench.save({"k": "1"})
    bench.save({"k": "1"})
    with pytest.raises(WrongDomain):
        bench.call("login", domain="open")

    assert why(fault) == (
        "3 calls came and failed before any fault: not-supported 2, wrong-domain 1"
    )


def test_a_failed_call_of_another_player_is_told_as_that(bench, arm, why):
    fault = arm(error=OFFLINE, api=SAVE, player="alice", ttl_s=1)
    bench.call(SAVE, {}, player="bob")

    assert why(fault) == "api matched, player did not: bob against alice"
    bench.clock.ms += 3000
    bench.call(SAVE, {}, player="alice")
    assert why(fault) == (
        "it had expired (ttl_s 1) 2.0 s before the call; other calls did not match: player 1"
    )


def test_a_call_that_fails_under_its_id_again_is_one_call(bench, arm, why):
    fault = arm(error=OFFLINE, api=SAVE)
    bench.call(SAVE, {}, call_id="c1")
    bench.call(SAVE, {}, call_id="c1")

    assert why(fault) == "1 call came and failed before any fault: KVDataList"


def test_skipping_is_told_without_luck_where_none_was_drawn(bench, arm, why):
    fault = arm(error=OFFLINE, skip=2)
    bench.save({"k": "1"})

    assert why(fault) == "matched 1 times: 1 skipped"


def test_what_a_sequence_let_through_is_not_laid_to_luck(bench, arm, why):
    fault = arm(sequence=["ok", OFFLINE], skip=1)
    bench.save({"k": "1"})
    bench.save({"k": "1"})

    assert why(fault) == "matched 1 times: 1 skipped; let 1 through"


def test_luck_is_told_where_it_was_drawn(bench, arm, why):
    fault = arm(error=OFFLINE, skip=1, probability=0)
    for _ in range(3):
        bench.save({"k": "1"})

    assert why(fault) == "matched 3 times: 1 skipped, no luck in the others"


def test_several_causes_are_told_one_after_another_each_with_its_count(bench, arm, why):
    bench.world.faults.arm(
        [{"error": BROKEN, "key": "a"}, {"error": BROKEN, "key": "b", "times": 1}]
    )
    fault = arm(error=OFFLINE, api=SAVE, player="alice", skip=1, probability=0, ttl_s=60)
    bench.save({"k": "1"}, player="alice")
    bench.save({"k": "1"}, player="alice")
    bench.save({"a": "1"}, player="alice")
    bench.save({"b": "1"}, player="alice")
    bench.save({"a": "1"}, player="alice")
    bench.save({"k": "1"}, player="bob")
    bench.call(SAVE, {}, player="alice")
    bench.call("checkSession", player="alice")
    bench.clock.ms += 90_000
    bench.save({"k": "1"}, player="alice")

    assert why(fault) == (
        "matched 2 times: 1 skipped, no luck in the others; f1 decided first, 2 times; "
        "f2 decided first, once; it had expired (ttl_s 60) 30.0 s before the call; "
        "1 call came and failed before any fault: KVDataList; "
        "other calls did not match: player 1, api 1"
    )


def test_a_fault_that_struck_tells_no_near_miss(bench, arm, why):
    fault = arm(error=OFFLINE, player="alice")
    bench.save({"k": "1"}, player="alice")
    bench.save({"k": "1"}, player="bob")

    assert why(fault) is None


def test_values_that_read_like_the_sentence_are_quoted(bench, arm, why):
    fault = arm(error=OFFLINE, player="bob against x; f1")
    bench.save({"k": "1"}, player="a, b")

    assert why(fault) == r"api matched, player did not: 'a, b' against 'bob against x\x3b f1'"


@pytest.mark.parametrize("end", ["y", "?", "xy", "*y"])
def test_a_long_key_and_a_long_pattern_are_told_apart(bench, arm, why, end):
    fault = arm(error=OFFLINE, key="x" * 110 + end)
    bench.save({"x" * 110: "1"})

    key, pattern = why(fault).removeprefix("api matched, key did not: ").split(" against ")
    assert key != pattern
    assert pattern.strip("'").endswith(end)


def test_a_long_player_and_a_long_wanted_one_are_told_apart(bench, arm, why):
    fault = arm(error=OFFLINE, player="p" * 99 + "1")
    bench.save({"k": "1"}, player="p" * 99 + "2")

    player, wanted = why(fault).removeprefix("api matched, player did not: ").split(" against ")
    assert (player[-1], wanted[-1]) == ("2", "1")


def test_the_nearest_call_with_too_few_keys_is_told(bench, arm, why):
    fault = arm(error=OFFLINE, api=SAVE, min_keys=3, key="k*")
    bench.save({"x": "1", "y": "1", "z": "1"})
    bench.save({"k": "1"})
    bench.save({"k": "1", "x": "1"})

    assert why(fault) == (
        "api matched, min_keys did not: 2 against 3; other calls did not match: min_keys 1, key 1"
    )
