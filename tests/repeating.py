"""Clients that repeat a call under its id until it is answered, as `tt.js` does."""

import json
import time
from collections import Counter
from select import select
from threading import Event, Thread
from typing import Any

from entry_points import Answer
from rawhttp import Wire, request

JSON = "Content-Type: application/json"
SAVED = {"errMsg": "setUserCloudStorage:ok"}
PAUSE_S = 0.02
SLOW_S = 1.0
GIVE_UP_S = 60.0


class Repeating(Thread):
    """One client and its player, which saves a number and reads it, again and again.

    `stall_s` is the longest that a call took with all its repetitions, `slow` how many took longer
    than `SLOW_S`, `repeated` why some were,
    `wrong` what was answered otherwise than it must be.
    """

    def __init__(self, player: str, ports: list[int], over: Event) -> None:
        super().__init__()
        self.player = player
        self.calls = self.struck = 0
        self.stall_s = 0.0
        self.slow = 0
        self.repeated: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.saved: str | None = None
        self._ports = ports
        self._over = over
        self._turn = hash(player) % len(ports)
        self._wire: Wire | None = None

    def run(self) -> None:
        """Call until it is over, or until a call is not answered at all."""
        try:
            while not self._over.is_set():
                self._save(str(self.calls))
                self._read()
        except TimeoutError as error:
            self.wrong.append(str(error))
        self._leave()

    def _save(self, value: str) -> None:
        pairs = {"KVDataList": [{"key": "number", "value": value}]}
        answer = self._answered("setUserCloudStorage", pairs)
        if "x-emulator-fault" in answer.headers:
            self.struck += 1
        elif answer.json == SAVED:
            self.saved = value
        else:
            self.wrong.append(f"{self.player} saved {value}: {answer.body!r}")

    def _read(self) -> None:
        answer = self._answered("getUserCloudStorage", {"keyList": ["number"]})
        found = next((pair["value"] for pair in answer.json.get("data", ())), None)
        if found != self.saved:
            self.wrong.append(f"{self.player} read {found} after {self.saved} was saved")

    def _answered(self, api: str, options: object) -> Answer:
        name = f"{self.player}-{self.calls}"
        who = f"X-Emulator-Player: {self.player}", f"X-Emulator-Call: {name}"
        sent = request("POST", f"/tt/{api}", json.dumps(options).encode(), JSON, *who)
        begun_s = time.monotonic()
        while (answer := self._tried(sent)) is None:
            if time.monotonic() - begun_s > GIVE_UP_S:
                raise TimeoutError(f"{name} was not answered: {self.repeated}")
            time.sleep(PAUSE_S)
        took_s = time.monotonic() - begun_s
        self.stall_s = max(self.stall_s, took_s)
        self.slow += took_s > SLOW_S
        self.calls += 1
        return answer

    def _tried(self, sent: bytes) -> Answer | None:
        try:
            if self._wire is not None and select([self._wire.socket], [], [], 0)[0]:
                self._leave()  # it has ended between two calls, as any client sees
            if self._wire is None:
                self._wire = Wire(self._ports[self._turn])
            self._wire.send(sent)
            answer = self._wire.answer()
            if answer.headers.get("connection") == "close":
                self._leave()
            if "errMsg" in answer.json:
                return answer
            why = f"{answer.status} {answer.json.get('code')}"
        except (OSError, IndexError, ValueError) as error:  # no answer, or half of one
            why = type(error).__name__
        self.repeated[why] += 1
        self._leave()
        return None

    def _leave(self) -> None:
        """Go to the other server from now on."""
        self._turn = (self._turn + 1) % len(self._ports)
        if self._wire is not None:
            self._wire.close()
            self._wire = None


def control(port: int, path: str, sent: object = None) -> Any:
    """Ask the control plane, or tell it what is sent."""
    body = None if sent is None else json.dumps(sent).encode()
    with Wire(port) as wire:
        wire.send(request("GET" if sent is None else "POST", f"/__emulator/v1/{path}", body, JSON))
        return wire.answer().json
