"""A server under measure: its processes, what they use, and load on it."""

import http.client
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from servers import JSON, REPOSITORY, Server, free_port

BODY = '{"KVDataList":[{"key":"score","value":"{\\"ttgame\\":{\\"score\\":1}}"}]}'
START_S = 60
PROC = Path("/proc")

_UNITS_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


class Load(NamedTuple):
    """What one run of load found. `cpu_us` is what all processes of the server used for a call."""

    calls_per_s: float
    p50_ms: float
    p99_ms: float
    cpu_us: float


class Running:
    """A started server. `ready_ms` is from its start to its first good answer to a POST."""

    def __init__(self, server: Server, child: "subprocess.Popen[bytes]", port: int) -> None:
        self.server = server
        self.url = f"http://127.0.0.1:{port}{server.path}"
        self._child = child
        self.port = port
        begun = time.perf_counter()
        while not self._answers():
            if child.poll() is not None or time.perf_counter() - begun > START_S:
                raise RuntimeError(f"{server.name} did not get ready")
            time.sleep(0.002)
        self.ready_ms = (time.perf_counter() - begun) * 1000

    def load(self, connections: int, seconds: int, script: Path) -> Load:
        """Calls on so many connections for so long."""
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "-s", str(script)]
        before_s = self._cpu_s()
        output = subprocess.run(
            [*command, "--latency", self.url], check=True, capture_output=True, text=True
        ).stdout
        used_s = self._cpu_s() - before_s
        if "Non-2xx" in output or "Socket errors" in output:
            raise RuntimeError(f"{self.server.name}: {output}")
        calls = int(_found(r"(\d+) requests in", output)[0])
        p50, p99 = (
            float(figure) * _UNITS_MS[unit]
            for figure, unit in (
                _found(rf"{part}%\s+([\d.]+)(us|ms|s)", output) for part in (50, 99)
            )
        )
        rate = float(_found(r"Requests/sec:\s+([\d.]+)", output)[0])
        return Load(rate, p50, p99, used_s / calls * 1e6)

    def memory_mb(self) -> float:
        """Resident memory of all its processes."""
        pages = sum(int((path / "statm").read_text().split()[1]) for path in self._processes())
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def peak_mb(self) -> float:
        """The most resident memory that its processes have had."""
        fields = [
            dict(line.split(":", 1) for line in (path / "status").read_text().splitlines())
            for path in self._processes()
        ]
        return sum(int(each["VmHWM"].split()[0]) for each in fields) * 1024 / 1e6

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        self._child.terminate()
        self._child.wait(START_S)

    def _cpu_s(self) -> float:
        """Processor time of all its processes, of the kernel for them, too."""
        ticks = 0
        for path in self._processes():
            fields = (path / "stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def _processes(self) -> Iterator[Path]:
        for path in PROC.glob("[0-9]*"):
            try:
                fields = (path / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            if int(fields[2]) == self._child.pid:  # its process group
                yield path

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START_S)
        try:
            connection.request("POST", self.server.path, BODY, JSON)
            return connection.getresponse().status < 400
        except OSError:
            return False
        finally:
            connection.close()


@contextmanager
def running(server: Server) -> Iterator[Running]:
    """The server, ready, in a process group of its own; killed at the end."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        child = subprocess.Popen(
            server.command(port, Path(folder)),
            cwd=REPOSITORY,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield Running(server, child, port)
        finally:
            with suppress(ProcessLookupError):  # it has been stopped
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def environment() -> dict[str, str]:
    """This process's, without settings of ours, and with bytecode kept, as an installation does."""
    env = {name: value for name, value in os.environ.items() if "TT_EMULATOR" not in name}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


def cannot() -> str | None:
    """Why servers cannot be measured here, `None` if they can."""
    if shutil.which("wrk") is None:
        return "wrk is not on the PATH"
    return None if PROC.joinpath("self/stat").exists() else "this system has no /proc"


def write_script(folder: Path, path: str | None = None, body: str = BODY) -> Path:
    """The file that tells wrk what to send, to another path than the server's if one is given."""
    script = folder / f"post{(path or '').replace('/', '-')}.lua"
    headers = "".join(f"wrk.headers[{name!r}]={value!r}\n" for name, value in JSON.items())
    place = f"wrk.path={path!r}\n" if path else ""
    script.write_text(
        f"wrk.method='POST'\n{place}wrk.body={json.dumps(body)}\n{headers}", encoding="utf-8"
    )
    return script


def median(loads: list[Load]) -> Load:
    """The median of each figure."""
    return Load(*(statistics.median(figure) for figure in zip(*loads, strict=True)))


def _found(pattern: str, output: str) -> tuple[str, ...]:
    match = re.search(pattern, output)
    if match is None:
        raise RuntimeError(output)
    return match.groups()
