"""A head that is known is not read again, and nobody can tell."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fed_connection import connected, fed
from harness import Bench
from rawhttp import request
from tt_emulator.platforms.tt.pages import load
from tt_emulator.wire.connection.response_bytes import ResponseOptions
from tt_emulator.wire.game_api import CallTarget, read_call
from tt_emulator.wire.hot.head_cache import (
    MAX_HEAD_BYTES,
    MAX_HEADS,
    CachedHead,
    HeadCache,
    Request,
    cut,
)
from tt_emulator.wire.original import Original

API = load().apis["getUserCloudStorage"]
ENGINE = Bench().engine
RESPONSE_OPTIONS = ResponseOptions(b"", None, keep_alive=True)
BODY = b'{"keyList":["a"]}'
SET = json.dumps({"KVDataList": [{"key": "a", "value": "1"}]}).encode()


def call(*lines: str, body: bytes = BODY) -> bytes:
    return request("POST", "/tt/getUserCloudStorage", body, *lines)


def read(player: str = "alice", call_id: str | None = None, body: bytes = BODY) -> Request:
    """What a call is read as."""
    target = CallTarget(API, "w", player, "main")
    head = CachedHead(target, RESPONSE_OPTIONS, len(body), ENGINE, read_call)
    return Request(head, call_id, body)


class Memory:
    """A cache of heads, used by whole requests."""

    def __init__(self) -> None:
        self.head_cache = HeadCache()

    def remember(self, data: bytes, request: Request) -> None:
        parts = cut(data)
        assert parts is not None
        self.head_cache.remember(parts, request)

    def find(self, data: bytes) -> Request | None:
        parts = cut(data)
        found = None if parts is None else self.head_cache.find(parts)
        if found is None:
            return None
        assert found.original() == Original(*data.split(b"\r\n\r\n", 1))
        return replace(found, sent=None)


def knowing(data: bytes, request: Request) -> Memory:
    memory = Memory()
    memory.remember(data, request)
    return memory


def with_id(call_id: str) -> bytes:
    return call(f"X-Emulator-Call: {call_id}", "X-Emulator-Player: alice")


def test_the_same_head_is_known_with_any_call_id_and_any_body_of_its_length():
    cache = knowing(with_id("c-1"), read(call_id="c-1"))
    other = BODY.replace(b"a", b"b")

    assert cache.find(with_id("c-2").replace(BODY, other)) == read(call_id="c-2", body=other)


def test_the_id_may_stand_last_or_be_absent():
    last = f"Content-Length: {len(BODY)}"
    with_last = call("X-Emulator-Player: alice").replace(
        last.encode(), last.encode() + b"\r\nX-Emulator-Call: c"
    )

    assert knowing(call(), read()).find(call()) == read()
    assert knowing(with_last, read(call_id="c")).find(with_last) == read(call_id="c")
    assert knowing(with_last, read(call_id="c")).find(with_last + b"\r\nX: y") is None


@pytest.mark.parametrize("line", ["X-Emulator-Player: bob", "Origin: http://evil.example"])
def test_a_line_more_after_the_id_is_another_head(line: str):
    def ending(lines: str) -> bytes:
        return f"POST /tt/getUserCloudStorage HTTP/1.1\r\nX-Emulator-Call: c{lines}".encode()

    cache = knowing(ending("\r\n\r\n"), read(call_id="c", body=b""))

    assert cache.find(ending("\r\n\r\n")) is not None
    assert cache.find(ending(f"\r\n{line}\r\n\r\n")) is None


@pytest.mark.parametrize("length", [40, 55, 60, 70])
def test_a_head_that_is_not_over_is_not_found(length: int):
    empty = b"POST /tt/getUserCloudStorage HTTP/1.1\r\nX-Emulator-Call: c\r\nHost: localhost"
    cache = knowing(empty + b"\r\n\r\n", read(call_id="c", body=b""))

    assert cache.find(empty) is None
    assert cache.find(empty[:length]) is None


@pytest.mark.parametrize(
    "data",
    {
        "another player": with_id("c").replace(b"alice", b"bob  "),
        "one player more": with_id("c").replace(b"alice", b"alice\r\nX-Emulator-Player: bob"),
        "another spelling": with_id("c").replace(b"X-Emulator-Call", b"x-emulator-call"),
        "an id that has to be read": with_id("a%20b"),
        "no id": with_id(""),
        "an id over two lines": with_id("c\r\n d"),
        "too long an id": with_id("c" * 129),
        "a part of the body": with_id("c")[:-1],
        "more than the body": with_id("c") + b"P",
        "a part of the head": with_id("c")[:60],
        "nothing": b"",
        "an empty line": b"\r\n\r\n",
    }.items(),
    ids=lambda named: named[0],
)
def test_what_differs_in_anything_else_is_not(data: tuple[str, bytes]):
    assert knowing(with_id("c-1"), read(call_id="c-1")).find(data[1]) is None


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (call("X-Emulator-Call: a", "X-Emulator-Call: b"), read(call_id="b")),
        (call("X-Emulator-Call: b", "X-Emulator-Call: b"), read(call_id="b")),
        (call("x-emulator-call: a"), read(call_id="a")),
        (call("X-Emulator-Call: a", "X: " + "y" * MAX_HEAD_BYTES), read(call_id="a")),
        (call("X-Emulator-Call: a\r\n b"), read(call_id="a b")),
    ],
    ids=["two ids", "one id twice", "another spelling", "long", "an id over two lines"],
)
def test_a_head_that_cannot_be_known_by_its_bytes_is_not_remembered(data: bytes, found: Request):
    assert knowing(data, found).find(data) is None


def test_of_a_body_in_chunks_no_part_is_taken_for_another_body():
    chunked = request("POST", "/tt/getUserCloudStorage", None, "Transfer-Encoding: chunked")
    cache = knowing(chunked + b"2\r\n{}\r\n0\r\n\r\n", read(body=b"{}"))

    assert cache.find(chunked + b"2\r") is None


def test_the_heads_of_a_thousand_players_are_known_at_once():
    cache = Memory()
    calls = [call(f"X-Emulator-Player: p{number}") for number in range(1000)]
    for number, data in enumerate(calls):
        cache.remember(data, read(f"p{number}"))

    assert [cache.find(data) for data in calls] == [read(f"p{number}") for number in range(1000)]


def test_they_do_not_become_ever_more():
    cache = Memory()
    calls = [call(f"X-Emulator-Player: p{number}") for number in range(MAX_HEADS + 2)]
    for number, data in enumerate(calls):
        cache.remember(data, read(f"p{number}"))

    assert [cache.find(data) for data in calls[:2]] == [None, None]
    assert sum(cache.find(data) is not None for data in calls) == MAX_HEADS


def test_a_head_that_was_read_is_not_read_again():
    with connected() as (connection, transport, bench):
        connection.data_received(with_id("c-1"))
        connection.parser = None  # type: ignore[assignment]  # nothing is left to read with
        connection.data_received(with_id("c-2"))

    assert transport.written.count(b"HTTP/1.1 200 OK") == 2
    assert [each.call.call_id for each in bench.world.journal.find()] == ["c-1", "c-2"]


def test_the_rest_of_a_request_is_no_head():
    whole = with_id("c-1")
    rest = whole[whole.index(b"X-Emulator-Player") :]

    transport, _ = fed([whole[: -len(rest)], rest, rest])

    assert transport.written.count(b"HTTP/1.1 200 OK") == 1
    assert b"HTTP/1.1 400" in transport.written


def test_a_connection_on_which_known_calls_come_is_not_idle():
    with connected() as (connection, transport, _):
        for _ in range(3):
            connection.data_received(call())
            connection.timeout_keep_alive_handler()
            assert not transport.closed
        connection.timeout_keep_alive_handler()

    assert transport.closed


IDS = ["c", "d", "a%20b", "%zz", "", " c ", "\xe9", "c\r\n d", "c" * 200]
LINES = st.sampled_from(
    [f"{name}{id}" for name in ("X-Emulator-Call: ", "x-emulator-call:") for id in IDS]
    + [
        "X-Emulator-Player: alice",
        "X-Emulator-World: no world!",
        "Origin: http://localhost:8000",
        "Origin: http://evil.example",
        "Accept-Language: zh-CN",
        "Expect: 100-continue",
        "Upgrade: websocket",
        "Connection: close",
        "Connection: keep-alive, Upgrade",
    ]
)
REQUESTS = st.builds(
    lambda path, body, lines: request("POST", path, body, *lines),
    st.sampled_from(["/tt/setUserCloudStorage", "/tt/setUserCloudStorage?x", "/tt/no"]),
    st.sampled_from([SET, SET.replace(b"1", b"2"), b"{", b""]),
    st.lists(LINES, max_size=3),
)


CutRequest = tuple[bytes, int | None]
"""A request, and where it is cut in two; `None` if it comes whole."""


@st.composite
def conversations(draw: st.DrawFn) -> list[CutRequest]:
    pool = draw(st.lists(REQUESTS, min_size=1, max_size=3))
    places = st.none() | st.none() | st.integers(1, 300)
    return draw(st.lists(st.tuples(st.sampled_from(pool), places), min_size=2, max_size=8))


def pieces(requests: list[CutRequest], always: int | None = None) -> Iterator[bytes]:
    for sent, place in requests:
        at = always or place or len(sent)
        yield from filter(None, (sent[:at], sent[at:]))


@settings(max_examples=300, deadline=None)
@given(conversations())
def test_whatever_is_asked_a_known_head_is_answered_as_one_that_is_read(requests: list[CutRequest]):
    whole, behind_whole = fed(list(pieces(requests)))
    read, behind_read = fed(list(pieces(requests, always=7)))  # nothing whole, so each head is read

    assert (whole.written, whole.closed) == (read.written, read.closed)
    assert [each.view() for each in behind_whole.world.journal.find()] == [
        each.view() for each in behind_read.world.journal.find()
    ]
