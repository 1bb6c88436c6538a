"""compose.team.yaml and fixtures/containers/haproxy.cfg: they start one address that stays."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import yaml

import run_docs
from container_files import environment
from haproxy import balancing
from process import Emulator, emulator, free_port
from rawhttp import Wire, request
from redis_server import RedisServer
from tt_emulator.client import Client

SERVICES: dict[str, Any] = yaml.safe_load(run_docs.read("compose.team.yaml"))["services"]
SECRET = "of-the-studio"
SAVE = b'{"KVDataList":[{"key":"score","value":"1"}]}'


class Team:
    """Two servers as compose.team.yaml starts them, behind the balancer that it starts."""

    def __init__(self, redis: RedisServer, folder: Path) -> None:
        self._redis = redis
        self._folder = folder
        self._stack = ExitStack()
        self.ports = [free_port(), free_port()]
        self.servers: dict[int, tuple[ExitStack, Emulator]] = {}

    def start(self, port: int) -> None:
        """Start the server of that port, from its command and its environment."""
        service = SERVICES["emulator-1"]
        verb, *flags = [
            self._redis.url if word.startswith("redis://") else word for word in service["command"]
        ]
        assert verb == "start"
        stack = self._stack.enter_context(ExitStack())
        env = environment(service) | {"TT_EMULATOR_TOKEN": SECRET, "TT_EMULATOR_HOST": "127.0.0.1"}
        running = emulator(*flags, port=port, env=env, stderr=None)
        self.servers[port] = stack, stack.enter_context(running)

    def restart(self, port: int) -> int:
        """As compose does it: SIGTERM, and a new one; the exit code of the old one."""
        stack, running = self.servers[port]
        code = running.stop()
        stack.close()
        self.start(port)
        self._balancer.wait()
        return code

    @contextmanager
    def running(self) -> Iterator["Team"]:
        with self._stack:
            for port in self.ports:
                self.start(port)
            self._balancer = self._stack.enter_context(balancing(self.ports, self._folder))
            yield self

    @property
    def port(self) -> int:
        """That of the balancer."""
        return self._balancer.port


@pytest.fixture
def team(redis: RedisServer, tmp_path: Path) -> Iterator[Team]:
    with Team(redis, tmp_path).running() as running:
        yield running


class Caller(Thread):
    """A client like tt.js: it calls under ids of its own, and repeats what was not answered."""

    def __init__(self, port: int, name: str, over: Event) -> None:
        super().__init__()
        self._port = port
        self._name = name
        self._over = over
        self.answered = 0
        self.repeated = 0
        self.longest_s = 0.0

    def run(self) -> None:
        while not self._over.is_set():
            began_s = time.monotonic()
            while not self._call(f"{self._name}-{self.answered}"):
                self.repeated += 1
                assert time.monotonic() < began_s + 20
            self.answered += 1
            self.longest_s = max(self.longest_s, time.monotonic() - began_s)

    def _call(self, call_id: str) -> bool:
        headers = (f"X-Emulator-Player: {self._name}", f"X-Emulator-Call: {call_id}")
        try:
            with Wire(self._port) as wire:
                sent = request("POST", "/tt/setUserCloudStorage", SAVE, *headers)
                wire.send(sent)
                return wire.answer().status == 200
        except (TimeoutError, OSError, EOFError):
            return False


def test_whoever_is_asked_behind_the_balancer_answers_for_one_world(team: Team) -> None:
    with Client(f"http://127.0.0.1:{team.port}", token=SECRET) as client:
        client.arm({"error": "network-unavailable", "api": "setUserCloudStorage", "times": 1})
    outcomes = []
    for _ in range(4):  # connections, of which each server has two
        with Wire(team.port) as wire:
            wire.send(request("POST", "/tt/setUserCloudStorage", SAVE))
            outcomes.append(wire.answer().json["errMsg"].partition(":")[2][:4])
    assert sorted(outcomes) == ["fail", "ok", "ok", "ok"]


def test_nobody_misses_a_server_that_is_started_again(team: Team) -> None:
    over = Event()
    callers = [Caller(team.port, f"player-{number}", over) for number in range(16)]
    for caller in callers:
        caller.start()
    try:
        codes = [team.restart(port) for port in team.ports]
    finally:
        over.set()
        for caller in callers:
            caller.join()
    with Client(f"http://127.0.0.1:{team.port}", token=SECRET) as client:
        counted = client.control("POST", "/v1/requests/count", {})["count"]
    assert codes == [0, 0]
    assert all(caller.answered for caller in callers)
    assert counted == sum(caller.answered for caller in callers)
    assert [caller.repeated for caller in callers] == [0] * len(callers)
