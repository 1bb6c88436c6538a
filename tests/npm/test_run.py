"""How the launcher runs a program: arguments, exit codes, signals."""

import json
import os
import signal
from pathlib import Path

import pytest

from npm.launcher import PATIENCE_S, WHERE, Launcher, posix

pytestmark = pytest.mark.node


def test_what_it_is_given_reaches_the_program_as_it_is(launcher: Launcher) -> None:
    given = ["--flag=a b", "", "\"'$PATH*", "%PATH%", "好友"]
    code = "import json; print(json.dumps([sys.argv[2:], sys.stdin.read()]))"

    done = launcher.run(code, *given, stdin="typed\n")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [given, "typed\n"]


@pytest.mark.parametrize("code", [0, 1, 2, 127, 255])
def test_the_exit_code_is_the_programs(launcher: Launcher, code: int) -> None:
    assert launcher.run(f"sys.exit({code})").returncode == code


def test_modules_of_the_project_do_not_get_in_its_way(launcher: Launcher, tmp_path: Path) -> None:
    (tmp_path / "tt_emulator").mkdir()
    for name in ("__init__.py", "__main__.py"):
        (tmp_path / "tt_emulator" / name).write_text("print('not ours')", encoding="utf-8")

    done = launcher.run(WHERE, PYTHONPATH=str(tmp_path))

    assert done.stdout.startswith(str(launcher.cache)), done.stderr


@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"])
def test_a_signal_to_it_reaches_the_program_which_answers_in_its_own_way(
    launcher: Launcher, name: str
) -> None:
    code = (
        f"import signal; signal.signal(signal.{name}, lambda *_: sys.exit('{name}'));"
        "print('ready', flush=True); signal.pause()"
    )
    with launcher.running(code) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.send_signal(signal.Signals[name])
        _, err = child.communicate(timeout=PATIENCE_S)

    assert child.returncode == 1
    assert err.splitlines()[-1] == name


@posix
def test_a_signal_that_ends_the_program_gives_128_and_its_number(launcher: Launcher) -> None:
    done = launcher.run("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")

    assert done.returncode == 128 + signal.SIGKILL, done.stderr


NOTING = r"""
import os, signal
def note(number, frame):
    os.write(1, f"{signal.Signals(number).name}\n".encode())
    if number == signal.SIGTERM:
        os._exit(5)
signal.signal(signal.SIGINT, note)
signal.signal(signal.SIGTERM, note)
os.write(1, b"ready\n")
while True:
    signal.pause()
"""


@posix
def test_ctrl_c_in_its_terminal_reaches_the_program_once(launcher: Launcher) -> None:
    import fcntl
    import pty
    import termios

    keys, terminal = pty.openpty()
    with launcher.running(
        NOTING,
        stdin=terminal,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        os.write(keys, b"\x03")
        assert child.stdout.readline() == "SIGINT\n"
        child.send_signal(signal.SIGTERM)  # what it passes on comes in the order of what it gets
        rest, _ = child.communicate(timeout=PATIENCE_S)
    os.close(terminal)
    os.close(keys)

    assert (child.returncode, rest) == (5, "SIGTERM\n")
