"""A line that the disk refuses leaves memory as the log says; a call that changed no player is
answered, and what is to be written of it follows with the next line.
"""

from collections.abc import Callable
from unittest import mock

import pytest

from disk_bench import LOG_SYNC, Directory, DiskBench, full_disk, seen
from storage.disk.trouble import fails
from tt_emulator.domain.model import Settle, Wait
from tt_emulator.errors import NotFound, StorageError, WorldDropped
from tt_emulator.journal.match import Match
from tt_emulator.storage.disk.deeds import MAX_WAITING

COUNTED = {"error": "network-unavailable", "api": "login", "skip": 1, "probability": 0.5}


@pytest.fixture(autouse=True)
def _lived(disk: DiskBench) -> None:
    disk.save({"score": "1"})
    disk.world.faults.arm([COUNTED, {"delay_ms": 5, "api": "login"}])
    disk.call("login", player="bob")


STEPS: dict[str, Callable[[DiskBench], object]] = {
    "a call with a change": lambda disk: disk.save({"score": "2"}),
    "a call of a new player": lambda disk: disk.save({"score": "2"}, player="eve"),
    "arm": lambda disk: disk.world.faults.arm({"delay_ms": 1}),
    "arm in place of all": lambda disk: disk.world.faults.replace([{"delay_ms": 1}]),
    "disarm": lambda disk: disk.world.faults.disarm("f1"),
    "disarm all": lambda disk: disk.world.faults.clear(),
    "clear": lambda disk: disk.world.journal.clear(),
    "clear some": lambda disk: disk.world.journal.clear(limit=1),
    "clear those of a player": lambda disk: disk.world.journal.clear(player="bob"),
    "settings": lambda disk: disk.world.set({"fail_object": "errMsg"}),
    "clock": lambda disk: disk.world.move_clock({"freeze": True}),
    "publish": lambda disk: disk.world.publish(),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_refused_and_is_taken_when_there_is_room(
    directory: Directory, disk: DiskBench, step: str
) -> None:
    before = seen(disk)
    for _ in range(2):
        with full_disk(), pytest.raises(StorageError, match="nothing has changed"):
            STEPS[step](disk)
        assert seen(disk) == before
        assert directory.seen_after_a_crash() == before
    STEPS[step](disk)
    assert seen(disk) != before
    assert directory.seen_after_a_crash() == seen(disk)


def test_a_login_code_is_not_spent_by_an_exchange_that_is_refused(disk: DiskBench) -> None:
    code = disk.call("login", player="ann").get("code") or disk.call("login", player="ann")["code"]
    with full_disk(), pytest.raises(StorageError):
        disk.world.exchange_code({"code": code})
    assert disk.world.exchange_code({"code": code}) == {"openid": "ann"}
    with pytest.raises(NotFound, match="used before"):
        disk.world.exchange_code({"code": code})


def test_ids_that_were_refused_are_given_again(directory: Directory, disk: DiskBench) -> None:
    with full_disk():
        for step in ("arm", "a call with a change"):
            with pytest.raises(StorageError):
                STEPS[step](disk)
    assert disk.world.faults.arm({"delay_ms": 1})[0].id == "f3"
    disk.call("checkSession")
    assert [exchange.id for exchange in disk.world.journal.find()] == [1, 2, 3]
    assert directory.seen_after_a_crash() == seen(disk)


@pytest.mark.parametrize("step", [step for step in STEPS if step != "disarm all"])
def test_calls_that_changed_no_player_are_written_with_the_next_step(
    directory: Directory, disk: DiskBench, step: str
) -> None:
    before = seen(disk)
    with full_disk():
        for number in range(4):
            disk.call("login", call_id=f"c-{number}")
    answered = disk.world.journal.count(Match(api="login"))
    assert answered == 5
    assert directory.seen_after_a_crash() == before
    STEPS[step](disk)
    assert directory.seen_after_a_crash() == seen(disk)


def test_calls_that_wait_to_be_written_stay_when_others_are_refused(
    directory: Directory, disk: DiskBench
) -> None:
    with full_disk():
        disk.call("login", call_id="c-1")
        before = seen(disk)
        for refused in STEPS.values():
            with pytest.raises(StorageError):
                refused(disk)
            assert seen(disk) == before
        disk.call("login", call_id="c-2")
    disk.call("checkSession")
    assert directory.seen_after_a_crash() == seen(disk)
    assert disk.world.journal.count(Match(api="login")) == 3


def test_calls_that_wait_to_be_written_survive_a_clean_end(
    directory: Directory, disk: DiskBench
) -> None:
    with full_disk():
        disk.call("login", call_id="c-1")
    before = seen(disk)
    disk.close()
    assert seen(directory.start()) == before


def test_so_many_lines_wait_and_the_calls_after_them_are_refused(
    directory: Directory, disk: DiskBench
) -> None:
    disk.world.faults.clear()
    with full_disk():
        for _ in range(MAX_WAITING):
            disk.call("checkSession")
        before = seen(disk)
        for _ in range(2):
            with pytest.raises(StorageError):
                disk.call("checkSession")
            assert seen(disk) == before
    disk.call("checkSession")
    assert disk.world.journal.count(Match(api="checkSession")) == MAX_WAITING + 1
    assert directory.seen_after_a_crash() == seen(disk)


def test_a_call_of_a_world_that_was_dropped_meanwhile_is_answered_if_it_changes_nobody(
    directory: Directory, disk: DiskBench
) -> None:
    disk.call("login", world="east")
    disk.engine.worlds.open("east").faults.arm({"delay_ms": 5})
    reading = disk.begin("login", world="east")
    saving = disk.begin(
        "setUserCloudStorage", {"KVDataList": [{"key": "a", "value": "1"}]}, world="east"
    )
    assert isinstance(next(reading), Wait)
    assert isinstance(next(saving), Wait)
    disk.engine.worlds.drop("east")
    *_, last = disk.performed(reading)
    assert last.reply.body["errMsg"] == "login:ok"
    with pytest.raises(WorldDropped):
        list(disk.performed(saving))
    assert directory.seen_after_a_crash() == seen(disk)


class TestSynced:
    """Where a write is to survive a power cut."""

    @pytest.fixture
    def disk(self, directory: Directory) -> DiskBench:
        return directory.start(sync=True)

    def test_all_that_wait_for_the_disk_are_refused_together(
        self, directory: Directory, disk: DiskBench
    ) -> None:
        before = seen(disk)
        saving = {"KVDataList": [{"key": "a", "value": "1"}]}
        begun = [disk.begin("setUserCloudStorage", saving), disk.begin("checkSession")]
        with mock.patch(LOG_SYNC, fails(5)):
            first, second = (next(steps) for steps in begun)
            assert first is second
            assert isinstance(first, Settle)
            first.settle()
        assert first.refused is not None
        for steps in begun:
            with pytest.raises(StorageError):
                steps.throw(first.refused)
        assert seen(disk) == before
        disk.save({"score": "2"})
        assert directory.seen_after_a_crash() == seen(disk)

    def test_calls_that_wait_to_be_written_stay_when_a_save_is_refused(
        self, directory: Directory, disk: DiskBench
    ) -> None:
        disk.disk.flush()  # which gives the room of the log back
        came = disk.world.journal.last_id
        with full_disk():
            for _ in range(3):
                disk.call("getUserCloudStorage", {"keyList": ["score"]})
            with pytest.raises(StorageError):
                disk.save({"score": "2"})
        assert disk.world.journal.last_id == came + 3
        disk.save({"score": "3"})
        assert directory.seen_after_a_crash() == seen(disk)

    def test_a_call_that_a_fault_delays_goes_on_over_a_refusal(
        self, directory: Directory, disk: DiskBench
    ) -> None:
        begun = disk.performed(disk.begin("login"))
        assert isinstance(next(begun), Wait)
        with mock.patch(LOG_SYNC, fails(5)), pytest.raises(StorageError):
            disk.save({"score": "2"})
        list(begun)
        disk.disk.settle()
        assert disk.world.journal.count(Match(api="login")) == 2
        assert directory.seen_after_a_crash() == seen(disk)

    @pytest.mark.parametrize("step", STEPS)
    def test_a_step_is_refused(self, directory: Directory, disk: DiskBench, step: str) -> None:
        before = seen(disk)
        with mock.patch(LOG_SYNC, fails(5)), pytest.raises(StorageError):
            STEPS[step](disk)
        assert seen(disk) == before
        STEPS[step](disk)
        assert directory.seen_after_a_crash() == seen(disk)
