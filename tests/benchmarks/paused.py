"""An owner that stands still while another server takes its worlds over, and then goes on."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from threading import Event
from typing import Any

from rawhttp import Wire, request
from repeating import JSON, Repeating, control
from two_servers import Pair

PAUSE_S = 20.0
UNSEEN_S = 0.5
"""For so long Redis does not tell the owner, which goes on, that its worlds have moved: or a look
round, which is due then, might be faster than all that was sent.
"""
CLIENTS = 16
SENT = 16
READS = 1_000
SAVE = "setUserCloudStorage"
ARMED = "removeUserCloudStorage"


class Asked:
    """A world, by the requests about it. `calls` is how many calls must be counted there."""

    def __init__(self, name: str) -> None:
        self.calls = 0
        self._name = name
        self._ids = count(1)

    def call(self, api: str, options: object, player: str, *, named: bool = True) -> bytes:
        """A call; one that is `named` counts once however often it is sent."""
        self.calls += 1
        lines = [f"X-Emulator-Player: {player}"]
        lines += [f"X-Emulator-Call: {self._name}-{next(self._ids)}"] * named
        return self.request("POST", f"/tt/{api}", options, *lines)

    def save(self, player: str, value: str) -> bytes:
        """The call that saves a value."""
        return self.call(SAVE, {"KVDataList": [{"key": "number", "value": value}]}, player)

    def read(self, *, named: bool = True) -> bytes:
        """The call that reads what the writer has saved."""
        return self.call("getUserCloudStorage", {"keyList": ["number"]}, "writer", named=named)

    def looks(self) -> dict[str, bytes]:
        """What shows, without a call, what the writer has saved and what is armed."""
        match = {"match": {"player": "writer", "api": SAVE}}
        return {
            "/tt/state": self.request("GET", "/tt/state", None, "X-Emulator-Player: writer"),
            "players": self.request("GET", "/__emulator/v1/players/writer"),
            "requests/count": self.request("POST", "/__emulator/v1/requests/count", match),
            "faults": self.request("GET", "/__emulator/v1/faults"),
        }

    def arm(self) -> bytes:
        """Arm one more fault, whose API the state has from then on."""
        fault = {"error": "network-unavailable", "api": ARMED}
        return self.request("POST", "/__emulator/v1/faults", fault)

    def counted(self) -> bytes:
        """Ask how many calls there were."""
        return self.request("POST", "/__emulator/v1/requests/count", {"match": {}})

    def listen(self, after: int) -> bytes:
        """Listen to what came after that event."""
        return self.request("GET", "/__emulator/v1/events", None, f"Last-Event-ID: {after}")

    def request(self, method: str, path: str, options: object = None, *lines: str) -> bytes:
        """A request about the world."""
        body = None if options is None else json.dumps(options).encode()
        return request(method, path, body, f"X-Emulator-World: {self._name}", JSON, *lines)


class Sent:
    """What is in the owner's sockets when it goes on: reads on connections of their own, half of
    them without an id, and as many on one; saves, which are sent to the other server as well; looks
    and a listener.
    """

    def __init__(self, port: int, ask: Asked, look: Asked, seen_id: int, undo: ExitStack) -> None:
        def sent(data: bytes) -> Wire:
            wire = undo.enter_context(Wire(port))
            wire.send(data)
            return wire

        self.reads = [sent(ask.read(named=number % 2 == 0)) for number in range(SENT)]
        self.pipelined = sent(b"".join(ask.read(named=number % 2 == 0) for number in range(SENT)))
        self.saved = [ask.save(f"twice-{number}", str(number)) for number in range(SENT)]
        self.saves = [sent(data) for data in self.saved]
        self.looks = [
            (name, sent(data)) for name, data in look.looks().items() for _ in range(SENT)
        ]
        self.stream = sent(ask.listen(seen_id))


class Pause:
    """One pause of one of the servers. Every other one is in the midst of busy clients, whose calls
    must each count; without them it is what was sent meanwhile that meets the change.
    """

    def __init__(self, pair: Pair, number: int, undo: ExitStack) -> None:
        paused = (number - 1) % 2
        self._pid = pair.lives[paused].pid
        self._port, self._other_port = pair.ports[paused], pair.ports[1 - paused]
        self._redis_pid = pair.redis.pid
        self._undo = undo
        self._ask = Asked(f"asked-{number}")
        self._look = Asked(f"seen-{number}")  # where no call finds out first that it has moved
        self._over = Event()
        self._busy = [
            Repeating(f"busy-{number}-{each}", [self._port], self._over)
            for each in range(CLIENTS * (1 - number % 2))
        ]
        self._expected: dict[str, Any] = {}
        self._takeover_s = self._first_s = 0.0
        self._compared = 0

    def wrong(self) -> Iterator[str]:
        """Do it; what was answered otherwise than it must be."""
        owner, other, stream = (self._wire(p) for p in (self._port, self._other_port, self._port))
        for world in (self._ask, self._look):
            told(owner, world.save("writer", "old"))
            told(owner, world.arm())
        stream.send(self._ask.listen(0))
        seen = events(stream, ARMED)
        self._begin_busy()
        sent = self._stand_still(other, seen[-1][0])
        yield from self._of_sent(sent)
        yield from self._missed(owner, stream, sent.stream, seen[-1][0])
        self._end_busy()
        for _ in range(READS):
            for name, data in {"read": self._ask.read(), **self._look.looks()}.items():
                owner.send(data)
                yield from self._stale(name, owner)
        yield from self._uncounted(owner)

    def told(self) -> str:
        """How it went, for people."""
        busy = sum(client.calls for client in self._busy)
        return (
            f"taken over after {self._takeover_s:.1f} s, first answer {self._first_s * 1000:.0f} ms"
            f" after it went on, {self._compared:,} compared; {busy:,} calls beside"
        )

    def _stand_still(self, other: Wire, seen_id: int) -> Sent:
        begun_s = time.monotonic()
        os.kill(self._pid, signal.SIGSTOP)
        sent = Sent(self._port, self._ask, self._look, seen_id, self._undo)
        self._take_over(other, sent)
        time.sleep(max(0.0, begun_s + PAUSE_S - time.monotonic()))  # that long is the test
        os.kill(self._redis_pid, signal.SIGSTOP)
        os.kill(self._pid, signal.SIGCONT)
        time.sleep(UNSEEN_S)  # as above
        os.kill(self._redis_pid, signal.SIGCONT)
        return sent

    def _begin_busy(self) -> None:
        for client in self._busy:
            client.start()
        self._undo.callback(self._end_busy)
        while not all(client.calls for client in self._busy):
            time.sleep(0.01)  # polls what threads count

    def _end_busy(self) -> None:
        self._over.set()
        for client in self._busy:
            client.join()

    def _take_over(self, other: Wire, sent: Sent) -> None:
        begun_s = time.monotonic()
        for world in (self._ask, self._look):
            told(other, world.save("writer", "new"))
            self._takeover_s = self._takeover_s or time.monotonic() - begun_s
            told(other, world.arm())
        for data in sent.saved:
            told(other, data)
        looks = {"read": self._ask.read(), **self._look.looks()}
        self._expected = {name: lasting(told(other, data)) for name, data in looks.items()}

    def _of_sent(self, sent: Sent) -> Iterator[str]:
        begun_s = time.monotonic()
        for wire in [*sent.reads, *[sent.pipelined] * SENT]:
            yield from self._stale("read", wire)
            self._first_s = self._first_s or time.monotonic() - begun_s
        for name, wire in sent.looks:
            yield from self._stale(name, wire)
        for wire in sent.saves:
            if (answer := wire.answer().json) != {"errMsg": f"{SAVE}:ok"}:
                yield f"a save that was sent to both servers: {answer}"

    def _stale(self, name: str, wire: Wire) -> Iterator[str]:
        """The next answer, if it is not that of the other server."""
        self._compared += 1
        if (answer := lasting(wire.answer().json)) != self._expected[name]:
            yield f"{name}: {answer}, not {self._expected[name]}"

    def _missed(self, owner: Wire, old: Wire, new: Wire, seen_id: int) -> Iterator[str]:
        """What the old listener was told at all, and the new one otherwise than once each."""
        told(owner, self._ask.save("marking", "1"))
        if late := events(old):
            yield f"who listened to the owner hears of {late}"
        again = self._wire(self._other_port)
        again.send(self._ask.listen(seen_id))
        heard, wanted = (events(wire, "marking") for wire in (new, again))
        ids = [event_id for event_id, _ in heard]
        if heard != wanted or ids != [*range(seen_id + 1, seen_id + 1 + len(ids))]:
            yield f"after the event {seen_id} come {heard}, and through the other server {wanted}"

    def _uncounted(self, owner: Wire) -> Iterator[str]:
        for world in (self._ask, self._look):
            if (found := told(owner, world.counted())["count"]) != world.calls:
                yield f"{world.calls} calls were made, {found} are counted"
        for client in self._busy:
            yield from client.wrong
            match = {"match": {"player": client.player}}
            if (found := control(self._port, "requests/count", match)["count"]) != client.calls:
                yield f"{client.player} made {client.calls} calls, {found} are counted"

    def _wire(self, port: int) -> Wire:
        return self._undo.enter_context(Wire(port))


def told(wire: Wire, sent: bytes) -> Any:
    """What is answered."""
    wire.send(sent)
    return wire.answer().json


def lasting(answer: Any) -> Any:
    """Of an answer what no read changes."""
    if "faults" in answer:
        return [(fault["id"], fault["hits"]) for fault in answer["faults"]]
    return {name: value for name, value in answer.items() if name != "now"}


def events(wire: Wire, about: str | None = None) -> list[tuple[int, str]]:
    """Id and kind of each event until one that has that word, without one until the end."""
    found: list[tuple[int, str]] = []
    event_id = 0
    while (line := wire.line().decode().strip()) != "0":
        name, _, text = line.partition(": ")
        if name == "id":
            event_id = int(text)
        elif name == "event":
            found.append((event_id, text))
        elif name == "data" and about is not None and about in text:
            break
    return found


def paused(rounds: int) -> bool:
    """Pause an owner so many times, each server in turn; whether nothing stale was told, and each
    call counted once.
    """
    good = True
    with ExitStack() as undo:
        pair = Pair(undo)
        for number in range(1, rounds + 1):
            with ExitStack() as of_round:
                pause = Pause(pair, number, of_round)
                wrong = list(pause.wrong())
            print(f"paused, round {number}: {pause.told()}", flush=True)
            print("".join(f"  {each[:300]}\n" for each in wrong[:20]), end="", flush=True)
            good &= not wrong
    return good
