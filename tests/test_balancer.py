"""The balancer of the tests, without which `--servers turns` would show nothing."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from balancer import balanced
from rawhttp import Wire, request
from stub import Stub, stub_server

SAVE = request("POST", "/save", b"12")


@pytest.fixture
def stubs() -> Iterator[list[Stub]]:
    with ExitStack() as undo:
        yield [undo.enter_context(stub_server()) for _ in range(2)]


@pytest.fixture
def wire(stubs: list[Stub]) -> Iterator[Wire]:
    with balanced([stub.server_port for stub in stubs]) as port, Wire(port) as wire:
        yield wire


def asked(stubs: list[Stub]) -> list[list[str]]:
    return [[seen.target for seen in stub.seen] for stub in stubs]


def test_each_request_of_a_connection_goes_to_the_next_server(
    wire: Wire, stubs: list[Stub]
) -> None:
    for path in ("/1", "/2", "/3"):
        wire.send(request("GET", path))
        assert wire.answer().json == {}

    assert asked(stubs) == [["/1", "/3"], ["/2"]]


def test_the_parts_of_a_request_stay_together(wire: Wire, stubs: list[Stub]) -> None:
    for number in (0, 1):
        wire.send(request("POST", "/save", b"12", "Expect: 100-continue")[:-2])
        assert wire.answer().status == 100
        wire.send(b"1")
        wire.send(b"2")
        assert wire.answer().status == 200

        assert [seen.body for seen in stubs[number].seen] == [b"12"]


def test_requests_that_wait_for_no_answer_stay_in_order(wire: Wire, stubs: list[Stub]) -> None:
    wire.send(SAVE + SAVE + SAVE[:20])
    for _ in range(2):
        assert wire.answer().status == 200
    wire.send(SAVE[20:])
    assert wire.answer().status == 200

    assert asked(stubs) == [["/save"] * 3, []]


def test_what_is_no_http_stays_with_its_server(wire: Wire, stubs: list[Stub]) -> None:
    wire.send(b"EHLO\r\n\r\n")
    wire.socket.shutdown(1)
    wire.until(b"never")

    assert wire.ended()
    assert asked(stubs) == [[], []]


def test_a_server_that_hangs_up_hangs_up(wire: Wire, stubs: list[Stub]) -> None:
    wire.send(SAVE)
    assert wire.answer().status == 200
    stubs[1].answer = None
    wire.send(SAVE)

    assert wire.ended()
    assert asked(stubs) == [["/save"], ["/save"]]
