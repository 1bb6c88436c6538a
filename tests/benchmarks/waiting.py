"""What those who listen and wait cost the calls of others."""

import http.client
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from crowd import CROWDS, MANY
from running import environment, running
from servers import JSON, ours

sys.path[1:1] = [str(Path(__file__).parents[1])]

# ruff: noqa: E402  # the tests' own modules lie above this one

from descriptors import descriptors
from rawhttp import Wire, request

ROUNDS = 15
PLAYERS = 100_000
KINDS = {
    "a call": ("POST", "/tt/login", b"{}", 200),
    "a control request": ("GET", "/__emulator/v1/faults", None, 20),
}
"""What is sent, and how often in one round."""

Figures = dict[str, float]


def waiting() -> Figures:
    """The p50 beside each crowd, against that of an idle server: they take turns."""
    return {
        f"p50 of {kind} while {name}, against idle": ratio
        for name in CROWDS
        for kind, ratio in _beside(name).items()
    }


def _beside(name: str) -> Figures:
    players = PLAYERS if "players" in name else 0
    with ExitStack() as undo:
        undo.enter_context(descriptors(3 * MANY))  # the servers inherit them
        servers = [ours(name="idle"), ours(name="crowded")]
        ports = [undo.enter_context(running(server)).port for server in servers]
        for port in ports:
            _play(port, players)
        undo.enter_context(_crowd(ports[1], name))
        ratios: dict[str, list[float]] = {kind: [] for kind in KINDS}
        for number in range(ROUNDS + 1):
            for kind in KINDS:
                idle, crowded = (_p50_ms(port, kind) for port in ports)
                if number:  # the first warms up
                    ratios[kind].append(crowded / idle)
    return {kind: statistics.median(found) for kind, found in ratios.items()}


@contextmanager
def _crowd(port: int, name: str) -> Iterator[None]:
    command = [sys.executable, str(Path(__file__).with_name("crowd.py")), str(port), name]
    with subprocess.Popen(
        command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        if child.stdout is None or child.stdout.readline() != "ready\n":
            raise RuntimeError(f"no crowd: {name}")
        yield
        child.kill()


def _play(port: int, players: int) -> None:
    """One call of each of so many players."""
    with Wire(port) as wire:
        for begin in range(0, players, 100):
            wire.send(
                *(
                    request("POST", "/tt/login", b"{}", f"X-Emulator-Player: p-{number}")
                    for number in range(begin, begin + 100)
                )
            )
            for _ in range(100):
                wire.answer()


def _p50_ms(port: int, kind: str) -> float:
    method, path, body, number = KINDS[kind]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    times = []
    for _ in range(number):
        begun = time.perf_counter()
        connection.request(method, path, body, JSON)
        connection.getresponse().read()
        times.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return statistics.median(times)
