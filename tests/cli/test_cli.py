import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from process import spawn
from tt_emulator.cli import main
from tt_emulator.errors import EmulatorError, PortTaken, StorageError

HELP = """\
Usage: tt-emulator [OPTIONS] COMMAND [ARGS]...

  Local emulator of the cloud storage of Douyin and WeChat mini-games; without
  a verb: start.

  Every flag has an environment twin, TT_EMULATOR_ and its name: --port is
  TT_EMULATOR_PORT. What neither says is taken from tt-emulator.toml in the
  working directory: port = 9000.

Options:
  --version       Show the version and exit.
  --lang [zh|en]  Language of messages and help.  [default: the system's]
  -h, --help      Show this message and exit.

Commands:
  play         Play the mini-game package in DIR, as it was built, until...
  start        Run the emulator until Ctrl-C or SIGTERM.
  exec         Run CMD with an emulator of its own, and end as CMD ends.
  stop         End a running emulator, found by its ready file.
  fault        Arm, list and disarm failures.
  requests     List the calls that came and what became of them.
  wait         Wait until such calls were answered.
  verify       Check how many such calls were answered.
  coverage     Show which documented errors were delivered.
  player       Show players, expire a session, take one offline.
  settings     Show the settings of a world, or change some.
  clock        Show what time it is in a world, or change it.
  reset        Put a world back to its beginning.
  export       Write a world to FILE; - is stdout.
  import       Read a world from FILE, in the place of what was; - is stdin.
  snapshot     Keep a world under a name, and bring it back.
  bundle       Write the story of a world to FILE; - is stdout.
  replay       Play the story in FILE again, and compare the replies.
  team         Share a server among teams.
  js           Copy tt.js, wx.js, both as modules, tt-emulator.mjs and...
  errors       Search the documented errors.
  healthcheck  Tell by the exit code whether an emulator is ready.
  version      Print the version.
"""

START = """\
Usage: tt-emulator start [OPTIONS]

  Run the emulator until Ctrl-C or SIGTERM.

Options:
  --port INTEGER         0 takes a free port.  [default: 8717]
  --host TEXT            Address to listen on.  [default: 127.0.0.1]
  --data DIR             Data directory.  [default: .tt-emulator]
  --ephemeral            Keep everything in memory, nothing on disk.
  --shared URL           Share all worlds with the other servers of this Redis
                         (6.2 or newer).
  --seed-world FILE      Begin with this world, if --data has none yet.
  --scenario FILE        Arm this scenario's faults before the first call.
  --random-seed INTEGER  Seed of luck.  [default: 1]
  --ready-file PATH      Announce URL and pid there.  [default: ready.json in
                         --data]
  --allowed-host TEXT    Host to answer to as well, .example.com for all below
                         it (repeatable).
  --allow-origin TEXT    Web origin to answer to as well (repeatable).
  --token TEXT           Token that the control plane asks for beyond this
                         machine. Others see it here in the list of processes:
                         TT_EMULATOR_TOKEN hides it.
  --platform [tt|wx]     Platform of worlds that do not say theirs.  [default:
                         the package's, tt]
  --world-ttl S          Drop worlds that nobody has used for so many seconds,
                         but for the default one.
  --sync                 Have each write on the disk before it is answered.
  --log                  Print each call on stderr.
  --no-watch             Do not read files again that change: --scenario,
                         --seed-world, the game's.
  --teams FILE           Share the server among the teams of this file.
  --open                 Open the tester's page in a browser once it is ready.
  --lang [zh|en]         Language of messages and help.  [default: the
                         system's]
  -h, --help             Show this message and exit.
"""

FAULT_ADD = """\
  --api TEXT                   Only calls of this API (repeatable).
  --player TEXT                Only calls of this player.
  --key TEXT                   Only calls with a key that fits this pattern,
                               such as 'score*'.
  --min-keys INTEGER           Only calls with at least so many keys.
  --domain [main|open|server]  Only calls from this domain.
  --skip INTEGER               Let this many matching calls pass first.
  --every INTEGER              Strike only each so many-th matching call after
                               those.
  --times INTEGER              Strike this often, then stop.  [default: until
                               disarmed]
  --probability NUMBER         Strike by luck, 0 to 1; the seed repeats it.
  --ttl-s NUMBER               Strike only for so many seconds from now.
  --moment [before|after]      Fail before or after it acted.
  --label TEXT                 Note for people.
  --json                       Print JSON, for programs.
  --url TEXT                   Address of the server.  [default: that of
                               ./.tt-emulator, or http://127.0.0.1:8717]
  --world TEXT                 World to act on.  [default: default]
  --token TEXT                 Token, if the server asks for one.
  --platform [tt|wx]           Platform of the world, if this makes it.
                               [default: the server's]
  --lang [zh|en]               Language of messages and help.  [default: the
                               system's]
  -h, --help                   Show this message and exit.
"""


