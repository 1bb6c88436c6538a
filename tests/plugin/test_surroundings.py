"""What a test does to its own process does not reach the emulator, and nothing of it is left there.

With other people's packages that do such things: tests/versions.
"""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from plugin.suite import Suite
from process import Emulator

SIGNALS = [signal.SIGKILL, signal.SIGTERM] if os.name == "posix" else []
posix = pytest.mark.skipif(os.name != "posix", reason="Windows neither forks nor has these signals")

FROZEN = """
import freezegun

def elapsed_s():
    return freezegun.api.real_monotonic()

@pytest.fixture(params=["2031-05-05", "1980-01-01"])
def frozen(request):
    with freezegun.freeze_time(request.param):
        yield
"""
NO_SOCKETS = """
import http.client, socket

@pytest.fixture(autouse=True)
def no_sockets(monkeypatch):
    def refuse(*_, **__):
        raise RuntimeError("this test must not use sockets")
    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(http.client, "HTTPConnection", refuse)
"""


@pytest.mark.parametrize(
    "test",
    [
        """
        tt_emulator.fault(api="login", delay_ms=50)
        before = elapsed_s()
        assert tt_emulator.call("login")["errMsg"] == "login:ok"
        assert elapsed_s() - before >= 0.05
        """,
        """
        tt_emulator.fault(wire="hang", api="login", duration_ms=50)
        with pytest.raises(NotReached):
            tt_emulator.call("login")
        """,
        """
        tt_emulator.fail("server-error", ttl_s=600)
        assert save(tt_emulator)["errorCode"] == 108002
        """,
        """
        from threading import Timer
        assert not tt_emulator.wait_for("login", timeout_ms=1, check=False)
        Timer(0.01, tt_emulator.call, ["login"]).start()
        tt_emulator.wait_for("login")
        """,
        """
        with Client(tt_emulator.url) as elsewhere:
            elsewhere.call("login")
        assert tt_emulator.strays() == 1
        """,
    ],
    ids=["delay", "hang", "ttl", "wait", "strays"],
)
def test_time_goes_on_for_the_emulator_where_it_is_frozen(suite: Suite, test: str) -> None:
    result = suite(f"""
{FROZEN}
from tt_emulator.client import Client
from tt_emulator.errors import NotReached

def test_it(frozen, tt_emulator):{test}
""")

    result.assert_outcomes(passed=2)


@pytest.mark.no_balancer  # it would be in this process, and could open no socket either
def test_sockets_that_are_forbidden_are_so_for_the_game_alone(suite: Suite) -> None:
    result = suite("""
def test_it(tt_emulator):
    with tt_emulator.fail("server-error", times=1):
        assert save(tt_emulator)["errorCode"] == 108002
    tt_emulator.assert_called("setUserCloudStorage")
""", conftest=f"import pytest\n{NO_SOCKETS}")  # fmt: skip

    result.assert_outcomes(passed=1)


def test_an_emptied_environment_and_another_folder_change_nothing(suite: Suite) -> None:
    result = suite("""
import os, sys

def test_it(monkeypatch, tmp_path, request):
    for name in os.environ:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [])
    tt_emulator = request.getfixturevalue("tt_emulator")  # its server starts only now
    assert save(tt_emulator) == OK
""")

    result.assert_outcomes(passed=1)


def test_a_server_that_was_named_at_the_start_is_used_where_a_test_forgets_it(
    suite: Suite, server: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TT_EMULATOR_URL", server.url)
    result = suite(f"""
import os

def test_it(monkeypatch, request):
    monkeypatch.delenv("TT_EMULATOR_URL")
    assert request.getfixturevalue("tt_emulator").url == {server.url!r}
""")

    result.assert_outcomes(passed=1)


def test_what_would_measure_or_bend_its_interpreter_is_kept_from_it(
    suite: Suite, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makefile(".ini", measured="[run]\ndata_file = measured.data\nparallel = true")
    bent = {
        "COVERAGE_PROCESS_START": str(pytester.path / "measured.ini"),
        "PYTHONWARNINGS": "error",
        "PYTHONSTARTUP": "no-such-file",
        "PYTHONPATH": str(pytester.mkdir("shadows")),
        "HTTP_PROXY": "http://127.0.0.1:9",
    }
    (pytester.path / "shadows" / "uvicorn.py").write_text("raise ImportError", encoding="utf-8")
    for name, value in bent.items():
        monkeypatch.setenv(name, value)
    result = suite("def test_it(tt_emulator): assert save(tt_emulator) == OK")

    result.assert_outcomes(passed=1)
    assert not list(pytester.path.glob("measured.data*"))


def test_nothing_of_it_stands_in_the_tests_logs_or_output(suite: Suite) -> None:
    result = suite("""
from tt_emulator.errors import Refused

def test_it(caplog, capfd, request):
    caplog.set_level(0)
    tt_emulator = request.getfixturevalue("tt_emulator")
    with pytest.raises(Refused):
        tt_emulator.call("nothing")  # which it logs
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")

def test_nobody_came(tt_emulator, caplog):
    pass  # at its end the plugin asks for a world that there is not
""", "-W", "error")  # fmt: skip

    result.assert_outcomes(passed=2)
    result.stdout.no_fnmatch_line("*WARNING*")


@pytest.mark.own_server
def test_a_failure_shows_what_the_server_logged_meanwhile(suite: Suite) -> None:
    result = suite("""
def test_before(tt_emulator):
    with pytest.raises(Exception):
        tt_emulator.call("before")

def test_it(tt_emulator):
    tt_emulator.call("nothing")
""")

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*- tt-emulator: log of the server -*",
            "WARNING refused: The emulator knows no API 'nothing'.*",
        ]
    )
    result.stdout.no_fnmatch_line("*no API 'before'*")


