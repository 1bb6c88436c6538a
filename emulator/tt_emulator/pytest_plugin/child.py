"""The server of a run as a process of its own: what a test does to its process does not reach it.

It is started ahead, as soon as a test is found that wants it, and told its settings when the first
one asks. Its log is kept here and shown where it explains a failure.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tt_emulator
from tt_emulator import natives
from tt_emulator.errors import EmulatorError, PortTaken, SettingsError, StorageError

_END_S = 10
_BOOTSTRAP = """
import sys
sys.path.extend(path for path in sys.argv[1:] if path not in sys.path)
from tt_emulator.server.child import main
main()
"""
# Ctrl-C is for the tests, which still have questions then
_APART: dict[str, Any]
if sys.platform == "win32":
    _APART = {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
else:
    _APART = {"start_new_session": True}
_KINDS = {kind.code: kind for kind in (SettingsError, PortTaken, StorageError)}
_INTERPRETERS = ("PYTHON", "COVERAGE_", "COV_CORE_", "PYTEST_", "TT_EMULATOR_", "FAKETIME")
"""How variables begin that would change the interpreter, measure it or stop its time."""


class Child:
    """A server process. It ends with this one, however this one ends."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self._owner = os.getpid()
        self._log = tempfile.TemporaryFile("a+b", buffering=0)  # noqa: SIM115  # as long as the child
        try:
            self._process = natives.popen()(
                [sys.executable, "-P", "-X", "utf8", "-c", _BOOTSTRAP, *_paths()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log,
                bufsize=0,
                env=_plain(environment),
                cwd=folder,
                **_APART,
            )
        except OSError as error:
            self._log.close()
            raise EmulatorError(
                f"The emulator's process cannot be started: {error}.",
                "Start one yourself, and name it to the tests: TT_EMULATOR_URL.",
            ) from error

    @property
    def is_ours(self) -> bool:
        """Whether this process started it, and not the one that this one is a fork of."""
        return self._owner == os.getpid()

    def serve(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Have it serve; the facts of its ready file. Raises what its start did."""
        response = self._exchange(json.dumps(settings, default=str).encode() + b"\n")
        if not response:
            raise EmulatorError(f"The emulator's process ended at its start.\n{self.log()}")
        facts: dict[str, Any] = json.loads(response)
        if error := facts.get("error"):
            raise _KINDS.get(error["code"], EmulatorError)(error["detail"], error["hint"])
        return facts

    def end(self, *, at_once: bool) -> None:
        """End it; if not `at_once`, then after it has written what it keeps."""
        process = self._process
        if at_once:
            process.kill()
        for stream in filter(None, (process.stdin, process.stdout)):
            stream.close()
        try:
            process.wait(_END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._log.close()

    def log(self, begin: int = 0) -> str:
        """What it has logged after so many bytes."""
        self._log.seek(begin)
        return self._log.read().decode(errors="replace")

    def logged_bytes(self) -> int:
        """How much it has logged."""
        return self._log.seek(0, os.SEEK_END)

    def _exchange(self, line: bytes) -> bytes:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(line)
        except OSError:  # it is gone; its log says why
            return b""
        return bytes(stdout.readline())


def _paths() -> list[str]:
    """Where it finds what this process found, after all that it finds by itself."""
    ours = Path(tt_emulator.__file__).parent.parent
    return [str(ours), *(path for path in sys.path if path)]


def _plain(environment: Mapping[str, str]) -> dict[str, str]:
    kept = {
        name: value
        for name, value in environment.items()
        if name == "PYTHONHOME" or not name.startswith(_INTERPRETERS)
    }
    return {name: value for name, value in kept.items() if "faketime" not in value.lower()}
