"""`stop`: ends the emulator that a ready file names, and nobody else."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from tt_emulator.cli.flags import flag
from tt_emulator.cli.output import say
from tt_emulator.cli.ready import NAME, Ready, health, read
from tt_emulator.cli.serving import data_flag
from tt_emulator.config import DEFAULT_DATA
from tt_emulator.errors import EmulatorError, NotReached

_ANSWER_S = 10
_STOP_S = 10
_POLL_S = 0.02


@click.command()
@flag("--ready-file", metavar="PATH", help="Its ready file.  [default: ready.json in --data]")
@data_flag()
def stop(ready_file: str | None, data: str | None) -> None:
    """End a running emulator, found by its ready file."""
    ready = read(Path(ready_file) if ready_file else Path(data or DEFAULT_DATA) / NAME)
    with _held(ready.pid) as handle:  # so that the number cannot pass to another process meanwhile
        _recognise(ready)
        _terminate(ready.pid, handle)
    _wait_until_gone(ready)
    with suppress(
        EmulatorError
    ):  # it took the file away itself, or another start has its own there
        if read(ready.path) == ready:
            ready.path.unlink(missing_ok=True)
    say(f"stopped {ready.url}")


@contextmanager
def _held(pid: int) -> Iterator[int | None]:
    """A handle of the process, where the system has such; None elsewhere, and if it is gone."""
    handle = None
    if sys.platform == "linux":
        with suppress(OSError):
            handle = os.pidfd_open(pid)
    try:
        yield handle
    finally:
        if handle is not None:
            os.close(handle)


def _recognise(ready: Ready) -> None:
    """Raise EmulatorError unless the process of the ready file is the one that answers."""
    if health(ready.url, _ANSWER_S).get("instance") != ready.instance:
        raise EmulatorError(
            f"The emulator at {ready.url} is not the one that wrote {ready.path}."
            " Nothing was ended.",
            "Stop it by its own ready file (--data, --ready-file), or in its terminal.",
        )
    from tt_emulator.cli import port_owner

    if not port_owner.listens(ready.pid, ready.port):
        raise EmulatorError(
            f"Process {ready.pid} of this machine is not seen to listen at {ready.url}."
            " Nothing was ended.",
            "Does it run in a container, or as another user? Stop it there, or in its terminal.",
        )


def _terminate(pid: int, handle: int | None) -> None:
    try:
        if sys.platform == "linux" and handle is not None:
            signal.pidfd_send_signal(handle, signal.SIGTERM)
        else:
            os.kill(pid, signal.SIGTERM)
    except OSError as error:
        raise EmulatorError(
            f"Process {pid} of the ready file cannot be ended: {error}.",
            "Is the ready file an old one? Stop the emulator in its own terminal.",
        ) from error


def _wait_until_gone(ready: Ready) -> None:
    deadline = time.monotonic() + _STOP_S
    while time.monotonic() < deadline:
        try:
            if health(ready.url, _ANSWER_S).get("instance") != ready.instance:
                return
        except NotReached:
            return
        time.sleep(_POLL_S)
    raise EmulatorError(
        f"{ready.url} still answers {_STOP_S} s after it was asked to end.",
        "Look at its terminal; a second Ctrl-C there ends it at once.",
    )
