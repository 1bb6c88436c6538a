"""Flask behind the event loop, on the real server: a body is read whole, or nothing is done."""

import asyncio
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from fed_connection import connected
from rawhttp import Wire, request
from tt_emulator.wire.bodies import UNCOUNTED_BYTES
from tt_emulator.wire.bridge import MAX_THREADS, PROBES, Bridge
from wire.asgi import AsgiRequest

RESET, FAULTS = "/__emulator/v1/reset", "/__emulator/v1/faults"
JSON = "Content-Type: application/json"
PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}
FAULT = b'{"error":"network-unavailable","label":"\xe7\xac\xac\xe4\xba\x8c\xe6\xac\xa1"}'


@pytest.fixture
def wire(server):
    with Wire(server.port) as opened:
        yield opened


@pytest.fixture
def ask(server, new_world):
    """One request about the test's world, on a connection of its own."""

    def ask_once(method, path, body=None, *lines):
        with Wire(server.port) as wire:
            wire.send(request(method, path, body, f"X-Emulator-World: {new_world}", *lines))
            return wire.answer()

    return ask_once


@pytest.fixture
def saved(ask):
    """The world's score, stored before the test."""
    assert ask("POST", "/tt/setUserCloudStorage", json.dumps(PAIR).encode()).status == 200

    def look():
        return ask("POST", "/tt/getUserCloudStorage", b'{"keyList":["score"]}').json["data"]

    return look


def chunked(*pieces):
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def head(method, path, *lines):
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *lines, "", ""]).encode()


@pytest.mark.parametrize("sizes", [[len(FAULT)], [1] * len(FAULT), [5, 0, 7], [40]])
def test_a_body_in_chunks_is_read_whole(wire, ask, new_world, sizes):
    pieces, rest = [], FAULT
    for size in sizes:
        pieces, rest = [*pieces, rest[:size]], rest[size:]
    pieces = [piece for piece in [*pieces, rest] if piece]
    world = f"X-Emulator-World: {new_world}"

    wire.send(head("POST", FAULTS, world, JSON, "Transfer-Encoding: chunked"), chunked(*pieces))

    assert wire.answer().status == 201
    (fault,) = ask("GET", FAULTS).json["faults"]
    assert fault["label"] == "第二次"


def test_a_reset_in_chunks_is_of_its_scope_only(wire, new_world, saved):
    world = f"X-Emulator-World: {new_world}"

    wire.send(
        head("POST", RESET, world, JSON, "Transfer-Encoding: chunked"),
        chunked(b'{"scope":', b'["journal"]}'),
    )

    assert wire.answer().status == 204
    assert saved() == PAIR["KVDataList"]


def test_a_body_in_many_small_pieces_is_read_whole(wire, ask, new_world):
    whole = request("POST", FAULTS, FAULT, f"X-Emulator-World: {new_world}", JSON)

    wire.send(*(whole[at : at + 3] for at in range(0, len(whole), 3)))

    assert wire.answer().status == 201
    assert len(ask("GET", FAULTS).json["faults"]) == 1


def test_a_client_that_expects_100_continue_gets_it_first(wire, new_world):
    lines = [f"X-Emulator-World: {new_world}", JSON, "Expect: 100-continue"]
    wire.send(head("POST", FAULTS, *lines, f"Content-Length: {len(FAULT)}"))
    assert wire.answer().status == 100

    wire.send(FAULT)

    assert wire.answer().status == 201


HALF = [
    ("POST", RESET, b"", 21),
    ("POST", RESET, b'{"scope":["data"', 5),
    ("PUT", FAULTS, b"[]", 10),
    ("DELETE", FAULTS, b"", 2),
    ("DELETE", "/__emulator/v1/requests", b"", 2),
]


@pytest.mark.parametrize("half", HALF, ids=lambda half: " ".join(half[:2]))
def test_a_client_that_leaves_before_the_end_has_asked_for_nothing(
    server, ask, new_world, saved, half
):
    ask("POST", FAULTS, b'{"error":"network-unavailable","api":"login"}', JSON)
    method, path, sent, missing = half
    length = f"Content-Length: {len(sent) + missing}"

    with Wire(server.port) as wire:
        wire.send(head(method, path, f"X-Emulator-World: {new_world}", JSON, length) + sent)

    settle(server)
    assert saved() == PAIR["KVDataList"]
    assert len(ask("GET", FAULTS).json["faults"]) == 1
    assert [exchange["id"] for exchange in journal(ask)] == [1, 2]


def journal(ask):
    return ask("GET", "/__emulator/v1/requests").json["requests"]


def settle(server):
    """Give the server's threads the time to do what they should not."""
    with Wire(server.port) as wire:
        for _ in range(30):
            wire.send(request("GET", "/tt/state"))
            wire.answer()


def test_an_answer_of_any_size_is_sent_whole(wire, ask, new_world):
    faults = json.dumps([{"error": 999985, "label": "x" * 900}] * 1000).encode()
    world = f"X-Emulator-World: {new_world}"

    wire.send(request("PUT", FAULTS, faults, world, JSON))

    answer = wire.answer()
    assert answer.status == 200
    assert len(answer.body) > 1_000_000
    assert len(answer.json["faults"]) == 1000
    wire.send(request("DELETE", FAULTS, None, world))
    assert wire.answer().status == 204


