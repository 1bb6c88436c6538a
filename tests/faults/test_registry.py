from threading import Barrier, Thread

import pytest
from msgspec.structs import replace

from tt_emulator.errors import NotArmed, NotFound
from tt_emulator.faults.lineup import MAX_TAKEN_OFF

OFFLINE, BROKEN = "network-unavailable", "internal-error"


def hits(bench):
    return [fault.hits for fault in bench.world.faults.views()]


def test_the_first_that_strikes_decides_and_later_ones_do_not_count(bench, arm):
    arm(error=OFFLINE)
    arm(error=BROKEN, skip=1)

    codes = [bench.save({"a": "1"})["errorCode"] for _ in range(3)]

    assert codes == [999985] * 3
    assert hits(bench) == [3, 0]
    bench.world.faults.disarm("f1")
    assert bench.save({"a": "1"}) == {"errMsg": "setUserCloudStorage:ok"}  # its skip is still whole


def test_a_spent_one_lets_later_ones_decide(bench, arm):
    arm(error=OFFLINE, times=1)
    arm(error=BROKEN, times=1)

    answers = [bench.save({"a": "1"}).get("errorCode") for _ in range(3)]

    assert answers == [999985, 999993, None]
    assert hits(bench) == [1, 1]


def test_one_that_is_skipping_lets_later_ones_decide(bench, arm):
    arm(error=OFFLINE, skip=1)
    arm(error=BROKEN)

    assert [bench.save({"a": "1"})["errorCode"] for _ in range(2)] == [999993, 999985]


def test_one_that_does_not_match_lets_later_ones_decide(bench, arm):
    arm(error=OFFLINE, player="bob")
    arm(error=BROKEN)

    assert bench.save({"a": "1"})["errorCode"] == 999993


def test_faults_stand_in_the_order_in_which_they_were_armed(bench, arm):
    first = arm(error=OFFLINE)
    others = bench.world.faults.arm([{"error": BROKEN}, {"delay_ms": 1}])

    assert [view.id for view in bench.world.faults.views()] == [
        fault.id for fault in [first, *others]
    ]


def test_an_id_is_never_given_twice(bench):
    ids = []
    for _ in range(3):
        ids += [fault.id for fault in bench.world.faults.replace([{"error": OFFLINE}] * 2)]
        ids += [fault.id for fault in bench.world.faults.arm({"error": OFFLINE})]
        bench.world.faults.disarm(ids[-1])
        bench.world.faults.clear()

    assert len(set(ids)) == len(ids) == 9


def test_replace_takes_the_new_ones_instead_of_all(bench, arm):
    arm(error=OFFLINE)

    replaced = bench.world.faults.replace({"error": BROKEN})

    assert bench.world.faults.views() == replaced
    assert bench.save({"a": "1"})["errorCode"] == 999993


def test_replace_by_nothing_disarms(bench, arm):
    arm(error=OFFLINE)

    assert bench.world.faults.replace([]) == []
    assert bench.save({"a": "1"}) == {"errMsg": "setUserCloudStorage:ok"}


def test_disarm_takes_one_off_and_leaves_the_counts_of_the_others(bench, arm):
    arm(error=OFFLINE, times=1)
    kept = arm(error=BROKEN, times=2)
    bench.save({"a": "1"})
    bench.save({"a": "1"})

    bench.world.faults.disarm("f1")

    assert [view.id for view in bench.world.faults.views()] == [kept.id]
    assert hits(bench) == [1]


@pytest.mark.parametrize("armed", [0, 1, 2])
@pytest.mark.parametrize("verb", ["get", "disarm"])
def test_an_id_that_is_not_armed_is_not_found(bench, armed, verb):
    bench.world.faults.arm([{"error": OFFLINE}] * armed)
    before = bench.world.faults.views()

    with pytest.raises(NotFound, match="'f99'") as caught:
        getattr(bench.world.faults, verb)("f99")

    assert caught.value.hint
    assert bench.world.faults.views() == before


@pytest.mark.parametrize("verb", ["disarm", "clear", "replace"])
def test_how_a_fault_was_when_it_was_taken_off_is_told_with_its_absence(bench, arm, verb):
    fault = arm(error=OFFLINE, api="login", times=2)
    bench.call("login")
    registry = bench.world.faults
    {
        "disarm": lambda: registry.disarm("f1"),
        "clear": registry.clear,
        "replace": lambda: registry.replace([]),
    }[verb]()
    bench.call("login")

    with pytest.raises(NotArmed) as caught:
        registry.get("f1")

    assert caught.value.fault == replace(fault, matched=1, hits=1, remaining=1, near_miss=None)


def test_of_very_many_that_were_taken_off_the_last_are_known(bench):
    registry = bench.world.faults
    registry.arm([{"error": OFFLINE}] * (MAX_TAKEN_OFF + 1))
    registry.clear()

    known = []
    for number in range(1, MAX_TAKEN_OFF + 2):
        with pytest.raises(NotArmed) as caught:
            registry.get(f"f{number}")
        known.append(caught.value.fault is not None)

    assert known == [False] + [True] * MAX_TAKEN_OFF


def test_an_id_is_armed_in_its_own_world_only(bench, arm):
    fault = arm(error=OFFLINE)

    with pytest.raises(NotFound):
        bench.engine.worlds.open("other").faults.get(fault.id)


def test_a_decision_for_many_threads_counts_each_strike_once(bench, arm):
    fault = arm(error=OFFLINE, times=100, api="setUserCloudStorage")
    together = Barrier(8)
    struck = []

    def save_often(player):
        together.wait()
        answers = [bench.save({"a": "1"}, player=player) for _ in range(500)]
        struck.append(sum("errorCode" in answer for answer in answers))

    threads = [Thread(target=save_often, args=(f"p{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(struck) == 8
    assert sum(struck) == 100
    view = bench.world.faults.get(fault.id)
    assert (view.hits, view.remaining, view.completed) == (100, 0, True)


def test_faults_armed_by_many_threads_are_all_armed(bench):
    together = Barrier(8)

    def arm_often():
        together.wait()
        for _ in range(50):
            bench.world.faults.arm({"error": OFFLINE})

    threads = [Thread(target=arm_often) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({fault.id for fault in bench.world.faults.views()}) == 400
