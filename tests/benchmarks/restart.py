"""What a start costs after very many calls, on what a killed server has left of them.

Its players are seeded, then they save and read in turns over a connection, and the server is killed
at its last answer. Each start is on a copy of that directory. How far behind the players' files are
then is a matter of how busy the machine was: "left on disk" tells how alike two checkouts' are.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from many_calls import PLAYERS, memory_while_played
from outside import Effort, Figures
from reading import read_all
from running import Running, cannot, running
from seeding import write
from servers import ours

sys.path[1:1] = [str(Path(__file__).parents[1])]

# ruff: noqa: E402  # the tests' own modules lie above this one

from rawhttp import Wire, request

SEEDED = f"start, {PLAYERS:,} players, no calls"
KILLED = "start after the kill"
ENDED = "start after that one's clean end"
JOURNAL = "first look at the journal"
JSON, MSGSPEC = "reading the killed's files, json", "reading the killed's files, msgspec"

Times = dict[str, list[float]]


def restarting(effort: Effort) -> Figures:
    """Starts and their memory, against reading the files alone; two checkouts take turns."""
    if why := cannot():
        return {f"left out: {why}": None}
    figures: Figures = {}
    times: dict[str, Times] = {tree: {} for tree in effort.trees()}
    with tempfile.TemporaryDirectory() as folder:
        homes = {tree: Path(folder, f"tree-{n}") for n, tree in enumerate(effort.trees())}
        for tree, home in homes.items():
            figures |= _named(tree, _prepare(home, effort.trees()[tree]))
        trees = list(homes)
        for _ in range(effort.rounds):
            for tree in trees:
                _start_all(homes[tree], effort.trees()[tree], times[tree])
            trees.reverse()
    for tree, taken in times.items():
        figures |= _named(tree, _medians(taken))
    mine, *others = times.values()
    for other in others:
        for name, taken in mine.items():
            figures[f"{name}, ratio"] = _ratio(taken, other[name])
    return figures


def _prepare(home: Path, tree: Path | None) -> dict[str, float]:
    """Make `seeded` and `killed` in it; memory by number of calls, and what lies there then."""
    home.mkdir()
    write(home / "world.json", PLAYERS)
    with _started(home / "seeded", tree, "--seed-world", str(home / "world.json")):
        pass
    shutil.copytree(home / "seeded", home / "killed")
    with _started(home / "killed", tree) as server:
        memory = dict(memory_while_played(server))
    sizes = [path.stat().st_size for path in (home / "killed").rglob("*") if path.is_file()]
    return {**memory, "left on disk, files": len(sizes), "left on disk, MB": sum(sizes) / 1e6}


def _start_all(home: Path, tree: Path | None, times: Times) -> None:
    with _copied(home / "seeded") as data, _started(data, tree) as server:
        _note_start(SEEDED, server, times)
    with _copied(home / "killed") as data:
        for name, parse in ((JSON, "json"), (MSGSPEC, "msgspec")):
            times.setdefault(f"{name}, ms", []).append(read_all(data, parse))
        with _started(data, tree) as server:
            _note_start(KILLED, server, times)
            server.stop()
        with _started(data, tree) as server:
            _note_start(ENDED, server, times)


def _note_start(name: str, server: Running, times: Times) -> None:
    for what, figure in (
        ("ms", server.ready_ms),
        (f"{JOURNAL}, ms", _journal_ms(server)),
        ("most memory, MB", server.peak_mb()),
    ):
        times.setdefault(f"{name}, {what}", []).append(figure)


def _journal_ms(server: Running) -> float:
    begun = time.perf_counter()
    with Wire(server.port) as wire:
        wire.send(request("GET", "/__emulator/v1/requests?limit=1"))
        if (answer := wire.answer()).status != 200:
            raise RuntimeError(answer.body)
    return (time.perf_counter() - begun) * 1000


def _medians(taken: Times) -> dict[str, float]:
    return {
        **{name: statistics.median(figures) for name, figures in taken.items()},
        **{
            f"{KILLED}, against {name}": _ratio(taken[f"{KILLED}, ms"], taken[f"{name}, ms"])
            for name in (SEEDED, JSON, MSGSPEC)
        },
    }


def _ratio(mine: list[float], theirs: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(mine, theirs, strict=True))


def _named(tree: str, figures: dict[str, float]) -> Figures:
    return {f"{tree}{name}": figure for name, figure in figures.items()}


@contextmanager
def _started(data: Path, tree: Path | None, *flags: str) -> Iterator[Running]:
    with running(ours("--data", str(data), *flags, tree=tree)) as server:
        yield server


@contextmanager
def _copied(data: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copytree(data, Path(folder) / "data"))
