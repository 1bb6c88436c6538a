"""A server passes on what is about another one's world, and nobody can tell."""

import json
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from entry_points import FlaskEntryPoint
from process import free_port
from rawhttp import TIMEOUT_S, Game, Wire, request
from team import Member, member, seen, timeless
from tt_emulator.client import Client
from tt_emulator.domain.store import WorldStore
from tt_emulator.errors import Elsewhere
from tt_emulator.server import assembly
from tt_emulator.wire.connection.receiving import MAX_HEAD_BYTES
from tt_emulator.wire.game_api import MAX_BODY_BYTES

HOST = "localhost:8718"
HERE, THERE = "X-Emulator-World: here", "X-Emulator-World: there"
JSON = "Content-Type: application/json"
LAST = "Connection: close"
SET = b'{"KVDataList":[{"key":"score","value":"1"}]}'
GET = b'{"keyList":["score"]}'
FAULTS, EVENTS = "/__emulator/v1/faults", "/__emulator/v1/events"
WORLD = "/__emulator/v1/worlds/there"


@pytest.fixture(scope="module")
def team() -> Iterator[tuple[Member, Member]]:
    """One server, and the one that has the world `there`."""
    with member() as owner, member(there=owner.me) as other:
        yield other, owner


@pytest.fixture(autouse=True)
def fresh(team: tuple[Member, Member]) -> None:
    _, owner = team
    Client(owner.me, "there").drop_world()


@pytest.fixture
def both(team: tuple[Member, Member]) -> Callable[..., tuple[Any, Any]]:
    """What is seen of the owner, and through the other server, each in a world without a past."""

    def look(*sent: bytes, before: Callable[[Client], object] = lambda _: None) -> tuple[Any, Any]:
        found = []
        for port in (team[1].port, team[0].port):
            client = Client(team[1].me, "there")
            client.drop_world()
            before(client)
            found.append(seen(port, *sent))
        return found[0], found[1]

    return look


def ask(method: str, path: str, body: bytes | None = None, *lines: str) -> bytes:
    """The last request on its connection."""
    return request(method, path, body, THERE, *lines, LAST, host=HOST)


def chunked(path: str, body: bytes) -> bytes:
    head = request("POST", path, None, THERE, "Transfer-Encoding: chunked", LAST, host=HOST)
    pieces = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in (body[:3], body[3:], b""))
    return head + pieces


def with_a_full_head() -> bytes:
    """A call whose address, and names and values of headers, are as long as they may be."""
    head, _, body = ask("POST", SAVE, SET, "X: ").partition(b"\r\n\r\n")
    _, *lines = head.split(b"\r\n")
    counted_bytes = len(SAVE) + sum(len(line) - len(": ") for line in lines)
    filling = b"X: " + b"y" * (MAX_HEAD_BYTES - counted_bytes)
    return head.replace(b"X: ", filling) + b"\r\n\r\n" + body


SAVE = "/tt/setUserCloudStorage"
REQUESTS = {
    "a call": ask("POST", SAVE, SET),
    "a call under an id": ask("POST", SAVE, SET, "X-Emulator-Call: c-1"),
    "a call of a page": ask("POST", SAVE, SET, "Origin: http://localhost:3000"),
    "a call in Chinese": ask("POST", "/tt/getUserInfo", b"{}", "Accept-Language: zh"),
    "a call in chunks": chunked(SAVE, SET),
    "a call with 100 headers": ask("POST", SAVE, SET, *(f"X-{n}: y" for n in range(96))),
    "a call with 101 headers": ask("POST", SAVE, SET, *(f"X-{n}: y" for n in range(97))),
    "a call with a full head": with_a_full_head(),
    "a call of HTTP/1.0": ask("POST", SAVE, SET).replace(b"HTTP/1.1", b"HTTP/1.0"),
    "a call that is refused": ask("POST", SAVE, b'{"KVDataList":1}'),
    "a call without JSON": ask("POST", SAVE, b"{"),
    "no API": ask("POST", "/tt/none", b"{}"),
    "no address": ask("GET", "/tt/none/at/all"),
    "not by GET": ask("GET", SAVE),
    "the head of a state": ask("HEAD", "/tt/state"),
    "a state": ask("GET", "/tt/state"),
    "a preflight": ask("OPTIONS", SAVE, None, "Origin: http://localhost:3000"),
    "a page that may not": ask("GET", "/tt/state", None, "Origin: http://evil.example"),
    "a backend": ask("POST", "/api/apps/v2/token", b"{}", JSON),
    "settings": ask("GET", "/__emulator/v1/settings"),
    "a fault": ask("POST", FAULTS, b'{"error":"network-unavailable"}', JSON),
    "a fault that is none": ask("POST", FAULTS, b'{"error":"none"}', JSON),
    "a fault in text": ask("POST", FAULTS, b"{}"),
    "a world": ask("GET", WORLD),
    "the end of a world": ask("DELETE", WORLD),
    "a time": ask("POST", "/__emulator/v1/clock", b'{"freeze":"2030-01-01T00:00:00Z"}', JSON),
}


