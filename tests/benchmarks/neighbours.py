"""What those who use one world make the quiet client of another one wait."""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from typing import NamedTuple

from loud import WORLD
from outside import Effort, Figures
from running import BODY, Running, cannot, environment, running, write_script
from servers import ours

sys.path[1:1] = [str(Path(__file__).parents[1])]

# ruff: noqa: E402  # the tests' own modules lie above this one

from rawhttp import Wire, request
from redis_server import redis_server

CONNECTIONS = 256
WORLD_HEADER = f"X-Emulator-World: {WORLD}"
PAUSE_S = 0.01
LOAD = f"{CONNECTIONS} connections save"
LOUD = {
    "nobody uses another": None,
    LOAD: LOAD,
    "10,000 players are imported": "imports",
    "a snapshot of them is kept": "snapshots",
    "it is restored": "restores",
}


class Waited(NamedTuple):
    """How long the calls of the quiet client took. A stop of the server is one of its calls: how
    often that is depends on the pause between two, the longest does not.
    """

    p50_ms: float
    p99_ms: float
    worst_ms: float


def neighbours(effort: Effort) -> Figures:
    """By server, of each use of another world: how long a call takes beside it, how many calls a
    busy game makes, and how long the use itself takes.
    """
    if why := cannot():
        return {f"left out: {why}": None}
    found: Figures = {}
    for server in _servers():
        with server as one, tempfile.TemporaryDirectory() as folder:
            script = write_script(Path(folder))
            for what in LOUD:
                for name, value in _beside(one, what, effort.seconds, script).items():
                    found[f"{one.server.name}, {what}: {name}"] = value
    return found


def _beside(one: Running, what: str, seconds: int, script: Path) -> Figures:
    took_s: list[float] = []
    with loud(one, LOUD[what], script, took_s):
        waited = quiet(one.port, seconds)
    figures: Figures = dict(waited._asdict())
    with loud(one, LOUD[what], script, []):
        figures["calls/s on 16 connections"] = one.load(16, seconds, script).calls_per_s
    if took_s:
        figures["each takes, ms"] = statistics.median(took_s) * 1000
    return figures


def _servers() -> Iterator[AbstractContextManager[Running]]:
    """One after the other; all three at once would be neighbours, too."""
    yield running(ours("--ephemeral", name="--ephemeral"))
    yield running(ours(name="--data"))
    yield _sharing()


@contextmanager
def _sharing() -> Iterator[Running]:
    with redis_server() as redis:
        redis.ask("SET", "tt:1:marker", "1")
        with running(ours("--shared", redis.url, name="--shared")) as one:
            yield one


@contextmanager
def loud(one: Running, kind: str | None, script: Path, took_s: list[float]) -> Iterator[None]:
    """The other world is used so meanwhile; `took_s` hears how long each use took."""
    if kind is None:
        yield
        return
    program = [sys.executable, str(Path(__file__).with_name("loud.py")), str(one.port), kind]
    load = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        "-d1h",
        "-s",
        str(script),
        "-H",
        WORLD_HEADER,
        one.url,
    ]
    command = load if kind == LOAD else program
    with Popen(command, env=environment(), stdout=PIPE, text=True) as child:
        if child.stdout is None:
            raise RuntimeError("it has an output")
        try:
            if kind == LOAD:
                time.sleep(1)  # wrk does not tell when all of its connections are there
            elif child.stdout.readline() != "ready\n":
                raise RuntimeError(f"nobody {kind}")
            yield
        finally:
            child.kill()
        took_s += [] if kind == LOAD else map(float, child.stdout)


def quiet(port: int, seconds: int) -> Waited:
    """How long the calls of a client take that makes few, in a world of its own."""
    sent = request("POST", "/tt/setUserCloudStorage", BODY.encode(), "X-Emulator-World: quiet")
    took_ms: list[float] = []
    with Wire(port) as wire:
        until_s = time.perf_counter() + seconds
        while (begun_s := time.perf_counter()) < until_s:
            wire.send(sent)
            wire.answer()
            took_ms.append((time.perf_counter() - begun_s) * 1000)
            time.sleep(PAUSE_S)  # it is quiet
    took_ms.sort()
    return Waited(statistics.median(took_ms), took_ms[len(took_ms) * 99 // 100], took_ms[-1])
