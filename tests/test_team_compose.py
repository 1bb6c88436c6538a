"""compose.team.yaml and fixtures/containers/haproxy.cfg: they start one address that stays."""

import socket
import subprocess
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
from process import START_S, Emulator, emulator, free_port, wait_listening
from rawhttp import Wire, request
from redis_server import RedisServer
from required_programs import program
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
        self.port = free_port()
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
        self._wait_balanced()
        return code

    @contextmanager
    def running(self) -> Iterator["Team"]:
        config = self._folder / "haproxy.cfg"
        text = run_docs.read("fixtures/containers/haproxy.cfg").replace(
            "bind :8717", f"bind 127.0.0.1:{self.port}"
        )
        for number, port in enumerate(self.ports, 1):
            text = text.replace(f"emulator-{number}:8717", f"127.0.0.1:{port}")
        stats = f"global\n    stats socket {self._folder / 'stats'}\n"
        config.write_text(stats + text, encoding="utf-8")
        with self._stack:
            for port in self.ports:
                self.start(port)
            balancer = subprocess.Popen([program("haproxy"), "-db", "-f", str(config)])
            self._stack.callback(balancer.wait)
            self._stack.callback(balancer.kill)
            wait_listening(self.port)
            self._wait_balanced()
            yield self

    def _wait_balanced(self) -> None:
        """Return once the balancer takes both for servers that take calls."""
        until_s = time.monotonic() + START_S
        while self._asked(b"show stat\n").count(b",UP,") < len(self.ports) + 1:  # and the backend
            assert time.monotonic() < until_s
            time.sleep(0.01)  # polls: it tells nobody by itself

    def _asked(self, command: bytes) -> bytes:
        """The balancer's answer, none as long as nobody can ask it."""
        with socket.socket(socket.AF_UNIX) as asked:
            try:
                asked.connect(str(self._folder / "stats"))
            except (FileNotFoundError, ConnectionRefusedError):
                return b""
            asked.sendall(command)
            return b"".join(iter(lambda: asked.recv(65536), b""))


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
