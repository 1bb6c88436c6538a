"""What a head decides is answered at the head; of a body no more is kept than may be."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fed_connection import connected, fed, responses_to
from rawhttp import request
from tt_emulator.errors import Overloaded
from tt_emulator.wire.bodies import MAX_IMPORT_BYTES, MAX_STORY_BYTES, UNCOUNTED_BYTES, UnderWay
from tt_emulator.wire.connection.pending import Waiting
from tt_emulator.wire.connection.receiving import UNREAD

MIB = 1024 * 1024
SET = "/tt/setUserCloudStorage"
SAVE = b'{"KVDataList":[{"key":"score","value":"1"}]}'
JSON = "Content-Type: application/json"
EVIL = "Origin: https://evil.example"
ROUTES = [
    ("POST", SET),
    ("POST", "/tt/nothing"),
    ("PUT", "/__emulator/v1/worlds/default"),
    ("POST", "/__emulator/v1/reset"),
    ("POST", "/"),
    ("PUT", "/nothing"),
    ("GET", "/tt/state"),
]


def head(method: str, path: str, length: int, *lines: str, host: str = "localhost") -> bytes:
    return request(method, path, None, f"Content-Length: {length}", *lines, host=host)


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize(
    ("host", "lines", "status"),
    [
        ("evil.example", [], 403),
        ("evil.example", ["Expect: 100-continue"], 403),
        ("localhost", [EVIL], 403),
        ("localhost", [EVIL, "Expect: 100-continue"], 403),
        ("localhost", ["X-Emulator-World: a", "X-Emulator-World: b"], 400),
        ("localhost", ["X_Emulator_World: a", "Expect: 100-continue"], 400),
    ],
    ids=str,
)
def test_who_is_refused_is_told_so_at_the_head(
    method: str, path: str, host: str, lines: list[str], status: int
) -> None:
    answers, closed, bench = responses_to([head(method, path, 60_000, *lines, host=host)])

    assert [answer[0] for answer in answers] == [status]
    assert closed is ("Expect: 100-continue" in lines)
    assert bench.world.journal.find() == []


LIMITS = [
    ("POST", SET, MIB),
    ("POST", "/__emulator/v1/reset", MIB),
    ("PUT", "/__emulator/v1/faults", MIB),
    ("PUT", "/__emulator/v1/worlds/w", MAX_IMPORT_BYTES),
    ("POST", "/__emulator/v1/replay", MAX_STORY_BYTES),
    ("PUT", "/__emulator/v1/replay", MIB),
    ("POST", "/__emulator/v1/worlds/w", MIB),
    ("DELETE", "/__emulator/v1/worlds/w", MIB),
    ("GET", "/tt.js", MIB),
]


@pytest.mark.parametrize(("method", "path", "limit"), LIMITS)
def test_a_length_over_the_limit_of_its_route_is_refused_at_the_head(
    method: str, path: str, limit: int
) -> None:
    over, closed, _ = responses_to([head(method, path, limit + 1, JSON)])
    at, _, _ = responses_to([head(method, path, limit, JSON)])

    ((status, document),) = over
    assert (status, document["code"]) == (413, "too-large")
    assert document["hint"]
    assert not closed
    assert at == []


def test_who_waits_for_100_continue_gets_it_when_it_is_admitted_and_only_then() -> None:
    waiting = head("POST", SET, len(SAVE), "Expect: 100-continue")

    transport, bench = fed([waiting])
    assert transport.written == b"HTTP/1.1 100 Continue\r\n\r\n"
    transport, bench = fed([waiting, SAVE])
    assert transport.written.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 ")
    assert len(bench.world.journal.find()) == 1
    assert (
        b"100 Continue" not in fed([head("POST", SET, 2 * MIB, "Expect: 100-continue")])[0].written
    )


def chunked(path: str, *lines: str) -> bytes:
    return request("POST", path, None, "Transfer-Encoding: chunked", *lines)


def chunk(size: int) -> bytes:
    return b"%x\r\n%b\r\n" % (size, b"x" * size)


def test_a_body_in_chunks_is_refused_as_soon_as_it_is_too_long() -> None:
    stream = [chunked(SET), chunk(MIB), chunk(1)]

    assert responses_to(stream[:2])[0] == []
    assert [status for status, _ in responses_to(stream)[0]] == [413]


@pytest.mark.parametrize("lines", [[EVIL], []])
def test_what_comes_of_a_refused_body_goes_unread_and_the_connection_goes_on(
    lines: list[str],
) -> None:
    length = 500_000 if lines else 2 * MIB
    pieces = [head("POST", SET, length, *lines), b"x" * (length - 1), b"x"]

    answers, closed, bench = responses_to([*pieces, request("POST", SET, SAVE)])

    assert [status for status, _ in answers] == [403 if lines else 413, 200]
    assert not closed
    assert len(bench.world.journal.find()) == 1


@pytest.mark.parametrize(
    ("lines", "most"), [([EVIL], MIB), (["Content-Type: text/plain"], UNREAD * MIB)]
)
def test_whose_refused_body_has_no_end_loses_the_connection(lines: list[str], most: int) -> None:
    piece = b"x" * MIB
    with connected() as (connection, transport, _):
        connection.data_received(head("POST", SET, 10**12, *lines))
        assert b"\r\nConnection: close\r\n" in transport.written
        read = 0
        while not transport.closed:
            connection.data_received(piece)
            read += len(piece)

    assert read <= most + 2 * MIB


def test_a_refusal_ends_the_connection_where_its_client_says_so() -> None:
    answers, closed, _ = responses_to(
        [request("GET", "/tt/state", None, EVIL, "Connection: close")]
    )

    assert [status for status, _ in answers] == [403]
    assert closed


def test_the_answer_to_a_refused_head_request_has_no_body() -> None:
    transport, _ = fed([request("HEAD", "/", None, EVIL), request("POST", SET, SAVE)])

    first, _, rest = transport.written.partition(b"\r\n\r\n")
    assert first.startswith(b"HTTP/1.1 403 ")
    assert b"Content-Length: 0" not in first
    assert rest.startswith(b"HTTP/1.1 200 ")


def test_a_refusal_has_its_turn_behind_an_answer_that_is_owed() -> None:
    """Or it would be taken for that answer."""
    with connected(_pass_on=owe) as (connection, transport, _):
        connection.data_received(request("GET", "/tt/state"))
        connection.data_received(request("POST", SET, SAVE, EVIL) + request("POST", SET, SAVE))
        assert transport.written == b""

        connection.owed.response_complete = True
        connection.on_response_complete()
        connection.loop.run_until_complete(settled(connection))

    statuses = [each.split()[0] for each in transport.written.split(b"HTTP/1.1")[1:]]
    assert statuses == [b"403", b"200"]


@pytest.mark.parametrize(
    "last", [request("GET", "/tt/state", None, EVIL), request("POST", SET, SAVE), b""]
)
def test_what_cannot_be_read_ends_the_connection_after_the_answers_that_are_owed(
    last: bytes,
) -> None:
    with connected(_pass_on=owe) as (connection, transport, _):
        connection.data_received(request("GET", "/tt/state"))
        connection.data_received(last + b"NONSENSE\r\n\r\n")
        assert not transport.closed

        connection.owed.response_complete = True
        connection.on_response_complete()
        connection.loop.run_until_complete(settled(connection))

    assert transport.written.count(b"HTTP/1.1 ") == bool(last)
    assert transport.closed is bool(last)  # else by the answer that was owed
    assert connection.owed.keep_alive is bool(last)


def owe(connection: Any, reading: Any) -> None:
    """Owe an answer, as while Flask makes it."""
    connection.owed = connection.cycle = Waiting(keep_alive=True)


async def settled(connection: Any) -> None:
    while connection.tasks:
        await asyncio.wait(set(connection.tasks))


# what all bodies together may hold


def test_bodies_under_way_have_a_total_and_what_is_over_it_is_refused_in_words() -> None:
    with connected() as (first, _, _), connected() as (second, transport, _):
        room = second.under_way = type(first).under_way = UnderWay(most=MIB)
        first.data_received(head("PUT", "/__emulator/v1/worlds/w", 2 * MIB, JSON))
        first.data_received(b"x" * MIB)
        second.data_received(head("PUT", "/__emulator/v1/worlds/w", 2 * MIB, JSON))
        second.data_received(b"x" * (UNCOUNTED_BYTES + MIB // 2))
        assert b"HTTP/1.1 503 " in transport.written
        assert b'"code":"overloaded"' in transport.written

        first.connection_lost(None)
        assert room.held_bytes == 0


def test_small_bodies_never_wait_for_room() -> None:
    with connected() as (connection, transport, _):
        connection.under_way = UnderWay(most=0)
        whole = request("POST", SET, SAVE + b" " * (UNCOUNTED_BYTES - len(SAVE)))
        connection.data_received(whole[:-1])
        connection.data_received(whole[-1:])

    assert transport.written.startswith(b"HTTP/1.1 200 ")


def test_there_is_room_again_once_a_call_is_answered_or_refused() -> None:
    body = SAVE + b" " * MIB
    with connected() as (connection, transport, _):
        room = connection.under_way = UnderWay()
        for length, status in ((MIB - len(SAVE), b"200"), (MIB + 1, b"413")):
            head_bytes = chunked(SET)
            connection.data_received(head_bytes)
            text = body[: length + len(SAVE)]
            connection.data_received(b"%x\r\n%b" % (len(text), text[:-1]))
            held = room.held_bytes
            connection.data_received(text[-1:] + b"\r\n0\r\n\r\n")
            assert transport.written.count(b"HTTP/1.1 " + status) == 1
            assert held == (len(text) - 1 - UNCOUNTED_BYTES if status == b"200" else 0)
            assert room.held_bytes == 0


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 400_000) | st.none()), max_size=40))
def test_whatever_comes_and_goes_the_total_is_what_is_held(
    steps: list[tuple[int, int | None]],
) -> None:
    room = UnderWay(most=600_000)
    held, lengths = dict.fromkeys(range(6), 0), dict.fromkeys(range(6), 0)
    for who, more in steps:
        if more is None:
            room.release(held[who])
            held[who] = lengths[who] = 0
            continue
        try:
            held[who] = room.hold(held[who], lengths[who] + more)
            lengths[who] += more
        except Overloaded:
            others = sum(held.values()) - held[who]
            assert others + lengths[who] + more - UNCOUNTED_BYTES > 600_000
        assert room.held_bytes == sum(held.values()) <= 600_000