def test_many_ask_at_once_and_each_gets_its_own_answer(server, new_world):
    def arm(number):
        with Wire(server.port) as wire:
            body = json.dumps({"error": 999985, "label": str(number)}).encode()
            wire.send(request("POST", FAULTS, body, f"X-Emulator-World: {new_world}", JSON))
            return wire.answer().json["label"]

    with ThreadPoolExecutor(32) as pool:
        assert list(pool.map(arm, range(64))) == [str(number) for number in range(64)]


def test_a_slow_call_behind_flask_holds_up_nobody(server, ask, new_world):
    ask("POST", FAULTS, b'{"delay_ms":1000,"api":"login"}', JSON)
    state = request("GET", "/tt/state")
    with Wire(server.port) as slow:
        slow.send(state + request("POST", "/tt/login", b"{}", f"X-Emulator-World: {new_world}"))
        assert slow.answer().status == 200  # that of the state: from here on Flask waits
        began = time.monotonic()

        for _ in range(5):
            assert ask("POST", "/tt/checkSession", b"{}").json == {"errMsg": "checkSession:ok"}
            assert ask("GET", FAULTS).status == 200

        assert time.monotonic() - began < 1
        assert slow.answer().json["errMsg"] == "login:ok"


@pytest.mark.parametrize("before", [b"", request("GET", "/tt/state")], ids=["hot", "Flask"])
def test_a_path_is_decoded_as_utf8(wire, before):
    wire.send(before + request("POST", "/tt/%E7%99%BB%E5%BD%95", b"{}"))

    answers = [wire.answer() for _ in range(2 if before else 1)]
    assert answers[-1].status == 404
    assert "登录" in answers[-1].json["detail"]


async def waiting(scope, receive, send):
    """An app that hears of nothing but that its client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
    scope["headers"].append("added")
    await send({"type": "http.response.start", "status": 200, "headers": []})


def test_every_request_under_way_hears_that_its_client_has_gone():
    with connected(lambda _: waiting) as (connection, transport, _):
        connection.data_received(request("GET", "/a") + request("GET", "/b"))
        scope = connection._unanswered[0].scope
        assert scope["path"] == "/a"
        connection.connection_lost(ConnectionResetError())
        connection.loop.run_until_complete(asyncio.wait(connection.tasks))

    assert scope["headers"][-1] == "added"
    assert transport.written == b""


def test_what_a_request_holds_is_released_with_its_answer_or_its_connection():
    body = request("PUT", "/__emulator/v1/worlds/w", b"x" * 500_000)
    with connected(lambda _: waiting) as (connection, _, _):
        connection.data_received(body + body)
        assert connection.under_way.held_bytes == 2 * (500_000 - UNCOUNTED_BYTES)
        connection.connection_lost(None)
        assert connection.under_way.held_bytes == 500_000 - UNCOUNTED_BYTES  # the app has it yet
        connection.loop.run_until_complete(asyncio.wait(connection.tasks))

    with connected(lambda _: Bridge(lambda: answering)) as (connection, transport, _):
        connection.data_received(body)
        while connection.tasks:
            connection.loop.run_until_complete(asyncio.wait(set(connection.tasks)))
        assert connection.under_way.held_bytes == 0

    assert transport.written.endswith(b"500000")


def answering(environ, start_response):
    length = str(len(environ["wsgi.input"].read())).encode()
    start_response("200 OK", [("Content-Length", str(len(length)))])
    return [length]


def test_a_header_spelled_with_underscores_is_none(wire, new_world):
    world = f"X-Emulator-World: {new_world}"
    wire.send(request("POST", FAULTS, FAULT, world, "Content_Type: application/json"))

    assert wire.answer().status == 415


LONG = {
    "Content-Type": ("application/json" + "; a=b" * 9_000, 415),
    "If-None-Match": ('"x",' * 9_000 + "*", 200),
    "Range": ("bytes=" + "0-1," * 9_000 + "2-3", 200),
    "If-Modified-Since": ("Mon, " * 9_000, 200),
    "If-Range": ('"x"' * 9_000, 200),
}


@pytest.mark.parametrize("name", LONG)
def test_a_header_that_would_take_long_to_read_is_as_good_as_none(wire, name):
    value, status = LONG[name]
    sent = ("POST", FAULTS, FAULT) if name == "Content-Type" else ("GET", "/tt.js", None)
    wire.send(request(*sent, f"{name}: {value}"))

    assert wire.answer().status == status


@pytest.mark.parametrize("path", sorted(PROBES))
def test_whether_it_lives_is_told_while_all_threads_are_taken(path):
    taken, over = threading.Semaphore(0), threading.Event()

    def app(environ, start_response):
        if environ["PATH_INFO"] not in PROBES:
            taken.release()
            over.wait()
        start_response("200 OK", [("Content-Length", "2")])
        return [b"{}"]

    async def asked():
        bridge = Bridge(lambda: app)
        waiting = [AsgiRequest(bridge, "GET", "/tt/state") for _ in range(MAX_THREADS + 1)]
        for _ in range(MAX_THREADS):
            await asyncio.to_thread(taken.acquire)
        assert await AsgiRequest(bridge, "GET", path).answer() == {}
        assert not any(each.task.done() for each in waiting)
        over.set()
        for each in waiting:
            assert await each.answer() == {}

    asyncio.run(asyncio.wait_for(asked(), 20))
