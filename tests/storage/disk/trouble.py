"""Troubles that befall a server while it runs, made by real means where this system lets us, and
anywhere by an operation that fails as it would.
"""

import errno
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from process import emulator
from tt_emulator.config import Settings
from tt_emulator.server import serving

DISK_BYTES = 1_000_000
FILE_BYTES = 3_000
FILES = 3
FEW = 256
SYNC = "tt_emulator.storage.disk.log._sync_data"
HOUR_NS = 3_600_000_000_000


class Trouble(NamedTuple):
    """A server on `port`, and what befalls it between `begin` and `end`."""

    data: Path
    port: int
    begin: Callable[[], object]
    end: Callable[[], object]
    stop: Callable[[], object]


Means = Callable[[Path], AbstractContextManager[Trouble]]


class Failing:
    """The `os` or `time` of a machine on which some functions do something else."""

    def __init__(self, real: Any, **others: Callable[..., Any]) -> None:
        self._real = real
        vars(self).update(others)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


def fails(number: int) -> Callable[..., Any]:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@contextmanager
def injected(place: str, failing: Any, folder: Path, *, sync: bool = False) -> Iterator[Trouble]:
    """A server in this process, to which `place` is `failing` meanwhile."""
    with ExitStack() as server, ExitStack() as patched:
        data = folder / "data"
        port = server.enter_context(serving(Settings(port=0, data=data, sync=sync)))["port"]
        patch = mock.patch(place, failing)
        yield Trouble(data, port, lambda: patched.enter_context(patch), patched.close, server.close)


@contextmanager
def limited(name: str, limit: int, folder: Path) -> Iterator[Trouble]:
    """A server with a limit of the system's, for which it is Linux that can set it from outside."""
    import resource

    with emulator("--data", str(folder / "data")) as running:
        change = partial(resource.prlimit, running.child.pid, getattr(resource, name))
        before = change()
        yield Trouble(
            folder / "data",
            running.port,
            lambda: change((limit, before[1])),
            lambda: change(before),
            running.kill,
        )


@contextmanager
def few_files_from_the_start(folder: Path) -> Iterator[Trouble]:
    """A server that is started where no process may have more files open."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    with ExitStack() as undo:
        resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, before[1]))  # a child takes it along
        try:
            running = undo.enter_context(emulator("--data", str(folder / "data")))
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, before)
        yield Trouble(folder / "data", running.port, nothing, nothing, running.kill)


def nothing() -> None:
    """It is so from the start, and to the end."""


def mount(*arguments: str | Path) -> bool:
    with suppress(FileNotFoundError):
        done = subprocess.run(["mount", *arguments], capture_output=True, check=False)
        return done.returncode == 0
    return False


def unmount(folder: Path) -> None:
    subprocess.run(["umount", "--lazy", folder], check=True)


def can_mount() -> bool:
    """Whether this system and this user can have a disk more."""
    with tempfile.TemporaryDirectory() as folder:
        mounted = sys.platform == "linux" and mount("-t", "tmpfs", "tmpfs", folder)
        if mounted:
            unmount(Path(folder))
    return mounted


@contextmanager
def full_disk(folder: Path) -> Iterator[Trouble]:
    disk, filler = folder / "disk", folder / "disk" / "filler"
    disk.mkdir()
    assert mount("-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", disk)
    try:
        with emulator("--data", str(disk / "data")) as running:
            yield Trouble(
                disk / "data", running.port, lambda: fill(filler), filler.unlink, running.kill
            )
    finally:
        unmount(disk)


def fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(1000))


def disk_that_writes_half(folder: Path) -> AbstractContextManager[Trouble]:
    def write(descriptor: int, data: bytes, place: int) -> int:
        return os.pwrite(descriptor, data[: len(data) // 2], place)

    return injected("tt_emulator.storage.disk.log.os", Failing(os, pwrite=write), folder)


@contextmanager
def read_only_disk(folder: Path) -> Iterator[Trouble]:
    worlds = folder / "data" / "worlds"
    with emulator("--data", str(folder / "data")) as running, ExitStack() as undo:

        def lock() -> None:
            while "log.jsonl" in open_files(running.child.pid):  # what is open stays writable
                pass
            assert mount("--bind", "-o", "ro", worlds, worlds)
            undo.callback(unmount, worlds)

        yield Trouble(folder / "data", running.port, lock, undo.close, running.kill)


def open_files(pid: int) -> set[str]:
    return {path.resolve().name for path in Path(f"/proc/{pid}/fd").iterdir()}


def disk_that_refuses(folder: Path) -> AbstractContextManager[Trouble]:
    refuse = fails(errno.EROFS)
    return injected(
        "tt_emulator.storage.disk.log.os", Failing(os, open=refuse, pwrite=refuse), folder
    )


def disk_that_cannot_sync(folder: Path) -> AbstractContextManager[Trouble]:
    return injected(SYNC, fails(errno.EIO), folder, sync=True)


def system_without_files(folder: Path) -> AbstractContextManager[Trouble]:
    return injected(
        "tt_emulator.storage.disk.log.os", Failing(os, open=fails(errno.EMFILE)), folder
    )


def clock_that_was_set_back(folder: Path) -> AbstractContextManager[Trouble]:
    earlier = Failing(time, time_ns=lambda: time.time_ns() - HOUR_NS)
    return injected("tt_emulator.domain.clock.time", earlier, folder)


limits = sys.platform == "linux"
mounts = can_mount()
NO_MORE_SPACE = [
    disk_that_writes_half,
    *([partial(limited, "RLIMIT_FSIZE", FILE_BYTES)] if limits else []),
    *([full_disk] if mounts else []),
]
NO_WRITING = [disk_that_refuses, *([read_only_disk] if mounts else [])]
FEW_FILES = [few_files_from_the_start, partial(limited, "RLIMIT_NOFILE", FEW)] if limits else []
NO_MORE_FILES = [
    system_without_files,
    *([partial(limited, "RLIMIT_NOFILE", FILES)] if limits else []),
]
