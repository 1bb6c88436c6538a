"""Whatever happens, what a fault tells of itself is what really happened: see `naive`."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import asdict

from faults.naive import Armed, Called, Gone, Story
from harness import Bench
from tt_emulator.domain.model import Send
from tt_emulator.errors import WrongDomain

SAVE, LOAD = "setUserCloudStorage", "getUserCloudStorage"
KINDS = [SAVE, SAVE, SAVE, LOAD, "login", "bad"]
KEYS = st.lists(st.sampled_from(["score", "score2", "level", "x"]), max_size=3)
PLAYERS = st.sampled_from(["ann", "ann", "bob", "cy"])
DOMAINS = st.sampled_from(["main", "main", "open"])
DOINGS = (
    st.sampled_from(["network-unavailable", "not-supported", "server-error"]).map(
        lambda error: {"error": error}
    )
    | st.sampled_from(["reset", "truncate", "drip"]).map(lambda wire: {"wire": wire})
    | st.sampled_from([0.5, 30]).map(lambda wait: {"delay_ms": wait})
    | st.lists(st.sampled_from(["network-unavailable", "ok", "drip"]), min_size=1, max_size=3).map(
        lambda items: {"sequence": items}
    )
    | st.lists(st.sampled_from(["network-unavailable", "ok"]), max_size=2).map(
        lambda items: {"sequence": ["ok", *items, "drip"], "loop": True}
    )
)
CLAUSES = st.fixed_dictionaries(
    {},
    optional={
        "api": st.sampled_from([SAVE, [SAVE, LOAD], LOAD]),
        "player": st.sampled_from(["ann", "bob"]),
        "key": st.sampled_from(["score*", "level"]),
        "min_keys": st.integers(1, 3),
        "domain": st.sampled_from(["main", "open"]),
        "skip": st.integers(1, 2),
        "every": st.integers(1, 3),
        "times": st.integers(1, 2),
        "probability": st.sampled_from([0, 0.3]),
        "ttl_s": st.sampled_from([1, 0.25]),
        "moment": st.sampled_from(["before", "after"]),
        "label": st.sampled_from(["late", "又一次 保存"]),
    },
)


def possible(spec: dict[str, Any]) -> bool:
    if spec.get("error") == "server-error":
        return spec.get("api") == SAVE
    refused = {"probability"} if spec.get("loop") else {"times", "probability"}
    return "sequence" not in spec or not refused & spec.keys()


FAULTS = st.builds(lambda doing, clauses: doing | clauses, DOINGS, CLAUSES).filter(possible)


class AgainstAStory(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench()
        self.story = Story()
        self.armed: list[str] = []
        self.ordinal = 0
        self.unsupported: list[str] = []
        self.sent: list[tuple[Any, ...]] = []
        self.received: list[str | None] = []
        self.came: list[bool] = []

    @rule(specs=st.lists(FAULTS, min_size=1, max_size=4))
    def arm(self, specs: list[dict[str, Any]]) -> None:
        self._record(specs, self.bench.world.faults.arm(specs))

    @precondition(lambda self: len(self.armed) > 2)
    @rule(
        specs=st.lists(FAULTS, max_size=2),
        verb=st.sampled_from(["disarm"] * 4 + ["replace", "reset"]),
        data=st.data(),
    )
    def take_off(self, specs: list[dict[str, Any]], verb: str, data: st.DataObject) -> None:
        if verb == "disarm":
            fault = data.draw(st.sampled_from(self.armed))
            self.bench.world.faults.disarm(fault)
            self._forget([fault])
        elif verb == "reset":
            self.bench.world.reset(("faults",))
            self._forget(self.armed)
        else:
            views = self.bench.world.faults.replace(specs)
            self._forget(self.armed)
            self._record(specs, views)

    @rule(ms=st.sampled_from([1, 99, 100, 400, 1_000, 61_234]))
    def time_passes(self, ms: int) -> None:
        self.bench.clock.ms += ms

    @rule(apis=st.sampled_from([[], [], [SAVE], [LOAD]]))
    def the_host_offers_less(self, apis: list[str]) -> None:
        self.bench.world.set({"host": {"unsupported": apis}})
        self.unsupported = apis

    @precondition(lambda self: self.armed)
    @rule(
        calls=st.lists(
            st.tuples(st.sampled_from(KINDS), PLAYERS, DOMAINS, KEYS), min_size=1, max_size=6
        )
    )
    def game_calls(self, calls: list[tuple[str, str, str, list[str]]]) -> None:
        for kind, player, domain, keys in calls:
            if kind == "login":
                failed = None if domain == "main" else "wrong-domain"
                self._call("login", {}, player, domain, [], failed)
            elif kind == "bad":
                self._call(SAVE, {"KVDataList": [1]}, player, domain, [], "KVDataList")
            elif kind == LOAD:
                self._call(LOAD, {"keyList": keys}, player, domain, keys)
            else:
                pairs = [{"key": key, "value": "1"} for key in keys]
                self._call(SAVE, {"KVDataList": pairs}, player, domain, keys)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def come_again(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(0, len(self.sent) - 1))
        assert self._fault_of(*self.sent[number]) == self.received[number]

    def _call(
        self,
        api: str,
        options: dict[str, Any],
        player: str,
        domain: str,
        keys: list[str],
        failed: str | None = None,
    ) -> None:
        if api in self.unsupported:
            failed = "not-supported"
        self.story.events.append(Called(api, player, domain, keys, failed, self.bench.clock.ms))
        self.came.append(failed != "wrong-domain")
        if failed == "wrong-domain":
            with pytest.raises(WrongDomain):
                self._fault_of(api, options, player, domain, None)
            return
        sent = (api, options, player, domain, f"c{len(self.sent)}")
        self.received.append(self._fault_of(*sent))
        self.sent.append(sent)

    def _fault_of(
        self, api: str, options: dict[str, Any], player: str, domain: str, call_id: str | None
    ) -> str | None:
        """The fault whose id came with the reply, where one came."""
        steps = self.bench.steps(api, options, player=player, domain=domain, call_id=call_id)
        return next((step.fault for step in steps if isinstance(step, Send)), None)

    def _record(self, specs: list[dict[str, Any]], views: list[dict[str, Any]]) -> None:
        self.ordinal = self.ordinal if self.armed else 0
        for spec, view in zip(specs, views, strict=True):
            self.ordinal += 1
            armed = Armed(view.id, spec, self.ordinal, self.bench.clock.ms)
            self.story.events.append(armed)
            self.armed.append(armed.id)

    def _forget(self, ids: list[str]) -> None:
        self.story.events.append(Gone(frozenset(ids)))
        self.armed = [each for each in self.armed if each not in ids]

    @invariant()
    def each_fault_tells_what_happened(self) -> None:
        faults, _ = self.story.outcomes()
        views = self.bench.world.faults.views()
        assert [view.id for view in views] == [fault.id for fault in faults]
        for fault, view in zip(faults, views, strict=True):
            assert fault.view().items() <= asdict(view).items()

    @invariant()
    def the_journal_tells_what_happened(self) -> None:
        _, outcomes = self.story.outcomes()
        journal = [each.view() for each in self.bench.world.journal.find()]
        calls = [each for each, came in zip(outcomes, self.came, strict=True) if came]
        assert [each.fault for each in journal] == [each.fault for each in calls]
        for exchange, call in zip(journal, calls, strict=True):
            if call.reason is None:
                assert "fault" not in exchange.reason
            else:
                assert exchange.reason == call.reason


TestAgainstAStory = AgainstAStory.TestCase
TestAgainstAStory.settings = settings(max_examples=200, stateful_step_count=20)