@pytest.mark.parametrize("sent", REQUESTS.values(), ids=REQUESTS)
def test_a_response_is_the_same_byte_for_byte(both, sent):
    direct, through = both(sent, before=lambda world: world.reset())

    assert direct[0].startswith(b"HTTP/1.1 ")
    assert (timeless(through[0]), through[1]) == (timeless(direct[0]), direct[1])


WIRE_FAULTS = [
    {"wire": "reset"},
    {"wire": "close"},
    {"wire": "truncate"},
    {"wire": "bad_json"},
    {"wire": "http_status", "status": 503},
    {"wire": "hang", "duration_ms": 20},
    {"wire": "drip", "duration_ms": 200},
]


@pytest.mark.parametrize("call_id", ["", "X-Emulator-Call: c-1\r\n"], ids=["no id", "an id"])
@pytest.mark.parametrize("fault", WIRE_FAULTS, ids=lambda fault: fault["wire"])
def test_a_fault_of_the_wire_is_the_same_byte_for_byte(team, both, fault, call_id):
    sent = ask("POST", SAVE, SET).replace(b"Host", call_id.encode() + b"Host")

    direct, through = both(sent, before=lambda world: world.replace([fault]))

    assert through[:2] == direct[:2]
    assert Client(team[1].me, "there").faults()[0]["hits"] == 1
    assert not team[0].told
    if fault["wire"] == "drip":
        assert min(direct[2], through[2]) > 1


FAULT = {"api": "setUserCloudStorage", "error": "network-unavailable"}
LARGE = b" " * (MAX_BODY_BYTES + 1)
REFUSED = {
    "without JSON": ask("POST", SAVE, b"{"),
    "by GET": ask("GET", SAVE),
    "of a player that cannot be": ask("POST", SAVE, SET, "X-Emulator-Player: %00"),
    "of two players": ask("POST", SAVE, SET, "X-Emulator-Player: a", "X-Emulator-Player: b"),
    "too large": ask("POST", SAVE, LARGE),
    "too large in chunks": chunked(SAVE, LARGE),
}


@pytest.mark.parametrize("sent", REFUSED.values(), ids=REFUSED)
def test_the_faults_there_know_of_a_call_that_is_refused_before_it_is_one(team, sent):
    found = []
    for asked in (team[1], team[0]):
        client = Client(team[1].me, "there")
        client.drop_world()
        client.replace([FAULT])
        received = timeless(seen(asked.port, sent)[0])
        (fault,) = client.faults()
        kept = {name: value for name, value in fault.items() if name != "armed_at"}
        found.append((received, kept))

    assert found[0] == found[1]
    assert "1 call came and failed before any fault" in found[0][1]["near_miss"]


def test_a_call_that_is_refused_is_answered_in_its_turn_once_it_is_counted(team):
    client = Client(team[1].me, "there")
    client.replace([FAULT | {"skip": 9}])
    odd = request("POST", SAVE, SET, THERE, "X-Emulator-Player: a", "X-Emulator-Player: b")
    unread = request("POST", SAVE, SET, THERE, "X-Emulator-Player: %00")
    good = request("POST", SAVE, SET, THERE)
    fault = request("GET", FAULTS, None, THERE)
    with Wire(team[0].port) as wire:
        for sent in (odd + good + unread + good + unread + fault, odd + fault):
            wire.send(sent)
        answers = [wire.answer() for _ in range(8)]

    assert [answer.status for answer in answers] == [400, 200, 400, 200, 400, 200, 400, 200]
    told = [answer.json["faults"][0]["near_miss"] for answer in (answers[5], answers[7])]
    assert ["3 calls came" in told[0], "4 calls came" in told[1]] == [True, True], told


def counted(client: Client) -> bool:
    return "1 call came and failed" in client.faults()[0]["near_miss"]


def test_a_call_that_is_refused_is_counted_where_its_world_has_gone():
    with member() as now, member(there=now.me) as before, member(there=before.me) as other:
        other.when_lost = lambda _: other.storage.owners.update(there=now.me)
        client = Client(now.me, "there")
        client.replace([FAULT])
        received, _, _ = seen(other.port, REFUSED["of two players"])

        assert received.startswith(b"HTTP/1.1 400 ")
        assert counted(client)