def test_the_help_of_exec_says_what_exec_does_by_itself(tt: Callable[..., Any]) -> None:
    shown = tt("exec", "--help").out

    assert "  --port INTEGER         0 takes a free port.  [default: 0]\n" in shown
    assert "  --data DIR             Keep the data there.  [default: nothing is kept]\n" in shown
    assert ".tt-emulator" not in shown


@pytest.mark.parametrize(("verbs", "text"), [([], HELP), (["start"], START)])
def test_help_tells_what_can_be_done(tt: Callable[..., Any], verbs: list[str], text: str) -> None:
    assert tt(*verbs, "--help") == (0, text, "")
    assert tt(*verbs, "-h") == (0, text, "")


def test_help_of_a_fault_ends_with_what_goes_for_all_kinds(tt: Callable[..., Any]) -> None:
    shown = tt("fault", "add", "--help")

    assert shown.out.startswith("Usage: tt-emulator fault add [OPTIONS] [ERROR]\n\n  Arm ERROR, ")
    assert shown.out.endswith(FAULT_ADD)
    assert tt("fault", "add", "-h") == shown


@pytest.mark.parametrize(
    ("line", "err"),
    [
        ("bogus", "error: No such command 'bogus'.\nhint: tt-emulator --help\n"),
        ("fault", "error: Missing command.\nhint: tt-emulator fault --help\n"),
        ("fault rm", "error: Missing argument 'ID'.\nhint: tt-emulator fault rm --help\n"),
        (
            "version now",
            "error: Got unexpected extra argument (now)\nhint: tt-emulator version --help\n",
        ),
        (
            "healthcheck --url 127.0.0.1",
            "error: Invalid value for '--url': '127.0.0.1' is not an address such as"
            " http://127.0.0.1:8717\nhint: tt-emulator healthcheck --help\n",
        ),
    ],
)
def test_a_usage_error_is_two_lines_and_exit_code_2(
    tt: Callable[..., Any], line: str, err: str
) -> None:
    assert tt(*line.split()) == (2, "", err)


@pytest.mark.parametrize(("error", "code"), [(PortTaken, 3), (EmulatorError, 4), (StorageError, 5)])
def test_what_the_server_cannot_do_ends_with_its_exit_code(
    tt: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    error: type[EmulatorError],
    code: int,
) -> None:
    def fail(settings: object) -> None:
        raise error("It failed.", "Do this.")

    monkeypatch.setattr("tt_emulator.server.serve", fail)

    assert tt("start") == (code, "", "error: It failed.\nhint: Do this.\n")


def test_several_flaws_are_each_told(
    tt: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tt_emulator.client import Client
    from tt_emulator.errors import Refused

    flaws = [{"pointer": "/api", "detail": "unknown"}, {"pointer": "/times", "detail": "negative"}]

    def refuse(*_: object) -> None:
        raise Refused("Not armed.", "Mend it.", 422, {"errors": flaws})

    monkeypatch.setattr(Client, "arm", refuse)

    assert tt("fault", "add", "x").err == (
        "error: Not armed.\n  at /api: unknown\n  at /times: negative\nhint: Mend it.\n"
    )


@pytest.mark.parametrize("line", ["--help", "start --help", "version", "--version", "errors"])
def test_a_verb_that_serves_nothing_loads_no_server(line: str) -> None:
    code = (
        f"import sys; from tt_emulator.cli import main; main({line.split()}); print(*sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )

    loaded = set(run.stdout.splitlines()[-1].split())
    assert not {"flask", "werkzeug", "uvicorn", "tinydb"} & loaded


@pytest.mark.parametrize("code_page", ["ascii", "gbk", "cp1252"])
def test_chinese_leaves_the_program_as_utf_8_under_any_code_page(code_page: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tt_emulator", "errors", "网络请求"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": code_page},
    )

    assert "internal error/网络请求非200" in run.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    with spawn("errors") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.wait()
        assert process.stderr.read() == ""


def test_ctrl_c_in_a_short_verb_ends_as_a_signal_would(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tt_emulator.client import Client

    def interrupt(self: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Client, "ready", interrupt)

    assert main(["healthcheck"]) == 130
