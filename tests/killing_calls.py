"""Kills a server in the middle of calls: `python tests/killing_calls.py [--rounds 300] [--sync]`.

Each of 16 connections makes calls under ids of their own, of which a fault strikes some by luck.
After each start it makes its last answered call again, which must be answered as it was, and the
one that the kill left without an answer. So then each call was answered, and the server must have
each once: in its counts, in the strikes of the fault, and in what is stored.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from killing import CONNECTIONS, JSON, LONGEST_S, set_aside, torn
from process import Emulator, emulator
from rawhttp import Wire, request

ERROR = "network-unavailable"
FAULT = {"error": ERROR, "api": "setUserCloudStorage", "times": 100_000, "probability": 0.5}
SAVED = b'{"errMsg":"setUserCloudStorage:ok"}'


class Reply(NamedTuple):
    """What came back: the exchange's id, the fault that struck, the body."""

    id: int
    fault: str | None
    body: bytes


class Found(NamedTuple):
    """How many calls were answered, and what was not as it must be."""

    calls: int
    wrong: list[str]


class Caller(Thread):
    """One connection and its player. What was answered outlives the server; `life` has the replies
    since the last start, by the number of the call.
    """

    def __init__(self, player: str) -> None:
        super().__init__()
        self.player = player
        self.life: dict[int, Reply] = {}
        self.calls = self.saves = self.struck = 0
        self.saved: str | None = None
        self.wrong: list[str] = []
        self._last: Reply | None = None

    def name_of(self, number: int) -> str:
        """The call's id."""
        return f"{self.player}/{number}"

    def begin(self, port: int) -> None:
        """Call this server until it is gone."""
        self.life.clear()
        self._wire = Wire(port)
        Thread.__init__(self)
        self.start()

    def run(self) -> None:
        """One call after the other."""
        try:
            with self._wire as wire:
                while True:
                    self._call(wire)
        except (
            OSError,
            IndexError,
            ValueError,
        ):  # the server was killed: no answer, or half of one
            pass

    def call_again(self, wire: Wire) -> None:
        """The last call that was answered, and the one that was not."""
        if self._last is not None and (again := self._ask(wire, self.calls - 1)) != self._last:
            name = self.name_of(self.calls - 1)
            self.wrong.append(f"{name} was answered {self._last}, then {again}")
        self._call(wire)

    def _call(self, wire: Wire) -> None:
        number = self.calls
        reply = self._last = self.life[number] = self._ask(wire, number)
        self.calls += 1
        self.struck += reply.fault is not None
        self.saves += number % 2
        if reply.body == SAVED:
            self.saved = str(number)

    def _ask(self, wire: Wire, number: int) -> Reply:
        pairs: Any = {"KVDataList": [{"key": "number", "value": str(number)}]}
        api, options = ("set", pairs) if number % 2 else ("get", {"keyList": ["number"]})
        body = json.dumps(options).encode()
        who = f"X-Emulator-Player: {self.player}", f"X-Emulator-Call: {self.name_of(number)}"
        wire.send(request("POST", f"/tt/{api}UserCloudStorage", body, JSON, *who))
        answer = wire.answer()
        if "errMsg" not in answer.json:
            self.wrong.append(f"{self.name_of(number)} was refused: {answer.body!r}")
            raise ValueError(answer.body)
        fault = answer.headers.get("x-emulator-fault")
        return Reply(int(answer.headers["x-emulator-request-id"]), fault, answer.body)


def kill(data: Path, rounds: int, *flags: str, seed: int = 1) -> Found:
    """Kill so many servers on this data directory."""
    rng = random.Random(seed)
    callers = [Caller(f"p{number}") for number in range(CONNECTIONS)]
    wrong: list[str] = []
    given: dict[int, str] = {}
    for number in range(rounds + 1):
        with emulator("--data", str(data), *flags) as running, Wire(running.port) as wire:
            if number == 0:
                control(wire, "faults", FAULT)
            wrong += differences(running, wire, callers, given)
            if number < rounds:
                kill_in_the_middle(running, callers, rng.uniform(0, LONGEST_S))
                wrong += [f"{path} is torn" for path in torn(data)]
    wrong += [each for caller in callers for each in caller.wrong]
    return Found(sum(caller.calls for caller in callers), wrong)


