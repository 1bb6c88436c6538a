"""The server's own connection, byte by byte: whatever is sent, the answer is JSON or an end."""

import json
import os
import socket
import struct

import pytest

from rawhttp import TIMEOUT_S, Wire, request

SET, GET, LOGIN = "/tt/setUserCloudStorage", "/tt/getUserCloudStorage", "/tt/login"
FAULTS, REQUESTS = "/__emulator/v1/faults", "/__emulator/v1/requests"
JSON = "Content-Type: application/json"
OK = {"errMsg": "setUserCloudStorage:ok"}
HOST = b"Host: localhost\r\n"
POST = f"POST {SET} HTTP/1.1\r\n".encode() + HOST
STATE = request("GET", "/tt/state")
BEFORE = pytest.mark.parametrize("before", [b"", STATE], ids=["hot", "behind Flask"])
"""A call that is sent together with a request before it goes through Flask, as that one does."""


def pair(value):
    return json.dumps({"KVDataList": [{"key": "score", "value": value}]}).encode()


@pytest.fixture
def wire(server):
    with Wire(server.port) as opened:
        yield opened


class Game:
    """One world, asked on connections of its own."""

    def __init__(self, port, world):
        self.port, self.world = port, f"X-Emulator-World: {world}"

    def post(self, path, body=b"{}", *lines):
        """The bytes of a call."""
        return request("POST", path, body, self.world, *lines)

    def ask(self, sent):
        with Wire(self.port) as wire:
            wire.send(sent)
            return wire.answer()

    def arm(self, **fault):
        assert self.ask(self.post(FAULTS, json.dumps(fault).encode(), JSON)).status == 201

    def saved(self):
        pairs = self.ask(self.post(GET, b'{"keyList":["score"]}')).json["data"]
        return pairs[0]["value"] if pairs else None

    def exchanges(self):
        return self.ask(request("GET", REQUESTS, None, self.world)).json["requests"]

    def wait_until(self, holds):
        """Ask again and again until `holds` of the exchanges."""
        for _ in range(TIMEOUT_S * 1000):
            if holds(self.exchanges()):
                return
        pytest.fail(f"never: {self.exchanges()}")


@pytest.fixture
def game(server, new_world):
    return Game(server.port, new_world)


def is_problem(answer, *statuses):
    assert answer.status in statuses
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["detail"]
    assert answer.json["hint"]


NO_HTTP = {
    "words": b"hello\r\n\r\n",
    "zeros": b"\0" * 100,
    "a TLS hello": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x7f" * 64,
    "an SSH greeting": b"SSH-2.0-OpenSSH_9.6\r\n",
    "an HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "an answer": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "version 9.9": b"GET / HTTP/9.9\r\n" + HOST + b"\r\n",
    "version x": b"GET / HTTP/x\r\n" + HOST + b"\r\n",
    "another protocol": b"GET / SPDY/1.1\r\n" + HOST + b"\r\n",
    "an unknown method": b"BREW / HTTP/1.1\r\n" + HOST + b"\r\n",
    "a method in small letters": b"get / HTTP/1.1\r\n" + HOST + b"\r\n",
    "no target": b"GET HTTP/1.1\r\n" + HOST + b"\r\n",
    "a target in Latin-1": b"GET /\xe9 HTTP/1.1\r\n" + HOST + b"\r\n",
    "a header without a colon": POST + b"nonsense\r\n\r\n",
    "a header with a space in its name": POST + b"X Y: 1\r\n\r\n",
    "a header without a name": POST + b": 1\r\n\r\n",
    "a zero in a header": POST + b"X: a\0b\r\n\r\n",
    "a bare carriage return": POST + b"X: a\rb\r\n\r\n",
    "a negative length": POST + b"Content-Length: -5\r\n\r\n",
    "a length that is no number": POST + b"Content-Length: 5x\r\n\r\n",
    "a length over 64 bits": POST + b"Content-Length: 99999999999999999999999\r\n\r\n",
    "two lengths": POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a length and chunks": POST
    + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "a chunk without a size": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    "a negative chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
    "a chunk longer than its size": POST
    + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n",
    "an endless chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\n",
}
REFUSED = {
    "a whole URL as the target": (b"GET http://localhost/tt/state HTTP/1.1\r\n" + HOST, 400),
    "another host's URL": (b"GET http://evil.example/ HTTP/1.1\r\n" + HOST, 400),
    "the server itself": (b"OPTIONS * HTTP/1.1\r\n" + HOST, 400),
    "a tunnel": (b"CONNECT localhost:80 HTTP/1.1\r\n" + HOST, 400),
    "a proxied call": (f"POST http://localhost{SET} HTTP/1.1\r\n".encode() + HOST, 400),
    "101 headers": (POST + b"X: y\r\n" * 100, 431),
    "a header of 64 KiB": (POST + b"X: " + b"y" * 65536 + b"\r\n", 431),
    "64 KiB of headers": (POST + (b"X: " + b"y" * 8000 + b"\r\n") * 9, 431),
    "a target of 64 KiB": (b"GET /" + b"x" * 65536 + b" HTTP/1.1\r\n" + HOST, 431),
}
ENDLESS = {
    "a target": b"GET /" + b"x" * 1_000_000,
    "a header's name": POST + b"X" * 1_000_000,
    "a header's value": POST + b"X: " + b"y" * 1_000_000,
    "headers": POST + b"X: y\r\n" * 100_000,
    "a cookie, half sent": POST + b"Cookie: " + b"a=b; " * 100_000,
}


