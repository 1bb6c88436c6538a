"""Another order of what is armed: another fault decides, and nothing else is another."""

import pytest

from harness import Bench
from tt_emulator.errors import Unprocessable

OFFLINE, BROKEN = {"error": "network-unavailable"}, {"error": "internal-error"}


def reorder(bench, *ids):
    return [fault.id for fault in bench.world.faults.reorder({"ids": list(ids)})]


def test_the_one_that_was_moved_to_the_front_decides(bench):
    bench.world.faults.arm([OFFLINE, BROKEN])
    assert bench.save({"a": "1"})["errorCode"] == 999985

    assert reorder(bench, "f2", "f1") == ["f2", "f1"]

    assert bench.save({"a": "1"})["errorCode"] == 999993


def test_all_that_is_shown_of_a_fault_moves_with_it(bench):
    bench.world.faults.arm([OFFLINE | {"times": 1}, BROKEN | {"skip": 1}, {"delay_ms": 1}])
    for _ in range(2):
        bench.save({"a": "1"})
    before = bench.world.faults.views()

    reorder(bench, "f3", "f1", "f2")

    assert bench.world.faults.views() == [before[2], before[0], before[1]]


def test_luck_stays_with_the_fault():
    def story(*order):
        bench = Bench(seed=3)
        bench.world.faults.arm(
            [OFFLINE | {"player": "ann", "probability": 0.5}, BROKEN | {"probability": 0.5}]
        )
        reorder(bench, *order)
        return [bench.save({"a": "1"})["errMsg"] for _ in range(40)]

    assert story("f2", "f1") == story("f1", "f2")
    assert len(set(story("f1", "f2"))) == 2


def test_a_fault_that_is_armed_later_stands_last_and_has_the_next_number(bench):
    bench.world.faults.arm([OFFLINE, OFFLINE])
    reorder(bench, "f2", "f1")

    bench.world.faults.arm(BROKEN)

    assert [fault.id for fault in bench.world.faults.views()] == ["f2", "f1", "f3"]


@pytest.mark.parametrize(
    ("ids", "pointers"),
    [
        (["f1"], ["/ids"]),
        (["f2", "f1", "f2"], ["/ids/2"]),
        (["f1", "f9", "f2"], ["/ids/1"]),
        (["f8", "f1", "f1"], ["/ids/0", "/ids/2", "/ids"]),
        (["f1", 2], ["/ids/1"]),
    ],
)
def test_an_order_that_is_not_of_all_that_are_armed_moves_nothing(bench, ids, pointers):
    bench.world.faults.arm([OFFLINE, BROKEN])

    with pytest.raises(Unprocessable) as refused:
        bench.world.faults.reorder({"ids": ids})

    assert [flaw.pointer for flaw in refused.value.flaws] == pointers
    assert [fault.id for fault in bench.world.faults.views()] == ["f1", "f2"]


def test_the_same_order_is_no_step(bench):
    bench.world.faults.arm([OFFLINE, BROKEN])
    told = bench.world.live.feed.last_id

    assert reorder(bench, "f1", "f2") == ["f1", "f2"]

    assert bench.world.live.feed.last_id == told
    reorder(bench, "f2", "f1")
    assert bench.world.live.feed.last_id > told
