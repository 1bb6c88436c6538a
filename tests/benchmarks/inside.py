"""What the emulator costs without HTTP: the engine, growth, snapshots. Persistence is on."""

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path

sys.path[1:1] = [str(Path(__file__).parents[2])]

# ruff: noqa: E402  # the package lies beside this script, it need not be installed

from running import BODY

from emulator.catalog import load
from emulator.domain.clock import SystemClock
from emulator.domain.model import Call
from emulator.engine import Engine
from emulator.storage.base import Pair, Record
from emulator.storage.tinydb_json import TinyDBStorage
from emulator.world import Worlds, snapshots

Figures = dict[str, float]

BATCH = 2000
BATCHES = 21
PLAYERS = (1, 100, 10_000, 100_000)
KEYS = 20
FAULT = {"error": "internal-error", "api": "setUserCloudStorage", "player": "nobody"}


def engine_cost() -> Figures:
    """One write through `engine.handle`, bare and with five armed faults that do not match."""
    with _engine() as engine:
        bare = _cost_us(engine, ["player-1"])
        engine.worlds.open("default").desk.arm([FAULT] * 5)
        armed = _cost_us(engine, ["player-1"])
        engine.worlds.open("default").desk.clear()
        reading = _cost_us(engine, ["player-1"], "getUserCloudStorage", {"keyList": ["score"]})
    return {
        "engine.handle, one write, us": bare,
        "the same with five faults armed, us": armed,
        "engine.handle, one read, us": reading,
    }


def growth() -> Figures:
    """One write among so many players of `KEYS` keys, by one of them and by one after another."""
    figures: Figures = {}
    rng = random.Random(1)
    for number in PLAYERS:
        with _engine() as engine:
            _seed(engine, number)
            one = [f"player-{number}"]
            many = [f"player-{rng.randint(1, number)}" for _ in range(BATCH * 5)]
            figures[f"write of one player among {number:,}, us"] = _cost_us(engine, one)
            figures[f"writes of many players among {number:,}, us"] = _cost_us(engine, many)
    return figures


def keeping() -> Figures:
    """A snapshot of a world, and its restoration."""
    figures: Figures = {}
    for number in (1_000, 10_000):
        with _engine() as engine:
            _seed(engine, number)
            world = engine.worlds.open("default")
            for verb, act in (("snapshot", snapshots.save), ("restore", snapshots.restore)):
                figures[f"{verb} of {number:,} players, ms"] = _ms(partial(act, world, "a"))
    return figures


@contextmanager
def _engine() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory() as folder:
        storage = TinyDBStorage(Path(folder))
        try:
            catalog = load()
            yield Engine(catalog, Worlds(storage, catalog, SystemClock(), on_socket=True))
        finally:
            storage.close()


def _seed(engine: Engine, number: int) -> None:
    now_ms = time.time_ns() // 1_000_000
    engine.worlds.open("default").store.replace(
        (
            f"player-{one}",
            Record({f"key-{key}": Pair(f"value {one}", now_ms) for key in range(KEYS)}),
        )
        for one in range(1, number + 1)
    )


def _cost_us(
    engine: Engine, openids: list[str], api: str = "setUserCloudStorage", options: object = None
) -> float:
    options = json.loads(BODY) if options is None else options
    sent = json.dumps(options).encode()
    calls = [
        Call(engine.catalog.apis[api], options, player=openid, sent=sent) for openid in openids
    ]
    return _median_us(engine, cycle(calls))


def _median_us(engine: Engine, calls: Iterator[Call]) -> float:
    costs = []
    for _ in range(BATCHES):
        begun = time.perf_counter()
        for _ in range(BATCH):
            for _ in engine.handle(next(calls)):
                pass
        costs.append((time.perf_counter() - begun) / BATCH * 1e6)
    return statistics.median(costs)


def _ms(act: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        act()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)