@pytest.mark.parametrize("sent", NO_HTTP.values(), ids=NO_HTTP)
def test_what_is_no_http_is_400_in_json_and_the_end_of_the_connection(wire, sent):
    wire.send(sent)

    is_problem(wire.answer(), 400)
    assert wire.ended()


@pytest.mark.parametrize(("sent", "status"), REFUSED.values(), ids=REFUSED)
def test_what_is_too_much_or_for_a_proxy_is_refused_in_json(wire, sent, status):
    wire.send(sent + b"\r\n")

    is_problem(wire.answer(), status)
    assert wire.ended()


@pytest.mark.parametrize("sent", ENDLESS.values(), ids=ENDLESS)
def test_a_head_without_end_is_cut_off(wire, sent):
    try:
        wire.send(sent)
    except (ConnectionResetError, BrokenPipeError):
        return  # cut off while it was still being sent
    try:
        answer = wire.answer()
    except (ConnectionResetError, IndexError):
        return  # cut off, and the answer was lost with the rest
    is_problem(answer, 431)
    assert wire.ended()


def test_100_headers_are_read(game):
    lines = [f"X-{number}: y" for number in range(97)]  # Host, world and length are three more

    assert game.ask(game.post(SET, pair("1"), *lines)).json == OK


def test_a_head_of_60_kib_in_small_pieces_is_read(wire, game):
    whole = game.post(SET, pair("1"), "X: " + "y" * 60_000)

    wire.send(*(whole[at : at + 1000] for at in range(0, len(whole), 1000)))

    assert wire.answer().json == OK


def test_nothing_that_is_refused_does_anything_or_disturbs_others(server, game):
    with Wire(server.port) as quiet:
        quiet.send(game.post(SET, pair("1")))
        assert quiet.answer().json == OK

        for sent in [*NO_HTTP.values(), *(sent for sent, _ in REFUSED.values())]:
            with Wire(server.port) as other:
                other.send(sent + b"\r\n")
                other.answer()

        quiet.send(game.post(GET, b'{"keyList":["score"]}'))
        assert quiet.answer().json["data"][0]["value"] == "1"
    assert [exchange["id"] for exchange in game.exchanges()] == [1, 2]


def test_a_connection_is_kept_for_call_after_call(wire, game):
    for number in range(20):
        wire.send(game.post(SET, pair(str(number))))
        assert wire.answer().json == OK

    wire.send(request("GET", "/tt/state"))
    assert wire.answer().status == 200
    assert game.saved() == "19"


@pytest.mark.parametrize("path", [SET, f"{SET}?x"])
def test_a_connection_ends_when_the_client_says_so(wire, game, path):
    wire.send(game.post(path, pair("1"), "Connection: close"))

    assert wire.answer().json == OK
    assert wire.ended()


