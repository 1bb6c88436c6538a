"""The server that most tests ask: one by itself, or one of two that share their worlds."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

from balancer import balanced
from process import Emulator, emulator
from redis_server import redis_server

NewWorld = Callable[[], str]

KINDS = ("one", "owner", "other", "turns")
"""One server alone; of two the one that has all worlds, or that has none, or each in turn."""
_run = SimpleNamespace(kind="one")


def choose(kind: str) -> None:
    """Of which kind the servers of this run are."""
    _run.kind = kind


@contextmanager
def serving() -> Iterator[tuple[Emulator, NewWorld]]:
    """The server to ask, and what gives the name of a world that nobody has used."""
    with _started() as (asked, owner):
        yield asked, (lambda: _made_at(owner.port)) if _run.kind == "other" else new_name


@contextmanager
def ephemeral(*flags: str, stderr: int | None = None) -> Iterator[Emulator]:
    """A server with these flags and without files, for a test of its own; of two that share their
    worlds each has those that it was asked for first. Both log to `stderr`.
    """
    with _started(*flags, stderr=stderr) as (asked, _):
        yield asked


@contextmanager
def lasting(folder: Path) -> Iterator[Emulator]:
    """As `ephemeral`; what it has is kept, in the folder if it is one."""
    with _started(where=("--data", str(folder))) as (asked, _):
        yield asked


@contextmanager
def _started(
    *flags: str, where: Sequence[str] = ("--ephemeral",), stderr: int | None = None
) -> Iterator[tuple[Emulator, Emulator]]:
    """The server to ask, and the one that is to have the worlds; `where` one alone has its own."""
    with ExitStack() as stack:
        if _run.kind == "one":
            alone = stack.enter_context(emulator(*where, *flags, stderr=stderr))
            yield alone, alone
            return
        redis = stack.enter_context(redis_server())
        redis.ask("SET", "tt:1:marker", "1")  # nobody waits for what nobody has
        owner, other = (
            stack.enter_context(emulator("--shared", redis.url, *flags, stderr=stderr))
            for _ in range(2)
        )
        if _run.kind == "turns":
            port = stack.enter_context(balanced([owner.port, other.port]))
            url = f"http://127.0.0.1:{port}"
            yield Emulator(other.child, other.facts | {"url": url, "port": port}), owner
        else:
            yield (owner if _run.kind == "owner" else other), owner


def new_name() -> str:
    """The name of a world that nobody has."""
    return f"w-{uuid4().hex}"


def _made_at(port: int) -> str:
    """A world that this server has."""
    name = new_name()
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/tt/state", headers={"X-Emulator-World": name})
    assert connection.getresponse().status == 200
    connection.close()
    return name
