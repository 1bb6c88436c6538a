"""What the storage alone costs: an acknowledged write, a start, the first use of a player."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import engines  # noqa: F401  # finds the package

from tt_emulator.domain.record import Change, Pair
from tt_emulator.domain.store import Storage
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage
from tt_emulator.storage.memory import MemoryStorage

Figures = dict[str, float]

NOW_MS = 1_700_000_000_000
PLAYERS = 10_000
LINES = 20_000
KEYS = 20


def storing() -> Figures:
    """Commits to memory, to the log, and to the log with `--sync`; starts on files and on a log."""
    return {
        "a commit to memory, p50, us": _commit_us(MemoryStorage(), 20_000),
        "a commit to files, p50, us": _on_disk(20_000, sync=False),
        "a commit to files with --sync, p50, us": _on_disk(1_000, sync=True),
        **_starts(),
    }


def _on_disk(writes: int, *, sync: bool) -> float:
    with tempfile.TemporaryDirectory() as folder:
        return _commit_us(TinyDBStorage(Path(folder), sync=sync), writes)


def _commit_us(storage: Storage, writes: int) -> float:
    world = storage.open_world("default")
    costs_s = []
    for number in range(writes):
        change = Change({"score": Pair(str(number), NOW_MS + number)})
        begun = time.perf_counter()
        world.commit(f"player-{number % 16}", change)
        costs_s.append(time.perf_counter() - begun)
    storage.close()
    return statistics.median(costs_s) * 1e6


def _starts() -> Figures:
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with _opened(root) as (storage, _):
            world = storage.open_world("default")
            for number in range(PLAYERS):
                pairs = {f"key-{key}": Pair("value", NOW_MS) for key in range(KEYS)}
                world.commit(f"player-{number}", Change(pairs))
            storage.flush()
        with _opened(root) as (storage, took_ms):
            figures[f"a start on {PLAYERS:,} players' files, ms"] = took_ms
            world = storage.open_world("default")
            begun = time.perf_counter()
            for number in range(1000):
                world.get(f"player-{number}")
            figures["the first use of a player, us"] = (time.perf_counter() - begun) * 1000
            for number in range(LINES):
                world.commit("player-1", Change({"score": Pair(str(number), NOW_MS)}))
            log = (root / "worlds" / "default" / "log.jsonl").read_bytes()
        (root / "worlds" / "default" / "log.jsonl").write_bytes(log)  # as after a kill
        with _opened(root) as (_, took_ms):
            figures[f"the same with {LINES:,} lines of log to do again, ms"] = took_ms
    return figures


@contextmanager
def _opened(root: Path) -> Iterator[tuple[TinyDBStorage, float]]:
    """The storage, and how many milliseconds it took to open."""
    begun = time.perf_counter()
    storage = TinyDBStorage(root)
    took_ms = (time.perf_counter() - begun) * 1000
    try:
        yield storage, took_ms
    finally:
        storage.close()
