"""A Redis of the tests' own: started and killed by them."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from redis import Redis
from redis.exceptions import ConnectionError as NotConnected

from required_programs import program

START_S = 20
KEEPS = ("--save", "", "--appendonly", "yes", "--appendfsync", "everysec")


class RedisServer:
    """Listens on a socket in a short folder: a path of a socket has some 100 characters at most."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.url = f"unix://{folder / 'redis'}"
        self._folder = folder
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Returns when it answers and has read its file."""
        command = [program("redis-server"), "--port", "0", "--unixsocket", self._folder / "redis"]
        command += ["--dir", self._folder, *KEEPS, *self._options]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        until = time.monotonic() + START_S
        while True:
            try:
                self.client().ping()
            except NotConnected:
                told = (self._folder / "log").read_text(encoding="utf-8", errors="replace")
                assert self._process.poll() is None, told
                assert time.monotonic() < until, told
                time.sleep(0.01)
            else:
                return

    def client(self) -> "Redis":
        return Redis.from_url(self.url, single_connection_client=False)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._process = None

    def ask(self, *command: str | bytes | int) -> object:
        with self.client() as client:
            return client.execute_command(*command)


@contextmanager
def redis_server(*options: str) -> Iterator[RedisServer]:
    folder = Path(mkdtemp(prefix="redis-"))
    server = RedisServer(folder, *options)
    try:
        server.start()
        yield server
    finally:
        if server._process is not None:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)
