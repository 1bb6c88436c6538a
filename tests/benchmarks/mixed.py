"""Servers of two versions that share worlds, and what is asked of them beside calls."""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

from servers import REPOSITORY, interpreter

from haproxy import balancing
from process import Emulator, emulator
from quick_start import Life
from rawhttp import Wire, request
from repeating import GIVE_UP_S
from tt_emulator.client import Client
from tt_emulator.config import Settings
from tt_emulator.errors import NotReached, Refused
from two_servers import Start

PLAYERS = 3_000
VALUE = "x" * 900
"""With so many players an import is longer than one line of a log."""
LOGIN = "/tt/login"
TOO_LONG = 8 * 1024 * 1024
SCRIPT = REPOSITORY / "emulator" / "tt_emulator" / "web" / "tt.js"
GAME = """
import { createRequire } from 'node:module';
const { createTT } = createRequire(import.meta.url)(process.argv[1]);
const games = process.argv.slice(2).map((url) => createTT({ url, world: 'node', player: url }));
const call = (tt, api, options) => new Promise((success, fail) => {
  tt[api]({ ...options, success, fail });
});
let over = false;
let calls = 0;
let slowest = 0;
process.stdin.on('data', () => { over = true; });
async function play(tt) {
  const begun = performance.now();
  await call(tt, 'setUserCloudStorage', { KVDataList: [{ key: 'number', value: `${calls}` }] });
  const { KVDataList } = await call(tt, 'getUserCloudStorage', { keyList: ['number'] });
  if (KVDataList[0].value !== `${calls}`) throw new Error(JSON.stringify(KVDataList));
  slowest = Math.max(slowest, performance.now() - begun);
}
const told = {};
try {
  for (; !over; calls += 1) await Promise.all(games.map(play));
} catch (error) {
  told.wrong = error.message ?? error.errMsg;
}
console.log(JSON.stringify({ calls, slowest, ...told }));
process.exit();
"""


class _Child:
    """A process, as `multiprocessing` has one."""

    def __init__(self, child: "subprocess.Popen[str]") -> None:
        self.pid = child.pid
        self.kill, self.terminate, self.join = child.kill, child.terminate, child.wait


def of_tree(tree: Path) -> Start:
    """Starts servers of this checkout, by the Python of its `.venv`."""

    @contextmanager
    def start(settings: Settings) -> Iterator[Life]:
        python = str(interpreter(tree))
        flags = ("--shared", settings.shared or "")
        with emulator(*flags, port=settings.port, stderr=None, python=python) as running:
            yield _life(running)

    return start


def _life(running: Emulator) -> Life:
    return Life(_Child(running.child), running.port)  # type: ignore[arg-type]


class Other(Thread):
    """Whoever asks something else than calls, in a world of their own; `wrong` as of `Repeating`,
    `done` is how often it came right.
    """

    def __init__(self, ports: list[int], over: Event) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.done = 0
        self.name = type(self).__name__
        self._ports = ports
        self._over = over

    def run(self) -> None:
        """Ask until it is over."""
        clients = [Client(f"http://127.0.0.1:{port}", self.name.lower()) for port in self._ports]
        try:
            _repeated(lambda: clients[0].call("checkSession", {}))
            while not (self._over.is_set() and self.done):
                self.ask(clients)
                self.done += 1
        except Exception as error:
            self.wrong.append(f"{self.name}: {error!r}")

    def ask(self, clients: list[Client]) -> None:
        """Ask once."""


class Imports(Other):
    """Puts a large world in the place of another, and finds all of it, or all of the one before."""

    what = "a large world was imported, and found whole"
    _kept = 0

    def ask(self, clients: list[Client]) -> None:
        first, second = clients[self.done % 2], clients[(self.done + 1) % 2]
        sent = self.done + 1
        kept = {sent} if self._put(first, sent) else {sent, self._kept}
        players = _repeated(lambda: second.control("GET", "/v1/worlds/imports"))["players"]
        pairs = [pair for player in players for pair in player["KVDataList"]]
        found = {int(pair["value"].partition(":")[0]) for pair in pairs} or {0}
        if len(found) != 1 or not found <= kept or len(pairs) not in (0, PLAYERS):
            self.wrong.append(f"of import {sent} there are {len(pairs)} players, of {found}")
        self._kept = found.pop()

    def _put(self, client: Client, number: int) -> bool:
        """Whether it is known to be there; nobody else may have it refused."""
        pairs = [{"key": "score", "value": f"{number}:{VALUE}"}]
        players = [{"openid": f"p-{each}", "KVDataList": pairs} for each in range(PLAYERS)]
        world = {"schema": 1, "players": players}
        try:
            client.control("PUT", "/v1/worlds/imports", world)
        except (NotReached, Refused) as error:
            _require_away(error)
            return False
        return True


class TooLong(Other):
    """Sends what is no call, for its length: no server takes it for one."""

    what = "too long a body was no call"

    def ask(self, clients: list[Client]) -> None:
        world = f"X-Emulator-World: {self.name.lower()}"
        head = request("POST", LOGIN, None, world, f"Content-Length: {TOO_LONG}")
        try:
            with Wire(self._ports[self.done % 2]) as wire:
                wire.send(head)
                status = wire.answer().status
        except (OSError, IndexError, ValueError):
            return
        calls = _repeated(lambda: clients[0].control("GET", "/v1/requests"))["requests"]
        if status not in (413, 503) or len(calls) != 1:  # that by which the world began
            self.wrong.append(f"too long a body: {status}, and there are {len(calls)} calls")


def _require_away(error: Exception) -> None:
    """Raise what nobody should be told who asks again."""
    if isinstance(error, Refused) and error.status != 503:
        raise error


def _repeated(ask: Any) -> Any:
    """What is answered, as soon as somebody answers."""
    failed: Exception | None = None
    for _ in range(int(GIVE_UP_S / 0.1)):
        try:
            return ask()
        except (NotReached, Refused) as error:
            _require_away(error)
            failed = error
            Event().wait(0.1)
    raise TimeoutError(f"nobody answers: {failed!r}")


class InNode(Thread):
    """Two games in Node, by this checkout's `tt.js`, which have one address for all servers."""

    what = "two games by this tt.js saved and read, the longest took {:.0f} ms"

    def __init__(self, ports: list[int], over: Event) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.done = 0
        self._ports = ports
        self._over = over

    def run(self) -> None:
        """Play until it is over."""
        with tempfile.TemporaryDirectory() as folder, balancing(self._ports, Path(folder)) as way:
            command = ["node", "--input-type=module", "-e", GAME, "--", str(SCRIPT)]
            command += [f"http://127.0.0.1:{way.port}", f"http://localhost:{way.port}"]
            with subprocess.Popen(
                command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            ) as child:
                self._over.wait()
                told = json.loads(child.communicate("\n")[0])
        self.done, self.what = told["calls"], self.what.format(told["slowest"])
        if "wrong" in told:
            self.wrong.append(f"in Node: {told['wrong']}")