def test_a_call_that_is_refused_is_counted_by_who_takes_its_world_over():
    with member(there=f"http://127.0.0.1:{free_port()}") as other:
        client = Client(other.me, "there")

        def take_over(_: Elsewhere) -> None:
            other.storage.owners.clear()
            client.replace([FAULT])

        other.when_lost = take_over
        received, _, _ = seen(other.port, REFUSED["of two players"])

        assert received.startswith(b"HTTP/1.1 400 ")
        assert counted(client)


def test_a_call_that_is_refused_is_answered_when_nobody_has_its_world():
    with member(there=f"http://127.0.0.1:{free_port()}") as other, Wire(other.port) as wire:
        wire.send(REFUSED["of two players"].replace(LAST.encode() + b"\r\n", b""))
        assert wire.answer().status == 400
        wire.send(request("GET", "/tt/state", None, HERE))
        assert wire.answer().status == 200


def test_a_client_that_leaves_before_its_refusal_is_counted_leaves_nothing(caplog):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(TIMEOUT_S)
        with member(there=f"http://127.0.0.1:{silent.getsockname()[1]}") as other:
            with Wire(other.port) as wire:
                wire.send(REFUSED["of two players"])
                note, _ = silent.accept()
                assert b"; refused=bad-header\r\n" in note.recv(65536)
            with note:
                assert note.recv(1) == b""  # it goes with its client
            assert Client(other.me).health()["status"] == "ok"

    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("path", [SAVE, "/__emulator/v1/faults"])
def test_what_a_client_says_to_be_refused_is_none(team, path):
    forged = "X-Emulator-Forwarded: http://127.0.0.1:1; refused=bad-header, me"

    received, _, _ = seen(team[1].port, ask("POST", path, SET, forged))

    assert b" 204 " not in received.partition(b"\r\n")[0]


def test_nor_of_a_request_that_is_no_call(team):
    forged = "X-Emulator-Forwarded: http://127.0.0.1:1; refused=bad-header"
    honest, _, _ = seen(team[1].port, ask("GET", "/__emulator/v1/faults", None))

    received, _, _ = seen(team[1].port, ask("GET", "/__emulator/v1/faults", None, forged))

    assert received.partition(b"\r\n")[0] == honest.partition(b"\r\n")[0]


def test_a_reset_after_half_of_a_connection_is_one_here_too(team, both):
    call = request("POST", SAVE, SET, THERE, host=HOST)

    direct, through = both(
        call * 4, before=lambda world: world.replace([{"wire": "reset", "skip": 2}])
    )

    assert direct[0].count(b"HTTP/1.1 200") == 2
    assert through[:2] == direct[:2]


def test_worlds_here_and_there_take_turns_on_a_connection(team):
    other, owner = team
    with Wire(other.port) as wire:
        for number in range(6):
            world = THERE if number % 2 else HERE
            wire.send(request("POST", SAVE, SET.replace(b'"1"', b'"%d"' % number), world))
            assert wire.answer().json == {"errMsg": "setUserCloudStorage:ok"}

    for server, world, value in ((owner, THERE, "5"), (other, HERE, "4")):
        with Wire(server.port) as wire:
            wire.send(request("POST", "/tt/getUserCloudStorage", GET, world))
            assert wire.answer().json["data"] == [{"key": "score", "value": value}]


def test_requests_that_come_at_once_are_answered_in_their_order(team):
    wanted, sent = [], []
    for number in range(40):
        world = THERE if number % 3 else HERE
        if number % 5:
            sent.append(request("POST", "/tt/getUserCloudStorage", GET, world, f"X-N: {number}"))
            wanted.append("getUserCloudStorage:ok")
        else:
            sent.append(request("GET", "/tt/state", None, world))
            wanted.append(None)
    with Wire(team[0].port) as wire:
        wire.send(b"".join(sent))

        assert [wire.answer().json.get("errMsg") for _ in sent] == wanted


def test_a_client_that_waits_for_100_is_told_to_go_on(both):
    head, _, body = ask("POST", SAVE, SET, "Expect: 100-continue").partition(b"\r\n\r\n")

    direct, through = both(head + b"\r\n\r\n", body)

    assert through[:2] == direct[:2]
    assert b"HTTP/1.1 200" in direct[0]