@pytest.mark.parametrize("path", [SET, f"{SET}?x"])
def test_http_1_0_is_answered_and_ended(wire, game, path):
    wire.send(game.post(path, pair("1")).replace(b"HTTP/1.1", b"HTTP/1.0"))

    assert wire.answer().json == OK
    assert wire.ended()


@pytest.mark.parametrize("path", [SET, f"{SET}?x"])
def test_a_client_that_expects_100_continue_gets_it_first(wire, game, path):
    body = pair("1")
    wire.send(game.post(path, body, "Expect: 100-continue")[: -len(body)])
    assert wire.answer().status == 100

    wire.send(body)

    assert wire.answer().json == OK
    assert game.saved() == "1"


@pytest.mark.parametrize("path", [SET, f"{SET}?x"])
def test_a_body_may_come_in_chunks(wire, game, path):
    head = game.post(path, None, "Transfer-Encoding: chunked")
    pieces = [pair("1")[at : at + 7] for at in range(0, len(pair("1")), 7)]

    wire.send(head, *(b"%x;note=1\r\n%s\r\n" % (len(piece), piece) for piece in pieces))
    wire.send(b"0\r\nTrailer: x\r\n\r\n")

    assert wire.answer().json == OK
    assert game.saved() == "1"


@pytest.mark.parametrize("size", [1, 7])
def test_a_call_may_come_in_many_small_pieces(wire, game, size):
    whole = game.post(SET, pair("1"))

    wire.send(*(whole[at : at + size] for at in range(0, len(whole), size)))

    assert wire.answer().json == OK


@pytest.mark.parametrize("path", [SET, f"{SET}?x", "/tt/unknown", FAULTS])
def test_a_body_of_5_mb_is_answered_and_the_connection_goes_on(wire, game, path):
    wire.send(game.post(path, b"x" * 5_000_000, JSON))
    is_problem(wire.answer(), 404 if path == "/tt/unknown" else 413, 413)

    wire.send(game.post(SET, pair("1")))

    assert wire.answer().json == OK


def test_a_body_far_over_the_limit_is_not_read_to_its_end(wire, game):
    wire.send(game.post(SET, None, "Content-Length: 100000000000"))
    piece = b"x" * 1_000_000
    try:
        for _ in range(200):
            wire.send(piece)
    except (ConnectionResetError, BrokenPipeError):
        pass
    else:
        pytest.fail("it read 200 MB")

    assert game.ask(game.post(SET, pair("1"))).json == OK


PIPELINES = {
    "calls": ["setUserCloudStorage", "login", "setUserCloudStorage"],
    "a call behind Flask": ["state", "setUserCloudStorage", "login"],
    "Flask between calls": ["setUserCloudStorage", "state", "login"],
    "a refused one between calls": ["setUserCloudStorage", "unknown", "setUserCloudStorage"],
}
REPLIES = {"setUserCloudStorage": 200, "login": 200, "state": 200, "unknown": 404}


def spoke(answer):
    """Which of the names above the answer is to."""
    if "host" in answer.json:
        return "state"
    return answer.json.get("errMsg", "unknown").split(":")[0]


@pytest.mark.parametrize("delayed", [True, False])
@pytest.mark.parametrize("names", PIPELINES.values(), ids=PIPELINES)
def test_pipelined_requests_are_answered_in_their_order(wire, game, names, delayed):
    if delayed:
        game.arm(delay_ms=50, api="setUserCloudStorage", times=1)

    requests = [STATE if name == "state" else game.post(f"/tt/{name}", pair("1")) for name in names]
    wire.send(b"".join(requests))

    answers = [wire.answer() for _ in names]
    assert [spoke(answer) for answer in answers] == names
    assert [answer.status for answer in answers] == [REPLIES[name] for name in names]
    called = [name for name in names if name not in ("state", "unknown")]
    assert [exchange["api"] for exchange in game.exchanges()] == called


