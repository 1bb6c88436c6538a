"""Which fault a reply and the journal name, and the reason that the journal gives."""

import pytest

from tt_emulator.domain.model import Send

SAVE = "setUserCloudStorage"
OFFLINE, BROKEN = "network-unavailable", "internal-error"


def decided(bench, **fields):
    """The fault that the reply names, and the reason in the journal."""
    *_, last = bench.steps(SAVE, {"KVDataList": [{"key": "a", "value": "1"}]}, **fields)
    (*_, exchange) = bench.world.journal.find()
    named = last.fault if isinstance(last, Send) else exchange.fault
    assert exchange.fault == named
    return named, exchange.reason


def test_of_several_delays_the_first_is_named(bench, arm):
    arm(delay_ms=10)
    arm(delay_ms=10)

    assert decided(bench) == ("f1", "f1 struck, hit 1, f2 struck, hit 1")


def test_what_decides_is_named_before_any_delay(bench, arm):
    arm(delay_ms=10)
    arm(error=OFFLINE)

    assert decided(bench) == ("f2", "f1 struck, hit 1, f2 struck, hit 1")


def test_what_lets_a_call_through_is_not_named_and_a_delay_before_it_is(bench, arm):
    slow = arm(delay_ms=10, skip=1)
    arm(sequence=["ok", "ok"])

    assert decided(bench) == (None, "f2 let it through")
    assert decided(bench) == (slow.id, "f1 struck, hit 1, f2 let it through")


def test_an_ok_keeps_later_faults_from_striking(bench, arm):
    arm(sequence=["ok"])
    arm(error=OFFLINE)

    assert decided(bench) == (None, "f1 let it through")
    assert decided(bench) == ("f2", "f2 struck, hit 1")


def test_a_strike_on_the_socket_is_named_as_well(bench, arm):
    arm(wire="reset", label="second save fails")

    assert decided(bench) == ("f1", "f1 (second save fails) struck, hit 1")


def test_who_matched_and_held_back_is_told_where_nothing_struck(bench, arm):
    arm(error=OFFLINE, skip=2)
    arm(error=BROKEN, probability=0, label="never")

    assert decided(bench) == (None, "f1 skipped it, 1 of 2, f2 (never) had no luck, match 1")
    assert decided(bench) == (None, "f1 skipped it, 2 of 2, f2 (never) had no luck, match 2")
    assert decided(bench) == ("f1", "f1 struck, hit 1")


@pytest.mark.parametrize(
    "fault",
    [
        {"player": "alice"},
        {"key": "b"},
        {"domain": "open"},
        {"api": "login"},
        {"ttl_s": 0.001},
        {"times": 1},
    ],
)
def test_where_no_fault_on_duty_matched_that_is_told(bench, arm, fault):
    arm(error=OFFLINE, **fault)
    if "times" in fault:
        decided(bench)
    bench.clock.ms += 1

    assert decided(bench) == (None, "no fault matched")


def test_a_call_that_failed_before_any_fault_is_never_told_to_have_met_none(bench, arm):
    arm(error=OFFLINE)
    bench.call(SAVE, {})

    (exchange,) = bench.world.journal.find()
    assert (exchange.fault, exchange.reason) == (None, "KVDataList is missing")


def test_a_call_that_comes_again_keeps_the_reason_of_the_first_time(bench, arm):
    arm(error=OFFLINE, skip=1)

    assert decided(bench, call_id="c1") == (None, "f1 skipped it, 1 of 1")
    assert decided(bench, call_id="c1") == (None, "f1 skipped it, 1 of 1")


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("第二次保存", "f1 (第二次保存) struck, hit 1"),
        ("a struck, hit 3", "f1 (a struck, hit 3) struck, hit 1"),
        ("a) struck, f2 (b", "f1 ('a) struck, f2 (b') struck, hit 1"),
        ("it's", 'f1 ("it\'s") struck, hit 1'),
        ("a\nb\u202e", r"f1 ('a\nb\u202e') struck, hit 1"),
    ],
)
def test_a_label_that_could_be_read_as_our_words_is_quoted(bench, arm, label, reason):
    arm(error=OFFLINE, label=label)

    assert decided(bench) == ("f1", reason)


@pytest.mark.parametrize(("delays", "more"), [(30, "11 more, "), (20, "1 more, "), (19, "")])
def test_of_very_many_strikes_the_first_and_the_one_that_decides_are_told(bench, delays, more):
    bench.world.faults.arm([{"delay_ms": 1}] * delays + [{"error": OFFLINE}])

    fault, reason = decided(bench)

    parts = reason.split(", hit 1, ")
    assert (fault, len(parts)) == (f"f{delays + 1}", 20)
    assert (parts[0], parts[-1]) == ("f1 struck", f"{more}f{delays + 1} struck, hit 1")


def test_the_moment_is_that_of_the_fault_that_decides(bench, arm):
    arm(delay_ms=1, moment="before")
    arm(error=OFFLINE, moment="after", times=1)

    bench.save({"a": "1"})

    assert bench.saved("a") == {"a": "1"}
