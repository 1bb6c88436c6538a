"""Which process of this machine listens on a port, asked of the system itself."""

import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

_LISTENS = "0A"  # TCP_LISTEN of Linux's tcp_states.h
_PATIENCE_S = 10


def listens(pid: int, port: int) -> bool | None:
    """Whether that process listens on that TCP port; None if the system does not tell."""
    if sys.platform == "linux":
        return _on_linux(pid, port)
    if sys.platform == "win32":
        return _on_windows(pid, port)
    return _by_lsof(pid, port)


def _on_linux(pid: int, port: int) -> bool | None:
    """By the sockets that listen here and the descriptors of the process.

    A process of another container has other sockets, also where it has the same number.
    """
    try:
        held = [_target(each) for each in Path(f"/proc/{pid}/fd").iterdir()]
    except FileNotFoundError:
        return False if Path("/proc/self/fd").exists() else None
    except OSError:
        return None
    return any(f"socket:[{inode}]" in held for inode in _listening_inodes(port))


def _target(descriptor: Path) -> str:
    with suppress(OSError):  # it was closed meanwhile
        return str(descriptor.readlink())
    return ""


def _listening_inodes(port: int) -> list[str]:
    found = []
    for name in ("tcp", "tcp6"):
        with suppress(OSError):
            for line in Path("/proc/self/net", name).read_text("ascii").splitlines()[1:]:
                fields = line.split()
                if fields[3] == _LISTENS and int(fields[1].rpartition(":")[2], 16) == port:
                    found.append(fields[9])
    return found


def _on_windows(pid: int, port: int) -> bool | None:
    rows = _output("netstat", "-ano")
    if rows is None:
        return None
    return any(_is_row_of(line.split(), pid, port) for line in rows.splitlines())


def _is_row_of(fields: list[str], pid: int, port: int) -> bool:
    """Whether a line of netstat is of a listener; what it calls the state has many languages."""
    return (
        len(fields) == 5
        and fields[0] == "TCP"
        and fields[1].endswith(f":{port}")
        and fields[2].endswith(":0")
        and fields[4] == str(pid)
    )


def _by_lsof(pid: int, port: int) -> bool | None:
    found = _output("lsof", "-nP", "-a", "-p", str(pid), f"-iTCP:{port}", "-sTCP:LISTEN", "-t")
    return None if found is None else found.strip() == str(pid)


def _output(name: str, *args: str) -> str | None:
    program = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if program is None:
        return None
    with suppress(OSError, subprocess.TimeoutExpired):
        return subprocess.run(
            [program, *args],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE_S,
            check=False,
        ).stdout
    return None
