"""Faults that act on the socket, seen from raw sockets at the other end."""

import json
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier
from typing import Any

import pytest

from tt_emulator.client import Client

BODY = b'{"KVDataList":[{"key":"score","value":"1"}]}'
OK = b'{"errMsg":"setUserCloudStorage:ok"}'


class GameClient:
    """A client that sees what really arrives."""

    def __init__(self, port: int, world: str, call_id: str = "") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        extra = f"X-Emulator-Call: {call_id}\r\n" if call_id else ""
        self.request = (
            f"POST /tt/setUserCloudStorage HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{extra}"
            f"X-Emulator-World: {world}\r\nContent-Length: {len(BODY)}\r\n\r\n"
        ).encode() + BODY
        self._rest = b""

    def __enter__(self) -> "GameClient":
        return self

    def __exit__(self, *args: object) -> None:
        self.socket.close()

    def send(self) -> None:
        self.socket.sendall(self.request)

    def ending(self) -> tuple[bytes, str]:
        """All that arrives until the end, and how it ends."""
        received = b""
        try:
            while piece := self.socket.recv(65536):
                received += piece
        except ConnectionResetError:
            return received, "reset"
        return received, "closed"

    def answer(self) -> bytes:
        """The body of the next whole answer."""
        received, self._rest = self._rest, b""
        while b"\r\n\r\n" not in received:
            received += self.socket.recv(65536)
        head, _, body = received.partition(b"\r\n\r\n")
        headers = dict(line.lower().split(b": ") for line in head.split(b"\r\n")[1:])
        length = int(headers[b"content-length"])
        while len(body) < length:
            piece = self.socket.recv(65536)
            assert piece, "the answer breaks off"
            body += piece
        body, self._rest = body[:length], body[length:]
        return body


@pytest.fixture
def world(server, new_world) -> Client:
    return Client(server.url, new_world)


@pytest.fixture
def game_client(server, new_world) -> Callable[..., GameClient]:
    return lambda **fields: GameClient(server.port, new_world, **fields)


def outcome_of(game_client: Callable[..., GameClient]) -> tuple[bytes, str]:
    with game_client() as one:
        one.send()
        return one.ending()


@pytest.mark.parametrize(("wire", "end"), [("reset", "reset"), ("close", "closed")])
def test_200_of_200_clients_see_it_and_not_a_byte(world, game_client, wire, end):
    world.replace([{"wire": wire}])

    with ThreadPoolExecutor(20) as threads:
        seen = list(threads.map(lambda _: outcome_of(game_client), range(200)))

    assert seen == [(b"", end)] * 200
    assert world.faults()[0]["hits"] == 200


