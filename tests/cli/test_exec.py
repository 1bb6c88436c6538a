"""`exec`: whoever still lived after it would hold its stdout open, so its end is the proof."""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from process import spawn
from tt_emulator.cli.exec import _no_proxy
from tt_emulator.cli.exec.windows_job import Limits

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no signals and no groups")
linux = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere who leaves the group is out of reach"
)
SIGNALS = [signal.SIGINT, signal.SIGTERM] if os.name == "posix" else []
TERMINAL = str(Path(__file__).parent / "terminal.py")
HERE = "127.0.0.1,localhost,::1"
EXEC = [sys.executable, "-m", "tt_emulator", "exec", "--"]

ASKING = """
import json, os, urllib.request
received = {name: value for name, value in os.environ.items() if name.startswith("TT_EMULATOR")}
if "TT_EMULATOR_URL" in received:
    ready = urllib.request.urlopen(received["TT_EMULATOR_URL"] + "/__emulator/ready")
    received["ready"] = json.load(ready)["ready"]
print(json.dumps(received))
"""
# A child with a child of its own, which both hold stdout.
FAMILY = """
import signal, subprocess, sys, time
grandchild = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
subprocess.Popen([sys.executable, "-c", grandchild])
"""
DETACHED = FAMILY.replace("grandchild]", "grandchild], start_new_session=True")
WAIT = "print('ready', flush=True)\ntime.sleep(600)"
WAITING = FAMILY + WAIT
families = pytest.mark.parametrize(
    "family", [FAMILY, pytest.param(DETACHED, marks=linux)], ids=["near", "detached"]
)
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n{WAITING}"
NESTED = f"import subprocess; subprocess.call({[*EXEC, sys.executable, '-c', WAITING]!r})"


def run(*args: str) -> tuple[int, str, str]:
    child = spawn("exec", *args)
    out, err = child.communicate(timeout=60)
    return child.returncode, out, err


def python(code: str) -> list[str]:
    return ["--", sys.executable, "-c", code]


def started(code: str) -> subprocess.Popen[str]:
    child = spawn("exec", *python(code), stderr=subprocess.DEVNULL)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def test_the_command_finds_a_ready_emulator_at_tt_emulator_url() -> None:
    code, out, err = run(*python(ASKING))

    received = json.loads(out)
    assert (code, err) == (0, "")
    assert received.pop("TT_EMULATOR_URL").startswith("http://127.0.0.1:")
    assert received == {"ready": True, "TT_EMULATOR_LANG": "en"}  # the latter is of `spawn`


def test_the_command_is_told_the_token() -> None:
    _, out, _ = run("--token", "secret", *python(ASKING))

    assert json.loads(out)["TT_EMULATOR_TOKEN"] == "secret"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"NO_PROXY": HERE, "no_proxy": HERE}),
        ({"NO_PROXY": "a.test"}, {"NO_PROXY": f"a.test,{HERE}", "no_proxy": f"a.test,{HERE}"}),
        ({"no_proxy": "a.test"}, {"NO_PROXY": f"a.test,{HERE}", "no_proxy": f"a.test,{HERE}"}),
        (
            {"NO_PROXY": "a.test", "no_proxy": "b.test,localhost"},
            {"NO_PROXY": f"a.test,{HERE}", "no_proxy": "b.test,localhost,127.0.0.1,::1"},
        ),
        ({"NO_PROXY": "*", "no_proxy": ""}, {"NO_PROXY": "*", "no_proxy": HERE}),
        ({"NO_PROXY": HERE}, {"NO_PROXY": HERE, "no_proxy": HERE}),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has one variable of that name")
def test_no_proxy_stands_before_this_machine(before: dict[str, str], after: dict[str, str]) -> None:
    assert _no_proxy(before) == after


def test_the_command_reaches_the_emulator_although_a_proxy_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    code, out, err = run(*python(ASKING))

    assert (code, err) == (0, "")
    assert json.loads(out)["ready"] is True


