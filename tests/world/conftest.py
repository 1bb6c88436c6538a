from collections.abc import Iterator
from pathlib import Path

import pytest

from disk_bench import Directory, DiskBench


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    one = Directory(tmp_path)
    yield one
    one.close()


@pytest.fixture
def disk(directory: Directory) -> DiskBench:
    """The first server on the directory."""
    return directory.start()
