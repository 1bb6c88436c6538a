"""Measures, never judges: prints a table and writes `tests/benchmarks/results/latest.json`.

    python tests/benchmarks/run.py [--only NAME …] [--seconds 4] [--rounds 5] [--warm-up 15]
        [--against TREE]

README.md beside this file says what is measured and how.
"""

import argparse
import json
import platform
from collections.abc import Callable, Mapping
from pathlib import Path

import boards
import ci
import connections
import durability
import inside
import neighbours
import outside
import realm
import restart
import stores
import waiting
from outside import Effort
from servers import installed

HERE = Path(__file__).parent
PARTS: dict[str, Callable[[Effort], Mapping[str, float | None]]] = {
    "load": outside.under_load,
    "start": outside.starting,
    "engine": lambda effort: inside.engine_cost(),
    "connection": lambda effort: connections.on_a_connection(),
    "growth": lambda effort: inside.growth(),
    "boards": lambda effort: boards.boards(),
    "keeping": lambda effort: inside.keeping(),
    "storage": lambda effort: stores.storing(),
    "durability": durability.kept,
    "restart": restart.restarting,
    "waiting": lambda effort: waiting.waiting(),
    "neighbours": neighbours.neighbours,
    "realm": lambda effort: realm.realm(),
    "suite": lambda effort: ci.in_a_suite(effort.rounds),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="NAME")
    parser.add_argument("--seconds", type=int, default=4, help="of load in one run")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each server")
    parser.add_argument("--warm-up", type=int, default=15, help="seconds of load before")
    parser.add_argument(
        "--against",
        type=installed,
        metavar="TREE",
        help="another checkout, with a .venv of its own, for durability and restart",
    )
    arguments = parser.parse_args()
    effort = Effort(arguments.seconds, arguments.rounds, arguments.warm_up, arguments.against)
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    print(machine)
    figures: dict[str, Mapping[str, float | None]] = {}
    for name in arguments.only:
        figures[name] = found = PARTS[name](effort)
        print(f"\n{name}")
        for line, value in found.items():
            print(f"  {line}" if value is None else f"  {line:<74} {value:>12,.4g}")
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    text = json.dumps({"machine": machine, "figures": figures}, indent=2)
    (results / "latest.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
