"""What boards cost without HTTP, as they grow. Persistence is on."""

import json
import random
import statistics
import time
from contextlib import ExitStack
from typing import Any

from engines import Calls, costs_us, engine_on_disk, ratio

from tt_emulator.domain.record import Pair, Record
from tt_emulator.engine import Engine

Figures = dict[str, float]

PLAYERS = (1, 100, 10_000, 100_000)
FRIENDS = 100
POPULAR = "popular"
SCORE = '{"ttgame":{"score":%d,"update_time":1}}'
RELATION = {"keyList": ["score"], "extra": {"sortKey": "score", "groupId": "g"}}
PAGE = {"relationType": "all", "dataType": 0, "rankType": "all", "pageSize": 10}
READS: dict[str, tuple[str, dict[str, Any]]] = {
    "a group's board": ("getCloudStorageByRelation", RELATION | {"type": "group"}),
    "recommended players": ("getCloudStorageByRelation", RELATION | {"type": "recommend"}),
    "friends' data": ("getCloudStorageByRelation", RELATION | {"type": "friend"}),
    "a leaderboard's first page": ("getImRankData", PAGE | {"pageNum": 1}),
    "a leaderboard's last full page": ("getImRankData", PAGE),
}
WRITES = {
    "a write that moves on a board": "setUserCloudStorage",
    "a result that moves on four leaderboards": "setImRankData",
}


def boards() -> Figures:
    """Reads of boards of so many players, and writes that move one of them."""
    figures: Figures = {}
    with ExitStack() as undo:
        engines = {number: undo.enter_context(engine_on_disk()) for number in PLAYERS}
        for number, engine in engines.items():
            _seed(engine, number)
        for name, (api, options) in READS.items():
            who = POPULAR if options.get("type") == "friend" else "player-1"
            workloads = {
                number: Calls(
                    engine, api, [json.dumps({"pageNum": max(1, number // 10)} | options)], [who]
                )
                for number, engine in engines.items()
            }
            figures |= _costs(name, workloads, number=200, least=100)
        for name, api in WRITES.items():
            workloads = {
                number: Calls(engine, api, _scores(api, number))
                for number, engine in engines.items()
            }
            figures |= _costs(name, workloads, number=2000, least=1)
    return figures


def _costs(name: str, workloads: dict[int, Calls], number: int, least: int) -> Figures:
    """The first time is apart: it may have to build the boards."""
    first = {f"{name} of {n:,}, the first, ms": calls.first() for n, calls in workloads.items()}
    costs = costs_us(workloads, number)
    most = max(workloads)
    return {
        **first,
        **{f"{name} of {n:,}, us": statistics.median(took) for n, took in costs.items()},
        f"{name}: of {most:,} against of {least:,}": ratio(costs[most], costs[least]),
    }


def _scores(api: str, number: int) -> list[str]:
    rng = random.Random(1)
    scores = [rng.randrange(number * 10) for _ in range(5000)]
    if api == "setImRankData":
        return [json.dumps({"dataType": 0, "value": str(score)}) for score in scores]
    pairs = [{"key": "score", "value": SCORE % score} for score in scores]
    return [json.dumps({"KVDataList": [pair]}) for pair in pairs]


def _seed(engine: Engine, number: int) -> None:
    world = engine.worlds.open("default")
    now_ms = time.time_ns() // 1_000_000
    world.store.replace(
        (f"player-{one}", _record(one, number, now_ms)) for one in range(1, number + 1)
    )
    world.set({"ranking_keys": {"score": "desc"}})
    world.players.put(POPULAR, {"friends": [f"player-{one}" for one in range(FRIENDS)]})


def _record(one: int, number: int, now_ms: int) -> Record:
    score = one * 7919 % number
    result = {"data_type": 0, "value": str(score), "at_ms": now_ms}
    profile: dict[str, Any] = {"group": "g", "im_rank": [result]}
    return Record({"score": Pair(SCORE % score, now_ms, "g")}, profile)
