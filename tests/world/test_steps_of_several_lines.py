"""A step of a tester that the disk does not take whole is refused whole, wherever the disk gets
full.
"""

from collections.abc import Callable

import pytest

from disk_bench import Directory, DiskBench, full_disk, seen
from tt_emulator.errors import NotFound, StorageError
from tt_emulator.world import World

DOCUMENT = b'{"schema":1,"players":[{"openid":"eve"}]}'
STEPS: dict[str, Callable[[World], object]] = {
    "a player": lambda world: world.players.put("eve", {"nickname": "E"}),
    "no player": lambda world: world.players.delete("player-1"),
    "reset of the data": lambda world: world.reset(("data",)),
    "reset": World.reset,
    "settings": lambda world: world.set({"fail_object": "errMsg"}),
    "clock": lambda world: world.move_clock({"advance_s": 5}),
    "arm": lambda world: world.faults.arm({"delay_ms": 1}),
    "arm in place of all": lambda world: world.faults.replace([{"delay_ms": 1}]),
    "clear": lambda world: world.journal.clear(),
}


def test_an_import_is_taken_once_its_file_is_there_and_tells_of_it_when_it_can(
    directory: Directory, disk: DiskBench
) -> None:
    disk.save({"score": "1"})
    code = disk.call("login")["code"]
    with full_disk(0):
        disk.world.document.replace(DOCUMENT)
        with pytest.raises(NotFound):
            disk.world.exchange_code({"code": code})
        now = seen(disk)
    crashed = directory.seen_after_a_crash()
    assert crashed["default"]["document"] == now["default"]["document"]
    disk.call("checkSession")
    assert directory.seen_after_a_crash() == seen(disk)


@pytest.mark.parametrize("writes", range(4))
@pytest.mark.parametrize("step", STEPS)
def test_is_refused_whole(directory: Directory, disk: DiskBench, step: str, writes: int) -> None:
    world = disk.world
    disk.save({"score": "1"})
    disk.call("login")
    world.faults.arm({"delay_ms": 1})
    world.move_clock({"advance_s": 60})
    before = seen(disk)
    refused = False
    with full_disk(writes):
        try:
            STEPS[step](world)
        except StorageError:
            refused = True
    assert (seen(disk) == before) == refused
    assert directory.seen_after_a_crash() == seen(disk)
