"""An engine under measure, without HTTP, and calls to it in turns."""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import cycle, product
from pathlib import Path
from typing import TypeVar

sys.path[1:1] = [str(Path(__file__).parents[2] / "emulator")]

# ruff: noqa: E402  # the package lies beside this script, it need not be installed

from tt_emulator.domain.clock import SystemClock
from tt_emulator.domain.model import Call, Send
from tt_emulator.engine import Engine
from tt_emulator.platforms import load
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage
from tt_emulator.world import Worlds

BATCHES = 21

Name = TypeVar("Name")


@contextmanager
def engine_on_disk() -> Iterator[Engine]:
    """An engine with a data directory of its own."""
    with tempfile.TemporaryDirectory() as folder:
        storage = TinyDBStorage(Path(folder))
        try:
            platform = load()
            yield Engine(Worlds(storage, platform, SystemClock(), on_socket=True))
        finally:
            storage.close()


class Calls:
    """Calls of one API without an end: by these players in turn, with each of these bodies."""

    def __init__(
        self, engine: Engine, api: str, bodies: list[str], openids: list[str] | None = None
    ) -> None:
        known = load().catalog.apis[api]
        self._engine = engine
        self._calls = cycle(
            Call(
                known,
                json.loads(body),
                player=openid,
                domain=known.domains[0],
                sent=body.encode(),
            )
            for openid, body in product(openids or ["player-1"], bodies)
        )

    def first(self) -> float:
        """How long the first call takes, in milliseconds. Raises if it fails."""
        begun = time.perf_counter()
        *_, last = self._engine.handle(next(self._calls))
        took_ms = (time.perf_counter() - begun) * 1000
        if not isinstance(last, Send) or last.reply.error is not None:
            raise RuntimeError(last)
        return took_ms

    def cost_us(self, number: int) -> float:
        """The mean processor time of the next calls, in this thread: others may use the machine."""
        handle, calls = self._engine.handle, self._calls
        begun = time.thread_time()
        for _ in range(number):
            for _ in handle(next(calls)):
                pass
        return (time.thread_time() - begun) / number * 1e6


def costs_us(workloads: Mapping[Name, Calls], number: int = 2000) -> dict[Name, list[float]]:
    """What a call costs, in batches of `number` that take turns."""
    for calls in workloads.values():
        calls.first()
    costs: dict[Name, list[float]] = {name: [] for name in workloads}
    for _ in range(BATCHES):
        for name, calls in workloads.items():
            costs[name].append(calls.cost_us(number))
    return costs


def ratio(mine: list[float], theirs: list[float]) -> float:
    """The median of the ratios of the rounds, as a machine's speed changes by the minute."""
    return statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
