"""A sequence that begins again: every Nth call, without end or for so many strikes."""

from typing import Any

import pytest

from harness import Bench
from tt_emulator.errors import Unprocessable

SAVE = "setUserCloudStorage"
OFFLINE = "network-unavailable"
THIRD: dict[str, Any] = {"sequence": ["ok", "ok", OFFLINE], "loop": True, "api": SAVE}


def fails(bench: Bench) -> bool:
    return "fail" in bench.save({"a": "1"})["errMsg"]


def account(bench: Bench, fault: Any) -> tuple[int, int, int | None, bool]:
    now = bench.world.faults.get(fault.id)
    return now.matched, now.hits, now.remaining, now.completed


def test_every_third_save_fails(bench, arm):
    fault = arm(**THIRD)

    assert [fails(bench) for _ in range(9)] == [False, False, True] * 3
    assert account(bench, fault) == (9, 3, None, False)


def test_times_are_its_strikes_and_then_it_is_over(bench, arm):
    fault = arm(**THIRD, times=2)
    later = arm(error="internal-error", api=SAVE)

    seen = [(account(bench, fault), bench.save({"a": "1"}).get("errorCode")) for _ in range(7)]

    assert seen == [
        ((0, 0, 2, False), None),
        ((1, 0, 2, False), None),
        ((2, 0, 2, False), 999985),
        ((3, 1, 1, False), None),
        ((4, 1, 1, False), None),
        ((5, 1, 1, False), 999985),
        ((6, 2, 0, True), 999993),
    ]
    assert account(bench, fault) == (7, 2, 0, True)
    assert bench.world.faults.get(later.id).hits == 1


def test_its_items_are_all_taken_before_it_begins_again(bench, arm):
    arm(sequence=["internal-error", OFFLINE], loop=True, api=SAVE, skip=1)

    codes = [bench.save({"a": "1"}).get("errorCode") for _ in range(6)]

    assert codes == [None, 999993, 999985, 999993, 999985, 999993]


def test_it_is_shown_as_it_was_given(arm):
    fault = arm(**THIRD)

    assert (fault.sequence, fault.loop) == (THIRD["sequence"], True)


def test_a_call_that_comes_again_meets_the_item_that_it_met(bench, arm):
    fault = arm(**THIRD)
    for number in range(5):
        bench.save({"a": "1"}, call_id=f"c-{number}")

    again = [bench.save({"a": "1"}, call_id=f"c-{number}")["errMsg"] for number in (2, 3, 2)]

    assert ["fail" in message for message in again] == [True, False, True]
    assert account(bench, fault)[:2] == (5, 1)


def test_one_that_does_not_loop_ends_as_before(bench, arm):
    fault = arm(sequence=[OFFLINE, "ok"], loop=False, api=SAVE)

    assert [fails(bench) for _ in range(3)] == [True, False, False]
    assert account(bench, fault) == (3, 1, 0, True)


REFUSED: dict[str, tuple[Any, str, str]] = {
    "times without loop": ({"sequence": [OFFLINE], "times": 1}, "/times", "leave times out"),
    "times, loop switched off": (
        {"sequence": [OFFLINE], "times": 1, "loop": False},
        "/times",
        "leave times out",
    ),
    "a chance": ({**THIRD, "probability": 0.5}, "/probability", "leave probability out"),
    "an error": ({**THIRD, "error": OFFLINE}, "/sequence", "exclude each other"),
    "a wire fault": ({**THIRD, "wire": "reset"}, "/sequence", "exclude each other"),
    "a loop of an error": ({"error": OFFLINE, "loop": True}, "/loop", "says nothing"),
    "a loop of a delay": ({"delay_ms": 5, "loop": True}, "/loop", "says nothing"),
    "a loop that is a number": ({**THIRD, "loop": 3}, "/loop", "bool"),
    "a loop of nothing": ({**THIRD, "sequence": []}, "/sequence", "empty"),
    "strikes of a loop of ok": (
        {"sequence": ["ok"], "loop": True, "times": 1},
        "/times",
        "never strikes",
    ),
}


@pytest.mark.parametrize(("raw", "pointer", "detail"), REFUSED.values(), ids=REFUSED)
def test_what_contradicts_itself_is_refused_with_its_place(raw, pointer, detail):
    with pytest.raises(Unprocessable, match=detail) as caught:
        Bench().world.faults.arm(raw)

    assert [flaw.pointer for flaw in caught.value.flaws] == [pointer]
