"""A command in a process group of its own, of which nothing survives us (POSIX)."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from secrets import token_hex
from types import FrameType

from tt_emulator.cli.exec import watchdog as watchdog_script

_FORWARDED = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
_MARK = "_TT_EMULATOR_EXEC"


def run(command: list[str], env: Mapping[str, str]) -> int:
    """Run `command` to its end; its exit code, 128 + n if signal n ended it.

    Signals that would end us go to the command. Raises OSError if it cannot be started.
    """
    mark = token_hex(8)
    with _group(f"{_MARK}={mark}") as group, _forwarded(group) as caught, _in_front(group):
        child = subprocess.Popen(command, env={**env, _MARK: mark}, process_group=group)
        for number in caught:  # it came before there was anybody to hear it
            os.killpg(group, number)
        code = _wait(child, group)
    return code if code >= 0 else 128 - code


@contextmanager
def _group(mark: str) -> Iterator[int]:
    """A process group that is killed at the end of the block, or of this process.

    Its watchdog waits for a pipe to end that only this process holds: so it ends at any death.
    """
    reader, writer = os.pipe()
    unmarked = {name: value for name, value in os.environ.items() if name != _MARK}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())  # it inherits that
    try:
        watchdog = subprocess.Popen(
            [sys.executable, "-I", "-S", watchdog_script.__file__, mark],
            env=unmarked,  # or the watchdog of an outer exec would take it for one of that command
            stdin=reader,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        os.close(reader)
    try:
        yield watchdog.pid
    finally:
        os.close(writer)
        watchdog.wait()


@contextmanager
def _forwarded(group: int) -> Iterator[list[int]]:
    """Signals to this process go to the group; the list has those that came."""
    caught: list[int] = []

    def forward(number: int, frame: FrameType | None) -> None:
        caught.append(number)
        os.killpg(group, number)

    before = {
        number: signal.signal(number, forward)
        for number in _FORWARDED
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN  # nohup
    }
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _in_front(group: int) -> Iterator[None]:
    """The group has the terminal, if it was ours: else its first read there would stop it."""
    if _front() == os.getpgrp():
        _put_in_front(group)
    try:
        yield
    finally:
        if _front() == group:
            _put_in_front(os.getpgrp())


def _wait(child: subprocess.Popen[bytes], group: int) -> int:
    """As `child.wait()`; Ctrl-Z in its terminal stops us as well, and who continues us, it."""
    while True:
        _, status = os.waitpid(child.pid, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            child.returncode = os.waitstatus_to_exitcode(status)
            return child.returncode
        if _front() == group:
            _put_in_front(os.getpgrp())
            os.kill(os.getpid(), signal.SIGSTOP)
            if _front() == os.getpgrp():
                _put_in_front(group)
            os.killpg(group, signal.SIGCONT)


def _front() -> int | None:
    try:
        return os.tcgetpgrp(0)
    except OSError:  # no terminal
        return None


def _put_in_front(group: int) -> None:
    before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    os.tcsetpgrp(0, group)
    signal.signal(signal.SIGTTOU, before)
