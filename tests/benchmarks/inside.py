"""What the emulator costs without HTTP: the engine, growth, snapshots. Persistence is on."""

import random
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from engines import Calls, costs_us, engine_on_disk, ratio
from running import BODY

from tt_emulator.domain.record import Pair, Record
from tt_emulator.engine import Engine
from tt_emulator.world import snapshots

Figures = dict[str, float]

PLAYERS = (1, 100, 10_000, 100_000)
KEYS = 20
FAULT = {"error": "internal-error", "api": "setUserCloudStorage", "player": "nobody"}
SAVE = "setUserCloudStorage"


def engine_cost() -> Figures:
    """One write through `engine.handle`, bare and with five armed faults that do not match."""
    with engine_on_disk() as engine, engine_on_disk() as armed:
        armed.worlds.open("default").faults.arm([FAULT] * 5)
        costs = costs_us(
            {
                "engine.handle, one write, us": Calls(engine, SAVE, [BODY]),
                "the same with five faults armed, us": Calls(armed, SAVE, [BODY]),
                "engine.handle, one read, us": Calls(
                    engine, "getUserCloudStorage", ['{"keyList":["score"]}']
                ),
            }
        )
    return {name: statistics.median(took) for name, took in costs.items()}


def growth() -> Figures:
    """One write among so many players of `KEYS` keys, by one of them and by one after another."""
    rng = random.Random(1)
    figures: Figures = {}
    with ExitStack() as undo:
        engines = {number: undo.enter_context(engine_on_disk()) for number in PLAYERS}
        for number, engine in engines.items():
            _seed(engine, number)
        for who in ("one player", "many players"):
            workloads = {
                number: Calls(engine, SAVE, [BODY], [_one_of(number, rng) for _ in range(many)])
                for number, engine in engines.items()
                for many in [1 if who == "one player" else 10_000]
            }
            costs = costs_us(workloads)
            for number, took in costs.items():
                figures[f"writes of {who} among {number:,}, us"] = statistics.median(took)
            least, most = PLAYERS[0], PLAYERS[-1]
            figures[f"writes of {who}: among {most:,} against {least:,}"] = ratio(
                costs[most], costs[least]
            )
    return figures


def keeping() -> Figures:
    """A snapshot of a world, and its restoration."""
    figures: Figures = {}
    for number in (1_000, 10_000):
        with engine_on_disk() as engine:
            _seed(engine, number)
            world = engine.worlds.open("default")
            for verb, act in (("snapshot", snapshots.save), ("restore", snapshots.restore)):
                figures[f"{verb} of {number:,} players, ms"] = _ms(partial(act, world, "a"))
    return figures


def _one_of(number: int, rng: random.Random) -> str:
    return f"player-{rng.randint(1, number)}"


def _seed(engine: Engine, number: int) -> None:
    now_ms = time.time_ns() // 1_000_000
    engine.worlds.open("default").store.replace(
        (
            f"player-{one}",
            Record({f"key-{key}": Pair(f"value {one}", now_ms) for key in range(KEYS)}),
        )
        for one in range(1, number + 1)
    )


def _ms(act: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        act()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)
