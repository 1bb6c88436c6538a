import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from process import START_S, emulator, free_port, spawn, wait_listening
from tt_emulator import __version__
from tt_emulator.cli.serving import ended_by_sigterm, start
from tt_emulator.client import Client
from tt_emulator.config import Settings

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no signal to end kindly by")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings that `start` would have served."""
    served: list[Settings] = []
    monkeypatch.setattr("tt_emulator.server.serve", served.append)
    return served


FLAGS: list[tuple[str, str, dict[str, Any]]] = [
    ("--port", "0", {"port": 0}),
    ("--host", "::1", {"host": "::1"}),
    ("--data", "d", {"data": Path("d"), "ready_file": Path("d/ready.json")}),
    ("--ephemeral", "1", {"data": None, "ready_file": None}),
    ("--shared", "redis://r:6379/1", {"shared": "redis://r:6379/1", "data": None}),
    ("--seed-world", "w.json", {"seed_world": Path("w.json")}),
    ("--scenario", "s.json", {"scenario": Path("s.json")}),
    ("--random-seed", "-7", {"random_seed": -7}),
    ("--world-ttl", "0.5", {"world_ttl": 0.5}),
    ("--teams", "t.toml", {"teams": Path("t.toml")}),
    ("--ready-file", "r.json", {"ready_file": Path("r.json")}),
    ("--allowed-host", "game.test", {"allowed_host": ("game.test",)}),
    ("--allow-origin", "null", {"allow_origin": ("null",)}),
    ("--token", "secret", {"token": "secret"}),
    ("--sync", "1", {"sync": True}),
    ("--platform", "wx", {"platform": "wx"}),
    ("--no-watch", "1", {"watch": False}),
    ("--log", "1", {"log": True}),
    ("--lang", "zh", {"lang": "zh"}),
]
SWITCHES = ("--ephemeral", "--sync", "--no-watch", "--log")


def of(settings: Settings, names: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in names}


def test_each_setting_is_tested_here() -> None:
    others = {"--open"}
    assert {flag for flag, _, _ in FLAGS} | others == {param.opts[0] for param in start.params}


@pytest.mark.parametrize(("flag", "value", "expected"), FLAGS)
def test_a_flag_and_its_environment_twin_change_the_same_setting(
    tt: Callable[..., Any],
    started: list[Settings],
    monkeypatch: pytest.MonkeyPatch,
    flag: str,
    value: str,
    expected: dict[str, Any],
) -> None:
    tt("start")
    tt("start", flag, *([] if flag in SWITCHES else [value]))
    monkeypatch.setenv(f"TT_EMULATOR_{flag[2:].upper().replace('-', '_')}", value)
    tt("start")
    plain, by_flag, by_environment = started

    assert of(plain, expected) != expected
    assert by_flag == by_environment
    assert of(by_flag, expected) == expected


@pytest.mark.parametrize("several", ["a.test b.test", "a.test,b.test", " a.test , b.test, "])
def test_flags_that_repeat_add_up_and_the_environment_separates_by_commas_or_blanks(
    tt: Callable[..., Any], started: list[Settings], monkeypatch: pytest.MonkeyPatch, several: str
) -> None:
    tt("start", "--allowed-host", "a.test", "--allowed-host", "b.test")
    monkeypatch.setenv("TT_EMULATOR_ALLOWED_HOST", several)
    tt("start")

    assert [settings.allowed_host for settings in started] == [("a.test", "b.test")] * 2


def test_without_a_verb_the_emulator_starts(
    tt: Callable[..., Any], started: list[Settings]
) -> None:
    tt()
    tt("--port", "0")

    assert [settings.port for settings in started] == [8717, 0]
    assert started[0].data == Path(".tt-emulator")


