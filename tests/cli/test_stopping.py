"""`stop`: it ends the emulator that the ready file is of, and nobody else."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from process import START_S, Emulator, emulator, free_port, spawn
from stub import Stub
from tt_emulator.announcement import instance
from tt_emulator.cli import port_owner, stopping


def test_stop_ends_the_emulator_that_keeps_its_data_there(
    tt: Callable[..., Any], tmp_path: Path
) -> None:
    with spawn("start", "--port", "0", "--data", str(tmp_path / "data")) as process:
        assert process.stderr is not None
        url = process.stderr.readline().split()[-1]
        while not (tmp_path / "data" / "ready.json").exists():
            assert process.poll() is None
        run = tt("stop", "--data", str(tmp_path / "data"))
        code = process.wait(START_S)

    assert (run.code, run.out) == (0, f"stopped {url}\n")
    assert code == 0 or sys.platform == "win32"
    assert tt("healthcheck", "--url", url).code == 6


def test_stop_finds_it_by_the_ready_file_it_was_given(
    tt: Callable[..., Any], tmp_path: Path
) -> None:
    with emulator("--ephemeral") as running:
        copy = tmp_path / "copy.json"
        copy.write_text(json.dumps(running.facts), encoding="utf-8")

        assert tt("stop", "--ready-file", str(copy)).out == f"stopped {running.url}\n"
        running.child.wait(START_S)
        assert not copy.exists()


def test_stop_without_a_ready_file_says_which_it_looked_for(
    tt: Callable[..., Any], tmp_path: Path
) -> None:
    run = tt("stop", "--data", str(tmp_path))

    assert run.code == 6
    assert run.err.startswith(f"error: There is no ready file {tmp_path / 'ready.json'}, so no ")


@pytest.fixture
def bystander() -> Iterator["subprocess.Popen[bytes]"]:
    """A process that has nothing to do with any of it."""
    waiting = "print('ready', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", waiting], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        assert process.poll() is None  # it lives on
        process.kill()


@pytest.fixture
def stop(tt: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    """Runs `stop` on a ready file that says this."""

    def run(facts: dict[str, Any]) -> Any:
        file = tmp_path / "ready.json"
        file.write_text(json.dumps(facts), encoding="utf-8")
        before = file.stat()
        ended = tt("stop", "--data", str(tmp_path))
        if ended.code:
            assert os.path.samestat(file.stat(), before)
            assert file.stat().st_mtime_ns == before.st_mtime_ns
        return ended

    return run


def test_where_nobody_answers_nobody_is_ended(stop: Callable[..., Any], bystander: Any) -> None:
    run = stop({"url": f"http://127.0.0.1:{free_port()}", "pid": bystander.pid})

    assert run.code == 6
    assert "nothing listens there" in run.err


LIES: list[dict[str, Any]] = [
    {"pid": "bystander"},
    {"pid": "bystander", "data": "/elsewhere"},
    {"data": "/elsewhere"},
    {"version": "0.0.1"},
    {"port": 1},
    {"host": "::1"},
]


@pytest.mark.parametrize("lie", LIES, ids=str)
def test_another_emulator_on_the_port_is_left_alone_and_so_is_who_has_the_number(
    stop: Callable[..., Any], bystander: Any, server: Emulator, lie: dict[str, Any]
) -> None:
    claimed = {
        name: bystander.pid if value == "bystander" else value for name, value in lie.items()
    }
    run = stop(server.facts | claimed)

    assert run.code == 4
    assert run.err == (
        f"error: The emulator at {server.url} is not the one that wrote "
        f"{run.err.split(' wrote ')[1].split(' Nothing ')[0]} Nothing was ended.\n"
        "hint: Stop it by its own ready file (--data, --ready-file), or in its terminal.\n"
    )
    assert server.child.poll() is None


def test_who_only_says_that_it_is_the_emulator_of_the_file_ends_nobody(
    stop: Callable[..., Any], bystander: Any, stub: Stub
) -> None:
    facts = {"url": stub.url, "host": "127.0.0.1", "pid": bystander.pid, "data": "/d"}
    health = {"uptime_s": 1.0, "pid": bystander.pid, "instance": instance(facts)}
    stub.answer = (200, {}, json.dumps(health).encode())
    run = stop(facts)

    assert run.code == 4
    assert run.err == (
        f"error: Process {bystander.pid} of this machine is not seen to listen at {stub.url}."
        " Nothing was ended.\n"
        "hint: Does it run in a container, or as another user? Stop it there, or in its terminal.\n"
    )


def test_where_the_system_does_not_tell_who_listens_nobody_is_ended(
    stop: Callable[..., Any], server: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(port_owner, "listens", lambda pid, port: None)

    assert stop(server.facts).code == 4
    assert server.child.poll() is None


@pytest.mark.parametrize("answer", [(200, {}, b"{}"), (200, {}, b"<html>"), (404, {}, b"")])
def test_what_is_no_emulator_ends_nobody(
    stop: Callable[..., Any], bystander: Any, stub: Stub, answer: Any
) -> None:
    stub.answer = answer
    run = stop({"url": stub.url, "pid": bystander.pid})

    assert run.code == 6
    assert "but not as a tt-emulator does" in run.err


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"url": "http://127.0.0.1:1", "pid": "x"}'])
def test_stop_refuses_a_file_that_is_no_ready_file(
    tt: Callable[..., Any], tmp_path: Path, content: str
) -> None:
    (tmp_path / "ready.json").write_text(content, encoding="utf-8")
    run = tt("stop", "--data", str(tmp_path))

    assert run.code == 4
    assert "cannot be read as a ready file" in run.err


@pytest.mark.no_balancer
def test_stop_says_if_the_process_cannot_be_ended(
    stop: Callable[..., Any], server: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("Operation not permitted")

    monkeypatch.setattr(stopping.os, "kill", refuse)
    monkeypatch.setattr(stopping.signal, "pidfd_send_signal", refuse, raising=False)
    run = stop(server.facts)

    assert run.code == 4
    assert run.err.startswith(f"error: Process {server.child.pid} of the ready file cannot be ")


@pytest.mark.no_balancer
def test_stop_does_not_say_stopped_while_the_emulator_still_answers(
    stop: Callable[..., Any], server: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopping, "_terminate", lambda pid, handle: None)
    monkeypatch.setattr(stopping, "_STOP_S", 0.05)
    run = stop(server.facts)

    assert (run.code, run.out) == (4, "")
    assert run.err.startswith(f"error: {server.url} still answers 0.05 s after ")


def test_the_ready_file_of_a_start_that_came_meanwhile_stays(
    tt: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = tmp_path / "ready.json"
    with emulator("--ephemeral") as running:
        ready.write_text(json.dumps(running.facts), encoding="utf-8")
        later = json.dumps(running.facts | {"pid": 1})
        monkeypatch.setattr(
            stopping, "_wait_until_gone", lambda _: ready.write_text(later, encoding="utf-8")
        )

        assert tt("stop", "--data", str(tmp_path)).code == 0

    assert ready.read_text(encoding="utf-8") == later


def test_the_system_tells_who_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            assert port_owner.listens(os.getpid(), port) is True
            assert port_owner.listens(os.getpid(), client.getsockname()[1]) is False
            assert port_owner.listens(os.getppid(), port) is False
    assert port_owner.listens(os.getpid(), port) is False


NETSTAT = """
  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    127.0.0.1:8717         0.0.0.0:0              ABHÖREN          4711
  TCP    127.0.0.1:8717         127.0.0.1:50012        HERGESTELLT      4712
  TCP    127.0.0.1:50012        127.0.0.1:8717         HERGESTELLT      815
  TCP    [::1]:87170            [::]:0                 ABHÖREN          816
  UDP    0.0.0.0:8717           *:*                                     817