def test_200_of_200_clients_see_the_truncation(world, game_client):
    world.replace([{"wire": "truncate"}])

    with ThreadPoolExecutor(20) as threads:
        seen = list(threads.map(lambda _: outcome_of(game_client), range(200)))

    for received, end in seen:
        head, _, body = received.partition(b"\r\n\r\n")
        assert f"Content-Length: {len(OK)}".encode() in head
        assert body == OK[: len(OK) // 2]
        assert end == "closed"


def test_a_hang_sends_nothing_and_ends_in_a_close(world, game_client):
    world.replace([{"wire": "hang", "duration_ms": 20}])

    assert outcome_of(game_client) == (b"", "closed")


def test_while_64_clients_hang_16_others_are_served(world, game_client):
    world.replace([{"wire": "hang", "times": 64, "duration_ms": 120_000}])
    with ExitStack() as hanging:
        for _ in range(64):
            hanging.enter_context(game_client()).send()
        while world.faults()[0]["remaining"]:
            pass  # each look is a request of its own: the server gets its turn

        with ThreadPoolExecutor(16) as threads:
            answers = list(threads.map(lambda _: served(game_client), range(16)))

    assert answers == [OK] * 16


def served(game_client: Callable[..., GameClient]) -> bytes:
    with game_client() as one:
        one.send()
        return one.answer()


def test_bad_json_is_whole_as_http(world, game_client):
    world.replace([{"wire": "bad_json"}])

    body = served(game_client)

    assert body == OK[: len(OK) // 2]
    with pytest.raises(ValueError, match="Unterminated string"):
        json.loads(body)


@pytest.mark.parametrize("status", [None, 404, 503, 599])
def test_an_http_status_is_sent_with_the_answer(world, game_client, status):
    world.replace([{"wire": "http_status"} | ({"status": status} if status else {})])

    with game_client() as one:
        one.send()
        first = one.socket.recv(65536)

    assert first.startswith(f"HTTP/1.1 {status or 500} ".encode())


def test_a_drip_arrives_whole_in_the_end(world, game_client):
    world.replace([{"wire": "drip", "duration_ms": 20}])

    assert served(game_client) == OK


def test_after_the_service_the_write_is_stored_and_the_answer_lost(world, game_client):
    world.replace([{"wire": "reset", "moment": "after", "api": "setUserCloudStorage"}])

    assert outcome_of(game_client) == (b"", "reset")
    saved = world.call("getUserCloudStorage", {"keyList": ["score"]})
    assert saved["data"] == [{"key": "score", "value": "1"}]
    assert world.requests()[0]["reply"] is None


def test_before_the_service_nothing_is_stored(world, game_client):
    world.replace([{"wire": "reset", "api": "setUserCloudStorage"}])
    outcome_of(game_client)

    assert world.call("getUserCloudStorage", {"keyList": ["score"]})["data"] == []


def test_a_call_sent_again_meets_the_same_fault_and_is_counted_once(world, game_client):
    world.replace([{"wire": "reset", "times": 1}])

    for _ in range(3):
        with game_client(call_id="c-1") as one:
            one.send()
            assert one.ending() == (b"", "reset")

    assert world.faults()[0]["hits"] == 1
    assert len(world.requests()) == 1


def test_a_call_sent_again_while_the_first_waits_is_one_write(world, game_client):
    world.replace([{"delay_ms": 50, "times": 1}])
    with game_client(call_id="c-1") as first, game_client(call_id="c-1") as second:
        first.send()
        second.send()
        assert first.answer() == second.answer() == OK

    assert world.faults()[0]["hits"] == 1


def test_a_connection_goes_on_after_a_drip(world, game_client):
    world.replace([{"wire": "drip", "duration_ms": 10, "times": 1}])

    with game_client() as one:
        for _ in range(2):
            one.send()
            assert one.answer() == OK


def test_8_threads_of_2000_calls_meet_exactly_100_failures(server, world, new_world):
    world.replace([{"error": "internal-error", "times": 100}])
    start = Barrier(8)

    def failures(_: int) -> int:
        failed = 0
        with GameClient(server.port, new_world) as one:
            start.wait()
            for _ in range(2000):
                one.send()
                failed += one.answer() != OK
        return failed

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(failures, range(8))) == 100

    (fault,) = world.faults()
    assert (fault["hits"], fault["remaining"], fault["completed"]) == (100, 0, True)
    assert count(world, error="internal-error") == fault["hits"]
    assert count(world) == 16_000
    assert count(world, ok=True) == 15_900


def count(world: Client, **match: Any) -> int:
    body = {"match": match}
    answer = world.control("POST", "/v1/requests/count", body)
    return int(answer["count"])


def test_a_call_right_behind_a_preflight_meets_a_fault_of_the_socket(world, game_client):
    world.replace([{"wire": "reset"}])
    preflight = b"OPTIONS /tt/login HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n\r\n"

    for _ in range(20):
        with game_client() as one:
            one.socket.sendall(preflight)
            assert one.socket.recv(65536).startswith(b"HTTP/1.1 204 ")
            one.send()
            assert one.ending() == (b"", "reset")


STATE = b"GET /tt/state HTTP/1.1\r\nHost: localhost\r\n\r\n"
ENDS = {
    "reset": (b"", "reset"),
    "close": (b"", "closed"),
    "hang": (b"", "closed"),
    "truncate": (OK[: len(OK) // 2], "closed"),
}


@pytest.mark.parametrize("before", ["Flask", "a delayed call"])
@pytest.mark.parametrize("wire", ENDS)
def test_a_pipelined_call_meets_a_fault_of_the_socket_when_its_turn_comes(
    world, game_client, before, wire
):
    duration = {"duration_ms": 20} if wire == "hang" else {}
    world.replace([{"api": "login", "delay_ms": 50}, {"wire": wire, "player": "p"} | duration])
    with game_client() as one:
        first = one.request.replace(b"setUserCloudStorage", b"login")
        struck = one.request.replace(b"\r\n", b"\r\nX-Emulator-Player: p\r\n", 1)
        one.socket.sendall((STATE if before == "Flask" else first) + struck + one.request)
        received, end = one.ending()

    answers = received.split(b"HTTP/1.1 200 OK")[1:]
    assert len(answers) == 1 + (wire == "truncate")
    assert answers[0].partition(b"\r\n\r\n")[2] != b""
    assert (answers[1].partition(b"\r\n\r\n")[2] if answers[1:] else b"", end) == ENDS[wire]
    assert [fault["hits"] for fault in world.faults()] == [int(before != "Flask"), 1]
    assert [each["api"] for each in world.requests()].count("setUserCloudStorage") == 1


def test_pipelined_calls_behind_a_drip_are_answered_in_their_order(world, game_client):
    world.replace([{"wire": "drip", "duration_ms": 50, "times": 2}])

    with game_client() as one:
        one.socket.sendall(STATE + one.request * 3)
        one.answer()
        assert [one.answer() for _ in range(3)] == [OK] * 3

    assert world.faults()[0]["hits"] == 2


def test_a_call_is_one_however_its_address_is_spelled(world, game_client):
    world.replace([{"wire": "reset"}])

    for spelled in (
        b"/%74t/setUserCloudStorage",
        b"//tt/setUserCloudStorage",
        b"/tt/set%55serCloudStorage",
    ):
        with game_client() as one:
            one.socket.sendall(one.request.replace(b"/tt/setUserCloudStorage", spelled))
            assert one.ending() == (b"", "reset")

    assert world.faults()[0]["hits"] == 3


@pytest.mark.parametrize("wire", ["reset", "close", "hang", "drip", "truncate", "bad_json"])
@pytest.mark.parametrize("proxy", [b"Via: 1.1 nginx", b"x-forwarded-for: 10.0.0.1", b""])
def test_the_journal_says_where_a_proxy_stood_between(world, game_client, wire, proxy):
    duration = {"duration_ms": 10} if wire in ("hang", "drip") else {}
    world.replace([{"wire": wire} | duration])
    header = proxy + b"\r\n" if proxy else b""

    with game_client() as one:
        one.socket.sendall(one.request.replace(b"Host:", header + b"Connection: close\r\nHost:"))
        one.ending()

    (exchange,) = world.requests()
    names_proxy = "; it came through a proxy (" in exchange["reason"]
    assert names_proxy is bool(proxy and wire not in ("truncate", "bad_json"))
    assert exchange["reason"].startswith("f1 struck, hit 1")