def test_fifty_pipelined_calls_behind_a_delayed_one_are_all_answered(wire, game):
    game.arm(delay_ms=50, times=1)

    wire.send(b"".join(game.post(SET, pair(str(number))) for number in range(50)))

    assert [wire.answer().json for _ in range(50)] == [OK] * 50
    assert game.saved() == "49"


def test_a_pipelined_read_sees_the_delayed_write_before_it(wire, game):
    game.arm(delay_ms=50, api="setUserCloudStorage")

    wire.send(game.post(SET, pair("1")) + game.post(GET, b'{"keyList":["score"]}'))

    assert wire.answer().json == OK
    assert wire.answer().json["data"][0]["value"] == "1"


@BEFORE
def test_a_client_that_leaves_in_mid_body_has_not_called(server, game, before):
    with Wire(server.port) as wire:
        wire.send(before + game.post(SET, pair("1"))[:-1])

    assert game.ask(game.post(LOGIN)).status == 200
    assert game.saved() is None
    assert [exchange["api"] for exchange in game.exchanges()] == ["login", "getUserCloudStorage"]


@BEFORE
@pytest.mark.parametrize("end", ["close", "reset"])
def test_a_delayed_call_acts_though_its_client_has_left(server, game, before, end):
    game.arm(delay_ms=100, api="setUserCloudStorage")
    with Wire(server.port) as wire:
        wire.send(before + game.post(SET, pair("1")))
        game.wait_until(lambda exchanges: exchanges and exchanges[0]["answered_at"] is None)
        if end == "reset":
            linger_for_0_s = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
            wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_for_0_s)

    game.wait_until(lambda exchanges: exchanges[0]["answered_at"] is not None)

    assert game.saved() == "1"


def test_a_call_under_way_can_be_seen(wire, game):
    game.arm(delay_ms=200, api="setUserCloudStorage")
    wire.send(game.post(SET, pair("1")))

    game.wait_until(lambda exchanges: len(exchanges) == 1)
    (under_way,) = game.exchanges()

    assert (under_way["reply"], under_way["answered_at"]) == (None, None)
    assert wire.answer().json == OK
    (answered,) = game.exchanges()
    assert answered["reply"] == OK
    assert answered["duration_ms"] > 150


def test_64_delayed_calls_slow_nobody(server, game):
    game.arm(delay_ms=1000, api="login")
    waiting = [Wire(server.port) for _ in range(64)]
    for wire in waiting:
        wire.send(game.post(LOGIN))

    assert game.ask(game.post(SET, pair("1"))).json == OK
    assert all(
        exchange["answered_at"] is None
        for exchange in game.exchanges()
        if exchange["api"] == "login"
    )
    for wire in waiting:
        assert wire.answer().json["errMsg"] == "login:ok"
        wire.close()


UPGRADES = ["websocket", "h2c"]


@pytest.mark.parametrize("upgrade", UPGRADES)
@pytest.mark.parametrize("path", ["/tt/state", "/__emulator/v1/errors", "/nothing"])
def test_an_upgrade_is_declined_without_a_hang(wire, upgrade, path):
    wire.send(request("GET", path, None, "Connection: Upgrade", f"Upgrade: {upgrade}"))

    answer = wire.answer()

    assert answer.status in (200, 404, 405)
    assert "json" in answer.headers["content-type"]
    wire.send(request("GET", "/tt/state"))
    assert wire.answer().status == 200


@pytest.mark.parametrize("upgrade", UPGRADES)
def test_a_call_that_offers_an_upgrade_is_a_call(wire, game, upgrade):
    lines = ["Connection: Upgrade, HTTP2-Settings", f"Upgrade: {upgrade}", "HTTP2-Settings: AAMAAA"]

    wire.send(game.post(SET, pair("1"), *lines))

    assert wire.answer().json == OK
    assert game.saved() == "1"


def test_a_header_of_the_emulator_may_stand_in_any_case(wire, new_world):
    lines = (f"x-EMULATOR-world: {new_world}", "X-EMULATOR-PLAYER: bob")
    wire.send(request("POST", SET, pair("1"), *lines))
    assert wire.answer().json == OK

    wire.send(request("GET", f"{REQUESTS}?world={new_world}"))

    assert wire.answer().json["requests"][0]["player"] == "bob"
