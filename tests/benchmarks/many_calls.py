"""Very many calls by very many players, on one connection, and the server's memory meanwhile."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from running import Running

sys.path[1:1] = [str(Path(__file__).parents[1])]

# ruff: noqa: E402  # the tests' own modules lie above this one

from rawhttp import Wire, request

PLAYERS = 10_000
STAGES = (1_000, 10_000, 50_000, 200_000)
PIPELINED = 100
READ = json.dumps({"keyList": ["level"]}).encode()


def memory_while_played(server: Running) -> Iterator[tuple[str, float]]:
    """What the server uses after so many calls. From 20,000 on, each player has a pair."""
    yield "memory before the calls, MB", server.memory_mb()
    done = 0
    with Wire(server.port) as wire:
        for stage in STAGES:
            while done < stage:
                wire.send(*(_call(done + number) for number in range(PIPELINED)))
                for _ in range(PIPELINED):
                    answer = wire.answer()
                    if answer.status != 200 or b":ok" not in answer.body:
                        raise RuntimeError(answer.body)
                done += PIPELINED
            yield f"memory after {stage:,} calls, MB", server.memory_mb()


def _call(number: int) -> bytes:
    """One player after another; who saved reads the next time."""
    turn, player = divmod(number, PLAYERS)
    lines = "Content-Type: application/json", f"X-Emulator-Player: player-{player}"
    if (turn + player) % 2:
        return request("POST", "/tt/getUserCloudStorage", READ, *lines)
    pair = {"key": "level", "value": str(number)}
    body = json.dumps({"KVDataList": [pair]}).encode()
    return request("POST", "/tt/setUserCloudStorage", body, *lines)
