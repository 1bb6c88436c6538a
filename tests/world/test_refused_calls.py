"""A call that is none is refused for what is wrong with it, also where the disk is full."""

import pytest

from disk_bench import Directory, DiskBench, full_disk, seen
from tt_emulator.errors import WrongDomain

FAULT = {"error": "network-unavailable", "api": ["login", "getCloudStorageByRelation"]}


def test_one_that_cannot_be_read_is_refused_as_that(directory: Directory, disk: DiskBench) -> None:
    disk.world.faults.arm(FAULT)
    with full_disk():
        disk.engine.record_refused("login", "tt", "default", "player-1", "main", "bad-json")
    disk.call("checkSession")
    assert directory.seen_after_a_crash() == seen(disk)


def test_one_from_the_wrong_domain_is_refused_as_that(
    directory: Directory, disk: DiskBench
) -> None:
    disk.world.faults.arm(FAULT)
    options = {"type": "friend", "keyList": ["score"]}
    with full_disk(), pytest.raises(WrongDomain):
        disk.call("getCloudStorageByRelation", options, domain="main")
    disk.call("checkSession")
    assert directory.seen_after_a_crash() == seen(disk)
