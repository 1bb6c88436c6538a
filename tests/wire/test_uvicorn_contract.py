"""What we override in uvicorn and what we lean on; each minor version is held to this first."""

import ast
import asyncio
import inspect
import re
from typing import Any

import pytest
import uvicorn
from packaging.requirements import Requirement
from packaging.version import Version
from uvicorn.protocols.http import httptools_impl
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from tt_emulator.server.lifetime import Server
from tt_emulator.wire.connection.fairness import BacklogFlow, FairProtocol
from tt_emulator.wire.connection.keep_alive import KeepAliveProtocol
from tt_emulator.wire.connection.passing_on import PassingProtocol
from tt_emulator.wire.connection.patience import PatientProtocol
from tt_emulator.wire.connection.pending import Turn, Waiting
from tt_emulator.wire.connection.pipelining import PipelinedProtocol
from tt_emulator.wire.connection.receiving import Receiver
from tt_emulator.wire.hot.protocol import _GameProtocol
from versions.conftest import DECLARED
from versions.test_dependencies import UVICORNS

PROTOCOL_HOOKS = {"connection_made": ["self", "transport"], "data_received": ["self", "data"]}
RECEIVER_HOOKS = {
    "data_received": ["self", "data"],
    "on_message_begin": ["self"],
    "on_headers_complete": ["self"],
    "on_body": ["self", "body"],
    "on_message_complete": ["self"],
    "send_400_response": ["self", "msg"],
    "_unsupported_upgrade_warning": ["self"],
    "connection_lost": ["self", "exc"],
}
PASSING_HOOKS = {"connection_lost": ["self", "exc"], "shutdown": ["self"]}
PIPELINED_HOOKS = {"connection_lost": ["self", "exc"]}
PATIENT_HOOKS = {"connection_made": ["self", "transport"], "connection_lost": ["self", "exc"]}
KEEP_ALIVE_HOOKS = {
    "on_message_begin": ["self"],
    "on_headers_complete": ["self"],
    "on_response_complete": ["self"],
    "timeout_keep_alive_handler": ["self"],
    "connection_lost": ["self", "exc"],
    "_unset_keepalive_if_required": ["self"],
}
FAIR_HOOKS = {
    "connection_made": ["self", "transport"],
    "pause_writing": ["self"],
    "resume_writing": ["self"],
}
FLOW_HOOKS = {"pause_reading": ["self"], "resume_reading": ["self"]}
SERVER_HOOKS = {
    "startup": ["self", "sockets"],
    "shutdown": ["self", "sockets"],
    "capture_signals": ["self"],
    "handle_exit": ["self", "sig", "frame"],
}
ALL_HOOKS = PROTOCOL_HOOKS | RECEIVER_HOOKS | PIPELINED_HOOKS | PATIENT_HOOKS | KEEP_ALIVE_HOOKS
ALL_HOOKS |= FAIR_HOOKS | PASSING_HOOKS
KEPT_BY_A_CONNECTION = ["loop", "parser", "transport", "tasks", "cycle", "expect_100_continue"]
KEPT_BY_A_CONNECTION += ["app", "flow", "pipeline", "timeout_keep_alive_task"]


def parameters(function: Any) -> list[str]:
    return list(inspect.signature(function).parameters)


def overridden(ours: type, theirs: type) -> set[str]:
    return {name for name in vars(ours) if not name.startswith("__") and hasattr(theirs, name)}


@pytest.mark.parametrize(("name", "expected"), ALL_HOOKS.items())
def test_the_connection_has_the_methods_we_know(name: str, expected: list[str]) -> None:
    assert parameters(getattr(HttpToolsProtocol, name)) == expected
    assert parameters(getattr(_GameProtocol, name)) == expected


def test_what_is_declared_begins_with_the_oldest_that_is_tried_and_admits_all_of_them() -> None:
    (declared,) = [each for each in map(Requirement, DECLARED) if each.name == "uvicorn"]
    (floor,) = [each.version for each in declared.specifier if each.operator == ">="]
    tried = [*UVICORNS, uvicorn.__version__]

    assert [version for version in tried if version not in declared.specifier] == []
    assert Version(floor) == Version(UVICORNS[0])


@pytest.mark.parametrize(("name", "expected"), SERVER_HOOKS.items())
def test_the_server_has_the_methods_we_know(name: str, expected: list[str]) -> None:
    theirs, ours = getattr(uvicorn.Server, name), getattr(Server, name)

    assert parameters(theirs) == parameters(ours) == expected
    assert inspect.iscoroutinefunction(theirs) == inspect.iscoroutinefunction(ours)


