"""What it costs that each call is kept: a server with `--sync`, with `--data`, and in memory.

On one connection a server that polls uses its processor while it waits, so processor time a call
is to be read on 16.
"""

import json
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from outside import Effort, Figures
from running import BODY, Load, Running, cannot, median, running, write_script
from servers import ours

CONNECTIONS = (16, 1)
SLOWER_MS = 4
MODES = {"--sync": ("--sync",), "--data": (), "--ephemeral": ("--ephemeral",)}
SLOW = f"--sync, where a flush takes {SLOWER_MS} ms more"
KINDS = {
    "a save": ("/tt/setUserCloudStorage", BODY),
    "a read": ("/tt/getUserCloudStorage", json.dumps({"keyList": ["score"]})),
}
FIELDS = {
    "calls_per_s": "calls/s",
    "cpu_us": "processor a call, us",
    "p50_ms": "p50, ms",
    "p99_ms": "p99, ms",
}
IN_MEMORY = {"tmpfs", "ramfs"}


class Run(NamedTuple):
    """What one run of load is of."""

    mode: str
    kind: str
    connections: int


Loads = dict[tuple[str, Run], list[Load]]


def kept(effort: Effort) -> Figures:
    """Saves and reads by mode; servers of two checkouts take turns, each first in each other round.

    A ratio is the median of the rounds' ratios.
    """
    if why := cannot():
        return {f"left out: {why}": None}
    runs = [Run(mode, kind, many) for mode in MODES for kind in KINDS for many in CONNECTIONS]
    runs += [Run(SLOW, "a save", many) for many in CONNECTIONS]
    with ExitStack() as undo, tempfile.TemporaryDirectory() as folder:
        scripts = {kind: write_script(Path(folder), *sent) for kind, sent in KINDS.items()}
        servers = {
            (tree, mode): undo.enter_context(running(ours(*flags, tree=path)))
            for mode, flags in MODES.items()
            for tree, path in effort.trees().items()
        }
        for tree, path in effort.trees().items():
            slow = ours(*MODES["--sync"], tree=path, slower_ms=SLOWER_MS)
            servers[tree, SLOW] = undo.enter_context(running(slow))
        for server in servers.values():
            server.load(max(CONNECTIONS), effort.warm_up_s, scripts["a save"])
        loads = _take_turns(servers, runs, scripts, effort)
        figures: Figures = {f"data lies in {folder}, on {_file_system(Path(folder))}": None}
    for run in runs:
        figures |= _figures(run, loads)
    return figures


def _take_turns(
    servers: dict[tuple[str, str], Running],
    runs: list[Run],
    scripts: dict[str, Path],
    effort: Effort,
) -> Loads:
    loads: Loads = {}
    trees = list(effort.trees())
    for _ in range(effort.rounds):
        for run in runs:
            for tree in trees:
                done = servers[tree, run.mode].load(
                    run.connections, effort.seconds, scripts[run.kind]
                )
                loads.setdefault((tree, run), []).append(done)
        trees.reverse()
    return loads


def _figures(run: Run, loads: Loads) -> Figures:
    figures: Figures = {}
    mine, *others = [done for (_, of), done in sorted(loads.items()) if of == run]
    for field, what in FIELDS.items():
        name = f"{run.mode}, {run.kind}, {run.connections} conn.: {what}"
        figures[name] = getattr(median(mine), field)
        for other in others:
            figures[f"the other: {name}"] = getattr(median(other), field)
            figures[f"{name}, ratio"] = statistics.median(
                getattr(a, field) / getattr(b, field) for a, b in zip(mine, other, strict=True)
            )
    return figures


def _file_system(folder: Path) -> str:
    """The kind of the file system on which the folder lies; TMPDIR names another folder."""
    mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    around = [(len(at), kind) for at, kind in mounts if folder.is_relative_to(at)]
    kind = max(around)[1]
    return f"{kind}, which is memory: TMPDIR names a disk" if kind in IN_MEMORY else kind
