import pytest

from tt_emulator.domain.model import Send, Wait

OK = "setUserCloudStorage:ok"
PAIR = {"KVDataList": [{"key": "a", "value": "1"}]}


def waits_ms(bench):
    *waits, last = bench.steps("setUserCloudStorage", PAIR)
    assert all(isinstance(wait, Wait) for wait in waits)
    assert isinstance(last, Send)
    return [wait.duration_ms for wait in waits], last.reply.body["errMsg"]


def test_a_delay_changes_nothing_but_the_time(bench, arm):
    arm(delay_ms=250)

    assert waits_ms(bench) == ([250], OK)
    assert bench.saved("a") == {"a": "1"}


def test_a_delay_strikes_every_api(bench, arm):
    arm(delay_ms=1)

    for api in ("login", "checkSession"):
        assert [type(step) for step in bench.steps(api)] == [Wait, Send]


def test_delays_add_up(bench, arm):
    arm(delay_ms=100)
    arm(delay_ms=20.5)

    assert waits_ms(bench) == ([120.5], OK)


def test_the_search_goes_on_behind_a_delay(bench, arm):
    slow = arm(delay_ms=100)
    broken = arm(error="network-unavailable")

    assert waits_ms(bench) == ([100], "setUserCloudStorage:fail network unavailable")
    assert [bench.world.faults.get(fault.id).hits for fault in (slow, broken)] == [1, 1]


def test_a_delay_behind_the_fault_that_decides_is_not_asked(bench, arm):
    arm(error="network-unavailable")
    slow = arm(delay_ms=100)

    assert waits_ms(bench)[0] == []
    assert bench.world.faults.get(slow.id).hits == 0


def test_an_error_may_come_late(bench, arm):
    arm(error="network-unavailable", delay_ms=100)

    assert waits_ms(bench) == ([100], "setUserCloudStorage:fail network unavailable")


def test_delays_before_and_after_the_service_are_two_waits(bench, arm):
    arm(delay_ms=100)
    arm(delay_ms=20, moment="after")

    assert waits_ms(bench) == ([100, 20], OK)


def test_an_error_that_decides_is_named_rather_than_the_delay_before_it(bench, arm):
    slow = arm(delay_ms=1, times=1)
    broken = arm(error="network-unavailable", skip=1)

    faults = [bench.steps("setUserCloudStorage", PAIR)[-1].fault for _ in range(2)]

    assert faults == [slow.id, broken.id]


@pytest.mark.parametrize("longest", [120_000, 0.001])
def test_a_delay_may_be_up_to_two_minutes(bench, arm, longest):
    arm(delay_ms=longest)

    assert waits_ms(bench)[0] == [longest]
