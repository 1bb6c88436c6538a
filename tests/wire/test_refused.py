"""A refused request on the real server, whatever its route: no body is read, one line is logged."""

import re
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from process import Emulator, emulator
from rawhttp import Game, Wire, pair, request
from wire.connection.test_guard_cache import ROUTES, is_of_backends, is_public

BIG = 60_000_000
FORGED = "\nERROR forged\x1b[31m\x9b\u202e\x07"
ESCAPED = r"\nERROR forged\x1b[31m\x9b\u202e\x07"

linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc tells the memory")


class Watched:
    """A server, and what it logs."""

    def __init__(self, running: Emulator, log: Path) -> None:
        self.running = running
        self.port = running.port
        self._log = log
        self._read = len(self._lines())

    def logged(self) -> list[str]:
        """The lines since the last look; they are written before the answer is sent."""
        lines = self._lines()
        new, self._read = lines[self._read :], len(lines)
        return new

    def _lines(self) -> list[str]:
        return self._log.read_bytes().decode("utf-8").split("\n")[:-1]

    def most_memory_kb(self) -> int:
        status = Path(f"/proc/{self.running.child.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1])  # type: ignore[index]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    log = tmp_path_factory.mktemp("log") / "log.txt"
    with log.open("wb") as file, emulator("--ephemeral", stderr=file.fileno()) as running:
        Game(running.port, "default").ask(request("GET", "/tt/state"))  # Flask is there from now on
        yield Watched(running, log)


HOSTILE = {
    "another host": ("evil.example", []),
    "another origin": ("localhost", ["Origin: https://evil.example"]),
    "a frame without origin": ("localhost", ["Origin: null"]),
}


@pytest.mark.parametrize("waits", [[], ["Expect: 100-continue"]], ids=["", "waits"])
@pytest.mark.parametrize(("host", "lines"), HOSTILE.values(), ids=HOSTILE)
def test_every_route_refuses_at_the_head_in_one_line_and_changes_nothing(
    watched: Watched, new_world: str, host: str, lines: list[str], waits: list[str]
) -> None:
    game = Game(watched.port, new_world)
    game.ask(game.post("/tt/setUserCloudStorage", pair("1")))
    watched.logged()
    routes = [
        route
        for route in ROUTES
        if host != "localhost" or not (is_public(route) or is_of_backends(route))
    ]
    for method, path, _ in routes:
        length = f"Content-Length: {BIG}"
        with Wire(watched.port) as wire:
            wire.send(request(method, path, None, game.world, length, *lines, *waits, host=host))
            answer = wire.answer(head=method == "HEAD")
            assert answer.status == 403, (method, path)
            assert answer.headers["connection"] == "close", (method, path)

    log = watched.logged()
    assert len(log) == len(routes)
    assert all(line.startswith("WARNING ") and line.isprintable() for line in log)
    assert game.saved() == "1"
    assert [each["id"] for each in game.exchanges()] == [1, 2]


PLACES: dict[str, Callable[[str], bytes]] = {
    "a path": lambda text: request(
        "GET", f"/__emulator/{text}", None, "Sec-Fetch-Site: cross-site"
    ),
    "a player": lambda text: request("PUT", f"/__emulator/v1/players/{text}", b"{}"),
    "a fault": lambda text: request("DELETE", f"/__emulator/v1/faults/{text}"),
    "a world": lambda text: request("GET", f"/__emulator/v1/worlds/{text}"),
    "a snapshot": lambda text: request("POST", f"/__emulator/v1/snapshots/{text}/restore"),
    "an API": lambda text: request("POST", f"/tt/{text}", b"{}"),
    "an API asked for": lambda text: request("GET", f"/__emulator/v1/errors?api={text}"),
    "a header": lambda text: request("POST", "/tt/login", b"{}", f"X-Emulator-World: {text}"),
    "a domain": lambda text: request("POST", "/tt/login", b"{}", f"X-Emulator-Domain: {text}"),
    "a parameter": lambda text: request("DELETE", f"/__emulator/v1/requests?{text}=1"),
    "a body": lambda text: request(
        "POST", "/tt/login", b'{"a":1,' + text.encode() + b"}", "Content-Type: application/json"
    ),
    "a field": lambda text: request(
        "POST",
        "/__emulator/v1/faults",
        b'{"' + text.replace("%", "\\\\u00").encode() + b'":1}',
        "Content-Type: application/json",
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_what_a_stranger_chose_is_logged_in_one_line_that_steers_nothing(
    watched: Watched, place: str
) -> None:
    quoted = "".join(f"%{byte:02x}" for byte in FORGED.encode())
    watched.logged()
    with Wire(watched.port) as wire:
        wire.send(PLACES[place](quoted))
        status = wire.answer().status

    assert status >= 400
    (line,) = watched.logged()
    assert line.startswith("WARNING ")
    assert line.isprintable()


def test_the_log_shows_what_was_there(watched: Watched) -> None:
    watched.logged()
    with Wire(watched.port) as wire:
        quoted = "".join(f"%{byte:02x}" for byte in FORGED.encode())
        wire.send(PLACES["a path"](quoted))
        wire.answer()

    (line,) = watched.logged()
    assert line.startswith(f"WARNING GET /__emulator/{ESCAPED}: The control plane is for ")


def test_a_long_path_is_logged_in_part(watched: Watched) -> None:
    watched.logged()
    with Wire(watched.port) as wire:
        wire.send(request("GET", f"/__emulator/{'x' * 60_000}", None, "Origin: null"))
        assert wire.answer().status == 403

    (line,) = watched.logged()
    assert len(line) < 1_000


@linux
@pytest.mark.parametrize("path", ["/__emulator/v1/reset", "/tt/setUserCloudStorage", "/nothing"])
def test_eight_large_bodies_for_another_host_take_no_memory(watched: Watched, path: str) -> None:
    before_kb = watched.most_memory_kb()
    piece = b"\0" * 1_000_000

    def post(_: int) -> int:
        with Wire(watched.port) as wire:
            wire.send(request("POST", path, None, f"Content-Length: {BIG}", host="evil.example"))
            with suppress(ConnectionError):  # it does not read to the end
                for _ in range(BIG // len(piece)):
                    wire.send(piece)
            return wire.answer().status

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(post, range(8))) == [403] * 8

    assert watched.most_memory_kb() - before_kb < 8_000
