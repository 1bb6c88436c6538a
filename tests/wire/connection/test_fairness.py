"""A client that sends many requests at once, or does not read, holds up nobody but itself."""

import asyncio
from select import select
from typing import Any

import pytest

from fed_connection import Transport, connected
from rawhttp import Game, Wire, pair, request
from tt_emulator.wire.connection.fairness import ANSWERS_A_TURN, PIECE_BYTES, BacklogFlow

LOGIN = request("POST", "/tt/login", b"{}")
A_TURN = ANSWERS_A_TURN + PIECE_BYTES // len(LOGIN) + 1
"""The most that are answered in one: whatever came with the last of them is parsed with it."""


def answers(transport: Transport) -> int:
    return transport.written.count(b"HTTP/1.1 200 OK")


def turn(connection: Any) -> None:
    """One turn of the loop."""
    connection.loop.call_soon(connection.loop.stop)
    connection.loop.run_forever()


def test_in_a_turn_of_the_loop_only_so_many_are_answered_and_in_the_end_all():
    with connected() as (connection, transport, bench):
        connection.data_received(LOGIN * 1000)
        seen = [answers(transport)]
        while seen[-1] < 1000:
            turn(connection)
            seen.append(answers(transport))

        assert all(0 < b - a <= A_TURN for a, b in zip([0, *seen], seen, strict=False))
        assert [each.id for each in bench.world.journal.find()] == list(range(1, 1001))


def test_what_comes_meanwhile_is_answered_after_what_came_before():
    with connected() as (connection, transport, bench):
        connection.data_received(LOGIN * 200)
        connection.data_received(request("POST", "/tt/checkSession", b"{}")[:30])
        connection.data_received(request("POST", "/tt/checkSession", b"{}")[30:])
        while answers(transport) < 201:
            turn(connection)

        assert bench.world.journal.find()[-1].call.api.name == "checkSession"


def test_nothing_is_read_while_there_is_a_backlog():
    with connected() as (connection, transport, _):
        connection.data_received(LOGIN * 1000)
        assert not transport.reads

        while answers(transport) < 1000:
            assert not transport.reads
            turn(connection)

        assert transport.reads


def test_to_a_client_that_does_not_read_nothing_more_is_answered_until_it_does():
    with connected() as (connection, transport, _):
        connection.pause_writing()
        connection.data_received(LOGIN)
        connection.data_received(LOGIN * 100)
        for _ in range(3):
            turn(connection)
        assert answers(transport) == 0
        assert not transport.reads

        connection.resume_writing()
        while answers(transport) < 101:
            turn(connection)

        assert transport.reads


def test_a_client_that_reads_on_before_it_sends_is_answered_at_once():
    with connected() as (connection, transport, _):
        connection.pause_writing()
        connection.resume_writing()
        turn(connection)
        connection.data_received(LOGIN)

        assert answers(transport) == 1


def test_a_large_body_is_taken_in_one_turn():
    body = pair("1" * 500_000)
    with connected() as (connection, transport, _):
        connection.data_received(request("POST", "/tt/setUserCloudStorage", body))

        assert answers(transport) == 1


def test_the_head_of_a_call_that_came_in_one_piece_is_known_the_next_time(monkeypatch):
    body = pair("1" * PIECE_BYTES)
    with connected() as (connection, transport, _):
        connection.data_received(request("POST", "/tt/setUserCloudStorage", body))
        monkeypatch.setattr(connection, "_parse", None)

        connection.data_received(request("POST", "/tt/setUserCloudStorage", body))

        assert answers(transport) == 2


def test_a_connection_that_is_lost_forgets_its_backlog():
    with connected() as (connection, transport, _):
        connection.data_received(LOGIN * 1000)
        connection.connection_lost(None)
        before = answers(transport)
        for _ in range(3):
            turn(connection)

        assert answers(transport) == before < 1000


def test_what_stands_behind_a_refused_request_is_not_read():
    with connected() as (connection, transport, bench):
        connection.data_received(LOGIN * 100 + b"nonsense\r\n\r\n" + LOGIN * 1000)
        for _ in range(50):
            turn(connection)

        assert answers(transport) == 100
        assert len(bench.world.journal.find()) == 100
        assert transport.closed


class Switch:
    """A transport that is read, or not."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def is_closing(self) -> bool:
        return False

    def pause_reading(self) -> None:
        self.calls.append("pause")

    def resume_reading(self) -> None:
        self.calls.append("resume")


def test_a_flow_reads_only_if_uvicorn_wants_it_and_there_is_no_backlog():
    went_on: list[None] = []
    transport: Any = Switch()

    async def go() -> None:
        flow = BacklogFlow(transport, lambda: went_on.append(None))
        flow.hold(held=True)
        flow.pause_reading()
        flow.hold(held=False)
        assert transport.calls == ["pause"]
        flow.hold(held=True)
        flow.resume_reading()
        assert (transport.calls, went_on) == (["pause"], [None])
        flow.hold(held=False)
        assert transport.calls == ["pause", "resume"]

    asyncio.run(go())


@pytest.mark.parametrize("path", ["/tt/login", "/tt/state"])
def test_beside_a_client_that_pipelines_and_never_reads_others_are_answered(
    server, new_world, path
):
    game = Game(server.port, new_world)
    method = "GET" if path == "/tt/state" else "POST"
    sent = request(method, path, b"{}") * 200_000
    with Wire(server.port) as greedy:
        greedy.socket.setblocking(False)
        taken = 0
        while select([], [greedy.socket], [], 1)[1] and taken < len(sent):
            taken += greedy.socket.send(sent[taken : taken + 65536])

        assert taken < len(sent)  # the rest waits at the client, not in the server's memory
        assert game.ask(game.post("/tt/login")).status == 200


def test_hundreds_of_requests_of_both_kinds_on_one_connection_are_answered_in_their_order(
    server, new_world
):
    game = Game(server.port, new_world)
    state = request("GET", "/tt/state", None, game.world)
    with Wire(server.port) as wire:
        wire.send((state + game.post("/tt/login") * 2) * 150)
        keys = [next(iter(wire.answer().json)) for _ in range(450)]

    assert keys == ["host", "errMsg", "errMsg"] * 150
