"""Servers that share their worlds, as real processes: killed, paused, replaced, without Redis."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from subprocess import run
from threading import Event
from typing import Any
from uuid import uuid4

import pytest

from quick_start import Life
from rawhttp import Wire, request
from repeating import Repeating, control
from two_servers import Pair

SAVE = "setUserCloudStorage"
FAULT = {"error": "network-unavailable", "api": SAVE, "times": 500}
CLIENTS = 8
EVENTS = "/__emulator/v1/events"
LOOKS = (
    "/tt/state",
    "/__emulator/v1/players/player-1",
    f"/__emulator/v1/requests?api={SAVE}",
)
"""What a paused owner is asked about; in the state is what is armed."""


@pytest.fixture
def pair() -> Iterator[Pair]:
    with ExitStack() as undo:
        yield Pair(undo)


def kill_owner_and_other(pair: Pair) -> None:
    for number in (0, 1, 0):
        pair.end(number, Life.kill)


def kill_redis(pair: Pair) -> None:
    pair.redis.kill()
    pair.redis.start()


def empty_redis(pair: Pair) -> None:
    pair.redis.ask("FLUSHALL")
    kill_redis(pair)


def replace_both(pair: Pair) -> None:
    for number in (0, 1):
        pair.end(number, Life.stop)


@pytest.mark.parametrize("harm", [kill_owner_and_other, kill_redis, empty_redis, replace_both])
def test_each_call_counts_once_whatever_ends(pair: Pair, harm: Callable[[Pair], None]) -> None:
    control(pair.ports[0], "faults", FAULT)
    over = Event()
    clients = [Repeating(f"p{number}", pair.ports, over) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    try:
        until(clients, 300)
        harm(pair)
        until(clients, sum(client.calls for client in clients) + 300)
    finally:
        over.set()
        for client in clients:
            client.join()

    assert wrong(clients) == []
    if harm is not kill_owner_and_other:  # a game hears of no error
        assert not [why for client in clients for why in client.repeated if why[0].isdigit()]
    if harm is replace_both:  # nor is one cut off, that does not call again
        assert not [why for client in clients for why in client.repeated]
    calls, struck = sum(each.calls for each in clients), sum(each.struck for each in clients)
    for port in pair.ports:
        (fault,) = control(port, "faults")["faults"]
        assert fault["hits"] == struck == min(500, calls // 2)
        assert control(port, "requests/count", {"match": {}})["count"] == calls
        for client in clients:
            (saved,) = control(port, f"players/{client.player}")["KVDataList"] or [{"value": None}]
            assert saved["value"] == client.saved


def until(clients: list[Repeating], calls: int) -> None:
    """So many calls are answered, or something is wrong."""
    while sum(client.calls for client in clients) < calls and not wrong(clients):
        time.sleep(0.01)  # polls what threads count


def wrong(clients: list[Repeating]) -> list[str]:
    return [each for client in clients for each in client.wrong]


def call(api: str, options: str) -> bytes:
    return request("POST", f"/tt/{api}", options.encode(), f"X-Emulator-Call: {uuid4().hex}")


def save(value: str) -> bytes:
    return call(SAVE, f'{{"KVDataList":[{{"key":"number","value":"{value}"}}]}}')


def read() -> bytes:
    return call("getUserCloudStorage", '{"keyList":["number"]}')


def answer(wire: Wire, sent: bytes) -> Any:
    wire.send(sent)
    return wire.answer().json


def untimed(told: dict[str, Any]) -> dict[str, Any]:
    """Of the state what is not the time of day."""
    return {name: value for name, value in told.items() if name != "now"}


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system pauses no process")
def test_who_was_paused_tells_nothing_that_is_over(pair: Pair) -> None:
    owner, other = pair.ports
    with ExitStack() as wires:
        at_owner, at_other, looking, stream = (
            wires.enter_context(Wire(port)) for port in (owner, other, owner, owner)
        )
        assert answer(at_owner, save("old"))["errMsg"] == f"{SAVE}:ok"
        stream.send(request("GET", EVENTS))
        assert stream.until(b": listening")
        os.kill(pair.lives[0].pid, signal.SIGSTOP)
        try:
            at_owner.send(read())
            looking.send(request("GET", LOOKS[0]))
            assert answer(at_other, save("new"))["errMsg"] == f"{SAVE}:ok"
            control(other, "faults", FAULT)
            wanted = [answer(at_other, request("GET", path)) for path in LOOKS]
        finally:
            os.kill(pair.lives[0].pid, signal.SIGCONT)

        assert at_owner.answer().json["data"][0]["value"] == "new"
        assert untimed(looking.answer().json) == untimed(wanted[0])
        for _ in range(50):
            assert answer(at_owner, read())["data"][0]["value"] == "new"
            for path, told in zip(LOOKS, wanted, strict=True):
                assert untimed(answer(at_owner, request("GET", path))) == untimed(told)
        while stream.line() != b"0\r\n":
            pass  # it ends


def test_without_redis_servers_say_that_they_cannot_serve(pair: Pair) -> None:
    pair.redis.kill()
    for port in pair.ports:
        with Wire(port) as wire:
            for sent in (save("1"), read(), request("GET", "/__emulator/v1/faults")):
                wire.send(sent)
                assert wire.answer().status == 503
            ready = request("GET", "/__emulator/ready")
            wire.send(ready)
            while wire.answer().status != 503:  # until it has tried itself
                wire.send(ready)


def test_a_server_alone_imports_no_client_of_redis() -> None:
    source = (
        "import sys\nfrom tt_emulator.config import Settings"
        "\nfrom tt_emulator.server import serving"
        "\nwith serving(Settings(port=0, data=None)): pass"
        "\nassert not [name for name in sys.modules if name.partition('.')[0] == 'redis']"
        "\nassert 'tt_emulator.fleet' not in sys.modules"
    )
    run([sys.executable, "-c", source], check=True, timeout=60)
