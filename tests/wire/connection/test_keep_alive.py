from collections.abc import Callable
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from timers import Timer
from tt_emulator.wire.connection.keep_alive import KeepAliveProtocol

KEEP_ALIVE_S = 75
REQUEST = b"GET /a?b HTTP/1.1\r\nHost: localhost\r\nX: y\r\n\r\n"


class Loop:
    """A loop whose time a test moves. Its tasks end at once, with an answer."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.timers: list[Timer] = []
        self.connection: Any = None
        self.scopes: list[Any] = []

    def call_later(self, delay_s: float, act: Callable[[], None]) -> Timer:
        self.timers.append(Timer(self.now_s + delay_s, act))
        return self.timers[-1]

    def create_task(self, run: Any) -> Any:
        run.close()
        self.scopes.append(self.connection.scope)
        return self

    def add_done_callback(self, _: Any) -> None:
        """A task's."""

    def answer(self) -> None:
        self.connection.cycle.response_complete = True
        self.connection.on_response_complete()

    def pass_s(self, seconds: float) -> None:
        self.now_s += seconds
        for timer in [timer for timer in self.timers if timer.due_s <= self.now_s]:
            self.timers.remove(timer)
            if not timer.cancelled:
                timer.act()


class Transport:
    closed = False

    def get_extra_info(self, name: str) -> None:
        """Nothing is known."""

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True


async def app(scope: Any, receive: Any, send: Any) -> None:
    """An ASGI app, for a configuration that loads."""


@pytest.fixture
def loop() -> Loop:
    config = uvicorn.Config(app, ws="none", timeout_keep_alive=KEEP_ALIVE_S)
    config.load()
    loop: Any = Loop()
    loop.connection = KeepAliveProtocol(config, ServerState(), {}, loop)
    loop.connection.connection_made(Transport())
    made: Loop = loop
    return made


def is_closed(loop: Loop) -> bool:
    closed: bool = loop.connection.transport.closed
    return closed


def test_an_application_finds_the_whole_request_in_its_scope(loop: Loop) -> None:
    loop.connection.data_received(REQUEST)

    (scope,) = loop.scopes
    assert (scope["method"], scope["path"], scope["query_string"]) == ("GET", "/a", b"b")
    assert scope["headers"] == [(b"host", b"localhost"), (b"x", b"y")]


def test_each_request_has_a_scope_of_its_own(loop: Loop) -> None:
    for _ in range(2):
        loop.connection.data_received(REQUEST)
        loop.answer()

    first, second = loop.scopes
    assert first == second
    assert first is not second
    assert first["headers"] is not second["headers"]


def test_a_connection_that_nobody_uses_is_closed(loop: Loop) -> None:
    loop.connection.data_received(REQUEST)
    loop.answer()
    for _ in range(2):
        loop.pass_s(KEEP_ALIVE_S)

    assert is_closed(loop)


def test_a_connection_in_use_stays_open_on_one_timer(loop: Loop) -> None:
    for _ in range(10):
        loop.connection.data_received(REQUEST)
        loop.answer()
        assert len(loop.timers) == 1
        loop.pass_s(KEEP_ALIVE_S - 1)

    assert not is_closed(loop)


def test_a_connection_that_is_owed_an_answer_stays_open(loop: Loop) -> None:
    loop.connection.data_received(REQUEST)
    loop.answer()
    loop.connection.data_received(REQUEST)
    for _ in range(10):
        loop.pass_s(KEEP_ALIVE_S)

    assert not is_closed(loop)
    loop.answer()
    for _ in range(2):
        loop.pass_s(KEEP_ALIVE_S)
    assert is_closed(loop)


def test_a_lost_connection_leaves_no_timer(loop: Loop) -> None:
    loop.connection.data_received(REQUEST)
    loop.answer()
    loop.connection.connection_lost(ConnectionResetError())

    assert [timer.cancelled for timer in loop.timers] == [True]
