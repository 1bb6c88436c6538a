"""A server that ends with the process that started it: a test run has one beside it.

One line of JSON comes in on stdin, the fields of `Settings`; one goes out on stdout, what the ready
file says, or `{"error": {code, detail, hint}}`. The end of stdin is the end of the server, which so
ends with a parent that is killed, too. Only the log is written beside that, to stderr.
"""

import json
import os
import select
import sys
from typing import Any

from tt_emulator.config import settings_of
from tt_emulator.errors import EmulatorError
from tt_emulator.server import configure_log, serving
from tt_emulator.sockets import allow_many

_LOOK_S = 1.0


def main() -> None:
    """Serve until stdin ends, or the parent does."""
    parent = os.getppid()
    if not _has_input(0):
        _preload()
    line = sys.stdin.buffer.readline()
    if not line:
        return
    try:
        settings = settings_of(json.loads(line))
        configure_log(settings.lang)
        allow_many()
        with serving(settings) as facts:
            _write(facts)
            _preload()
            while not _has_input(_LOOK_S) and os.getppid() == parent:
                pass
    except EmulatorError as error:
        _write({"error": {"code": error.code, "detail": error.detail, "hint": error.hint}})


def _preload() -> None:
    """Import what the first request to the control plane would wait for."""
    import tt_emulator.wire.app  # noqa: F401


def _has_input(timeout_s: float) -> bool:
    """Whether stdin has something to read, or has ended; Windows can only wait for its end."""
    if sys.platform == "win32":
        return timeout_s == 0 or not sys.stdin.buffer.read()
    return bool(select.select([sys.stdin.buffer], [], [], timeout_s)[0])


def _write(message: Any) -> None:
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    main()
