"""Bytes that no client would send: the server answers in JSON, goes on, and loses no write."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entry_points import SocketEntryPoint
from process import Emulator, emulator
from rawhttp import Wire, request
from shared_servers import ephemeral
from tt_emulator.platforms import load
from tt_emulator.wire.openapi import document

PATIENCE_S = 0.3  # then the server is taken to wait for more
JSON = "Content-Type: application/json"
WORLD = "X-Emulator-World: fuzzed"
PAIRS = b'{"KVDataList":[{"key":"score","value":"\\u4e00 1"}]}'
VALID = [
    request("POST", "/tt/setUserCloudStorage", PAIRS, WORLD, "X-Emulator-Player: %E5%B0%8F"),
    request("POST", "/tt/getUserCloudStorage", b'{"keyList":["score"]}', WORLD),
    request("POST", "/tt/login?a=%20", b"{}", WORLD, "X-Emulator-Call: c-1"),
    request("GET", "/tt/state", None, WORLD, "Connection: close"),
    request("OPTIONS", "/tt/login", None, "Origin: http://localhost:7456"),
    request("POST", "/__emulator/v1/faults", b'[{"error":999985,"times":2}]', WORLD, JSON),
    request("PUT", "/__emulator/v1/players/a%2Fb", b'{"session":"none"}', WORLD, JSON),
    request("PUT", "/__emulator/v1/settings", b'{"host":{"appName":"x"}}', WORLD, JSON),
    request("POST", "/__emulator/v1/requests/verify", b'{"match":{"ok":true}}', WORLD, JSON),
    request("GET", "/__emulator/v1/requests?after=1&limit=5", None, WORLD),
    request("DELETE", "/__emulator/v1/faults/f1", None, WORLD),
    request("POST", "/__emulator/v1/reset", b'{"scope":["faults"]}', WORLD, JSON),
    request("GET", "/tt.js", None, "Range: bytes=0-9"),
    request("POST", "/tt/login", None, WORLD, "Transfer-Encoding: chunked")
    + b"2\r\n{}\r\n0\r\n\r\n",
]
GOODBYE = request("GET", "/__emulator/health", None, "Connection: close")
TELLING = [
    b"\r\n", b"\r\n\r\n", b"\n", b"\x00", b"\xff", b"%", b"%00", b"%2e%2e/", b"//", b" ", b":",
    b"Content-Length: 1\r\n", b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n",
    b"Host: evil.example\r\n", b"Expect: 100-continue\r\n", b"HTTP/9.9", b"\xed\xa0\x80",
    b"9" * 400, b'"\\ud800"', b"[" * 99,
]  # fmt: skip
HEADERS = [
    "Accept", "Authorization", "Connection", "Content-Encoding", "Content-Type", "Cookie",
    "If-Modified-Since", "If-None-Match", "Last-Event-ID", "Origin", "Range", "Sec-Fetch-Site",
    "Upgrade", "X-Emulator-Call", "X-Emulator-Domain", "X-Emulator-Player", "X-Emulator-World",
    "X-Forwarded-Host",
]  # fmt: skip
RULES = [
    (method.upper(), re.sub("{.*}", "fuzzed", path))
    for path, operations in document(load())["paths"].items()
    for method in operations
    if not path.endswith(("/wait", "/events"))  # they take their time
]
PATHS = ["/tt/", "/tt.js", "/demo/", "/nowhere", *(path for _, path in RULES)]
NONSENSE = [
    b"\0", b"NONSENSE\r\n\r\n", b"GET http:// HTTP/1.1\r\n\r\n",
    request("POST", "/tt/login", None, "Transfer-Encoding: chunked") + b"zz\r\n",
]  # fmt: skip
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"]
BODIES = [
    PAIRS, b"{}", b"[]", b"null", b"[" * 20_000, b'{"a":' * 5_000, b'{"a":1e999}', b'{"a":NaN}',
    b'{"a":1,"a":2}', b'{"\\ud800":1}', b'{"keyList":["\\udfff","\\u0000"]}',
    b'{"match":{"api":7}}', b'{"KVDataList":"' + b"x" * 1024 * 1024 + b'"}',
]  # fmt: skip
ESCAPES = ["%", "%zz", "%ff", "%00", "%ED%A0%80", "%E5%B0%8F", "x" * 200, "../..", "bytes=0-5,7-"]

LATIN = st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f")
values = st.one_of(st.text(LATIN), st.sampled_from(ESCAPES))
header_lines = st.builds("{}: {}".format, st.sampled_from(HEADERS), values)
odd_targets = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(PATHS),
        st.sampled_from(["/", "//", "%", "%00", "%FF", "%2F..", ";a", "?world=%ff", "?limit=x"]),
        st.text("abc/%?&=.#", max_size=8),
    ),
)
rules = st.one_of(st.sampled_from(RULES), st.tuples(st.sampled_from(METHODS), odd_targets))
bodies = st.one_of(st.none(), st.binary(max_size=64), st.sampled_from(BODIES))
deterministic = settings(
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@st.composite
def mutilated(draw: st.DrawFn) -> bytes:
    """Up to three good requests in one go, cut and stuffed in a few places."""
    data = b"".join(draw(st.lists(st.sampled_from(VALID), min_size=1, max_size=3)))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(data)))
        gone = draw(st.sampled_from([0, 0, 1, 1, 2, 9, 60]))
        stuffed = draw(st.one_of(st.sampled_from(TELLING), st.binary(max_size=4)))
        data = data[:place] + stuffed + data[place + gone :]
    return data


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """A server whose log has no error in the end."""
    with watched(tmp_path_factory.mktemp("log") / "log.txt", ephemeral) as running:
        yield running


@contextmanager
def watched(
    log: Path, started: Callable[..., AbstractContextManager[Emulator]]
) -> Iterator[Emulator]:
    """An emulator that must not have logged an error of its own."""
    with log.open("wb") as file, started(stderr=file.fileno()) as running:
        yield running
    logged = log.read_text(encoding="utf-8")
    assert "Traceback" not in logged, logged
    assert "ERROR" not in logged, logged


class Keeper:
    """Writes a number to a world of its own, and holds the server to it."""

    def __init__(self, entry_point: SocketEntryPoint) -> None:
        self.entry_point = entry_point
        self._numbers = count(1)
        self.last = ""

    def save(self) -> None:
        self.last = str(next(self._numbers))
        answer = self._call("set", {"KVDataList": [{"key": "n", "value": self.last}]})
        assert answer == {"errMsg": "setUserCloudStorage:ok"}

    def check(self) -> None:
        found = self._call("get", {"keyList": ["n"]})["KVDataList"]
        assert found == [{"key": "n", "value": self.last}]

    def _call(self, verb: str, options: Any) -> Any:
        return self.entry_point(
            "POST", f"/tt/{verb}UserCloudStorage", json.dumps(options).encode()
        ).json


@pytest.fixture
def keeper(victim: Emulator, new_world: str) -> Iterator[Keeper]:
    with closing(SocketEntryPoint(victim.port, new_world)) as entry_point:
        yield Keeper(entry_point)


def response_to(port: int, data: bytes) -> bytes:
    """All that the server sends after `data`."""
    chunks = []
    with Wire(port) as wire, suppress(ConnectionError):  # it may close while our bytes still come
        wire.send(data)
        wire.socket.settimeout(PATIENCE_S)
        while chunk := _more(wire):
            chunks.append(chunk)
    return b"".join(chunks)


def _more(wire: Wire) -> bytes:
    while True:
        try:
            return wire.socket.recv(65536)
        except TimeoutError:  # it waits for the rest of something: here is more than enough
            wire.send(bytes(1024 * 1024))


def assert_civil(response: bytes) -> None:
    """Each answer in `response` is one, is no error of the server's, and has errors in JSON."""
    heads = re.findall(rb"HTTP/1\.1 ([0-9]{3}) ?(.*?)\r\n\r\n", response, re.DOTALL)
    assert heads or not response
    for status, headers in heads:
        assert int(status) < 500, response
        assert int(status) < 400 or b"application/problem+json" in headers, response
        assert int(status) == 200 or b"text/html" not in headers, response
    assert b"Traceback" not in response


