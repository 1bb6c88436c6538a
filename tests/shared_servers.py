"""The server that most tests ask: one by itself, or one of two that share their worlds."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from uuid import uuid4

from balancer import balanced
from process import Emulator, emulator
from redis_server import redis_server

NewWorld = Callable[[], str]

KINDS = ("one", "owner", "other", "turns")
"""One server alone; of two the one that has all worlds, or that has none, or each in turn."""


@contextmanager
def serving(kind: str) -> Iterator[tuple[Emulator, NewWorld]]:
    """The server to ask, and what gives the name of a world that nobody has used."""
    if kind == "one":
        with emulator("--ephemeral", stderr=None) as running:
            yield running, new_name
        return
    with ExitStack() as stack:
        redis = stack.enter_context(redis_server())
        redis.ask("SET", "tt:1:marker", "1")  # nobody waits for what nobody has
        flags = ("--shared", redis.url)
        owner = stack.enter_context(emulator(*flags, stderr=None))
        other = stack.enter_context(emulator(*flags, stderr=None))
        if kind == "turns":
            port = stack.enter_context(balanced([owner.port, other.port]))
            url = f"http://127.0.0.1:{port}"
            yield Emulator(other.child, other.facts | {"url": url, "port": port}), new_name
        else:
            yield (owner, new_name) if kind == "owner" else (other, lambda: _made_at(owner.port))


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
