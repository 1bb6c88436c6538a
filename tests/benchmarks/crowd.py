"""A process of those who listen, wait, or send without reading: `crowd.py PORT KIND…`.

It says `ready` once all are served, and ends when its input does.
"""

import json
import selectors
import socket
import sys
import threading
from collections.abc import Callable

sys.path[1:1] = [__file__.rpartition("benchmarks")[0]]

# ruff: noqa: E402  # the tests' own modules lie above this one

from descriptors import descriptors
from rawhttp import request

MANY = 1000
PIPELINED = 100_000
JSON = "Content-Type: application/json"


def streams(number: int, world: str) -> list[bytes]:
    """So many who listen to that world."""
    return [request("GET", "/__emulator/v1/events", None, f"X-Emulator-World: {world}")] * number


def waits(number: int, world: str) -> list[bytes]:
    """So many who wait for calls that do not come."""
    body = json.dumps({"match": {"player": "nobody"}, "timeout_ms": 120_000}).encode()
    lines = f"X-Emulator-World: {world}", JSON
    return [request("POST", "/__emulator/v1/requests/wait", body, *lines)] * number


CROWDS: dict[str, Callable[[], list[bytes]]] = {
    "1,000 listen and 1,000 wait elsewhere": lambda: (
        streams(MANY, "elsewhere") + waits(MANY, "elsewhere")
    ),
    "1,000 listen and 1,000 wait there": lambda: streams(MANY, "default") + waits(MANY, "default"),
    "64 listen there": lambda: streams(64, "default"),
    "one waits among 100,000 players": lambda: waits(1, "default"),
    "one pipelines and never reads": lambda: [request("POST", "/tt/login", b"{}") * PIPELINED],
}


def main(port: int, name: str) -> None:
    """Hold the crowd of that name on the server."""
    reads = selectors.DefaultSelector()
    with descriptors(3 * MANY):
        for sent in CROWDS[name]():
            one = socket.create_connection(("127.0.0.1", port))
            if len(sent) > 65536:
                threading.Thread(target=one.sendall, args=(sent,), daemon=True).start()
                continue
            one.sendall(sent)
            reads.register(one, selectors.EVENT_READ)
            if b"/events" in sent:
                one.recv(65536)
        threading.Thread(target=_read, args=(reads,), daemon=True).start()
        print("ready", flush=True)
        sys.stdin.read()


def _read(reads: selectors.BaseSelector) -> None:
    while True:
        for key, _ in reads.select(1):
            if isinstance(key.fileobj, socket.socket) and not key.fileobj.recv(1 << 20):
                reads.unregister(key.fileobj)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