@deterministic
@given(data=st.binary(min_size=1))
def test_bytes_that_are_no_http(victim, keeper, data):
    keeper.save()

    response = response_to(victim.port, data + b"\r\n\r\n")

    assert_civil(response)
    keeper.check()


@settings(deterministic, max_examples=200)
@given(data=mutilated())
def test_good_requests_cut_and_stuffed(victim, keeper, data):
    keeper.save()

    response = response_to(victim.port, data + GOODBYE)

    assert_civil(response)
    keeper.check()


@settings(deterministic, max_examples=300)
@given(rule=rules, body=bodies, lines=st.lists(header_lines, max_size=3))
def test_whole_requests_of_unlikely_parts(victim, keeper, rule, body, lines):
    method, target = rule
    keeper.save()

    with Wire(victim.port) as wire:
        wire.send(request(method, target, body, WORLD, JSON, *lines))
        answer = wire.answer(head=method == "HEAD")

    assert answer.status < 500, answer.body
    assert answer.status == 200 or "html" not in answer.headers.get("content-type", "")
    if answer.status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert method == "HEAD" or answer.json["detail"]
    keeper.check()


@pytest.mark.parametrize("nonsense", NONSENSE)
@pytest.mark.parametrize("slow", ["Flask", "a fault"])
def test_what_follows_a_good_request_does_not_take_its_answer(victim, new_world, slow, nonsense):
    world = f"X-Emulator-World: {new_world}"
    late = request("POST", "/__emulator/v1/faults", b'{"delay_ms":20}', world, JSON)
    expected = 201
    with Wire(victim.port) as wire:
        if slow == "a fault":
            wire.send(late)
            assert wire.answer().status == 201
            late, expected = request("POST", "/tt/login", b"{}", world), 200

        wire.send(late + nonsense)

        assert wire.answer().status == expected
        if nonsense.startswith(b"POST"):  # what came of it is a request, and has its turn
            assert wire.answer().status == 400
        assert wire.ended()


def test_what_was_acknowledged_between_bad_bytes_survives_a_power_cut(tmp_path, new_world):
    data = tmp_path / "data"
    with watched(tmp_path / "log.txt", partial(emulator, "--data", str(data))) as first:
        with closing(SocketEntryPoint(first.port, new_world)) as entry_point:
            keeper = Keeper(entry_point)

            @settings(deterministic, max_examples=40)
            @given(data=mutilated())
            def disturb(data: bytes) -> None:
                keeper.save()
                assert_civil(response_to(first.port, data + GOODBYE))

            disturb()
        first.kill()

    with (
        emulator("--data", str(data)) as second,
        closing(SocketEntryPoint(second.port, new_world)) as entry_point,
    ):
        keeper.entry_point = entry_point
        keeper.check()
