"""The emulator as a real process, for tests that need its sockets, its files or its death."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

START_S = 30


class Emulator:
    """A running emulator; `facts` is its ready file."""

    def __init__(self, child: subprocess.Popen[str], facts: dict[str, Any]) -> None:
        self.child = child
        self.facts = facts
        self.url: str = facts["url"]
        self.port: int = facts["port"]

    def kill(self) -> None:
        """End it as a power cut would."""
        self.child.kill()
        self.child.wait(START_S)

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        self.child.terminate()
        return self.child.wait(START_S)


def spawn(
    *args: str,
    stderr: int | None = subprocess.PIPE,
    env: Mapping[str, str] | None = None,
    python: str = sys.executable,
) -> subprocess.Popen[str]:
    """`tt-emulator` of that Python with its output captured, and no settings from the environment
    but `env`.

    A pipe that nobody reads holds 64 KiB: `stderr` None lets it say more.
    """
    kept = {name: value for name, value in os.environ.items() if "TT_EMULATOR" not in name}
    return subprocess.Popen(
        [python, "-m", "tt_emulator", *args],
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        encoding="utf-8",
        env=kept | {"PYTHONUTF8": "1", "TT_EMULATOR_LANG": "en"} | dict(env or {}),
    )


@contextmanager
def emulator(
    *args: str,
    port: int = 0,
    stderr: int | None = subprocess.PIPE,
    env: Mapping[str, str] | None = None,
    python: str = sys.executable,
) -> Iterator[Emulator]:
    """`tt-emulator start` with these flags, ready; killed at the end if it still runs."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.json"
        flags = ("--port", str(port), "--ready-file", str(ready), *args)
        child = spawn("start", *flags, stderr=stderr, env=env, python=python)
        try:
            yield Emulator(child, wait_ready(child, ready))
        finally:
            child.kill()
            child.communicate()


def wait_ready(child: subprocess.Popen[Any], ready: Path) -> dict[str, Any]:
    """What the ready file says, as soon as it is there."""
    deadline = time.monotonic() + START_S
    while not ready.exists():
        if child.poll() is not None:
            raise RuntimeError(f"exit {child.returncode}: {child.communicate()[1]}")
        if time.monotonic() > deadline:
            raise RuntimeError("the emulator did not get ready")
        time.sleep(0.01)  # polls for a file: the ready file is the interface for this
    facts: dict[str, Any] = json.loads(ready.read_text(encoding="utf-8"))
    return facts


def free_port() -> int:
    """One that nobody has at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def wait_listening(port: int) -> None:
    """Return once something listens there."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.01)  # polls for a socket, of which nothing else tells
    raise TimeoutError(f"nothing listens at {port}")
