"""What a refused write left in the log, and could not be taken back, is none of the world."""

import errno
import os
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import pytest

from disk_bench import LOG_OS, LOG_SYNC, Directory, FullDisk, seen
from storage.disk.trouble import fails
from tt_emulator.errors import StorageError


class StuckDisk(FullDisk):
    """A disk that writes lines whole, says it did not, and takes nothing back."""

    ftruncate = staticmethod(fails(errno.EIO))

    def __init__(self, *, says_so: bool) -> None:
        super().__init__()
        self._says_so = says_so

    def pwrite(self, descriptor: int, data: bytes, place: int) -> int:
        written = os.pwrite(descriptor, data, place)
        return written - (not self._says_so)


@pytest.mark.parametrize("sync", [False, True], ids=["written", "synced"])
def test_a_refused_call_is_not_seen_and_the_next_crash_agrees(tmp_path: Path, sync: bool) -> None:
    directory = Directory(tmp_path)
    disk = directory.start(sync=sync)
    disk.save({"score": "1"})
    before = seen(disk)
    with ExitStack() as stuck:
        stuck.enter_context(mock.patch(LOG_OS, StuckDisk(says_so=sync)))
        stuck.enter_context(mock.patch(LOG_SYNC, fails(errno.EIO)))
        with pytest.raises(StorageError, match="may have it at the next start"):
            disk.save({"score": "2"})
    assert seen(disk) == before
    disk.save({"level": "1"})
    disk.disk.settle()
    assert directory.seen_after_a_crash() == seen(disk)
    directory.close()
