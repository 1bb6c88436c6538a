"""Runs a suite again and again in random order: `python tests/benchmarks/soak.py [--runs 20]`.

The suite is that of the demo game, on two workers, each run with a seed of its own. A test whose
outcome is not the same each time is a flaw of the suite or of the emulator; then it ends with 1.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[2]
SUITE = "tests/demo_game"
BAD = ("failure", "error", "skipped")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    runs = []
    for seed in range(1, given.runs + 1):
        begun = time.monotonic()
        outcomes = run(seed, given.workers)
        taken_s = time.monotonic() - begun
        passed = sum(outcome == "passed" for outcome in outcomes.values())
        print(f"seed {seed:>3}: {passed} of {len(outcomes)} passed, {taken_s:.1f} s", flush=True)
        runs.append(outcomes)
    return verdict(runs)


def verdict(runs: list[dict[str, str]]) -> int:
    tests = sorted(set().union(*runs))
    seen = {test: {outcomes.get(test, "missing") for outcomes in runs} for test in tests}
    differing = {test: outcomes for test, outcomes in seen.items() if len(outcomes) > 1}
    for test, outcomes in differing.items():
        print(f"  {test}: {', '.join(sorted(outcomes))}")
    same = len(seen) - len(differing)
    print(f"{same} of {len(seen)} tests had the same outcome in all of {len(runs)} runs")
    return 0 if seen and not differing else 1


def run(seed: int, workers: int) -> dict[str, str]:
    """The outcome of each test."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        flags = ["-q", "-p", "no:cacheprovider", "-n", str(workers), f"--randomly-seed={seed}"]
        env = {name: value for name, value in os.environ.items() if "TT_EMULATOR" not in name}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *flags, f"--junitxml={report}", SUITE],
            cwd=ROOT,
            env=env,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            print(done.stdout, done.stderr)
        return dict(map(outcome, ElementTree.parse(report).iter("testcase")))


def outcome(case: ElementTree.Element) -> tuple[str, str]:
    found = [kind for kind in BAD if case.find(kind) is not None]
    return f"{case.get('classname')}::{case.get('name')}", " and ".join(found) or "passed"


if __name__ == "__main__":
    sys.exit(main())
