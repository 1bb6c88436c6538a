"""Calls on one connection, in whatever pieces the network delivers them."""

import json
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fed_connection import responses_to
from rawhttp import request

SET, GET = "/tt/setUserCloudStorage", "/tt/getUserCloudStorage"


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
WHOLE = {name: responses_to([stream])[0] for name, stream in STREAMS.items()}


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
    answers, closed, _ = responses_to(cut(STREAMS[name], places))

    assert answers == WHOLE[name]
    assert not closed


@pytest.mark.parametrize("name", ["a call", "a write and a read", "in chunks"])
def test_a_stream_may_come_byte_by_byte(name: str) -> None:
    assert responses_to([bytes([byte]) for byte in STREAMS[name]])[0] == WHOLE[name]


@given(length=st.integers(0, len(STREAMS["a call"]) - 1))
def test_a_call_that_has_not_come_to_its_end_has_done_nothing(length: int) -> None:
    answers, _, bench = responses_to([STREAMS["a call"][:length]])

    assert answers == []
    assert bench.world.journal.find() == []


@pytest.mark.parametrize("before", [b"", save("1", padding=200_000)])
@pytest.mark.parametrize("piece", [1000, 30_000, 2**18])
def test_a_head_without_end_is_refused_wherever_it_begins(before: bytes, piece: int) -> None:
    stream = before + request("POST", SET)[:-2] + b"X: " + b"y" * 2**20

    answers, closed, _ = responses_to(
        [stream[at : at + piece] for at in range(0, len(stream), piece)]
    )

    assert [status for status, _ in answers] == [200] * bool(before) + [431]
    assert closed


@settings(max_examples=100, deadline=None)
@given(pieces=st.lists(st.binary(max_size=60) | st.sampled_from([save("1"), READ, b"\r\n"])))
def test_whatever_comes_every_answer_is_json(pieces: list[bytes]) -> None:
    answers, closed, _ = responses_to(pieces)

    assert {status for status, _ in answers} <= {200, 400, 403, 404, 431}
    assert closed or 400 not in [status for status, _ in answers[:-1]]
