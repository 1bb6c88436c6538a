"""A step that the disk does not take is refused, and nothing of it is there: not for whoever asks
the server, and not for the next one.
"""

import errno
import json
import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from entry_points import Answer
from process import emulator
from rawhttp import TIMEOUT_S, Wire, request
from refusals import is_problem
from storage.disk.trouble import (
    SYNC,
    Means,
    disk_that_cannot_sync,
    disk_that_refuses,
    injected,
)
from tt_emulator.storage.disk import tinydb_json
from tt_emulator.storage.disk.flusher import Flusher

NEVER_S = 3600.0
JSON = "Content-Type: application/json"
CONTROL = "/__emulator/v1/"
STRUCK = {"error": "network-unavailable", "key": "struck", "times": 100}
SAVES, READS, FAILURES = 6, 5, 5

Crash = Callable[[], Path]


@pytest.fixture(autouse=True)
def _no_flusher(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written to the directory while a test takes it as a crash would leave it."""
    monkeypatch.setattr(tinydb_json, "Flusher", lambda work, _: Flusher(work, NEVER_S))


class StuckDisk:
    """Keeps who syncs waiting until it is let go, once; then it takes nothing."""

    def __init__(self) -> None:
        self.began, self.go_on = Event(), Event()

    def sync(self, descriptor: int) -> None:
        if self.began.is_set():
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self.began.set()
        assert self.go_on.wait(TIMEOUT_S)


def ask(wire: Wire, method: str, path: str, body: Any = None, *lines: str) -> Answer:
    sent = None if body is None else json.dumps(body).encode()
    wire.send(request(method, path, sent, JSON, *lines))
    return wire.answer()


def seen(port: int) -> dict[str, Any]:
    """All that the control plane shows of the world."""
    with Wire(port) as wire:
        shown = {
            path: ask(wire, "GET", CONTROL + path).json
            for path in ("players", "requests", "faults", "faults/f1", "coverage", "settings")
        }
        shown["count"] = ask(wire, "POST", CONTROL + "requests/count", {}).json
        shown["clock"] = ask(wire, "GET", CONTROL + "conditions").json
    return shown


def seen_by_the_next(data: Path) -> dict[str, Any]:
    """The same, of a server that starts on what a crash left."""
    with emulator("--data", str(data), "--sync") as running:
        return seen(running.port)


def saved(key: str, number: int) -> bytes:
    body = {"KVDataList": [{"key": key, "value": "1"}]}
    return called("setUserCloudStorage", body, number)


def called(api: str, options: object, number: int) -> bytes:
    """A call of a player of its own, under an id."""
    who = f"X-Emulator-Player: p{number}", f"X-Emulator-Call: c-{number}"
    return request("POST", f"/tt/{api}", json.dumps(options).encode(), JSON, *who)


def calls() -> list[bytes]:
    """Sixteen calls: some store, some read, some are struck."""
    kinds = "s" * SAVES + "r" * READS + "f" * FAILURES
    of_kind = {
        "s": lambda number: saved("score", number),
        "r": lambda number: called("getUserCloudStorage", {"keyList": ["score"]}, number),
        "f": lambda number: saved("struck", number),
    }
    return [of_kind[kind](number) for number, kind in enumerate(kinds)]


def answers(wires: list[Wire], sent: list[bytes]) -> list[Answer]:
    for wire, call in zip(wires, sent, strict=True):
        wire.send(call)
    return [wire.answer() for wire in wires]


def connected(stack: ExitStack, port: int, number: int) -> list[Wire]:
    """So many connections that the server knows."""
    wires = [stack.enter_context(Wire(port)) for _ in range(number)]
    for wire in wires:
        assert ask(wire, "GET", "/__emulator/health").status == 200
    return wires


def answered_in_one_turn(wires: list[Wire], first: Wire, disk: StuckDisk) -> list[Answer]:
    """The answers to calls that all lie there when the disk lets go of the call before them."""
    first.send(saved("first", 99))
    assert disk.began.wait(TIMEOUT_S)
    for wire, call in zip(wires, calls(), strict=True):
        wire.send(call)
    disk.go_on.set()
    assert first.answer().json == {"errMsg": "setUserCloudStorage:ok"}
    return [wire.answer() for wire in wires]


def test_calls_of_one_turn_that_cannot_be_synced_are_refused_each_and_nothing_of_them_is_there(
    tmp_path: Path, crash: Crash
) -> None:
    disk = StuckDisk()
    with ExitStack() as stack:
        trouble = stack.enter_context(injected(SYNC, disk.sync, tmp_path, sync=True))
        first, *wires = connected(stack, trouble.port, 17)
        ask(first, "POST", CONTROL + "faults", STRUCK)
        trouble.begin()
        for refusal in answered_in_one_turn(wires, first, disk):
            is_problem(refusal, 507)
            assert "nothing has changed" in refusal.json["detail"]

        shown = seen(trouble.port)
        assert [player["openid"] for player in shown["players"]["players"]] == ["p99"]
        assert [call["call_id"] for call in shown["requests"]["requests"]] == ["c-99"]
        assert (shown["count"], shown["faults/f1"]["matched"]) == ({"count": 1}, 0)
        assert shown["coverage"]["calls"] == {"setUserCloudStorage": 1}
        assert seen_by_the_next(crash()) == shown


def test_calls_that_could_not_be_synced_are_new_calls_when_they_come_again(
    tmp_path: Path, crash: Crash
) -> None:
    disk = StuckDisk()
    with ExitStack() as stack:
        trouble = stack.enter_context(injected(SYNC, disk.sync, tmp_path, sync=True))
        first, *wires = connected(stack, trouble.port, 17)
        ask(first, "POST", CONTROL + "faults", STRUCK)
        trouble.begin()
        answered_in_one_turn(wires, first, disk)
        trouble.end()

        replies = answers(wires, calls())
        assert {reply.status for reply in replies} == {200}
        assert len({reply.headers["x-emulator-request-id"] for reply in replies}) == len(wires)
        shown = seen(trouble.port)
        assert (shown["count"], shown["faults/f1"]["hits"]) == ({"count": 17}, FAILURES)
        assert len(shown["players"]["players"]) == SAVES + 1
        assert seen_by_the_next(crash()) == shown


STEPS = {
    "arm": ("POST", "faults", {"error": "server-error", "api": "setUserCloudStorage"}),
    "arm in place of all": ("PUT", "faults", [{"delay_ms": 1}]),
    "disarm": ("DELETE", "faults/f1", None),
    "disarm all": ("DELETE", "faults", None),
    "a player": ("PUT", "players/eve", {"nickname": "E"}),
    "no player": ("DELETE", "players/p0", None),
    "settings": ("PUT", "settings", {"fail_object": "errMsg"}),
    "clock": ("POST", "clock", {"advance_s": 60}),
    "forget calls": ("DELETE", "requests", None),
    "forget some calls": ("DELETE", "requests?player=p0", None),
    "reset": ("POST", "reset", {"scope": ["faults"]}),
    "reset all": ("POST", "reset", {}),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("means", [disk_that_cannot_sync, disk_that_refuses])
def test_a_step_of_a_tester_that_the_disk_does_not_take_is_refused_and_nothing_of_it_is_there(
    tmp_path: Path, crash: Crash, means: Means, step: str
) -> None:
    method, path, body = STEPS[step]
    with means(tmp_path) as trouble, Wire(trouble.port) as wire:
        ask(wire, "POST", CONTROL + "faults", STRUCK)
        for call in calls()[::5]:
            wire.send(call)
            assert wire.answer().status == 200
        before = seen(trouble.port)
        trouble.begin()

        is_problem(ask(wire, method, CONTROL + path, body), 507)
        assert seen(trouble.port) == before
        trouble.end()
        assert ask(wire, method, CONTROL + path, body).status in {200, 201, 204}
        assert seen(trouble.port) != before
        assert seen_by_the_next(crash()) == seen(trouble.port)
