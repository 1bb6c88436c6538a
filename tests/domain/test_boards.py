"""Boards against a naive sort of everything."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from harness import Bench

PLAYERS = st.sampled_from([f"p{number}" for number in range(6)])
GROUPS = st.sampled_from(["g", "h"])
SCORES = st.integers(-2, 2)


def value(score: int) -> str:
    return f'{{"ttgame":{{"score":{score},"update_time":1}}}}'


class AgainstANaiveSort(RuleBasedStateMachine):
    """Whatever happens in a world, each group's board is what a sort of all players gives."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench()
        self.scores: dict[str, tuple[str, int, int]] = {}
        self.groups: dict[str, str] = {}
        self.writes = 0
        self.descending = True

    @initialize(ask_first=st.booleans())
    def begin(self, ask_first: bool) -> None:
        self.bench.world.set({"ranking_keys": {"score": "desc"}})
        if ask_first:
            self.board("g")

    @rule(player=PLAYERS, score=SCORES)
    def save(self, player: str, score: int) -> None:
        assert self.bench.save({"score": value(score)}, player=player)["errMsg"].endswith(":ok")
        self.wrote(player, score)

    @rule(player=PLAYERS, group=GROUPS)
    def join(self, player: str, group: str) -> None:
        self.bench.call("setUserGroup", {"groupId": group}, player=player)
        self.groups[player] = group

    @rule(player=PLAYERS)
    def remove(self, player: str) -> None:
        self.bench.call("removeUserCloudStorage", {"keyList": ["score"]}, player=player)
        self.scores.pop(player, None)

    @rule(player=PLAYERS, score=SCORES)
    def put_player(self, player: str, score: int) -> None:
        pairs = [{"key": "score", "value": value(score)}]
        self.bench.world.players.put(player, {"KVDataList": pairs, "group": "h"})
        self.groups[player] = "h"
        self.wrote(player, score)

    @rule(player=PLAYERS)
    def delete_player(self, player: str) -> None:
        self.bench.world.players.delete(player)
        self.scores.pop(player, None)
        self.groups.pop(player, None)

    @rule()
    def turn_round(self) -> None:
        self.descending = not self.descending
        order = "desc" if self.descending else "asc"
        self.bench.world.set({"ranking_keys": {"score": order}})

    @rule(step_s=st.sampled_from([-1, 0, 1]))
    def move_the_clock(self, step_s: int) -> None:
        self.bench.world.move_clock({"advance_s": step_s})

    @rule()
    def out_and_in(self) -> None:
        self.bench.world.document.replace(b"".join(self.bench.world.document.export()))

    def wrote(self, player: str, score: int) -> None:
        self.writes += 1
        group = self.groups.get(player)
        self.scores.pop(player, None)
        if group is not None:
            now_ms = self.bench.world.clock.now_ms()
            self.scores[player] = (group, score, now_ms * 10_000 + self.writes)

    def board(self, group: str) -> list[str]:
        extra = {"sortKey": "score", "groupId": group}
        options: dict[str, Any] = {"type": "group", "keyList": ["score"], "extra": extra}
        answer = self.bench.call("getCloudStorageByRelation", options, player="looker")
        return [row["openid"] for row in answer["data"]]

    @invariant()
    def each_board_is_the_naive_sort(self) -> None:
        sign = -1 if self.descending else 1
        for group in ("g", "h"):
            there = [(sign * s, at, who) for who, (g, s, at) in self.scores.items() if g == group]
            assert self.board(group) == [who for *_, who in sorted(there)]


TestAgainstANaiveSort = AgainstANaiveSort.TestCase
TestAgainstANaiveSort.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
