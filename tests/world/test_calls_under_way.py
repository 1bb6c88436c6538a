"""A call that takes time goes on over whatever befalls its world meanwhile, and counts once."""

import pytest

from disk_bench import Directory, DiskBench, full_disk, seen
from tt_emulator.domain.model import Send, Wait
from tt_emulator.engine import Steps
from tt_emulator.errors import StorageError
from tt_emulator.journal.match import Bounds, Match

DELAY_MS = 1000


def delayed(disk: DiskBench, **fields: str) -> tuple[Steps, Wait]:
    """A call that waits."""
    steps = disk.begin("login", **fields)
    wait = next(steps)
    assert isinstance(wait, Wait)
    return steps, wait


def last(disk: DiskBench, steps: Steps) -> Send:
    *_, send = disk.performed(steps)
    assert isinstance(send, Send)
    return send


def refuse_a_save(disk: DiskBench) -> None:
    with full_disk(), pytest.raises(StorageError):
        disk.save({"score": "1"})


def test_one_that_goes_on_after_a_refused_call_is_answered_and_counts_once(
    directory: Directory, disk: DiskBench
) -> None:
    disk.world.faults.arm({"delay_ms": DELAY_MS, "api": "login"})
    steps, _ = delayed(disk)
    refuse_a_save(disk)
    assert last(disk, steps).reply.body["errMsg"] == "login:ok"
    assert disk.world.journal.delivered() == {("login", "ok"): 1}
    assert disk.world.faults.views()[0].hits == 1
    assert directory.seen_after_a_crash() == seen(disk)


def test_one_that_is_given_up_after_a_refused_call_counts_once(
    directory: Directory, disk: DiskBench
) -> None:
    disk.world.faults.arm({"delay_ms": DELAY_MS, "api": "login"})
    steps, _ = delayed(disk)
    refuse_a_save(disk)
    steps.close()
    assert disk.world.journal.delivered() == {("login", "lost"): 1}
    assert directory.seen_after_a_crash() == seen(disk)


def test_one_is_let_go_by_a_fault_that_is_taken_off_after_a_refused_call(disk: DiskBench) -> None:
    disk.world.faults.arm({"delay_ms": DELAY_MS, "api": "login"})
    _, wait = delayed(disk)
    refuse_a_save(disk)
    disk.world.faults.disarm("f1")
    assert wait.wanted_ms() == 0


@pytest.mark.parametrize("way", ["disarm", "clear", "replace"])
def test_one_is_let_go_by_a_fault_that_is_taken_off_at_the_second_try(
    disk: DiskBench, way: str
) -> None:
    faults = disk.world.faults
    faults.arm({"delay_ms": DELAY_MS, "api": "login"})
    _, wait = delayed(disk)
    take_off = {
        "disarm": lambda: faults.disarm("f1"),
        "clear": faults.clear,
        "replace": lambda: faults.replace([]),
    }[way]
    with full_disk(), pytest.raises(StorageError):
        take_off()
    assert wait.wanted_ms() == DELAY_MS
    take_off()
    assert wait.wanted_ms() == 0


def test_one_is_answered_in_the_journal_that_a_full_disk_did_not_let_be_cleared(
    directory: Directory, disk: DiskBench
) -> None:
    disk.world.faults.arm({"delay_ms": DELAY_MS, "api": "login"})
    steps, _ = delayed(disk)
    with full_disk(), pytest.raises(StorageError):
        disk.world.journal.clear()
    last(disk, steps)
    (exchange,) = disk.world.journal.find()
    assert exchange.answered_ns is not None
    assert directory.seen_after_a_crash() == seen(disk)


@pytest.mark.parametrize("first", [0, 1], ids=["the first", "the repeat"])
def test_one_that_is_repeated_after_a_refused_call_acts_and_counts_once(
    directory: Directory, disk: DiskBench, first: int
) -> None:
    disk.world.faults.arm({"delay_ms": DELAY_MS, "api": "login"})
    begun = [delayed(disk, call_id="c")[0]]
    refuse_a_save(disk)
    begun.append(delayed(disk, call_id="c")[0])
    replies = [last(disk, steps).reply for steps in (begun[first], begun[1 - first])]
    assert replies[0].body == replies[1].body
    assert disk.world.journal.delivered() == {("login", "ok"): 1}
    assert directory.seen_after_a_crash() == seen(disk)


def test_one_that_is_repeated_while_the_journal_is_cleared_is_not_counted_again(
    directory: Directory, disk: DiskBench
) -> None:
    disk.world.faults.arm({"wire": "drip", "api": "login"})
    disk.call("login", call_id="c")
    again = disk.begin("login", call_id="c")
    next(again)
    disk.world.journal.clear()
    last(disk, again)
    assert disk.world.journal.delivered() == {}
    assert directory.seen_after_a_crash() == seen(disk)


def test_one_that_is_repeated_while_the_journal_forgets_it_is_not_counted_again(
    directory: Directory, disk: DiskBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tt_emulator.journal.held.MAX_EXCHANGES", 5)
    disk.world.faults.arm({"wire": "drip", "api": "login"})
    disk.call("login", call_id="c")
    again = disk.begin("login", call_id="c")
    next(again)
    for _ in range(5):
        disk.call("checkSession")
    last(disk, again)
    assert disk.world.journal.delivered() == {("login", "ok"): 1, ("checkSession", "ok"): 5}
    assert directory.seen_after_a_crash() == seen(disk)


def test_nobody_who_waits_for_calls_hears_of_one_that_a_full_disk_refuses(disk: DiskBench) -> None:
    reached = disk.world.journal.wait(Match(api="setUserCloudStorage"), Bounds(min=1))
    refuse_a_save(disk)
    assert not reached.done()
    disk.save({"score": "1"})
    assert reached.result(0) == 1
