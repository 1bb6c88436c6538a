import http.client
import socket
import subprocess
import time
from types import ModuleType

import freezegun
import pytest

from tt_emulator import natives


@pytest.mark.parametrize("moment", ["1980-01-01", "2031-05-05"])
def test_real_time_goes_on_where_it_is_frozen(moment: str) -> None:
    before_s = time.time()
    with freezegun.freeze_time(moment):
        seen_s = natives.now_s()

    assert before_s - 1 <= seen_s <= time.time() + 1


def test_nothing_that_stands_in_the_module_could_be_replaced_there() -> None:
    ours = {name for name, value in vars(natives).items() if value in (time.time, time.monotonic)}

    assert ours == set()


def test_a_connection_is_made_where_sockets_are_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("no sockets here")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        for name in ("socket", "create_connection", "getaddrinfo"):
            monkeypatch.setattr(socket, name, refuse)
        with natives.connected("localhost", port, 5) as connection:
            assert connection.getpeername()[1] == port
            assert connection.gettimeout() == 5


def test_each_address_of_a_name_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        found = [
            (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 1)),
            (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port)),
        ]
        monkeypatch.setattr(natives._Kept, "getaddrinfo", lambda *_: found)
        with natives.connected("two.test", port, 5) as connection:
            assert connection.getpeername()[1] == port


def test_where_nobody_listens_that_is_told_and_nothing_is_left_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(ConnectionRefusedError):
        natives.connected("127.0.0.1", port, 5)


@pytest.mark.parametrize("library", ["gevent", "eventlet"])
def test_where_sockets_are_cooperative_so_is_the_connection(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = type("socket", (), {"__module__": f"{library}._socket3"})
    monkeypatch.setattr(socket, "socket", theirs)
    monkeypatch.setattr(socket, "create_connection", lambda *arguments: arguments)

    assert natives.connected("127.0.0.1", 1, 5) == (("127.0.0.1", 1), 5)


@pytest.mark.parametrize("library", ["gevent", "eventlet"])
def test_where_processes_are_cooperative_so_is_the_servers(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = type("Popen", (), {"__module__": f"{library}.subprocess"})
    monkeypatch.setattr(subprocess, "Popen", theirs)

    assert natives.popen() is theirs


def test_a_process_is_started_by_the_real_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", type("Popen", (), {}))

    assert natives.popen() is real


def test_the_clients_way_is_this_one() -> None:
    from tt_emulator.client import transport

    connection = transport.Transport("http://127.0.0.1:1", {}, 1)._new(1)

    assert isinstance(transport, ModuleType)
    assert isinstance(connection, http.client.HTTPConnection)
    assert connection._create_connection is transport._connected
