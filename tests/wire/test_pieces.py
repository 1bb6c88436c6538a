"""Calls on one connection, in whatever pieces the network delivers them.

The connection is fed by hand, because on a real socket nobody decides where a piece ends.
"""

import asyncio
import json
import re
from itertools import pairwise
from typing import Any

import pytest
import uvicorn
from hypothesis import example, given, settings
from hypothesis import strategies as st
from uvicorn.server import ServerState

from bench import Bench
from emulator.config import Settings
from emulator.wire.guard import Guard
from emulator.wire.protocol import game_protocol
from rawhttp import request

SET, GET = "/tt/setUserCloudStorage", "/tt/getUserCloudStorage"


class Transport(asyncio.Transport):
    """Keeps what was written, until it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.closed = False

    def write(self, data: Any) -> None:
        self.written += b"" if self.closed else bytes(data)

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None:
        """Nothing more comes than what the test hands over."""

    def resume_reading(self) -> None:
        """As above."""


async def no_app(scope: Any, receive: Any, send: Any) -> None:
    """Stands where Flask does; the streams below do not get there."""


def heard(pieces: list[bytes]) -> tuple[list[tuple[int, Any]], bool, Bench]:
    """The answers to the pieces, whether the connection was closed, and the engine behind it."""
    bench = Bench()
    loop = asyncio.new_event_loop()
    config = uvicorn.Config(no_app, ws="none")
    made = game_protocol(bench.engine, Guard(Settings(), None))
    connection = made(config, ServerState(), {}, loop)
    transport = Transport()
    connection.connection_made(transport)
    for piece in pieces:
        if not transport.closed:
            connection.data_received(piece)
    loop.close()
    parts = re.split(rb"HTTP/1\.1 (\d+) [^\r]*\r\n", transport.written)[1:]
    answers = [
        (int(status), json.loads(rest.partition(b"\r\n\r\n")[2]))
        for status, rest in zip(parts[::2], parts[1::2], strict=True)
    ]
    return answers, transport.closed, bench


def save(value: str, *lines: str, padding: int = 0) -> bytes:
    options = {"KVDataList": [{"key": "score", "value": value}], "padding": "p" * padding}
    return request("POST", SET, json.dumps(options).encode(), *lines)


READ = request("POST", GET, b'{"keyList":["score"]}')
PARTS = [b'{"KVDataLis', b't":[{"key":"s', b'core","value":"chunked"}]}']
CHUNKED = (
    request("POST", SET, None, "Transfer-Encoding: chunked")
    + b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in PARTS)
    + b"0\r\n\r\n"
)
BAD = request("POST", "/tt/no", b"{}") + READ.replace(b"[", b"{")
STREAMS = {
    "a call": save("1"),
    "a write and a read": save("1") + READ,
    "in chunks": CHUNKED + READ,
    "two bad ones between": save("1")
    + request("POST", "/tt/no", b"{}")
    + READ.replace(b"[", b"{")
    + READ,
    "long": save("1", padding=200_000) + save("2") + READ,
    "longer than the limit": save("1", padding=1_100_000) + save("2") + READ,
    "a long head": save("1", "X: " + "y" * 60_000) + READ,
}
WHOLE = {name: heard([stream])[0] for name, stream in STREAMS.items()}


def cut(stream: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted({place % len(stream) for place in places}), len(stream)]
    return [stream[a:b] for a, b in pairwise(edges) if a < b]


def test_the_streams_are_answered_as_they_should_be() -> None:
    ok = (200, {"errMsg": "setUserCloudStorage:ok"})

    assert WHOLE["a call"] == [ok]
    assert [status for status, _ in WHOLE["two bad ones between"]] == [200, 404, 400, 200]
    assert [status for status, _ in WHOLE["longer than the limit"]] == [413, 200, 200]
    values = {
        name: answers[-1][1]["data"][0]["value"]
        for name, answers in WHOLE.items()
        if name != "a call"
    }
    assert values == {
        "a write and a read": "1",
        "in chunks": "chunked",
        "two bad ones between": "1",
        "long": "2",
        "longer than the limit": "2",
        "a long head": "1",
    }


@settings(max_examples=80, deadline=None)
@given(name=st.sampled_from(sorted(STREAMS)), places=st.lists(st.integers(0, 2**21), max_size=12))
@example(name="long", places=[200_400])
@example(name="longer than the limit", places=[1_100_300, 1_100_310])
def test_where_a_stream_is_cut_changes_nothing(name: str, places: list[int]) -> None:
    answers, closed, _ = heard(cut(STREAMS[name], places))

    assert answers == WHOLE[name]
    assert not closed


@pytest.mark.parametrize("name", ["a call", "a write and a read", "in chunks"])
def test_a_stream_may_come_byte_by_byte(name: str) -> None:
    assert heard([bytes([byte]) for byte in STREAMS[name]])[0] == WHOLE[name]


@given(length=st.integers(0, len(STREAMS["a call"]) - 1))
def test_a_call_that_has_not_come_to_its_end_has_done_nothing(length: int) -> None:
    answers, _, bench = heard([STREAMS["a call"][:length]])

    assert answers == []
    assert bench.world.journal.find() == []


@pytest.mark.parametrize("before", [b"", save("1", padding=200_000)])
@pytest.mark.parametrize("piece", [1000, 30_000, 2**18])
def test_a_head_without_end_is_refused_wherever_it_begins(before: bytes, piece: int) -> None:
    stream = before + request("POST", SET)[:-2] + b"X: " + b"y" * 2**20

    answers, closed, _ = heard([stream[at : at + piece] for at in range(0, len(stream), piece)])

    assert [status for status, _ in answers] == [200] * bool(before) + [431]
    assert closed


@settings(max_examples=100, deadline=None)
@given(pieces=st.lists(st.binary(max_size=60) | st.sampled_from([save("1"), READ, b"\r\n"])))
def test_whatever_comes_every_answer_is_json(pieces: list[bytes]) -> None:
    answers, closed, _ = heard(pieces)

    assert {status for status, _ in answers} <= {200, 400, 403, 404, 431}
    assert closed or 400 not in [status for status, _ in answers[:-1]]