def big_world(team: tuple[Member, Member]) -> bytes:
    client = Client(team[1].me, "there")
    client.call("setUserCloudStorage", {"KVDataList": [{"key": "score", "value": "1" * 900}]})
    world = json.loads(client.export_text())
    (player,) = world["players"]
    world["players"] = [player | {"openid": f"p{number:05}"} for number in range(4_500)]
    return json.dumps(world).encode()


def test_a_world_of_megabytes_comes_and_goes(team, both):
    document = big_world(team)
    assert len(document) > 4_000_000

    direct, through = both(ask("PUT", WORLD, document, JSON))

    assert len(direct[0]) > 4_000_000
    assert timeless(through[0]) == timeless(direct[0])


def test_a_picture_is_where_the_player_asked(team):
    here = f"localhost:{team[0].port}"
    with Wire(team[0].port) as wire:
        wire.send(request("POST", "/tt/getUserInfo", b"{}", THERE, host=here))
        answer = wire.answer().json

    assert answer["userInfo"]["avatarUrl"].startswith(f"http://{here}/")


@pytest.mark.parametrize("path", ["/tt/events", EVENTS])
def test_a_stream_tells_the_same_here_and_there(team, path):
    other, owner = team
    client = Client(owner.me, "there")
    client.call("login", {})
    with Wire(other.port) as here, Wire(owner.port) as there:
        for wire in (here, there):
            wire.send(request("GET", path, None, THERE, host=HOST))
            assert wire.until(b": listening")
        client.put_player("player-1", network="offline")
        found = [told(wire, b"data: ") for wire in (here, there)]
        client.drop_world()

        for lines, wire in zip(found, (here, there), strict=True):
            lines.extend(told(wire, b"0\r\n"))

    assert found[0] == found[1]
    assert any(line.startswith(b"data: ") for line in found[0])


def told(wire: Wire, last: bytes) -> list[bytes]:
    """The lines of events, up to one that begins so; how many come in one chunk is chance."""
    lines = [b""]
    while not lines[-1].startswith(last):
        lines.append(wire.line())
        assert lines[-1], lines
    return [line for line in lines if line.startswith((b"id: ", b"event: ", b"data: "))]


def test_a_stream_goes_on_after_what_was_seen(team):
    client = Client(team[1].me, "there")
    for _ in range(3):
        client.call("login", {})
    with Wire(team[0].port) as wire:
        wire.send(request("GET", EVENTS, None, THERE, "Last-Event-ID: 2"))
        assert wire.until(b": listening")
        assert wire.until(b"id: 3")


def test_who_waits_here_hears_of_what_happens_there(team):
    client = Client(team[1].me, "there")
    client.reset()
    waited = b'{"match":{"api":"login"},"timeout_ms":60000}'
    with Wire(team[0].port) as wire:
        wire.send(request("POST", "/__emulator/v1/requests/wait", waited, THERE, JSON))
        client.call("login", {})

        assert wire.answer().json["ok"] is True


def test_a_listener_who_leaves_here_is_gone_there(team):
    owner = Client(team[1].me, "there")
    owner.reset()
    with Wire(team[0].port) as wire:
        wire.send(request("GET", EVENTS, None, THERE))
        assert wire.until(b": listening")
        assert listeners(team[1].port) == 1

    while listeners(team[1].port):
        pass  # each look is a request of its own: the server gets its turn


def listeners(port: int) -> float:
    with Wire(port) as wire:
        wire.send(request("GET", "/__emulator/metrics", None))
        lines = wire.answer().body.decode().splitlines()
    counted = (line for line in lines if line.startswith("tt_emulator_listeners{"))
    return sum(float(line.split()[-1]) for line in counted)


def test_who_was_passed_on_is_not_passed_on_again():
    with member() as first, member(there=first.me) as second:
        first.storage.owners["there"] = second.me
        for sent in (ask("POST", SAVE, SET), ask("GET", "/tt/state")):
            received, end, _ = seen(first.port, sent)

            head, _, body = received.partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 503 ")
            assert b"retry-after: 1" in head.lower()
            assert json.loads(body)["code"] == "world-moving"
            assert end == "closed"


def test_a_server_that_knows_no_others_says_that_the_world_moves():
    with member() as owner:
        owner.storage.owners["there"] = "http://127.0.0.1:1"
        received, _, _ = seen(owner.port, ask("POST", SAVE, SET, "X-Emulator-Forwarded: x"))

    assert received.startswith(b"HTTP/1.1 503 ")


