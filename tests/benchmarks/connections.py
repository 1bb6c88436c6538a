"""What a call costs on its connection, fed from memory: no socket, and no data on disk."""

import statistics
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

sys.path[1:1] = [str(Path(__file__).parents[1])]

# ruff: noqa: E402  # the tests' own modules lie above this one

from running import BODY

from fed import connected
from rawhttp import request

BATCHES = 21
CALLS = 2000

CHROMIUM = (
    "Connection: keep-alive",
    'sec-ch-ua-platform: "Linux"',
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140",
    'sec-ch-ua: "Chromium";v="140", "Not=A?Brand";v="24"',
    "Content-Type: application/json",
    "X-Emulator-Player: alice",
    "sec-ch-ua-mobile: ?0",
    "Accept: */*",
    "Origin: http://127.0.0.1:8000",
    "Sec-Fetch-Site: same-site",
    "Sec-Fetch-Mode: cors",
    "Sec-Fetch-Dest: empty",
    "Referer: http://127.0.0.1:8000/",
    "Accept-Encoding: gzip, deflate, br, zstd",
    "Accept-Language: zh-CN,zh;q=0.9",
)
SENDERS = {"a program's": ("Content-Type: application/json",), "Chromium's": CHROMIUM}


def on_a_connection() -> dict[str, float]:
    """One write, its head known or new, as a program and as Chromium send it."""
    figures = {}
    for name, lines in SENDERS.items():
        for kind, feed in (("known", _whole), ("that is read", _in_two)):
            with connected() as (connection, _, _):
                costs = _costs_us(
                    lambda data, feed=feed: feed(connection.data_received, data), lines
                )
            figures[f"a call, {name} head {kind}, us"] = statistics.median(costs)
    return figures


def _costs_us(send: Callable[[bytes], None], lines: tuple[str, ...]) -> list[float]:
    ids = count(1)
    costs = []
    for _ in range(BATCHES):
        calls = [
            request(
                "POST",
                "/tt/setUserCloudStorage",
                BODY.encode(),
                f"X-Emulator-Call: c-{next(ids)}",
                *lines,
            )
            for _ in range(CALLS)
        ]
        begun = time.thread_time()
        for call in calls:
            send(call)
        costs.append((time.thread_time() - begun) / CALLS * 1e6)
    return costs


def _whole(receive: Callable[[bytes], None], data: bytes) -> None:
    receive(data)


def _in_two(receive: Callable[[bytes], None], data: bytes) -> None:
    receive(data[:-1])
    receive(data[-1:])
