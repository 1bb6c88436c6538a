"""A game call is answered the same by the connection itself and by Flask."""

import asyncio
import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fed_connection import connected
from harness import Bench
from process import Emulator
from rawhttp import Wire, request
from tt_emulator.config import Settings
from tt_emulator.wire.app import create_app
from tt_emulator.wire.bridge import Bridge
from tt_emulator.wire.guard import Guard

SET = "/tt/setUserCloudStorage"
PAIRS = b'{"KVDataList":[{"key":"score","value":"1"}]}'
OF_ONE_ENTRY_POINT = {"connection", "x-emulator-request-id"}
"""Headers about the connection, and ids, which count where a call gets as far as the engine."""

FAULTS = [
    {"error": "server-error", "detail": "a\u202eb", "player": "e"},
    {"wire": "http_status", "status": 503, "player": "s"},
    {"wire": "bad_json", "player": "j"},
    {"client": "twice", "player": "t"},
]


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def answers(sent: bytes, **hooks: Callable[..., None]) -> list[Answer]:
    with connected(flask, **hooks) as (connection, transport, bench):
        bench.world.faults.arm(FAULTS)
        connection.data_received(sent)
        while connection.tasks:
            connection.loop.run_until_complete(asyncio.wait(set(connection.tasks)))
    return parsed(transport.written)


def by_flask(sent: bytes) -> list[Answer]:
    """As `answers`, of a connection that hands on every call."""
    return answers(sent, _hand_on=lambda self, reading: self._pass_on(reading))


def flask(bench: Bench) -> Bridge:
    guard = Guard(Settings(), None)
    return Bridge(lambda: create_app(bench.engine, guard, dict, lambda s: None))


def parsed(written: bytes) -> list[Answer]:
    found = []
    while written:
        head, _, written = written.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = dict(re.split(": ?", line.lower(), maxsplit=1) for line in lines)
        length = int(headers.get("content-length", 0))
        found.append(Answer(int(first.split()[1]), headers, written[:length]))
        written = written[length:]
    return found


def alike(answer: Answer) -> tuple[int, dict[str, list[str]], bytes]:
    headers = {
        name: sorted(value.split(", "))
        for name, value in answer.headers.items()
        if name not in OF_ONE_ENTRY_POINT
    }
    return answer.status, headers, answer.body


PATHS = [
    SET, f"{SET}?x=%20", "/tt/login", "/tt/nothing", "/tt/", "/tt//login", "/tt/login/", "/tt/a/b",
    "/tt/login%2Fx", "/tt/login;x", "/tt/%ff", "/tt/%00", "/tt/state", "/tt/events", "/tt/%",
    "/tt/canIUse", "/tt/../tt/login", "/tt/getCloudStorageByRelation", "/%74t/login", "//tt/login",
    f"/tt/{'x' * 200}", "/tt/login#x", "/tt/log%69n", "/tt/\xe7\x99\xbb",
]  # fmt: skip
BODIES = [
    PAIRS, b"{}", b"", b"[]", b"{", b'{"a":1,"a":2}', b"x" * 1_048_577, b"\xff",
    b'{"KVDataList":[{"key":"","value":"1"}]}',
    b'{"KVDataList":[{"key":"%b","value":"1"}]}' % (b"k" * 129),
]  # fmt: skip
NAMES = [
    "X-Emulator-Player", "x-emulator-player", "X_Emulator_Player", "X-Emulator_Player",
    "X-Emulator-World", "X_EMULATOR_WORLD", "X-Emulator-Domain", "X-Emulator-Call",
]  # fmt: skip
VALUES = [
    "a", "e", "s", "j", "t", "open", "main", "", "a b", "%E5%B0%8F", "%zz", "\xe9", "a,b", "../x",
    "x" * 200, "%00", "%0A", "w-1",
]  # fmt: skip
OTHERS = [
    "Origin: http://localhost:3000", "Origin: null", "Origin: http://evil.example",
    "Accept-Language: zh", "Accept-Language: en;q=0.1,zh", f"Accept-Language: {'zh,' * 20_000}",
    "Content-Type: text/plain", "Content_Type: application/json", "Expect: 100-continue",
    "Connection: close", "Host: evil.example", "Sec-Fetch-Mode: cors", "X_Other: 1", "Via: 1.1 p",
]  # fmt: skip

lines = st.builds("{}: {}".format, st.sampled_from(NAMES), st.sampled_from(VALUES))
calls = st.builds(
    lambda path, body, lines: request("POST", path, body, *lines),
    st.sampled_from(PATHS),
    st.sampled_from(BODIES),
    st.lists(lines | st.sampled_from(OTHERS), max_size=4),
)


@settings(max_examples=300, deadline=None)
@given(calls)
@example(request("POST", SET, PAIRS, "X-Emulator-Player: a", "X-Emulator-Player: b"))
@example(request("POST", SET, PAIRS, "X_Emulator_Player: a"))
@example(request("POST", SET, PAIRS, "X-Emulator-World: a", "x-emulator-world: a"))
def test_both_entry_points_give_the_same_answer_to_whatever_is_asked(sent: bytes) -> None:
    found = answers(sent)

    assert list(map(alike, found)) == list(map(alike, by_flask(sent)))
    assert found


ODD = [
    ["X-Emulator-Player: a", "X-Emulator-Player: b"],
    ["X-Emulator-Player: a", "x-emulator-player: a"],
    ["X_Emulator_Player: a"],
    ["X-Emulator-Player: a", "X-Emulator_Player: a"],
    ["X-Emulator-World: a", "X-Emulator-World: b"],
    ["x_emulator_world: a"],
    ["X-Emulator-Domain: main", "X-Emulator-Domain: main"],
    ["X-Emulator-Call: a", "X-Emulator-Call: b"],
]


@pytest.mark.parametrize("lines", ODD, ids=str)
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", SET, PAIRS),
        ("POST", f"{SET}?x", PAIRS),
        ("GET", "/tt/state", None),
        ("GET", "/__emulator/v1/faults", None),
        ("POST", "/__emulator/v1/reset", None),
    ],
)
def test_a_header_of_ours_that_could_be_read_in_two_ways_is_refused_on_every_route(
    server: Emulator, lines: list[str], method: str, path: str, body: bytes | None
) -> None:
    with Wire(server.port) as wire:
        wire.send(request(method, path, body, *lines))
        answer = wire.answer()

    assert answer.status == 400
    assert answer.json["code"] == "bad-request"
    assert "X" in answer.json["detail"]
    assert answer.json["hint"]
