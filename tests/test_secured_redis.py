"""Worlds that are shared by a Redis behind TLS and passwords."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from entry_points import Answer
from process import emulator, spawn
from rawhttp import Wire, request
from repeating import Repeating, control
from secured_redis import PASSWORD, SecuredRedis, secured_redis
from sharers import sharers
from tt_emulator.wire.hot import outbox

CLIENTS = 16
CALLS = 300
WRONG = "wr0ng-one"
TOLD = (
    *("/__emulator/health", "/__emulator/ready", "/__emulator/metrics", "/__emulator/ui/"),
    *("/__emulator/v1/worlds", "/__emulator/openapi.json", "/tt/state"),
)

Address = Callable[[SecuredRedis], str]


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[SecuredRedis]:
    with secured_redis(tmp_path) as found:
        yield found


def until(clients: list[Repeating], calls: int) -> None:
    over = Event()
    while sum(client.calls for client in clients) < calls:
        assert all(client.is_alive() for client in clients)
        over.wait(0.01)  # polls: they tell nobody


def test_each_call_counts_once_by_tls_while_redis_dies(
    secured: SecuredRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "UNHEARD_S", 600)  # who is not heard of is waited for in vain
    with sharers(secured) as team:
        ports = [each.port for each in team]
        over = Event()
        clients = [Repeating(f"p{number}", ports, over) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        try:
            until(clients, CALLS)
            secured.redis.kill()
            secured.redis.start()
            until(clients, sum(client.calls for client in clients) + CALLS)
        finally:
            over.set()
            for client in clients:
                client.join()
        counted = control(ports[0], "requests/count", {"match": {}})["count"]

    assert [wrong for client in clients for wrong in client.wrong] == []
    assert not [client.repeated for client in clients if "TimeoutError" in client.repeated]
    assert counted == sum(client.calls for client in clients)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (lambda to: to.address(password=WRONG), "Redis refuses the log-in"),
        (lambda to: to.address(user="nobody"), "Redis refuses the log-in"),
        (lambda to: to.address(user="reader"), "Redis refuses its user something"),
        (lambda to: to.address(user="stranger"), "Redis refuses its user something"),
        (lambda to: to.address(ca=to.other_ca), "The certificate of Redis is not trusted"),
        (lambda to: to.address(host="127.0.0.1"), "The certificate of Redis is not trusted"),
        (lambda to: to.address(ca=Path("/none.pem")), "There is no /none.pem"),
        (lambda to: to.address(password="pa/ss"), "The address of the team's Redis cannot be read"),
    ],
)
def test_who_is_not_let_in_learns_why(secured: SecuredRedis, address: Address, told: str) -> None:
    child = spawn("start", "--port", "0", "--shared", address(secured))
    printed = "".join(child.communicate())

    assert child.returncode == 2
    assert f"error: {told}" in printed
    assert "hint: " in printed
    assert not [each for each in (PASSWORD, WRONG, "'pa", "Traceback") if each in printed]


def test_what_the_user_may_not_do_is_told_where_it_is_asked_for(secured: SecuredRedis) -> None:
    with emulator("--shared", secured.address(user="guest")) as guest, Wire(guest.port) as wire:
        wire.send(request("POST", "/tt/login", b"{}"))
        answer = wire.answer()

    assert answer.status == 507
    assert answer.json["detail"].startswith("Redis refuses its user something")


def test_nobody_is_told_the_password(secured: SecuredRedis, tmp_path: Path) -> None:
    with (tmp_path / "printed").open("w+b") as printed:
        with emulator("--shared", secured.url, stderr=printed.fileno()) as server:
            told = [asked(server.port, path) for path in TOLD]
            assert [answer.status for answer in told] == [200] * len(TOLD)
            secured.redis.kill()
            while (away := asked(server.port, "/tt/state")).status == 200:
                pass
            told += [away, *(asked(server.port, path) for path in TOLD)]
            server.stop()
        printed.seek(0)
        said = printed.read()

    assert b"is ready at" in said
    assert away.json["code"] == "storage-away"
    assert not [answer for answer in told if PASSWORD.encode() in answer.body]
    assert PASSWORD.encode() not in said


def asked(port: int, path: str) -> Answer:
    with Wire(port) as wire:
        wire.send(request("GET", path, None, "Connection: close"))
        return wire.answer()
