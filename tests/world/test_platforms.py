"""Which platform a world on disk is of, from one start to the next."""

from collections.abc import Callable

import pytest

from disk_bench import Directory, DiskBench
from tt_emulator.platforms import PLATFORMS, load
from tt_emulator.world import snapshots

WX = load(PLATFORMS["wx"])
OF_WX = b'{"schema": 1, "platform": "wx", "players": [{"openid": "alice", "groups": ["g"]}]}'
ARM = {"error": "network-unavailable"}

DEEDS: dict[str, Callable[[DiskBench], object]] = {
    "a call": lambda bench: bench.call("login"),
    "a fault": lambda bench: bench.world.faults.arm([ARM]),
    "a fault that was disarmed": lambda bench: (
        bench.world.faults.arm([ARM]),
        bench.world.faults.replace([]),
    ),
    "a player": lambda bench: bench.world.players.put("bob", {"nickname": "Bob"}),
    "a snapshot": lambda bench: snapshots.save(bench.world, "before"),
}


@pytest.mark.parametrize("text", ['{"world":"east","platform":"qq"}', None])
def test_one_whose_file_is_damaged_or_gone_has_the_platform_of_its_log(
    directory: Directory, text: str | None
) -> None:
    before = directory.start(platform=WX)
    before.save({"a": "1"}, world="east")
    before.engine.worlds.open("east").players.put("bob", {"groups": ["g"], "privacy": "refused"})
    before.close()
    file = directory.root / "worlds" / "east" / "world.json"
    named = file.read_text(encoding="utf-8")
    if text is None:
        file.unlink()
    else:
        file.write_text(text, encoding="utf-8")

    again = directory.start()

    world = again.engine.worlds.open("east")
    assert world.platform is WX
    assert world.players.get("bob").groups == ["g"]
    findings = [*again.disk.set_aside(), *again.disk.edited()]
    assert [finding.file for finding in findings] == ["worlds/east/world.json"]
    assert "made again from the log" in findings[0].reason
    assert file.read_text(encoding="utf-8") == named


def test_one_in_which_nothing_was_done_is_of_what_the_next_server_is_for(
    directory: Directory,
) -> None:
    directory.start().close()

    assert directory.start(platform=WX).world.platform is WX


@pytest.mark.parametrize("deed", DEEDS.values(), ids=list(DEEDS))
def test_one_in_which_something_was_done_stays(
    directory: Directory, deed: Callable[[DiskBench], object]
) -> None:
    before = directory.start()
    deed(before)
    before.close()

    assert directory.start(platform=WX).world.platform is load()


def test_one_that_was_damaged_stays_with_what_is_kept_aside(directory: Directory) -> None:
    directory.start().close()
    home = directory.root / "worlds" / "default"
    (home / "players" / "alice-2bd806c97f0e.json").write_text("{", encoding="utf-8")

    bench = directory.start(platform=WX)

    assert bench.world.platform is load()
    (finding,) = bench.disk.set_aside()
    assert (directory.root / f"{finding.file}.set-aside").exists()


def seeded(bench: DiskBench) -> int | None:
    worlds = bench.engine.worlds
    return worlds.initialize(OF_WX, lambda done, count: None, lambda world: None)


def test_a_seed_decides_of_one_in_which_nothing_was_done(directory: Directory) -> None:
    directory.start().close()
    bench = directory.start()

    assert seeded(bench) == 1

    assert bench.world.platform is WX
    assert bench.world.players.get("alice").groups == ["g"]


def test_a_seed_of_another_platform_leaves_a_world_as_it_is(
    directory: Directory, caplog: pytest.LogCaptureFixture
) -> None:
    bench = directory.start()
    bench.save({"a": "1"})

    assert seeded(bench) is None

    assert bench.world.platform is load()
    assert bench.saved("a") == {"a": "1"}
    assert "the file to seed it with of wx: it stays" in caplog.text
