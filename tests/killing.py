"""Kills a server in the middle of writes: `python tests/killing.py [--rounds 300]`.

Each of 16 connections writes greater and greater numbers to its players, and notes each that was
acknowledged. After the kill the files of the data directory must be whole, and the next server must
have each player's last acknowledged number, or a later one that was under way.
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
from typing import NamedTuple

from process import Emulator, emulator
from rawhttp import Wire, request

CONNECTIONS = 16
PLAYERS = 12
"""A connection's; together so many that the files are being written when the server is killed."""
LONGEST_S = 0.6
JSON = "Content-Type: application/json"


class Found(NamedTuple):
    """What all rounds together found."""

    rounds: int
    acknowledged: int
    lost: int
    unreadable: int


class Writer(Thread):
    """One connection. What it noted outlives the server."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.acknowledged = 0
        self.refused: bytes | None = None
        self.sent = dict.fromkeys((f"{name}-{n}" for n in range(PLAYERS)), 0)
        self.kept = dict(self.sent)

    def begin(self, port: int) -> None:
        """Write to this server until it is gone."""
        self._wire = Wire(port)
        Thread.__init__(self)
        self.start()

    def run(self) -> None:
        """Take the players in turn."""
        try:
            with self._wire as wire:
                while True:
                    for player in self.sent:
                        self._write(wire, player)
        except (
            OSError,
            IndexError,
            ValueError,
        ):  # the server was killed: no answer, or half of one
            pass

    def _write(self, wire: Wire, player: str) -> None:
        number = self.sent[player] = self.sent[player] + 1
        pairs = {"KVDataList": [{"key": "number", "value": str(number)}]}
        wire.send(call("setUserCloudStorage", pairs, player))
        answer = wire.answer()
        if answer.json != {"errMsg": "setUserCloudStorage:ok"}:
            self.refused = answer.body
            raise ValueError(answer.body)
        self.kept[player] = number
        self.acknowledged += 1


def kill(data: Path, rounds: int, seed: int = 1) -> Found:
    """Kill so many servers on this data directory."""
    rng = random.Random(seed)
    writers = [Writer(f"p{number}") for number in range(CONNECTIONS)]
    lost = unreadable = 0
    for number in range(rounds + 1):
        with emulator("--data", str(data)) as running:
            unreadable += set_aside(running)
            lost += len(list(missing(running, writers)))
            if number < rounds:
                kill_in_the_middle(running, writers, rng.uniform(0, LONGEST_S))
                unreadable += len(list(torn(data)))
    return Found(rounds, sum(writer.acknowledged for writer in writers), lost, unreadable)


def kill_in_the_middle(running: Emulator, writers: list[Writer], after_s: float) -> None:
    for writer in writers:
        writer.begin(running.port)
    time.sleep(after_s)  # the moment of the kill is a matter of chance, that is the test
    running.kill()
    for writer in writers:
        writer.join()
        if writer.refused:
            raise RuntimeError(writer.refused)


def missing(running: Emulator, writers: list[Writer]) -> Iterator[str]:
    """The players whose last acknowledged number, or a later one, is not there."""
    with Wire(running.port) as wire:
        for writer in writers:
            for player, kept in writer.kept.items():
                wire.send(call("getUserCloudStorage", {"keyList": ["number"]}, player))
                stored = int(next((pair["value"] for pair in wire.answer().json["data"]), 0))
                if not kept <= stored <= writer.sent[player]:
                    yield player


def set_aside(running: Emulator) -> int:
    """How many files the server could not read, for another reason than the kill."""
    with Wire(running.port) as wire:
        wire.send(request("GET", "/__emulator/health"))
        found = wire.answer().json["set_aside"]
        return sum(not is_of_a_kill(finding["file"], finding["reason"]) for finding in found)


def is_of_a_kill(file: str, reason: str) -> bool:
    """Whether a log ends in the middle of a write: a system that kills may leave a part of one."""
    return file.endswith("log.jsonl") and reason in (
        "the last line is cut off: a write that was never answered, or damage",
        "the end mark is missing: lines may have been cut off",
    )


def torn(data: Path) -> Iterator[Path]:
    """The players' files that are no JSON."""
    for path in data.glob("worlds/*/players/*.json"):
        try:
            json.loads(path.read_bytes())
        except ValueError:
            yield path


def call(api: str, options: object, player: str) -> bytes:
    return request(
        "POST", f"/tt/{api}", json.dumps(options).encode(), JSON, f"X-Emulator-Player: {player}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        found = kill(Path(folder) / "data", rounds, seed=time.time_ns())
    print(
        f"{found.rounds} times killed on {CONNECTIONS} connections: {found.acknowledged:,} writes"
        f" acknowledged, {found.lost} lost, {found.unreadable} files unreadable"
    )
    return 1 if found.lost or found.unreadable else 0


if __name__ == "__main__":
    sys.exit(main())
