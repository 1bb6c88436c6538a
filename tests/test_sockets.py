import socket
import sys
from contextlib import ExitStack, closing

import pytest

from descriptors import descriptors
from process import emulator
from rawhttp import Wire, has_ipv6_loopback, request
from tt_emulator.client import Client
from tt_emulator.errors import PortTaken, SettingsError
from tt_emulator.sockets import bind

ipv6 = pytest.mark.skipif(not has_ipv6_loopback(), reason="this machine has no IPv6")


def test_the_loopback_is_bound_by_both_its_addresses_on_one_port():
    sockets = bind("127.0.0.1", 0)
    addresses = [listener.getsockname()[:2] for listener in sockets]
    for listener in sockets:
        listener.close()

    port = addresses[0][1]
    assert port > 0
    assert addresses == [("127.0.0.1", port)] + [("::1", port)] * has_ipv6_loopback()


def test_any_other_address_is_bound_by_itself():
    (listener,) = bind("0.0.0.0", 0)
    with listener:
        assert listener.getsockname()[0] == "0.0.0.0"


@pytest.mark.parametrize("family", [socket.AF_INET, pytest.param(socket.AF_INET6, marks=ipv6)])
def test_a_port_that_is_taken_on_either_address_is_taken(family):
    with closing(socket.socket(family)) as other:
        other.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(PortTaken, match=str(port)) as caught:
            bind("127.0.0.1", port)

        assert "--port 0" in caught.value.hint
    for listener in bind("127.0.0.1", port):  # nothing of the failed try is left
        listener.close()


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_an_address_that_is_not_this_machines_is_refused(host):
    with pytest.raises(SettingsError, match=host) as caught:
        bind(host, 0)

    assert "--host" in caught.value.hint


OWN = ["127.0.0.1", "localhost", "0.0.0.0", *(["::", "::1"] if has_ipv6_loopback() else [])]
OWN += ["127.0.0.2"] if sys.platform == "linux" else []  # which has all of 127.0.0.0/8


@pytest.mark.parametrize("host", OWN)
def test_the_address_that_it_tells_reaches_it_whatever_it_listens_on(host):
    with emulator("--ephemeral", "--host", host) as running, Client(running.url) as client:
        assert client.ready()


def test_a_server_serves_more_connections_than_a_process_has_by_itself():
    with ExitStack() as undo:
        with descriptors(256):
            running = undo.enter_context(emulator("--ephemeral"))
        wires = [undo.enter_context(Wire(running.port)) for _ in range(400)]
        for wire in wires:
            wire.send(request("POST", "/tt/login", b"{}"))

        assert {wire.answer().status for wire in wires} == {200}