def test_a_flag_wins_over_the_environment(
    tt: Callable[..., Any], started: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TT_EMULATOR_PORT", "1")
    monkeypatch.setenv("TT_EMULATOR_DATA", "d")
    tt("start", "--port", "2", "--ephemeral")
    monkeypatch.setenv("TT_EMULATOR_EPHEMERAL", "1")
    tt("start", "--data", "e")

    assert [(settings.port, settings.data) for settings in started] == [(2, None), (1, Path("e"))]


@pytest.mark.parametrize("origin", ["flags", "environment"])
def test_data_and_ephemeral_from_one_place_contradict_each_other(
    tt: Callable[..., Any], started: list[Settings], monkeypatch: pytest.MonkeyPatch, origin: str
) -> None:
    if origin == "flags":
        run = tt("start", "--data", "d", "--ephemeral")
    else:
        monkeypatch.setenv("TT_EMULATOR_DATA", "d")
        monkeypatch.setenv("TT_EMULATOR_EPHEMERAL", "1")
        run = tt("start")

    assert (run.code, started) == (2, [])
    assert run.err == (
        "error: --data and --ephemeral exclude each other.\nhint: tt-emulator start --help\n"
    )


BAD = [
    ("--port", "abc", "'abc' is not a valid integer."),
    ("--port", "70000", "70000 is not a port between 0 and 65535"),
    ("--host", "two words", "'two words' is not a host name or address"),
    ("--random-seed", str(2**63), f"{2**63} is not a whole number of at most 64 bits"),
    ("--world-ttl", "0", "0 is not a number of seconds greater than 0, and of ten years at most"),
    ("--allow-origin", "game.test", "'game.test' is not an origin such as http://192.168.1.5:7456"),
    ("--allowed-host", "*", "'*' is not a host name without scheme and port: that is every host;"),
    ("--allowed-host", "a:1", "'a:1' is not a host name without scheme and port: leave the port"),
    ("--allow-origin", "http://*:1", "'http://*:1' is not an origin such as http://192.168.1.5:7"),
    ("--token", "two words", "'two words' is not printable ASCII without spaces"),
]


@pytest.mark.parametrize(("flag", "value", "why"), BAD)
def test_a_bad_value_is_a_start_error_that_names_its_origin(
    tt: Callable[..., Any],
    started: list[Settings],
    monkeypatch: pytest.MonkeyPatch,
    flag: str,
    value: str,
    why: str,
) -> None:
    by_flag = tt("start", flag, value)
    variable = f"TT_EMULATOR_{flag[2:].upper().replace('-', '_')}"
    monkeypatch.setenv(variable, value)
    by_environment = tt("start")

    assert (by_flag.code, by_environment.code, started) == (2, 2, [])
    assert by_flag.err.startswith(f"error: Invalid value for '{flag}': {why}")
    assert by_environment.err.startswith(f"error: Invalid value for '{variable}': {why}")
    assert by_flag.err.endswith("\nhint: tt-emulator start --help\n")


def test_an_empty_data_directory_name_does_not_mean_the_current_one(
    tt: Callable[..., Any], started: list[Settings]
) -> None:
    run = tt("start", "--data", "")

    assert (run.code, started) == (2, [])
    assert run.err.startswith("error: Invalid value for '--data': '' is not a path\n")


def test_the_ready_file_tells_where_the_emulator_is() -> None:
    with emulator("--ephemeral") as running:
        assert running.facts == {
            "url": f"http://127.0.0.1:{running.port}",
            "host": "127.0.0.1",
            "port": running.port,
            "pid": running.child.pid,
            "token": None,
            "version": __version__,
            "data": None,
        }


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(number: signal.Signals) -> None:
    with emulator("--ephemeral") as running:
        running.child.send_signal(number)

        assert running.child.wait(START_S) == 0
        assert "Traceback" not in running.child.communicate()[1]


@posix
def test_a_signal_ends_a_start_cleanly_too(tmp_path: Path) -> None:
    port = free_port()
    with emulator("--data", str(tmp_path)):
        waiting = spawn("start", "--data", str(tmp_path), "--port", str(port))  # for the directory
        wait_listening(port)
        waiting.terminate()
        _, err = waiting.communicate(timeout=START_S)

    assert (waiting.returncode, err) == (0, "")


@posix
def test_a_signal_ends_a_start_where_python_ignores_what_is_raised() -> None:
    forgets = "def cb(): raise_signal(SIGTERM)"  # as the lock of an import is forgotten
    names = {"raise_signal": signal.raise_signal, "SIGTERM": signal.SIGTERM}
    exec(compile(forgets, "<frozen importlib._bootstrap>", "exec"), names)
    went_on = []

    def begin() -> None:
        with ended_by_sigterm():
            names["cb"]()
            went_on.append(True)
            threading.Event().wait(START_S)
            went_on.append(False)

    with pytest.raises(SystemExit):
        begin()
    assert went_on == [True]


def ended(*args: str) -> tuple[int, str]:
    with spawn("start", *args) as process:
        err = process.communicate(timeout=START_S)[1]
        return process.returncode, err


def test_a_ready_file_that_cannot_be_written_is_exit_code_4(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, err = ended("--ephemeral", "--port", "0", "--ready-file", str(tmp_path / "file" / "r"))

    assert code == 4
    assert "error: The ready file " in err
    assert "Traceback" not in err


BAD_SCENARIOS = [
    (None, "No such file or directory"),
    ("{", "it is not JSON in UTF-8: "),
    ('[{"error": "x"}]', "/0/error: unknown error 'x'; "),
    ('[{"wire": "hag"}, {}]', "/0/wire: unknown wire fault 'hag'; did you mean hang?"),
]


@pytest.mark.parametrize(("content", "flaw"), BAD_SCENARIOS)
def test_a_scenario_that_cannot_be_used_is_exit_code_2_and_names_the_file_and_the_flaw(
    tmp_path: Path, content: str | None, flaw: str
) -> None:
    file = tmp_path / "scenario.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    code, err = ended("--ephemeral", "--port", "0", "--scenario", str(file))

    assert code == 2
    assert err.startswith(f"error: The scenario file {file} cannot be used: {flaw}")
    assert "\nhint: " in err
    assert "Traceback" not in err
    assert "is ready" not in err


def test_a_scenario_is_armed_in_the_default_world_before_the_first_call(tmp_path: Path) -> None:
    file = tmp_path / "scenario.json"
    file.write_text('[{"error": "network-unavailable", "times": 1}]', encoding="utf-8")
    with emulator("--ephemeral", "--scenario", str(file)) as running:
        answers = [Client(running.url).call("login")["errMsg"] for _ in range(2)]
        elsewhere = Client(running.url, "other").call("login")["errMsg"]
        running.kill()
        assert f"  scenario: {file}\n" in running.child.communicate()[1]

    assert answers == ["login:fail network unavailable", "login:ok"]
    assert elsewhere == "login:ok"


def test_a_data_directory_below_a_file_is_exit_code_5(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, err = ended("--port", "0", "--data", str(tmp_path / "file" / "data"))

    assert code == 5
    assert err.startswith("error: ")
    assert "Traceback" not in err


def test_healthcheck_answers_by_its_exit_code(tt: Callable[..., Any], client: Client) -> None:
    run = tt("healthcheck")

    assert (run.code, run.out) == (0, f"{client.url} is ready\n")


def test_healthcheck_without_a_server_is_exit_code_6(tt: Callable[..., Any]) -> None:
    run = tt("healthcheck", "--url", "http://127.0.0.1:1")

    assert run == (
        6,
        "",
        "error: No tt-emulator answers at http://127.0.0.1:1: nothing listens there.\n"
        "hint: Is it running? `tt-emulator start`. At another address? `--url` or"
        " TT_EMULATOR_URL.\n",
    )


def test_a_server_that_is_not_ready_yet_is_a_negative_answer(
    tt: Callable[..., Any], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Client, "ready", lambda self: False)
    run = tt("healthcheck")

    assert (run.code, run.out) == (1, f"{client.url} is not ready yet\n")


@pytest.mark.parametrize("verb", [["start", "--ephemeral"], ["exec"]])
def test_a_port_that_another_tt_emulator_has_is_told_as_that(verb: list[str]) -> None:
    with emulator("--ephemeral") as running:
        port = running.url.rpartition(":")[2]
        command = ["--", sys.executable] if verb == ["exec"] else []
        child = spawn(*verb, "--port", port, *command)
        _, err = child.communicate(timeout=START_S)

    assert child.returncode == 3
    message = f"Port {port} on 127.0.0.1 is taken: a tt-emulator runs there already, {running.url}."
    assert err.startswith(f"error: {message}\nhint: ")
    assert "`tt-emulator stop`" in err


def test_a_port_that_another_program_has_is_told_as_that() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        child = spawn("start", "--ephemeral", "--port", port)
        _, err = child.communicate(timeout=START_S)

    assert child.returncode == 3
    assert err.startswith(f"error: Port {port} on 127.0.0.1 is taken by another program.\n")
