"""Measures, never judges: prints tables and writes `tests/benchmarks/results/latest.json`.

    python tests/benchmarks/run.py [--only NAME …] [--seconds 4] [--rounds 5] [--warm-up 15]

What is measured over HTTP needs `wrk` and Linux; what is not there is left out, and said so. Peers
are measured beside, if `TT_BENCH_PEERS` names a folder with them (see servers.py). The runs of all
servers take turns, and a ratio is the median of the ratios of the rounds, as a machine's speed
changes by the minute. Everything runs with the journal and persistence on.
"""

import argparse
import json
import platform
from pathlib import Path

import boards
import inside
import outside
from outside import Effort

HERE = Path(__file__).parent
PARTS = {
    "load": outside.under_load,
    "start": outside.starting,
    "engine": inside.engine_cost,
    "growth": inside.growth,
    "boards": boards.boards,
    "keeping": inside.keeping,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="NAME")
    parser.add_argument("--seconds", type=float, default=4, help="of load in one run")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each server")
    parser.add_argument("--warm-up", type=float, default=15, help="seconds of load before")
    asked = parser.parse_args()
    effort = Effort(asked.seconds, asked.rounds, asked.warm_up)
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    print(machine)
    figures = {}
    for name in asked.only:
        part = PARTS[name]
        found = part(effort) if part.__module__ == "outside" else part()
        figures[name] = found
        print(f"\n{name}")
        for line, value in found.items():
            print(f"  {line:<64} {value:>12,.4g}" if isinstance(value, float) else f"  {line}")
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    text = json.dumps({"machine": machine, "figures": figures}, indent=2)
    (results / "latest.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
