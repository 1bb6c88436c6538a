"""A log of which something is damaged never keeps a server from its world, nor do other limits."""

from contextlib import suppress
from pathlib import Path
from shutil import copytree, rmtree
from unittest import mock

import pytest

from disk_bench import Directory, DiskBench, seen
from tt_emulator.errors import NotFound
from tt_emulator.journal.budget import MAX_BYTES, Budget


def live(disk: DiskBench) -> None:
    """A life with a line of each kind."""
    world = disk.world
    first, *_ = world.faults.arm(
        [
            {"error": "network-unavailable", "api": "login", "times": 1, "skip": 1},
            {"delay_ms": 5},
            {"error": "session-failure", "api": "checkSession"},
        ]
    )
    for number in range(3):
        disk.save({"score": str(number)})
        disk.call("login", call_id=f"l-{number}-{first.id}")
        disk.call("checkSession", player="bob")
    world.players.put("eve", {"nickname": "E"})
    world.faults.disarm(first.id)
    world.journal.clear(api="login", limit=2)
    world.journal.clear(player="bob")
    world.journal.clear(after=4, limit=1)
    code = disk.call("login", player=f"of {first.id}").get("code", "none")
    with suppress(NotFound):
        world.exchange_code({"code": code})
    world.move_clock({"freeze": True})
    world.faults.replace([{"error": "network-unavailable", "probability": 0.5}])
    disk.call("login")
    world.players.delete("eve")
    world.set({"fail_object": "errMsg"})


def damaged(path: Path, place: int) -> None:
    """Another byte in the line at that place."""
    lines = path.read_bytes().split(b"\n")
    lines[place] = lines[place][:-1] + b"!"
    path.write_bytes(b"\n".join(lines))


@pytest.mark.parametrize("lives", [1, 2])
def test_a_world_opens_whichever_line_of_its_log_is_damaged(
    directory: Directory, tmp_path: Path, lives: int
) -> None:
    for _ in range(lives):
        bench = directory.start()
        live(bench)
        crashed = directory.crashed()
        bench.close()
    logs = sorted(path.relative_to(crashed) for path in crashed.glob("worlds/default/log*"))
    for log in logs:
        for place in range((crashed / log).read_bytes().count(b"\n")):
            copy = Path(copytree(crashed, tmp_path / "damaged"))
            damaged(copy / log, place)
            bench = DiskBench(copy, directory.clock)
            assert len(bench.disk.set_aside()) >= 1
            bench.call("login")
            after = seen(bench)
            bench.close()
            bench = DiskBench(copy, directory.clock)
            assert seen(bench) == after
            bench.close()
            rmtree(copy)


def test_a_world_opens_where_fewer_players_can_be_counted(
    directory: Directory, disk: DiskBench
) -> None:
    for player in ("ann", "bob", "carl"):
        disk.call("login", player=player)
    disk.world.journal.clear(player="carl")
    crashed = directory.crashed()
    with mock.patch.object(Budget.__init__, "__defaults__", (MAX_BYTES, 4)):
        bench = directory.start(crashed)
    assert bench.world.journal.delivered() == {("login", "ok"): 2}
