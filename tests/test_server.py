"""The server as a process: its sockets, its data directory, and its end."""

import json
import signal
import subprocess
import sys
import time

import pytest

from process import START_S, emulator, spawn
from rawhttp import Wire, has_ipv6_loopback, request
from tt_emulator.server import TURN_S

SET, GET = "/tt/setUserCloudStorage", "/tt/getUserCloudStorage"
PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}
JSON = "Content-Type: application/json"
DELAY_MS = 60_000
END_S = 6
"""For a quick end, on a slow machine; whoever waits for the calls takes `DELAY_MS`."""

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking")


def ask(port, method, path, value=None, *lines):
    with Wire(port) as wire:
        body = None if value is None else json.dumps(value).encode()
        wire.send(request(method, path, body, JSON, *lines))
        return wire.answer()


def saved(port):
    return ask(port, "POST", GET, {"keyList": ["score"]}).json["data"]


def ended(child, within_s=START_S):
    """Its exit code and what it said."""
    _, output = child.communicate(timeout=within_s)
    assert "Traceback" not in output
    return child.returncode, output


@pytest.mark.parametrize("late", ["flask", "werkzeug", "sortedcontainers", "statistics"])
def test_a_start_does_not_wait_for_what_the_hot_route_never_needs(late):
    look = f"import sys, tt_emulator.cli, tt_emulator.server; sys.exit({late!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


HASTY = """
import sys
from tt_emulator.config import Settings
from tt_emulator.server import serve

def ready(facts):
    print(sys.getswitchinterval(), flush=True)

serve(Settings(port=0, data=None), ready)
"""


def test_a_thread_that_computes_leaves_the_interpreter_to_calls():
    command = [sys.executable, "-c", HASTY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        try:
            turn_s = float(child.stdout.readline())
        finally:
            child.kill()

    assert turn_s == pytest.approx(TURN_S)


@pytest.mark.no_balancer
def test_it_is_reached_by_every_name_of_this_machine(server):
    names = [("127.0.0.1", "127.0.0.1"), ("localhost", "localhost")]
    for host, name in names + [("::1", "[::1]")] * has_ipv6_loopback():
        with Wire(server.port, host) as wire:
            wire.send(request("GET", "/__emulator/ready", host=f"{name}:{server.port}"))
            assert wire.answer().status == 200


def test_a_second_server_without_a_port_takes_another(server):
    with emulator("--ephemeral") as other:
        assert other.port != server.port
        assert saved(other.port) == []


def test_a_taken_port_leaves_the_data_directory_untouched(server, tmp_path):
    data = tmp_path / "data"
    with spawn("start", "--port", str(server.port), "--data", str(data)) as child:
        code, output = ended(child)

    assert (code, f"Port {server.port}" in output) == (3, True)
    assert not data.exists()


def test_an_address_that_cannot_be_bound_is_a_wrong_setting():
    with spawn("start", "--ephemeral", "--port", "0", "--host", "192.0.2.1") as child:
        code, output = ended(child)

    assert code == 2
    assert "192.0.2.1" in output
    assert "--host" in output


def test_beyond_loopback_the_control_plane_asks_for_the_token_of_the_ready_file():
    with emulator("--ephemeral", "--host", "0.0.0.0") as running:
        token = running.facts["token"]
        assert len(token) >= 32
        assert running.facts["url"] == f"http://127.0.0.1:{running.port}"

        refused = ask(running.port, "GET", "/__emulator/v1/faults")
        wrong = ask(
            running.port, "DELETE", "/__emulator/v1/faults", None, "Authorization: Bearer x"
        )
        admitted = ask(
            running.port, "GET", "/__emulator/v1/faults", None, f"Authorization: Bearer {token}"
        )

        assert (refused.status, wrong.status, admitted.status) == (403, 403, 200)
        assert ask(running.port, "POST", SET, PAIR).status == 200
        assert ask(running.port, "GET", "/__emulator/health").status == 200


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_ready_file_is_there_while_it_is_ready_and_gone_at_its_end(tmp_path, number):
    ready = tmp_path / "ready.json"
    with spawn("start", "--ephemeral", "--port", "0", "--ready-file", str(ready)) as child:
        while not ready.exists():
            assert child.poll() is None
        facts = json.loads(ready.read_text(encoding="utf-8"))  # never half written
        assert ask(facts["port"], "GET", "/__emulator/ready").status == 200
        assert ready.stat().st_mode & 0o077 == 0  # it may hold a token

        child.send_signal(number)

        assert ended(child)[0] == 0
    assert list(tmp_path.iterdir()) == []


def test_what_was_answered_is_there_after_a_kill_and_after_an_end(tmp_path):
    with emulator("--data", str(tmp_path)) as running:
        assert running.facts["data"] == str(tmp_path.resolve())
        assert ask(running.port, "POST", SET, PAIR).status == 200
        running.kill()

    for _ in range(2):
        with emulator("--data", str(tmp_path)) as running:
            assert saved(running.port) == PAIR["KVDataList"]
            running.stop()


def test_a_second_server_on_one_data_directory_gives_up_and_the_first_lives_on(tmp_path):
    with emulator("--data", str(tmp_path)) as first:
        ask(first.port, "POST", SET, PAIR)
        began = time.monotonic()
        with spawn("start", "--port", "0", "--data", str(tmp_path)) as second:
            code, output = ended(second)

        assert code == 5
        assert str(tmp_path) in output
        assert time.monotonic() - began < START_S / 2
        assert saved(first.port) == PAIR["KVDataList"]
        assert ask(first.port, "POST", SET, PAIR).status == 200


@pytest.fixture
def stopping():
    """An emulator in which each call waits a minute; asked to end, it must not take that long."""
    with emulator("--ephemeral") as running:
        ask(running.port, "POST", "/__emulator/v1/faults", {"delay_ms": DELAY_MS})
        yield running


def wait_until_under_way(running, count):
    requests = []
    while len(requests) < count:
        requests = ask(running.port, "GET", "/__emulator/v1/requests").json["requests"]


@posix
@pytest.mark.parametrize("before", [b"", request("GET", "/tt/state")], ids=["hot", "behind Flask"])
def test_it_ends_at_once_though_a_delayed_call_waits(stopping, before):
    with Wire(stopping.port) as idle, Wire(stopping.port) as half, Wire(stopping.port) as wire:
        idle.send(request("GET", "/tt/state"))
        assert idle.answer().status == 200
        half.send(request("POST", SET, b"{}")[:-2])
        wire.send(before + request("POST", SET, json.dumps(PAIR).encode()))
        wait_until_under_way(stopping, 1)

        stopping.child.send_signal(signal.SIGTERM)

        assert ended(stopping.child, END_S)[0] == 0


@posix
def test_a_second_signal_does_not_wait_for_anything(stopping):
    with Wire(stopping.port) as wire:
        wire.send(request("POST", SET, json.dumps(PAIR).encode()))
        wait_until_under_way(stopping, 1)

        for number in (signal.SIGINT, signal.SIGTERM):
            stopping.child.send_signal(number)

        assert ended(stopping.child, END_S)[0] == 0


@posix
def test_its_port_can_be_taken_again_at_once():
    with emulator("--ephemeral") as running:
        with Wire(running.port) as wire:
            wire.send(request("GET", "/tt/state", None, "Connection: close"))
            wire.answer()
        assert running.stop() == 0
    with emulator("--ephemeral", port=running.port) as again:
        assert again.port == running.port
