"""How long a large world keeps Redis from the worlds of another server."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

from loud import KINDS
from neighbours import BODY, WORLD_HEADER, loud, quiet
from running import running
from servers import ours

from rawhttp import Wire, request
from redis_server import RedisServer, redis_server

TAKEOVER = "takeover"


def large(seconds: int) -> None:
    """Print how long the calls of a quiet client take at one server, and the longest command of
    Redis, while the other one imports, keeps and restores a world of 18 MB again and again; and
    when the first takes it over.
    """
    with ExitStack() as undo:
        redis = undo.enter_context(redis_server())
        redis.ask("SET", "tt:1:marker", "1")
        redis.ask("CONFIG", "SET", "slowlog-log-slower-than", 1000)
        redis.ask("CONFIG", "SET", "slowlog-max-len", 100_000)
        owner, other = (
            undo.enter_context(running(ours("--shared", redis.url, name=name)))
            for name in ("the owner", "the other")
        )
        tell("nobody", redis, other.port, seconds)
        for kind in KINDS:
            with loud(owner, kind, Path(), []):
                tell(kind, redis, other.port, seconds)
        owner.stop()
        with asking(other.port):
            tell(TAKEOVER, redis, other.port, seconds)


@contextmanager
def asking(port: int) -> Iterator[None]:
    """Meanwhile the large world is asked for, once: who has it has died."""

    def ask() -> None:
        while True:
            with Wire(port) as wire:
                wire.send(request("POST", "/tt/setUserCloudStorage", BODY.encode(), WORLD_HEADER))
                if wire.answer().status == 200 or over.is_set():
                    return

    over = Event()
    thread = Thread(target=ask)
    thread.start()
    yield
    over.set()
    thread.join()


def tell(what: str, redis: RedisServer, port: int, seconds: int) -> None:
    redis.ask("SLOWLOG", "RESET")
    waited = quiet(port, seconds)
    with redis.client() as client:
        slow = sorted(client.slowlog_get(-1), key=lambda entry: -entry["duration"])
    longest = "none of 1 ms"
    if slow:
        name = slow[0]["command"][:9].decode(errors="replace")
        longest = f"{slow[0]['duration'] / 1000:.1f} ms ({name})"
    print(
        f"{what}: a call of another server's world p50 {waited.p50_ms:.2f} ms,"
        f" p99 {waited.p99_ms:.1f} ms, longest {waited.worst_ms:.0f} ms;"
        f" longest command of Redis {longest}",
        flush=True,
    )


if __name__ == "__main__":
    large(int(sys.argv[1]))
