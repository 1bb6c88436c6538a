"""What it takes merely to read a data directory: `reading.py DIR json|msgspec` prints milliseconds.

In a process of its own, so that what else a benchmark holds in memory costs it nothing.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

PARSERS: dict[str, Callable[[bytes], object]] = {
    "json": json.loads,
    "msgspec": msgspec.json.decode,
}


def read_all(data: Path, parser: str) -> float:
    """How many milliseconds it takes to read all its files, and to parse what is JSON."""
    command = [sys.executable, __file__, str(data), parser]
    return float(subprocess.run(command, check=True, capture_output=True).stdout)


def main(data: Path, parse: Callable[[bytes], object]) -> None:
    begun = time.perf_counter()
    for path in data.rglob("*"):
        if path.is_file():
            for text in _texts(path):
                parse(text)
    print((time.perf_counter() - begun) * 1000)


def _texts(path: Path) -> Iterator[bytes]:
    """What of the file is JSON; of a log that a kill has torn the end is not."""
    whole = path.read_bytes()
    if path.suffix == ".json":
        yield whole
    elif path.suffix == ".jsonl":
        yield from whole.split(b"\n")[:-1]


if __name__ == "__main__":
    main(Path(sys.argv[1]), PARSERS[sys.argv[2]])