def kill_in_the_middle(running: Emulator, callers: list[Caller], after_s: float) -> None:
    for caller in callers:
        caller.begin(running.port)
    time.sleep(after_s)  # the moment of the kill is a matter of chance, that is the test
    running.kill()
    for caller in callers:
        caller.join()


def differences(
    running: Emulator, wire: Wire, callers: list[Caller], given: dict[int, str]
) -> Iterator[str]:
    """What a server that was just started has otherwise than it was answered; `given` is which call
    was answered with an id.
    """
    if unreadable := set_aside(running):
        yield f"{unreadable} files were set aside"
    yield from unlike_the_journal(wire, callers)
    before = max(given, default=0)
    for caller in callers:
        caller.call_again(wire)
    yield from given_twice(callers, given)
    yield from uncounted(wire, callers)
    yield from unsaved(wire, callers)
    if (latest := control(wire, "requests")["next"]) < before:
        yield f"ids begin anew: {latest} after {before}"


def unlike_the_journal(wire: Wire, callers: list[Caller]) -> Iterator[str]:
    """Of each connection the first call that was answered and is not in the journal so."""
    listed = {each["call_id"]: each["id"] for each in control(wire, "requests")["requests"]}
    oldest = min(listed.values(), default=0)
    for caller in callers:
        for number, reply in caller.life.items():
            found = listed.get(caller.name_of(number))
            if found != reply.id and (found is not None or reply.id >= oldest):
                name = caller.name_of(number)
                yield f"{name} was answered with the id {reply.id}, the journal has {found}"
                break


def given_twice(callers: list[Caller], given: dict[int, str]) -> Iterator[str]:
    """Of each connection the first call whose id another call was answered with."""
    for caller in callers:
        named = [(reply.id, caller.name_of(number)) for number, reply in caller.life.items()]
        twice = [each for each in named if given.setdefault(*each) != each[1]]
        for number, name in twice[:1]:
            yield f"{name} and {given[number]} have one id, {number}"


def uncounted(wire: Wire, callers: list[Caller]) -> Iterator[str]:
    """What is counted otherwise than it was answered."""
    struck = sum(caller.struck for caller in callers)
    saves = sum(caller.saves for caller in callers)
    fault = next(iter(control(wire, "faults")["faults"]), {"hits": None, "matched": None})
    for what, wanted, found in (
        ("calls", sum(caller.calls for caller in callers), count(wire)),
        ("calls that failed", struck, count(wire, error=ERROR)),
        ("saves", saves, count(wire, api="setUserCloudStorage")),
        ("hits", struck, fault["hits"]),
        ("matches", saves, fault["matched"]),
    ):
        if wanted != found:
            yield f"{what}: {wanted} were answered, {found} are counted"


def unsaved(wire: Wire, callers: list[Caller]) -> Iterator[str]:
    """The players of whom something else is stored than was answered last."""
    for caller in callers:
        pairs = control(wire, f"players/{caller.player}")["KVDataList"]
        found = next((pair["value"] for pair in pairs), None)
        if found != caller.saved:
            yield f"{caller.player} has {found}, and was answered that {caller.saved} is saved"


def count(wire: Wire, **match: str) -> int:
    found: int = control(wire, "requests/count", {"match": match})["count"]
    return found


def control(wire: Wire, path: str, sent: object = None) -> Any:
    """Ask the control plane, or tell it what is sent."""
    body = None if sent is None else json.dumps(sent).encode()
    method = "GET" if sent is None else "POST"
    wire.send(request(method, f"/__emulator/v1/{path}", body, JSON))
    return wire.answer().json


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--sync", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        flags = ["--sync"] if options.sync else []
        found = kill(Path(folder) / "data", options.rounds, *flags, seed=time.time_ns())
    print(f"{options.rounds} times killed: {found.calls:,} calls, {len(found.wrong)} flaws")
    print("\n".join(found.wrong[:20]))
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
