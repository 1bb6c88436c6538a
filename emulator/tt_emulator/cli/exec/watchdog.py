"""Waits for its stdin to end, then leaves nobody alive of a command (POSIX; run as a script).

Who is of the command: its process group, which is the watchdog's own, and on Linux also whoever has
left that group but has the command's mark in the environment, as daemons and browsers do.
"""

import os
import signal
import sys
import time
from contextlib import suppress

_PROC = "/proc"
_ROUNDS = 500
_PAUSE_S = 0.004


def main() -> None:
    """`watchdog.py MARK`, with signals blocked and one end of a pipe for stdin."""
    os.read(0, 1)
    mark = os.fsencode(sys.argv[1])
    for _ in range(_ROUNDS):  # who is about to fork is met with its child in the next one
        found = _marked(mark)
        if not found:
            break
        for pid in found:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(_PAUSE_S)
    os.killpg(0, signal.SIGKILL)


def _marked(mark: bytes) -> list[int]:
    """The processes with that variable; none where the system does not show environments."""
    if not os.path.isdir(_PROC):  # noqa: PTH112  # pathlib would double the start
        return []
    return [int(name) for name in os.listdir(_PROC) if name.isdigit() and _has(name, mark)]  # noqa: PTH208


def _has(name: str, mark: bytes) -> bool:
    with suppress(OSError), open(f"{_PROC}/{name}/environ", "rb") as environ:  # noqa: PTH123
        return mark in environ.read().split(b"\0")
    return False


if __name__ == "__main__":
    main()
