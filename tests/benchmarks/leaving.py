"""Worlds that are made and left: `python tests/benchmarks/leaving.py [--worlds 20000]`.

Each world gets some calls, as of a job that is killed before it drops its world. The server drops
those that nobody has used for a second; printed are its memory, how many worlds it has, and what it
answered but 200.
"""

import argparse
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from running import running
from servers import ours

sys.path[1:1] = [str(Path(__file__).parents[1])]

# ruff: noqa: E402  # the tests' own modules lie above this one

from rawhttp import Wire, request

SAVE = b'{"KVDataList":[{"key":"score","value":"1"}]}'
LOOKS = 10


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=20_000)
    parser.add_argument("--calls", type=int, default=10)
    parser.add_argument("--data", action="store_true", help="on disk, not in memory")
    given = parser.parse_args()
    refused: Counter[int] = Counter()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        where = ("--data", folder) if given.data else ("--ephemeral",)
        server = stack.enter_context(running(ours(*where, "--world-ttl", "1")))
        wire = stack.enter_context(Wire(server.port))
        for number in range(1, given.worlds + 1):
            line = f"X-Emulator-World: job-{number}"
            wire.send(*[request("POST", "/tt/setUserCloudStorage", SAVE, line)] * given.calls)
            refused.update(wire.answer().status for _ in range(given.calls))
            if number % (given.worlds // LOOKS) == 0:
                there = worlds(server.port)
                print(f"{number:>6} worlds: {server.memory_mb():.0f} MB, {there} there", flush=True)
    del refused[200]
    print(f"refused: {dict(refused) or 'none'}")
    return 1 if refused else 0


def worlds(port: int) -> int:
    """How many the server has, by its metrics."""
    with Wire(port) as wire:
        wire.send(request("GET", "/__emulator/metrics", None))
        lines = wire.answer().body.decode().splitlines()
    found = [line for line in lines if line.startswith("tt_emulator_worlds")]
    return sum(int(float(line.split()[-1])) for line in found)


if __name__ == "__main__":
    sys.exit(main())