"""


@pytest.mark.parametrize(
    ("pid", "port", "expected"),
    [
        (4711, 8717, True),
        (4712, 8717, False),
        (815, 8717, False),
        (816, 8717, False),
        (816, 87170, True),
        (817, 8717, False),
        (4711, 871, False),
    ],
)
def test_a_listener_is_read_from_netstat_in_any_language(
    pid: int, port: int, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(port_owner, "_output", lambda *_: NETSTAT)

    assert port_owner._on_windows(pid, port) is expected


@pytest.mark.parametrize(("output", "expected"), [("815\n", True), ("", False), (None, None)])
def test_a_listener_is_asked_of_lsof(
    output: str | None, expected: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[tuple[str, ...]] = []
    monkeypatch.setattr(port_owner, "_output", lambda *command: commands.append(command) or output)

    assert port_owner._by_lsof(815, 8717) is expected
    assert commands == [("lsof", "-nP", "-a", "-p", "815", "-iTCP:8717", "-sTCP:LISTEN", "-t")]


def test_to_stop_what_is_not_there_tells_how_it_may_have_been_started(
    tt: Callable[..., Any], tmp_path: Path
) -> None:
    run = tt("stop", "--data", str(tmp_path))

    assert run.code == 6
    assert "--data DIR or --ready-file PATH" in run.err
