"""What is measured over HTTP, against the peers that are installed."""

import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from running import Load, Running, cannot, median, running, write_script
from servers import Server, bare, ours, peers

CONNECTIONS = (1, 16)
Figures = dict[str, float | None]


class Effort(NamedTuple):
    """How long a run of load takes, how many rounds of runs, how long each server warms up, and
    the checkout that takes turns with this one, where a part can do that.
    """

    seconds: int
    rounds: int
    warm_up_s: int
    against: Path | None = None

    def trees(self) -> dict[str, Path | None]:
        """This checkout and the other, as lines of the table name them."""
        return {"": None} | ({"the other: ": self.against} if self.against else {})


def under_load(effort: Effort) -> Figures:
    """One write over HTTP: calls a second, latency, processor time, memory."""
    if why := cannot():
        return {f"left out: {why}": None}
    others, notes = peers()
    servers = [ours(), *others, ours("--sync", name="tt-emulator --sync"), bare()]
    with ExitStack() as undo, tempfile.TemporaryDirectory() as folder:
        started = [undo.enter_context(running(server)) for server in servers]
        script = write_script(Path(folder))
        for server in started:
            server.load(max(CONNECTIONS), effort.warm_up_s, script)
        loads = _take_turns(started, effort, script)
        memory = {server.server.name: server.memory_mb() for server in started}
    return {
        **dict.fromkeys(notes),
        **{line: value for server in servers for line, value in _figures(server, loads)},
        **{f"{name}: memory, MB": value for name, value in memory.items()},
        **{line: value for peer in others for line, value in _ratios(peer.name, loads)},
        **{
            f"memory against {peer.name}": memory[servers[0].name] / memory[peer.name]
            for peer in others
        },
    }


def starting(effort: Effort) -> Figures:
    """From the start of the process to the first good answer to a POST; the servers take turns."""
    if why := cannot():
        return {f"left out: {why}": None}
    others, notes = peers()
    servers = [ours(), *others]
    times: dict[str, list[float]] = {server.name: [] for server in servers}
    for number in range(effort.rounds + 1):
        for server in servers:
            with running(server) as one:
                if number:  # the first start compiles
                    times[server.name].append(one.ready_ms)
    mine = times[servers[0].name]
    return {
        **dict.fromkeys(notes),
        **{f"{name}: ready after, ms": statistics.median(took) for name, took in times.items()},
        **{f"ready against {peer.name}": _ratio(mine, times[peer.name]) for peer in others},
    }


Loads = dict[tuple[str, int], list[Load]]


def _take_turns(started: list[Running], effort: Effort, script: Path) -> Loads:
    loads: Loads = {}
    for number in range(effort.rounds):
        shift = number % len(started)  # so that nobody always follows the same
        for connections in CONNECTIONS:
            for server in started[shift:] + started[:shift]:
                done = loads.setdefault((server.server.name, connections), [])
                done.append(server.load(connections, effort.seconds, script))
    return loads


def _figures(server: Server, loads: Loads) -> list[tuple[str, float]]:
    return [
        (f"{server.name}, {connections} conn.: {what}", getattr(middle, field))
        for connections in CONNECTIONS
        for middle in [median(loads[server.name, connections])]
        for field, what in _FIELDS.items()
    ]


_FIELDS = {
    "calls_per_s": "calls/s",
    "p50_ms": "p50, ms",
    "p99_ms": "p99, ms",
    "cpu_us": "processor a call, us",
}


def _ratios(peer: str, loads: Loads) -> list[tuple[str, float]]:
    found = []
    for connections in CONNECTIONS:
        mine, theirs = loads[ours().name, connections], loads[peer, connections]
        for field, what in (("calls_per_s", "calls/s"), ("p50_ms", "p50")):
            ratio = _ratio([getattr(a, field) for a in mine], [getattr(b, field) for b in theirs])
            found.append((f"{what} against {peer}, {connections} conn.", ratio))
    return found


def _ratio(mine: list[float], theirs: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