def test_these_are_all_that_we_override() -> None:
    assert overridden(_GameProtocol, HttpToolsProtocol) == set(PROTOCOL_HOOKS)
    assert overridden(Receiver, HttpToolsProtocol) == set(RECEIVER_HOOKS)
    assert overridden(PassingProtocol, HttpToolsProtocol) == set(PASSING_HOOKS)
    assert overridden(PipelinedProtocol, HttpToolsProtocol) == set(PIPELINED_HOOKS)
    assert overridden(PatientProtocol, HttpToolsProtocol) == set(PATIENT_HOOKS)
    assert overridden(KeepAliveProtocol, HttpToolsProtocol) == set(KEEP_ALIVE_HOOKS)
    assert overridden(FairProtocol, HttpToolsProtocol) == set(FAIR_HOOKS)
    assert overridden(BacklogFlow, FlowControl) == set(FLOW_HOOKS)
    assert overridden(Server, uvicorn.Server) == set(SERVER_HOOKS)


async def app(scope: Any, receive: Any, send: Any) -> None:
    """An ASGI app, for a configuration that loads."""


def test_a_connection_keeps_what_we_read_of_it() -> None:
    loop = asyncio.new_event_loop()
    kept = HttpToolsProtocol(uvicorn.Config(app, ws="none"), ServerState(), {}, loop)
    kept.on_message_begin()
    loop.close()

    for name in [*KEPT_BY_A_CONNECTION, "headers", "url"]:
        assert hasattr(kept, name), name
    assert (kept.headers, kept.url, kept.expect_100_continue) == ([], b"", False)
    for name in ("get_method", "get_http_version", "should_keep_alive"):
        assert callable(getattr(kept.parser, name))


def test_a_request_begins_for_uvicorn_with_nothing_but_these_and_a_scope() -> None:
    begun = inspect.getsource(HttpToolsProtocol.on_message_begin)
    set_there = set(re.findall(r"self\.(\w+) = ", begun))

    assert set_there == {"url", "expect_100_continue", "headers", "scope"}
    assert '"headers": self.headers,' in begun


def test_uvicorns_own_timer_is_armed_after_an_answer_and_closes_what_it_finds() -> None:
    done = inspect.getsource(HttpToolsProtocol.on_response_complete)
    over = inspect.getsource(HttpToolsProtocol.timeout_keep_alive_handler)

    assert "self.timeout_keep_alive_task = self.loop.call_later(" in done
    assert "self.timeout_keep_alive, self.timeout_keep_alive_handler" in done
    assert "self.transport.close()" in over


def test_a_waiting_reply_has_all_that_a_connection_reads_of_its_cycle() -> None:
    tree = ast.parse(inspect.getsource(httptools_impl))
    (protocol,) = [
        node
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == HttpToolsProtocol.__name__
    ]
    read = {
        node.attr
        for node in ast.walk(protocol)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self.cycle"
    }
    waiting = Waiting(keep_alive=True)

    of_a_request_that_is_still_arriving = {"body", "more_body"}
    of_one_that_begins = {"run_asgi"}  # read there until 0.45
    assert {name for name in read if not hasattr(waiting, name)} - of_one_that_begins == (
        of_a_request_that_is_still_arriving
    )
    assert "response_complete" in inspect.getsource(RequestResponseCycle)


def test_a_request_that_waits_for_its_turn_is_begun_like_a_cycle() -> None:
    next_one = inspect.getsource(HttpToolsProtocol.on_response_complete)

    assert "cycle, app = self.pipeline.pop()" in next_one
    assert "cycle.run_asgi(app)" in next_one or "_start_asgi_task(cycle, app)" in next_one
    assert parameters(Turn.run_asgi) == parameters(RequestResponseCycle.run_asgi)


def test_a_cycle_takes_a_body_that_is_there_already() -> None:
    """And copies no bytes of it."""
    received = inspect.getsource(RequestResponseCycle.receive)
    body = b"whole"

    assert re.search(r'"body": (bytes\(self\.body\)|self\.body),', received)
    assert bytes(body) is body
    assert "self.cycle.more_body = False" in inspect.getsource(
        HttpToolsProtocol.on_message_complete
    )
    for name in ("body", "waiting_for_100_continue", "disconnected", "scope"):
        assert f"self.{name} = " in inspect.getsource(RequestResponseCycle.__init__)


def test_an_answer_that_another_server_gave_ends_a_cycle_as_one_of_its_own() -> None:
    sent = inspect.getsource(RequestResponseCycle.send)
    end = sent.index("self.response_complete = True")

    for line in ("self.message_event.set()", "self.transport.close()", "self.on_response()"):
        end = sent.index(line, end)
    assert "not self.response_started" in inspect.getsource(RequestResponseCycle.run_asgi)
    assert "not self.response_complete" in inspect.getsource(RequestResponseCycle.run_asgi)


def test_the_server_takes_our_class_for_its_connections() -> None:
    config = uvicorn.Config(app, http=_GameProtocol, ws="none", lifespan="off")
    config.load()

    assert config.http_protocol_class is _GameProtocol
    assert config.ws_protocol_class is None


def test_the_server_ends_by_the_flags_that_we_set() -> None:
    server = uvicorn.Server(uvicorn.Config(app))

    assert (server.should_exit, server.force_exit) == (False, False)
    assert "self.capture_signals()" in inspect.getsource(uvicorn.Server.serve)
    assert "self.should_exit" in inspect.getsource(uvicorn.Server.on_tick)
