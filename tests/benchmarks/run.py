"""Measures, never judges: prints a table and writes `tests/benchmarks/results/latest.json`.

    python tests/benchmarks/run.py [--seconds 5]

The HTTP figures need `wrk` on the PATH; without it they are left out, and the table says so.
Everything runs with the journal and persistence on.
"""

import argparse
import json
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from emulator.catalog import load
from emulator.domain.clock import SystemClock
from emulator.domain.model import Call
from emulator.engine import Engine
from emulator.storage.tinydb_json import TinyDBStorage
from emulator.world import Worlds
from process import emulator

HERE = Path(__file__).parent
BODY = '{"KVDataList":[{"key":"score","value":"{\\"ttgame\\":{\\"score\\":1}}"}]}'
ROUNDS = 5

Figures = dict[str, float | str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="of load for each HTTP figure")
    seconds = parser.parse_args().seconds
    figures = {**start_to_ready(), **engine_cost(), **over_http(seconds)}
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    print(machine)
    for name, value in figures.items():
        print(f"  {name:<44} {value:>12}")
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    text = json.dumps({"machine": machine, "figures": figures}, indent=2)
    (results / "latest.json").write_text(text + "\n", encoding="utf-8")


def start_to_ready() -> Figures:
    """From the start of the process to the ready file, on a new data directory."""
    times = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            begun = time.perf_counter()
            with emulator("--data", f"{folder}/data") as running:
                times.append((time.perf_counter() - begun) * 1000)
                running.stop()
    return {"start to ready, median ms": round(statistics.median(times), 1)}


def engine_cost() -> Figures:
    """One write through `engine.handle`, bare and with five faults armed that do not match."""
    with tempfile.TemporaryDirectory() as folder:
        storage = TinyDBStorage(Path(folder))
        catalog, clock = load(), SystemClock()
        engine = Engine(catalog, Worlds(storage, catalog, clock))
        api = catalog.apis["setUserCloudStorage"]
        call = Call(api, json.loads(BODY), sent=BODY.encode())
        bare = cost_us(engine, call)
        engine.worlds.open("default").desk.arm([FAULT] * 5)
        armed = cost_us(engine, call)
        storage.close()
    return {"engine.handle, median us": bare, "engine.handle with 5 faults, median us": armed}


FAULT = {"error": "internal-error", "api": "setUserCloudStorage", "player": "nobody"}


def cost_us(engine: Engine, call: Call) -> float:
    batches = []
    for _ in range(ROUNDS * 4):
        begun = time.perf_counter()
        for _ in range(2000):
            for _ in engine.handle(call):
                pass
        batches.append((time.perf_counter() - begun) / 2000 * 1e6)
    return round(statistics.median(batches), 2)


def over_http(seconds: int) -> Figures:
    """One write over HTTP, with 1 and 16 connections; the median of interleaved runs."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return {"over HTTP": "wrk missing"}
    runs: dict[int, list[dict[str, float]]] = {1: [], 16: []}
    with tempfile.TemporaryDirectory() as folder, emulator("--data", f"{folder}/data") as running:
        for _ in range(3):
            for connections, done in runs.items():
                done.append(load_with(wrk, running.url, connections, seconds))
    return {
        f"{name}, {connections} connection{'s' * (connections > 1)}": round(
            statistics.median(run[name] for run in done), 3
        )
        for connections, done in runs.items()
        for name in done[0]
    }


def load_with(wrk: str, url: str, connections: int, seconds: int) -> dict[str, float]:
    script = HERE / "results" / "post.lua"
    script.parent.mkdir(exist_ok=True)
    script.write_text(f"wrk.method='POST'\nwrk.body={json.dumps(BODY)}\n", encoding="utf-8")
    command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}", "-s", str(script), "--latency"]
    told = subprocess.run(
        [*command, f"{url}/tt/setUserCloudStorage"], check=True, capture_output=True, text=True
    ).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    return {
        "calls a second": float(found(r"Requests/sec:\s+([\d.]+)", told)[0]),
        "p50 ms": milliseconds(found(r"50%\s+([\d.]+)(us|ms|s)", told)),
        "p99 ms": milliseconds(found(r"99%\s+([\d.]+)(us|ms|s)", told)),
    }


def found(pattern: str, told: str) -> Any:
    match = re.search(pattern, told)
    if match is None:
        raise RuntimeError(told)
    return match.groups()


def milliseconds(figure: tuple[str, str]) -> float:
    return float(figure[0]) * {"us": 0.001, "ms": 1, "s": 1000}[figure[1]]


if __name__ == "__main__":
    main()
