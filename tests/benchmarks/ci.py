"""Measures what a test suite pays for the emulator: `python tests/benchmarks/ci.py [--rounds 15]`.

The start is from the start of the process to the first line of the first test, without the plugin
and with a test that has `tt_emulator` (and that arms a fault); figures are medians of interleaved
runs. CPU time, of the server's thread as well, says on a busy machine what wall time does not.
A fresh world is what a test costs more with `tt_emulator` than without, teardown included.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STARTS = {
    "pytest alone": ("", "def test_it(): TOLD"),
    "with the plugin, unused": ("-p emulator.pytest_plugin", "def test_it(): TOLD"),
    "with tt_emulator": ("-p emulator.pytest_plugin", "def test_it(tt_emulator): TOLD"),
    "with tt_emulator, a fault armed": (
        "-p emulator.pytest_plugin",
        "def test_it(tt_emulator):\n    tt_emulator.fail('server-error'); TOLD",
    ),
}
TOLD = (
    "import pathlib, time;pathlib.Path('told').write_text(f'{time.time()} {time.process_time()}')"
)
WORLDS = 500
MANY = """
import pytest, time
PAIRS = {"KVDataList": [{"key": "score", "value": "1"}]}
begun = {}

@pytest.mark.parametrize("number", range(%d))
def test_without(number): begun.setdefault("without", time.perf_counter())

def test_between(tt_emulator):
    begun["between"] = time.perf_counter()
    tt_emulator.fail("server-error")

@pytest.mark.parametrize("number", range(%d))
def test_with(tt_emulator, number): begun.setdefault("with", time.perf_counter())

@pytest.mark.parametrize("number", range(%d))
def test_used(tt_emulator, number):
    begun.setdefault("used", time.perf_counter())
    tt_emulator.call("setUserCloudStorage", PAIRS)

def test_end():
    end = time.perf_counter()
    without = begun["between"] - begun["without"]
    unused = begun["used"] - begun["with"]
    used = end - begun["used"]
    print("FIGURES", without, unused, used)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        starts = measure_starts(Path(folder), rounds)
        without, unused, used = measure_worlds(Path(folder))
    wall_alone, cpu_alone = starts["pytest alone"]
    print(f"{'start to the first line of the first test, median ms':<54}wall{'CPU':>20}")
    for name, (wall, cpu) in starts.items():
        print(
            f"  {name:<34} {wall:8.1f}   + {wall - wall_alone:6.1f}"
            f" {cpu:8.1f}   + {cpu - cpu_alone:6.1f}"
        )
    print(f"a test, mean of {WORLDS}, ms")
    print(f"  without tt_emulator                {without:8.3f}")
    print(f"  with a world that it does not use  {unused:8.3f}   + {unused - without:6.3f}")
    print(f"  with a world and one call in it    {used:8.3f}   + {used - without:6.3f}")


def measure_starts(folder: Path, rounds: int) -> dict[str, tuple[float, float]]:
    """Milliseconds of wall and of CPU time by name; a first round compiles, and does not count."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in STARTS}
    for number in range(rounds + 1):
        for name, (flags, test) in STARTS.items():
            (folder / "test_it.py").write_text(test.replace("TOLD", TOLD), encoding="utf-8")
            begun = time.time()
            pytest(folder, *flags.split())
            if number:
                now, cpu = (folder / "told").read_text(encoding="utf-8").split()
                taken[name].append(((float(now) - begun) * 1000, float(cpu) * 1000))
    return {name: _medians(each) for name, each in taken.items()}


def _medians(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    wall, cpu = (statistics.median(each) for each in zip(*pairs, strict=True))
    return wall, cpu


def measure_worlds(folder: Path) -> list[float]:
    """Milliseconds a test."""
    (folder / "test_it.py").write_text(MANY % (WORLDS, WORLDS, WORLDS), encoding="utf-8")
    said = pytest(folder, "-p", "emulator.pytest_plugin", "-s")
    figures = said.partition("FIGURES ")[2].split()[:3]
    return [float(each) / WORLDS * 1000 for each in figures]


def pytest(folder: Path, *flags: str) -> str:
    env = {name: value for name, value in os.environ.items() if "TT_EMULATOR" not in name}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # a suite is not compiled anew each time
    env["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *flags, "test_it.py"],
        cwd=folder,
        env=env,
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout


if __name__ == "__main__":
    main()
