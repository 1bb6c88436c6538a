"""The server's own connection, byte by byte: whatever is sent, the answer is JSON or an end."""

import pytest

from rawhttp import Game, Wire, pair, request
from refusals import is_problem

SET, GET, LOGIN = "/tt/setUserCloudStorage", "/tt/getUserCloudStorage", "/tt/login"
FAULTS, REQUESTS = "/__emulator/v1/faults", "/__emulator/v1/requests"
JSON = "Content-Type: application/json"
OK = {"errMsg": "setUserCloudStorage:ok"}
HOST = b"Host: localhost\r\n"
POST = f"POST {SET} HTTP/1.1\r\n".encode() + HOST

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


@pytest.fixture
def wire(server):
    with Wire(server.port) as opened:
        yield opened


@pytest.fixture
def game(server, new_world):
    return Game(server.port, new_world)


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


@pytest.mark.parametrize(
    "header", ["Connection: Close", "Connection: x, close", "connection: close"]
)
@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_connection_ends_however_the_client_spells_it(wire, method, header):
    wire.send(request(method, "/tt/login" if method == "POST" else "/tt/state", b"{}", header))

    assert wire.answer().status == 200
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


def test_a_header_of_the_emulator_may_stand_in_any_case(wire, new_world):
    lines = (f"x-EMULATOR-world: {new_world}", "X-EMULATOR-PLAYER: bob")
    wire.send(request("POST", SET, pair("1"), *lines))
    assert wire.answer().json == OK

    wire.send(request("GET", f"{REQUESTS}?world={new_world}"))

    assert wire.answer().json["requests"][0]["player"] == "bob"
