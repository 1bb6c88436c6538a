"""HAProxy as fixtures/containers/haproxy.cfg has it, before servers of this machine."""

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import run_docs
from process import START_S, free_port, wait_listening
from required_programs import program


class Balancer:
    """Listens on `port`; the servers are those of `ports`."""

    def __init__(self, ports: Sequence[int], folder: Path) -> None:
        self.port = free_port()
        self._ports = ports
        self._stats = folder / "stats"

    def config(self) -> str:
        """What HAProxy reads."""
        text = run_docs.read("fixtures/containers/haproxy.cfg").replace(
            "bind :8717", f"bind 127.0.0.1:{self.port}"
        )
        for number, port in enumerate(self._ports, 1):
            text = text.replace(f"emulator-{number}:8717", f"127.0.0.1:{port}")
        return f"global\n    stats socket {self._stats}\n{text}"

    def wait(self) -> None:
        """Return once it takes all for servers that take calls."""
        until_s = time.monotonic() + START_S
        while self._asked(b"show stat\n").count(b",UP,") < len(self._ports) + 1:  # and the backend
            assert time.monotonic() < until_s
            time.sleep(0.01)  # polls: it tells nobody by itself

    def _asked(self, command: bytes) -> bytes:
        """Its answer, none as long as nobody can ask it."""
        with socket.socket(socket.AF_UNIX) as asked:
            try:
                asked.connect(str(self._stats))
            except (FileNotFoundError, ConnectionRefusedError):
                return b""
            asked.sendall(command)
            return b"".join(iter(lambda: asked.recv(65536), b""))


@contextmanager
def balancing(ports: Sequence[int], folder: Path) -> Iterator[Balancer]:
    """A balancer that has found all these servers; it has files in the folder."""
    balancer = Balancer(ports, folder)
    config = folder / "haproxy.cfg"
    config.write_text(balancer.config(), encoding="utf-8")
    with subprocess.Popen([program("haproxy"), "-db", "-f", str(config)]) as running:
        try:
            wait_listening(balancer.port)
            balancer.wait()
            yield balancer
        finally:
            running.kill()
