"""Worlds of one server after the other, on one directory."""

import os
from itertools import chain
from pathlib import Path

import msgspec
import pytest

from disk_bench import Directory, DiskBench, full_disk, seen
from harness import Bench
from tt_emulator.errors import NotFound
from tt_emulator.journal.budget import MAX_COUNTERS, Budget
from tt_emulator.journal.held import MAX_EXCHANGES
from tt_emulator.journal.match import Match
from tt_emulator.storage.disk import log

WORLDS = ("default", "East", "east")


def live(disk: DiskBench, *worlds: str) -> None:
    """Something of everything in each of the worlds."""
    for name in worlds:
        world = disk.engine.worlds.open(name)
        world.faults.arm([{"error": "session-failure", "api": "checkSession", "times": 2}])
        disk.save({"score": name}, world=name, call_id="save")
        disk.call("login", world=name, player="bob")
        disk.call("checkSession", world=name)
        world.journal.clear(api="checkSession")
        world.move_clock({"advance_s": 60})
        world.set({"fail_object": "errMsg"})


def test_worlds_go_on_in_the_next_life_and_the_one_after(directory: Directory) -> None:
    disk = directory.start()
    live(disk, *WORLDS)
    for _ in range(3):
        before = seen(disk)
        disk.close()
        disk = directory.start()
        assert seen(disk) == before
        live(disk, "East")


def test_a_close_and_a_start_without_a_call_between_keep_everything(directory: Directory) -> None:
    disk = directory.start()
    live(disk, *WORLDS)
    before = seen(disk)
    for _ in range(4):
        disk.close()
        disk = directory.start()
    assert seen(disk) == before


@pytest.mark.parametrize("flushes", [False, True], ids=["not flushed", "flushed"])
@pytest.mark.parametrize("crashes", [False, True], ids=["closed", "killed"])
def test_a_world_that_nobody_opens_in_a_life_is_as_it_was_in_the_next(
    directory: Directory, crashes: bool, flushes: bool
) -> None:
    disk = directory.start()
    live(disk, *WORLDS)
    before = seen(disk, "East", "east")
    root = directory.root
    for _ in range(3):
        if flushes:
            disk.disk.flush()
        if crashes:
            root = directory.crashed()
        else:
            disk.close()
        disk = directory.start(root)
        live(disk, "default")
    assert seen(disk, "East", "east") == before


@pytest.mark.parametrize("crashes", [False, True], ids=["closed", "killed"])
def test_a_world_that_was_dropped_begins_anew(directory: Directory, crashes: bool) -> None:
    disk = directory.start()
    live(disk, *WORLDS)
    disk.engine.worlds.drop("East")
    root = directory.root
    if crashes:
        root = directory.crashed()
    else:
        disk.close()
    disk = directory.start(root)
    assert disk.engine.worlds.names() == ["default", "east"]
    with pytest.raises(NotFound):
        disk.engine.worlds.find("East")
    fresh = Bench().engine.worlds.open("East")
    world = disk.engine.worlds.open("East")
    assert (world.faults.views(), world.journal.find(), world.feed.after(0)) == ([], [], [])
    assert world.settings == fresh.settings
    assert disk.call("login", world="East", call_id="save")["errMsg"] == "login:ok"


def test_a_world_that_was_dropped_and_made_again_has_only_its_new_life(
    directory: Directory, disk: DiskBench
) -> None:
    live(disk, "East")
    disk.engine.worlds.drop("East")
    disk.call("login", world="East")
    assert directory.seen_after_a_crash() == seen(disk)
    assert disk.engine.worlds.open("East").journal.count(Match()) == 1


def test_a_repeated_call_meets_its_reply_in_the_next_life(directory: Directory) -> None:
    disk = directory.start()
    first = disk.reply("login", call_id="c")
    disk.world.faults.arm({"error": "network-unavailable", "api": "login"})
    struck = disk.reply("login", call_id="d")
    disk.world.faults.clear()
    again = directory.start(directory.crashed())
    assert again.reply("login", call_id="c") == first
    assert again.reply("login", call_id="d") == struck
    assert again.world.journal.count(Match()) == 2


def test_a_call_under_way_at_the_kill_meets_its_fault_when_it_is_repeated(
    directory: Directory, disk: DiskBench
) -> None:
    disk.world.faults.arm(
        [
            {"delay_ms": {"min": 1, "max": 900}, "api": "login"},
            {"error": "network-unavailable", "api": "login", "times": 1},
        ]
    )
    under_way = disk.begin("login", call_id="c")
    wait = next(under_way)
    again = directory.start(directory.crashed())
    first, *_, last = again.steps("login", call_id="c")
    assert first == wait
    assert last == list(disk.performed(under_way))[-1]
    assert [fault.hits for fault in again.world.faults.views()] == [1, 1]
    assert again.world.journal.delivered() == {("login", "network-unavailable"): 1}


def test_calls_that_were_forgotten_for_want_of_room_and_cleared_do_not_come_back(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Budget.__init__, "__defaults__", (8 * 1024, MAX_COUNTERS))
    disk = directory.start()
    for number in range(9):
        disk.call("checkSession", call_id=f"c-{number}")
    assert disk.world.journal.held() < 9
    disk.world.journal.clear()
    again = directory.start(directory.crashed())
    assert again.world.journal.find() == []
    again.world.journal.clear(limit=1)


def test_the_log_stays_bounded_whatever_number_of_calls_comes(
    directory: Directory, disk: DiskBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "ROTATE_AT_BYTES", 50_000)
    largest = 0
    for number in range(3 * MAX_EXCHANGES):
        disk.call("checkSession", call_id=f"c-{number}")
        if not number % 50:
            disk.disk.flush()
            home = directory.root / "worlds" / "default"
            largest = max(largest, sum(path.stat().st_size for path in home.glob("log*")))
    head = len(b"".join(map(bytes, _whole(disk))))
    since_a_look = 50 * head // MAX_EXCHANGES
    assert largest < log.GROWS * head + 50_000 + 2 * since_a_look
    assert directory.seen_after_a_crash() == seen(disk)


def _whole(disk: DiskBench) -> list[bytes]:
    """What a log that begins anew says, in lines of about as many bytes."""
    line = b'{"seq":10000,"effects":[],"crc32":4294967295}\n'
    return [msgspec.json.encode(effect) + line for effect in disk.world.whole()]


def test_worlds_in_memory_write_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    bench = Bench()
    bench.world.faults.arm({"error": "network-unavailable", "api": "login"})
    bench.call("login")
    bench.save({"score": "1"})
    bench.world.reset()
    bench.engine.worlds.close()
    assert list(chain.from_iterable(names + files for _, names, files in os.walk(tmp_path))) == []


def test_no_option_of_a_game_is_taken_for_a_line_of_the_log(
    directory: Directory, disk: DiskBench
) -> None:
    disk.world.faults.arm({"delay_ms": 1})
    forged = {"keyList": ["score"], "effects": [{"kind": "life"}]}
    disk.call("getUserCloudStorage", forged)
    disk.call("getUserCloudStorage", {"keyList": ["score"], "seq": 1, **forged})
    assert directory.seen_after_a_crash() == seen(disk)


def test_calls_that_waited_for_a_full_disk_are_counted_once_when_the_log_begins_anew(
    directory: Directory, disk: DiskBench
) -> None:
    disk.save({"score": "1"})
    with full_disk():
        for _ in range(3):
            disk.call("getUserCloudStorage", {"keyList": ["score"]})
    with disk.world.store.lock:
        disk.world.store._begin_log_anew()
    disk.call("checkSession")
    assert directory.seen_after_a_crash() == seen(disk)