def test_calls_that_flask_answers_are_passed_on_as_well(monkeypatch):
    monkeypatch.setattr(assembly, "HOT", False)
    with member() as owner, member(there=owner.me) as other:
        sent = ask("POST", SAVE, SET, "X-Emulator-Call: c-1")
        through, direct = seen(other.port, sent), seen(owner.port, sent)

    assert through[0].startswith(b"HTTP/1.1 200 OK")
    assert through[:2] == direct[:2]


def test_flask_alone_says_that_the_world_moves(monkeypatch):
    def elsewhere(world: str, platform: str = "") -> WorldStore:
        raise Elsewhere("http://127.0.0.1:1")

    entry_point = FlaskEntryPoint("there")
    monkeypatch.setattr(entry_point.bench.storage, "open_world", elsewhere)
    answer = entry_point("GET", "/tt/state")

    assert (answer.status, answer.headers["retry-after"]) == (503, "1")
    assert answer.json["code"] == "world-moving"


WAIT = b'{"match":{"api":"checkSession"},"timeout_ms":60000}'
LEFT = {
    "a call": request("POST", SAVE, SET, THERE),
    "a call that hangs": request("POST", "/tt/login", b"{}", THERE),
    "events": request("GET", EVENTS, None, THERE),
    "a wait": request("POST", "/__emulator/v1/requests/wait", WAIT, THERE, JSON),
    "an export": request("GET", WORLD),
}


def test_the_log_has_no_error_when_clients_leave(caplog):
    with member() as owner, member(there=owner.me) as other:
        client = Client(owner.me, "there")
        client.import_text(big_world((other, owner)))
        client.replace([{"api": "login", "wire": "hang", "duration_ms": 120_000, "times": 1}])
        for name, sent in LEFT.items():
            if name != "a call that hangs":
                with Wire(other.port) as wire:
                    wire.send(sent)
        with Wire(other.port) as wire:
            wire.send(LEFT["an export"])
            assert wire.socket.recv(100_000)
        with Wire(other.port) as stays:
            stays.send(LEFT["a call that hangs"])
            while client.faults()[0]["remaining"]:
                pass  # each look is a request of its own: the server gets its turn
            while listeners(owner.port):
                pass  # as above

    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_a_server_that_ends_does_not_wait_for_what_others_answer():
    with ExitStack() as undo:
        owner = undo.enter_context(member())
        Client(owner.me, "there").reset()
        with member(there=owner.me) as other:
            wire = undo.enter_context(Wire(other.port))
            wire.send(LEFT["events"])
            assert wire.until(b": listening")

        assert not wire.until(b"id: 1000")


@pytest.mark.parametrize("sent", [ask("POST", SAVE, SET), ask("GET", "/tt/state")])
def test_what_an_owner_has_no_longer_is_handled_here(sent):
    with member() as owner, member(there=owner.me) as other:
        owner.storage.owners["there"] = "http://127.0.0.1:1"
        other.takes_over("there")
        received, _, _ = seen(other.port, sent)

    assert received.startswith(b"HTTP/1.1 200 OK")
    assert received.count(b"HTTP/1.1 ") == 1
    assert not other.told


@pytest.mark.parametrize(
    "sent", [request("POST", SAVE, SET, THERE), request("GET", "/tt/state", None, THERE)]
)
def test_a_server_that_leaves_has_its_clients_connect_elsewhere(sent):
    with member() as owner, member(there=owner.me) as other:
        other.leaving = True
        received, end, _ = seen(other.port, sent)

    assert received.startswith(b"HTTP/1.1 200 OK")
    assert b"\r\nconnection: close\r\n" in received.lower()  # or it is asked again meanwhile
    assert end == "closed"


def test_what_was_passed_on_before_the_server_left_ends_no_connection():
    with member() as owner, member(there=owner.me) as other, Wire(other.port) as wire:
        delayed = Client(owner.me, "there").fault(api="setUserCloudStorage", delay_ms=60_000)
        wire.send(request("POST", SAVE, SET, THERE))
        Game(owner.port, "there").wait_until(len)
        other.leaving = True
        delayed.disarm()
        first = wire.answer()
        wire.send(request("POST", SAVE, SET, THERE))
        last = wire.answer()

        assert (first.status, last.status) == (200, 200)
        assert ("connection" in first.headers, last.headers["connection"]) == (False, "close")
        assert wire.ended()


def test_two_that_take_each_other_for_the_owner_ask_who_it_is():
    with member() as first, member(there=first.me) as second:
        first.storage.owners["there"] = second.me
        first.takes_over("there")
        received, _, _ = seen(second.port, ask("GET", "/tt/state"))

    assert received.startswith(b"HTTP/1.1 200 ")
