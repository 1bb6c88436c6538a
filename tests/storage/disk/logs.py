"""The log of a world in a directory of its own, and disks that are full."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from threading import RLock
from typing import Any

from tt_emulator.domain.record import Pair
from tt_emulator.storage.disk.directory import DataDirectory
from tt_emulator.storage.disk.log import Log
from tt_emulator.storage.disk.log_line import Effect, Line
from tt_emulator.storage.effects import Changed

SCORE = {"score": Pair("1", 1)}
ALICE = Changed("alice", SCORE)


def lines(*seqs: int) -> list[Line]:
    return [Line(seq, (ALICE,)) for seq in seqs]


def write(log: Log, seq: int, effect: Effect = ALICE) -> None:
    """The line of that number, and where that is lasting."""
    log.seq = seq - 1
    log.append((effect,))


class Logs:
    """The log of a world in a directory of its own, and as the next servers find it."""

    def __init__(self, root: Path, *, sync: bool = False) -> None:
        self.data_directory = DataDirectory(root, sync=sync)
        self.home = self.data_directory.make_world("default")
        self.path = self.home.path / "log.jsonl"
        self.log = self.start()

    def start(self) -> Log:
        log = Log("default", self.home, self.data_directory, RLock())
        log.recover()
        return log

    def append(self, *seqs: int) -> None:
        for seq in seqs:
            write(self.log, seq)

    def recovered(self) -> list[Line]:
        """What the next server finds; nothing of it may be damaged."""
        self.log.rest()
        found = Log("default", self.home, self.data_directory, RLock()).recover()
        assert self.data_directory.quarantine.quarantined.all() == []
        assert self.data_directory.quarantine.edited.all() == []
        return found

    def names(self) -> list[str]:
        return sorted(path.name for path in self.home.path.glob("log*"))


Make = Callable[..., Logs]


class FullDisk:
    """The `os` of a machine that can write `room` more bytes."""

    def __init__(self, room: int) -> None:
        self.room = room

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def pwrite(self, descriptor: int, data: bytes, place: int) -> int:
        grown = place + len(data) - os.fstat(descriptor).st_size
        if grown <= 0:
            return os.pwrite(descriptor, data, place)
        part = data[: len(data) - max(grown - self.room, 0)]
        self.room = max(self.room - grown, 0)
        if not part:
            raise OSError(errno.ENOSPC, "No space left on device")
        return os.pwrite(descriptor, part, place)
