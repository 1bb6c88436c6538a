"""What a call costs on its connection, fed from memory: no socket, and no data on disk."""

import statistics
import sys
import time
from collections.abc import Callable
from itertools import count, islice
from pathlib import Path

sys.path[1:1] = [str(Path(__file__).parents[1])]

# ruff: noqa: E402  # the tests' own modules lie above this one

from running import BODY

from fed_connection import connected
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
    """One write, as a program and as Chromium send it; its head is known, or new each time, or
    comes in a piece of its own, as Python's http.client sends it.
    """
    figures = {}
    for name, lines in SENDERS.items():
        for kind, (new, at) in KINDS.items():
            with connected() as (connection, _, _):
                costs = _costs_us(connection.data_received, lines, new=new, at=at)
            figures[f"a call, {name} head {kind}, us"] = statistics.median(costs)
    return figures


KINDS = {"known": (False, None), "new": (True, None), "apart": (False, -len(BODY))}


def _costs_us(
    receive: Callable[[bytes], None], lines: tuple[str, ...], *, new: bool, at: int | None
) -> list[float]:
    numbers = count(1)
    costs = []
    for _ in range(BATCHES):
        pieces = [
            piece
            for number in islice(numbers, CALLS)
            for call in [_call(number, lines, new=new)]
            for piece in ([call] if at is None else [call[:at], call[at:]])
        ]
        begun = time.thread_time()
        for piece in pieces:
            receive(piece)
        costs.append((time.thread_time() - begun) / CALLS * 1e6)
    return costs


def _call(number: int, lines: tuple[str, ...], *, new: bool) -> bytes:
    headers = [*lines, f"X-Emulator-Call: c-{number}", f"X-Other: {number if new else 0}"]
    return request("POST", "/tt/setUserCloudStorage", BODY.encode(), *headers)
