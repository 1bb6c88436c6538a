"""Scripts of what may happen in some worlds, at random."""

import json
from contextlib import suppress
from typing import Any

from hypothesis import strategies as st

from disk_bench import Directory, seen
from tt_emulator.domain.model import Send
from tt_emulator.errors import BadRequest, NotArmed, NotFound
from tt_emulator.world import World

WORLDS = ["default", "east", "West"]
PLAYERS = ["ann", "bob", "名前"]
FAULTS: list[dict[str, Any]] = [
    {"error": "network-unavailable", "api": "login", "times": 2, "skip": 1},
    {"error": "network-unavailable", "key": "sc*", "probability": 0.5, "moment": "after"},
    {"error": "network-unavailable", "player": "bob", "ttl_s": 20, "label": "标签"},
    {"sequence": ["session-failure", "ok", "bad_json", "truncate"], "api": "getUserCloudStorage"},
    {"delay_ms": {"min": 1, "max": 60}, "api": ["checkSession", "login"]},
    {"delay_ms": {"median": 20, "sigma": 1, "max": 900}, "moment": "after"},
    {"delay_ms": 5, "player": "ann"},
    {"wire": "drip"},
    {"wire": "hang", "times": 1},
    {"wire": "http_status", "status": 503, "probability": 0.4},
    {"client": "twice"},
    {"error": "internal-error", "every": 2, "skip": 1},
    {"client": "never", "domain": "open"},
    {"sequence": ["ok", "ok", "network-unavailable"], "loop": True, "api": "setUserCloudStorage"},
    {"sequence": ["drip", "ok"], "loop": True, "times": 2, "player": "ann"},
    {"reply": {"errMsg": "login:fail busy", "errorCode": 1}, "api": "login"},
    {
        "reply": {"errMsg": "setUserCloudStorage:ok", "名": [1.5]},
        "api": "setUserCloudStorage",
        "moment": "after",
    },
]
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("login", {}),
    ("checkSession", {}),
    ("getUserCloudStorage", {"keyList": ["score", "level"]}),
    ("setUserCloudStorage", {"KVDataList": [{"key": "score", "value": "1"}]}),
    ("setUserCloudStorage", {"KVDataList": [{"key": "level", "value": "é" * 300}]}),
    ("setUserCloudStorage", {"KVDataList": "no list"}),
    ("removeUserCloudStorage", {"keyList": ["score"]}),
    ("setUserGroup", {"groupId": "g"}),
    ("setImRankData", {"dataType": 0, "value": "7"}),
    ("request", {"url": "http://localhost:9/"}),
]

Act = tuple[Any, ...]
"""The name of a method of `Script`, and its arguments."""