@pytest.mark.parametrize("flags", [["--collect-only"], ["--setup-plan"], ["-k", "other"]])
def test_where_no_test_runs_that_wants_it_no_server_is_started(
    suite: Suite, flags: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr("tt_emulator.pytest_plugin.child.Child.__init__", refuse)
    result = suite("def test_it(tt_emulator): pass\ndef test_other(): pass", *flags)

    assert result.ret == pytest.ExitCode.OK


@pytest.mark.own_server
def test_settings_that_cannot_be_used_are_told_in_the_test_that_asked(suite: Suite) -> None:
    result = suite(
        "def test_it(tt_emulator): pass",
        conftest="""
import pytest

@pytest.fixture(scope="session")
def tt_emulator_settings(tt_emulator_settings):
    return {**tt_emulator_settings, "port": -1}
""",
    )

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["E *port: -1 is not a port between 0 and 65535"])


@pytest.mark.own_server
def test_a_start_that_comes_to_nothing_is_told_in_the_servers_words(suite: Suite) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = suite(
            "def test_it(tt_emulator): pass",
            conftest=f"""
import pytest

@pytest.fixture(scope="session")
def tt_emulator_settings():
    return {{"port": {port}}}
""",
        )

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"E *PortTaken: Port {port} on 127.0.0.1 is taken by *"])


@pytest.mark.own_server
def test_an_interpreter_that_cannot_be_started_is_told(
    suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    result = suite("def test_it(tt_emulator): pass\ndef test_other(): pass")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["E *The emulator's process cannot be started: *No such file*"])


@pytest.mark.own_server
def test_what_is_kept_on_disk_is_there_after_the_run(
    suite: Suite, pytester: pytest.Pytester
) -> None:
    suite(
        "def test_it(tt_emulator_server):\n"
        "    from tt_emulator.client import Client\n"
        "    with Client(tt_emulator_server.url) as client:\n"
        "        client.put_player('alice', nickname='Alice')",
        "--tt-emulator-data=kept",
    ).assert_outcomes(passed=1)

    (file,) = (pytester.path / "kept" / "worlds" / "default" / "players").glob("alice-*.json")
    assert '"nickname": "Alice"' in file.read_text(encoding="utf-8")


FORKS = """
import os

@pytest.mark.parametrize("number", [1, 2])
def test_it(request, number):
    child = os.fork()
    if not child:
        try:
            save(request.getfixturevalue("tt_emulator"))
        finally:
            os._exit(0 if request.getfixturevalue("tt_emulator").requests() else 1)
    assert os.waitpid(child, 0)[1] == 0
"""


@posix
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_fork_of_the_run_has_a_server_of_its_own(suite: Suite) -> None:
    suite(FORKS).assert_outcomes(passed=2)


def alone(tmp_path: Path, test: str) -> tuple[list[str], dict[str, str]]:
    """The command that runs the test in a process of its own, and its environment."""
    file = tmp_path / "test_it.py"
    file.write_text(test, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-qs", "-p", "no:cacheprovider", str(file)]
    return command, {name: value for name, value in os.environ.items() if "PYTEST" not in name}


@posix
@pytest.mark.parametrize("number", SIGNALS)
def test_a_run_that_is_killed_leaves_no_server_behind(tmp_path: Path, number: int) -> None:
    command, env = alone(
        tmp_path,
        "def test_it(tt_emulator):\n    print(tt_emulator.url, flush=True)\n    input()\n",
    )
    with subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as run:
        assert run.stdout is not None
        port = int(run.stdout.readline().rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), 30) as held:
            run.send_signal(number)
            assert held.recv(1) == b""  # the end of the server's connection is the end of it


@posix
def test_ctrl_c_leaves_the_server_to_the_teardown(tmp_path: Path) -> None:
    command, env = alone(
        tmp_path,
        "import os, signal\n"
        "def test_it(tt_emulator):\n"
        "    tt_emulator.call('login')\n"
        "    os.killpg(0, signal.SIGINT)\n",
    )
    done = subprocess.run(
        command,
        env=env,
        capture_output=True,
        encoding="utf-8",
        start_new_session=True,
        check=False,
    )

    assert done.returncode == pytest.ExitCode.INTERRUPTED, done.stdout
    assert "No tt-emulator answers" not in done.stdout + done.stderr