def test_nothing_is_kept_unless_data_is_given(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    run(*python(""))
    assert list(tmp_path.iterdir()) == []

    run("--data", "kept", *python(""))
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_two_can_run_at_once(tt: Callable[..., Any]) -> None:
    inner = f"import subprocess, sys; sys.exit(subprocess.call({[*EXEC, *python(ASKING)[1:]]!r}))"
    code, out, _ = run(*python(f"{ASKING}\n{inner}"))

    urls = {json.loads(line)["TT_EMULATOR_URL"] for line in out.splitlines()}
    assert (code, len(urls)) == (0, 2)


@pytest.mark.parametrize("wanted", [0, 7])
def test_the_exit_code_is_the_commands(wanted: int) -> None:
    assert run(*python(f"raise SystemExit({wanted})"))[0] == wanted


def test_without_the_dashes_the_rest_is_the_commands_too() -> None:
    assert run(sys.executable, "-c", "raise SystemExit(5)")[0] == 5


@posix
def test_a_command_that_a_signal_ends_gives_128_and_its_number() -> None:
    code, _, _ = run(*python("import os, signal; os.kill(os.getpid(), signal.SIGKILL)"))

    assert code == 128 + signal.SIGKILL


def test_a_command_that_is_not_there_is_told_as_a_shell_does() -> None:
    code, out, err = run("--", "no-such-program", "--flag")

    assert (code, out) == (127, "")
    assert err.startswith("error: 'no-such-program' cannot be run: ")
    assert "hint: Is it installed, and on the PATH?" in err


def test_without_a_command_nothing_is_started(tt: Callable[..., Any]) -> None:
    assert tt("exec").code == 2
    assert tt("exec", "--port", "0", "--").code == 2


def test_a_taken_port_is_told_and_the_command_does_not_run(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, _, err = run("--port", port, *python(f"open({str(ran)!r}, 'w')"))

    assert code == 3
    assert err.startswith(f"error: Port {port} on 127.0.0.1 is taken")
    assert not ran.exists()


def test_a_folder_that_cannot_be_used_is_told_and_the_command_does_not_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    ran = tmp_path / "ran"

    code, _, _ = run("--data", str(tmp_path / "file"), *python(f"open({str(ran)!r}, 'w')"))

    assert (code, ran.exists()) == (5, False)


@families
def test_what_the_command_leaves_behind_ends_with_it(family: str) -> None:
    code, _, _ = run(*python(f"{family}raise SystemExit(3)"))

    assert code == 3


@posix
@pytest.mark.parametrize("number", SIGNALS)
@families
def test_a_signal_reaches_the_command_and_nobody_is_left(
    number: signal.Signals, family: str
) -> None:
    child = started(family + WAIT)
    child.send_signal(number)
    child.communicate(timeout=60)

    assert child.returncode == 128 + number


@posix
def test_the_command_may_answer_a_signal_in_its_own_way() -> None:
    answering = "signal.signal(signal.SIGTERM, lambda *_: sys.exit(42))"
    child = started(WAITING.replace("print", f"{answering}; print"))
    child.terminate()
    child.communicate(timeout=60)

    assert child.returncode == 42


@pytest.mark.parametrize(
    "code",
    [WAITING, DEAF, pytest.param(DETACHED + WAIT, marks=linux), NESTED],
    ids=["waiting", "deaf", "detached", "nested"],
)
def test_nobody_outlives_an_exec_that_is_killed(code: str) -> None:
    child = started(code)
    child.kill()
    child.communicate(timeout=60)

    assert child.returncode == (1 if sys.platform == "win32" else -signal.SIGKILL)


@posix
def test_under_nohup_it_outlives_its_terminal() -> None:
    code = "import sys; print('ready', flush=True); sys.exit(int(input()))"
    deaf = "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
    child = subprocess.Popen(
        [sys.executable, "-c", f"{deaf}os.execv(sys.executable, {[*EXEC, *python(code)[1:]]!r})"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    child.send_signal(signal.SIGHUP)
    child.communicate("9\n", timeout=60)

    assert child.returncode == 9


def in_terminal(keys: str, code: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, TERMINAL, keys, *EXEC, *python(code)[1:]],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout.split()


@posix
def test_the_command_can_read_its_terminal() -> None:
    code, output = in_terminal("hello\n", "print('ready'); print(input().upper())")

    assert (code, output[-1]) == (0, "HELLO")


@posix
def test_ctrl_c_in_the_terminal_ends_the_command() -> None:
    code, _ = in_terminal("\x03", WAITING)

    assert code == 130


@posix
def test_ctrl_z_in_the_terminal_stops_both_and_both_go_on() -> None:
    code, output = in_terminal("\x1a", "print('ready'); print(input().upper())")

    assert code == 0
    assert output[0] == "stopped"
    assert output[-2:] == ["A", "LINE"]


def test_the_limits_of_a_windows_job_have_the_layout_of_winnt_h() -> None:
    if sys.maxsize < 2**32:
        pytest.skip("the numbers are those of 64 bits")
    assert ctypes.sizeof(Limits) == 144
    assert (Limits.basic.offset, Limits.io_counters.offset, Limits.job_memory.offset) == (
        0,
        64,
        120,
    )


def test_the_game_of_a_package_is_played_beside_it(tmp_path: Path) -> None:
    (tmp_path / "game.json").write_text("{}")
    (tmp_path / "game.js").write_text("tt.login({});")
    code = """
import os, urllib.request
url = os.environ["TT_EMULATOR_GAME_URL"]
print(urllib.request.urlopen(url + "/package/game.js").read().decode())
"""
    done, out, err = run("--play", str(tmp_path), *python(code))

    assert (done, out.strip()) == (0, "tt.login({});"), err


PAGE_SAYS = """
import json, os, sys, urllib.request
report = {
    "page": "p", "player": "alice", "world": "w1", "first_frame_ms": None, "called_absent": {},
    "errors": [{"message": "Uncaught Error: \\x1bboom", "file": "a.js", "line": 3, "at": 0}],
    "asked_absent": [], "refused_hosts": {},
}
page = os.environ["TT_EMULATOR_GAME_URL"] + "/__play/pages"
urllib.request.urlopen(page, json.dumps(report).encode()).close()
"""
DROP = """
worlds = os.environ["TT_EMULATOR_URL"] + "/__emulator/v1/worlds/w1"
urllib.request.urlopen(urllib.request.Request(worlds, method="DELETE")).close()
"""
TOLD = "The game did not catch:\n  a.js:3: Uncaught Error: \\x1bboom\n"


@pytest.mark.parametrize(
    ("flags", "code", "ends", "said"),
    [
        ([], "", 1, TOLD),
        ([], "sys.exit(7)", 7, TOLD),
        (["--allow-game-errors"], "", 0, TOLD),
        ([], DROP, 0, ""),
    ],
    ids=["unnoticed", "the command failed", "allowed", "settled with its world"],
)
def test_an_error_that_the_game_did_not_catch_fails_a_command_that_did_not(
    tmp_path: Path, flags: list[str], code: str, ends: int, said: str
) -> None:
    (tmp_path / "game.json").write_text("{}")
    (tmp_path / "game.js").write_text("")

    done, _, err = run("--play", str(tmp_path), *flags, *python(PAGE_SAYS + code))

    assert (done, err) == (ends, said)


def test_a_package_that_cannot_be_played_ends_it_before_the_command(tmp_path: Path) -> None:
    done, out, err = run("--play", str(tmp_path), *python("print('run')"))

    assert (done, out) == (4, "")
    assert "There is no game.json in" in err
