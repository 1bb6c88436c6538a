"""Prints what the storage costs on this machine: `python tests/storage/measure.py`."""

import sys
import tempfile
from pathlib import Path
from time import perf_counter, perf_counter_ns

sys.path.insert(0, str(Path(__file__).parents[2]))

from emulator.storage.base import Change, Pair, Storage
from emulator.storage.memory import MemoryStorage
from emulator.storage.tinydb_json import TinyDBStorage


def measure_commits(name: str, storage: Storage, writes: int, players: int) -> None:
    world = storage.open_world("default")
    costs_ns = []
    for number in range(writes):
        change = Change({"score": Pair(str(number), 1_700_000_000_000 + number)})
        openid = f"player-{number % players}"
        began_ns = perf_counter_ns()
        world.commit(openid, change)
        costs_ns.append(perf_counter_ns() - began_ns)
    began_s = perf_counter()
    storage.close()
    close_ms = (perf_counter() - began_s) * 1000
    costs_ns.sort()
    p50, p99 = (costs_ns[writes * part // 100] / 1000 for part in (50, 99))
    print(f"{name:<32} commit p50 {p50:6.1f} µs, p99 {p99:6.1f} µs; close {close_ms:6.1f} ms")


def measure_start(root: Path, players: int) -> None:
    storage = TinyDBStorage(root)
    world = storage.open_world("default")
    for number in range(players):
        pairs = {f"key-{n}": Pair("value", 1_700_000_000_000) for n in range(20)}
        world.commit(f"player-{number}", Change(pairs))
    storage.flush()
    storage.close()
    began_s = perf_counter()
    storage = TinyDBStorage(root)
    start_ms = (perf_counter() - began_s) * 1000
    world = storage.open_world("default")
    began_s = perf_counter()
    for number in range(1000):
        world.get(f"player-{number}")
    read_us = (perf_counter() - began_s) * 1000
    storage.close()
    print(
        f"{players:,} players of 20 keys: start {start_ms:.0f} ms, first use {read_us:.0f} µs each"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        measure_commits("memory", MemoryStorage(), 100_000, 16)
        measure_commits("files, 16 players", TinyDBStorage(root / "16"), 100_000, 16)
        measure_commits("files, 1,000 players", TinyDBStorage(root / "1000"), 100_000, 1000)
        measure_commits("files, sync", TinyDBStorage(root / "sync", sync=True), 5_000, 16)
        measure_start(root / "start", 10_000)


if __name__ == "__main__":
    main()