class Script:
    """What happens in the worlds of one server after the other."""

    def __init__(self, directory: Directory, *, sync: bool = False) -> None:
        self.directory = directory
        self.sync = sync
        self.bench = directory.start(sync=sync)
        self.under_way: list[Any] = []
        self.codes: list[str] = []

    def play(self, step: Act) -> None:
        name, *arguments = step
        getattr(self, name)(*arguments)

    def world(self, name: str) -> World:
        return self.bench.engine.worlds.open(name)

    def call(
        self, world: str, player: str, which: int, call_id: str | None, steps: int | None
    ) -> None:
        api, options = CALLS[which]
        begun = self.bench.begin(api, options, world=world, player=player, call_id=call_id)
        with suppress(BadRequest):  # the id is another call's
            self._go_on(self.bench.performed(begun), steps)

    def _go_on(self, begun: Any, steps: int | None) -> None:
        for number, step in enumerate(begun):
            if isinstance(step, Send):
                self.codes.append(step.reply.body.get("code", "none"))
            if number == steps:
                self.under_way.append(begun)
                return

    def go_on(self, which: int, steps: int | None) -> None:
        if self.under_way:
            self._go_on(self.under_way.pop(which % len(self.under_way)), steps)

    def give_up(self, which: int) -> None:
        if self.under_way:
            self.under_way.pop(which % len(self.under_way)).close()

    def arm(self, world: str, which: int) -> None:
        self.world(world).faults.arm(FAULTS[which])

    def replace(self, world: str, which: list[int]) -> None:
        self.world(world).faults.replace([FAULTS[each] for each in which])

    def disarm(self, world: str, number: int) -> None:
        with suppress(NotArmed):
            self.world(world).faults.disarm(f"f{number}")

    def reorder(self, world: str, turned: int) -> None:
        faults = self.world(world).faults
        ids = [fault.id for fault in faults.views()]
        if ids:
            faults.reorder({"ids": [*ids[turned % len(ids) :], *ids[: turned % len(ids)]]})

    def clear(self, world: str, chosen: dict[str, Any]) -> None:
        self.world(world).journal.clear(**chosen)

    def reset(self, world: str, scopes: tuple[str, ...]) -> None:
        self.world(world).reset(scopes)

    def clock(self, world: str, moved: dict[str, Any]) -> None:
        self.world(world).move_clock(moved)

    def pass_time(self, ms: int) -> None:
        self.directory.clock.ms += ms

    def settings(self, world: str, patch: dict[str, Any]) -> None:
        self.world(world).set(patch)

    def player(self, world: str, player: str, raw: dict[str, Any]) -> None:
        self.world(world).players.put(player, raw)

    def forget(self, world: str, player: str) -> None:
        self.world(world).players.delete(player)

    def exchange(self, world: str, which: int) -> None:
        code = self.codes[which % len(self.codes)] if self.codes else "none"
        with suppress(NotFound):
            self.world(world).exchange_code({"code": code})

    def refused(self, world: str, api: str, player: str | None) -> None:
        self.bench.engine.record_refused(api, "tt", world, player, None, "bad-json")

    def import_(self, world: str, openid: str) -> None:
        document = json.dumps({"schema": 1, "players": [{"openid": openid}]})
        self.bench.engine.worlds.put(world, document.encode())

    def drop(self, world: str) -> None:
        if world != "default":
            self.bench.engine.worlds.drop(world)

    def flush(self) -> None:
        self.bench.disk.flush()

    def restart(self) -> None:
        self.under_way.clear()  # which ends them
        before = seen(self.bench)
        self.bench.close()
        self.bench = self.directory.start(sync=self.sync)
        assert seen(self.bench) == before


world, player = st.sampled_from(WORLDS), st.sampled_from(PLAYERS)
fault, number = st.integers(0, len(FAULTS) - 1), st.integers(0, 5)
some_steps = st.none() | st.integers(0, 3)
scopes = st.lists(st.sampled_from(["data", "faults", "journal", "clock"]), unique=True).map(tuple)
chosen = st.fixed_dictionaries(
    {},
    optional={
        "api": st.sampled_from(["login", "setUserCloudStorage"]),
        "player": player,
        "after": st.integers(0, 6),
        "limit": st.integers(0, 3),
    },
)
call = st.tuples(
    st.just("call"),
    world,
    player,
    st.integers(0, len(CALLS) - 1),
    st.sampled_from([None, None, "c-1", "c-2"]),
    some_steps,
)
steps = st.one_of(
    call,
    call,
    st.tuples(st.just("go_on"), number, some_steps),
    st.tuples(st.just("give_up"), number),
    st.tuples(st.just("arm"), world, fault),
    st.tuples(st.just("arm"), world, fault),
    st.tuples(st.just("replace"), world, st.lists(fault, max_size=3)),
    st.tuples(st.just("disarm"), world, st.integers(1, 6)),
    st.tuples(st.just("reorder"), world, number),
    st.tuples(st.just("clear"), world, chosen),
    st.tuples(st.just("reset"), world, scopes),
    st.tuples(
        st.just("clock"),
        world,
        st.sampled_from([{"advance_s": 60}, {"freeze": True}, {"freeze": False}]),
    ),
    st.tuples(st.just("pass_time"), st.sampled_from([1, 15_000])),
    st.tuples(
        st.just("settings"),
        world,
        st.sampled_from([{"fail_object": "errMsg"}, {"ranking_keys": {"best": "desc"}}]),
    ),
    st.tuples(
        st.just("player"),
        world,
        player,
        st.sampled_from([{"nickname": "A"}, {"network": "offline"}, {"friends": ["bob"]}]),
    ),
    st.tuples(st.just("forget"), world, player),
    st.tuples(st.just("exchange"), world, number),
    st.tuples(st.just("refused"), world, st.just("login"), st.none() | player),
    st.tuples(st.just("import_"), world, player),
    st.tuples(st.just("drop"), world),
    st.tuples(st.just("flush")),
    st.tuples(st.just("restart")),
)
