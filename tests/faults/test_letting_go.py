"""What a fault holds it lets go of at once: the steps of a call wait no longer."""

from collections.abc import Callable
from typing import Any

import pytest

from harness import Bench
from tt_emulator.domain.model import Call, Close, Send, Step, Wait

HELD = {
    "a hang": {"wire": "hang", "duration_ms": 60_000},
    "a delay": {"delay_ms": 60_000},
    "a random delay": {"delay_ms": {"min": 30_000, "max": 60_000}},
    "a delay afterwards": {"delay_ms": 60_000, "moment": "after"},
    "an error that comes late": {"error": "network-unavailable", "delay_ms": 60_000},
    "a drip": {"wire": "drip", "duration_ms": 90_000},
    "a sequence": {"sequence": ["hang", "ok"]},
}


def disarm(bench: Bench, fault: dict[str, Any]) -> None:
    bench.world.faults.disarm(fault.id)


def replace(bench: Bench, fault: dict[str, Any]) -> None:
    bench.world.faults.replace([{"error": "network-unavailable"}])


def replace_by_the_same(bench: Bench, fault: dict[str, Any]) -> None:
    bench.world.faults.replace([HELD["a hang"]])


def import_over(bench: Bench, fault: dict[str, Any]) -> None:
    bench.engine.worlds.put("default", b"".join(bench.world.document.export()))


WAYS: dict[str, Callable[[Bench, dict[str, Any]], None]] = {
    "disarm it": disarm,
    "disarm all": lambda bench, fault: bench.world.faults.clear(),
    "replace": replace,
    "replace by the same": replace_by_the_same,
    "reset": lambda bench, fault: bench.world.reset(),
    "reset the faults": lambda bench, fault: bench.world.reset(("faults",)),
    "reset the data": lambda bench, fault: bench.world.reset(("data",)),
    "drop the world": lambda bench, fault: bench.engine.worlds.drop("default"),
    "import over it": import_over,
    "stop": lambda bench, fault: bench.engine.worlds.close(),
}


def first_wait(bench: Bench) -> tuple[Wait, Any]:
    """What a call of login waits for first, and the steps that follow."""
    steps = bench.engine.handle(Call(bench.catalog.apis["login"], {}))
    for step in steps:
        if isinstance(step, Wait):
            return step, steps
    raise AssertionError("it does not wait")


@pytest.mark.parametrize("fault", HELD.values(), ids=HELD)
@pytest.mark.parametrize("release", WAYS.values(), ids=WAYS)
def test_a_call_that_is_held_waits_no_longer(bench, arm, fault, release):
    armed = arm(api="login", **fault)
    wait, _ = first_wait(bench)
    assert wait.wanted_ms() == wait.duration_ms > 1000

    release(bench, armed)

    assert wait.wanted_ms() == 0


def test_to_arm_another_fault_lets_go_of_nothing(bench, arm):
    arm(delay_ms=1000)
    wait, _ = first_wait(bench)

    bench.world.faults.arm({"error": "network-unavailable"})
    bench.world.reset(("journal", "clock"))

    assert wait.wanted_ms() == 1000


def test_of_two_delays_the_share_of_the_one_that_was_disarmed_goes(bench, arm):
    arm(delay_ms=100)
    slow = arm(delay_ms=60_000)
    wait, _ = first_wait(bench)
    assert wait.wanted_ms() == 60_100

    bench.world.faults.disarm(slow.id)

    assert wait.wanted_ms() == 100


def test_a_fault_that_is_spent_goes_on_holding_what_it_holds(bench, arm):
    arm(wire="hang", duration_ms=5000, times=1)
    wait, _ = first_wait(bench)
    bench.call("login")

    assert wait.wanted_ms() == 5000


def test_a_fault_that_stays_armed_holds_the_calls_after_an_import(bench, arm):
    arm(wire="hang", duration_ms=5000)
    held, _ = first_wait(bench)
    bench.world.document.replace(b"".join(bench.world.document.export()))

    later, _ = first_wait(bench)

    assert (held.wanted_ms(), later.wanted_ms()) == (0, 5000)


def test_a_document_that_cannot_be_imported_lets_go_of_nothing(bench, arm):
    arm(delay_ms=1000)
    wait, _ = first_wait(bench)

    with pytest.raises(Exception, match="world"):
        bench.engine.worlds.put("default", b'{"worlds": 1}')

    assert wait.wanted_ms() == 1000


def last(steps: Any) -> Step:
    *_, step = steps
    return step


def test_a_hang_that_was_let_go_ends_in_its_close(bench, arm):
    armed = arm(wire="hang")
    _, steps = first_wait(bench)
    bench.world.faults.disarm(armed.id)

    assert isinstance(last(steps), Close)


def test_a_delay_that_was_let_go_goes_on_to_its_answer(bench, arm):
    arm(error="service-error", api="login", delay_ms=60_000)
    _, steps = first_wait(bench)
    bench.world.faults.clear()

    answer = last(steps)

    assert isinstance(answer, Send)
    assert answer.reply.error == "service-error"


def test_a_call_that_comes_again_after_its_fault_was_disarmed_does_not_wait(bench, arm):
    arm(delay_ms=60_000)
    call = Call(bench.catalog.apis["login"], {}, call_id="c-1")
    first = bench.engine.handle(call)
    assert next(first) == Wait(60_000)
    bench.world.faults.clear()

    again = next(bench.engine.handle(call))

    assert isinstance(again, Wait)
    assert again.wanted_ms() == 0
