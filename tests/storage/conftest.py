import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

import tt_emulator
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage

NEVER_S = 3600.0


Open = Callable[..., TinyDBStorage]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def open_storage(data: Path) -> Iterator[Open]:
    """Opens storages that flush only when told to, and closes them at the end."""
    opened = []

    def open_one(
        root: Path = data, flush_after_s: float = NEVER_S, **options: bool
    ) -> TinyDBStorage:
        storage = TinyDBStorage(root, flush_after_s=flush_after_s, **options)
        opened.append(storage)
        return storage

    yield open_one
    for storage in opened:
        storage.close()


@pytest.fixture
def crash(data: Path, tmp_path: Path) -> Callable[[], Path]:
    """Gives the directory as a crash of the server at this instant would leave it."""
    numbers = count(1)
    return lambda: shutil.copytree(
        data,
        tmp_path / f"crashed-{next(numbers)}",
        ignore=shutil.ignore_patterns("lock"),  # which Windows does not let others read
    )


@pytest.fixture
def start() -> Iterator[Start]:
    """Runs Python source in a process of its own, which does not outlive the test."""
    running = []

    def start_one(source: str, *arguments: object) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", source, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env=os.environ | {"PYTHONPATH": str(Path(tt_emulator.__file__).parents[1])},
        )
        running.append(process)
        return process

    yield start_one
    for process in running:
        process.kill()
        process.communicate()
