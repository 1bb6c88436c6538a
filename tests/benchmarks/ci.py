"""What a test suite pays for the emulator.

The start is from the start of the process to the first line of the first test, without the plugin
and with a test that has `tt_emulator` (and that arms a fault); figures are medians of interleaved
runs. CPU time, of the server's thread as well, says on a busy machine what wall time does not.
A fresh world is what a test costs more with `tt_emulator` than without, teardown included.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from running import environment

Figures = dict[str, float]

STARTS = {
    "pytest alone": ("", "def test_it(): REPORT"),
    "with the plugin, unused": ("-p tt_emulator.pytest_plugin", "def test_it(): REPORT"),
    "with tt_emulator": ("-p tt_emulator.pytest_plugin", "def test_it(tt_emulator): REPORT"),
    "with tt_emulator, a fault armed": (
        "-p tt_emulator.pytest_plugin",
        "def test_it(tt_emulator):\n    tt_emulator.fail('server-error'); REPORT",
    ),
}
REPORT = (
    "import pathlib, time;pathlib.Path('times').write_text(f'{time.time()} {time.process_time()}')"
)
WORLDS = 500
MANY = """
import pytest, time
now = lambda: (time.perf_counter(), time.process_time())
PAIRS = {"KVDataList": [{"key": "score", "value": "1"}]}
begun = {}

@pytest.mark.parametrize("number", range(%d))
def test_without(number): begun.setdefault("without", now())

def test_between(tt_emulator):
    begun["between"] = now()
    tt_emulator.fail("server-error")

@pytest.mark.parametrize("number", range(%d))
def test_with(tt_emulator, number): begun.setdefault("with", now())

@pytest.mark.parametrize("number", range(%d))
def test_used(tt_emulator, number):
    begun.setdefault("used", now())
    tt_emulator.call("setUserCloudStorage", PAIRS)

def test_end():
    begun["end"] = now()
    for first, last in (("without", "between"), ("with", "used"), ("used", "end")):
        print("FIGURES", *(b - a for a, b in zip(begun[first], begun[last])))
"""


def in_a_suite(rounds: int) -> Figures:
    """What the first test waits for, and what each test takes."""
    with tempfile.TemporaryDirectory() as folder:
        starts = _measure_starts(Path(folder), rounds)
        worlds = _measure_worlds(Path(folder))
    return _rows("the first test", starts) | _rows("a test", worlds)


def _rows(what: str, figures: dict[str, tuple[float, float]]) -> Figures:
    """Milliseconds; the first figures are what the others are compared with."""
    alone = next(iter(figures.values()))
    rows = {}
    for name, taken in figures.items():
        for kind, took, least in zip(("wall", "CPU"), taken, alone, strict=True):
            rows[f"{what}, {name}: {kind}, ms"] = took
            if taken is not alone:
                rows[f"{what}, {name}: more {kind}, ms"] = took - least
    return rows


def _measure_starts(folder: Path, rounds: int) -> dict[str, tuple[float, float]]:
    """Milliseconds of wall and of CPU time by name; a first round compiles, and does not count."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in STARTS}
    for number in range(rounds + 1):
        for name, (flags, test) in STARTS.items():
            (folder / "test_it.py").write_text(test.replace("REPORT", REPORT), encoding="utf-8")
            begun = time.time()
            _pytest(folder, *flags.split())
            if number:
                now, cpu = (folder / "times").read_text(encoding="utf-8").split()
                taken[name].append(((float(now) - begun) * 1000, float(cpu) * 1000))
    return {name: _medians(each) for name, each in taken.items()}


def _medians(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    wall, cpu = (statistics.median(each) for each in zip(*pairs, strict=True))
    return wall, cpu


def _measure_worlds(folder: Path) -> dict[str, tuple[float, float]]:
    """Milliseconds of wall and of CPU time a test, by name."""
    (folder / "test_it.py").write_text(MANY % (WORLDS, WORLDS, WORLDS), encoding="utf-8")
    output = _pytest(folder, "-p", "tt_emulator.pytest_plugin", "-s")
    names = ("without tt_emulator", "with a world that it does not use", "with one call in it")
    figures = [each.split()[:2] for each in output.split("FIGURES ")[1:]]
    return {
        name: (float(wall) / WORLDS * 1000, float(cpu) / WORLDS * 1000)
        for name, (wall, cpu) in zip(names, figures, strict=True)
    }


def _pytest(folder: Path, *flags: str) -> str:
    env = environment() | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *flags, "test_it.py"],
        cwd=folder,
        env=env,
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
