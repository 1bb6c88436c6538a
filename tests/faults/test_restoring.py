"""A registry that is made again of what was written of it shows and decides the same."""

from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faults.restored import Written, by_deeds, by_the_whole, seen, shown
from tt_emulator.errors import NotArmed, Unprocessable
from tt_emulator.faults.effects import WrittenDecision
from tt_emulator.faults.kinds import KINDS, NAMED
from tt_emulator.faults.lineup import MAX_TAKEN_OFF

Again = Callable[[Written], Written]
BOTH = pytest.mark.parametrize("again", [by_deeds, by_the_whole])
SPECS = st.sampled_from(
    [
        {"error": "network-unavailable", "api": "login", "times": 2, "skip": 1},
        {"error": 999985, "probability": 0.5},
        {"error": "network-unavailable", "key": "b*", "label": "é\n"},
        {"error": "session-failure", "player": "ann", "ttl_s": 0.5},
        {"error": "network-unavailable", "domain": "open"},
        {"error": "network-unavailable", "probability": 0.3, "delay_ms": {"min": 0, "max": 9}},
        {"sequence": ["session-failure", "ok", "bad_json"], "api": "checkSession"},
        {"sequence": ["session-failure", "ok", "bad_json"], "delay_ms": 2},
        {"sequence": ["ok", "network-unavailable"], "loop": True, "times": 2, "api": "login"},
        {"sequence": ["ok", "drip", "truncate"], "loop": True, "skip": 1},
        {"reply": {"errMsg": "login:fail odd", "n": [1]}, "api": "login", "moment": "after"},
        {"delay_ms": {"median": 5, "sigma": 1, "max": 1000}, "moment": "after"},
        {"delay_ms": {"min": 1, "max": 6.5}, "api": ["login", "getUserInfo"]},
        {"delay_ms": 7, "times": 3},
        {"wire": "hang", "duration_ms": 5, "times": 1},
        {"wire": "http_status", "status": 503, "probability": 0},
        {"client": "never", "skip": 2, "probability": 1},
    ]
)
APIS = st.sampled_from(["login", "checkSession", "setUserCloudStorage", "getUserInfo"])
PLAYERS = st.sampled_from(["ann", "bob"])
DEEDS = st.one_of(
    st.tuples(st.just("decide"), APIS, PLAYERS, st.sampled_from(["main", "open"])),
    st.tuples(st.just("decide"), APIS, PLAYERS, st.sampled_from(["main", "open"])),
    st.tuples(st.just("arm"), st.lists(SPECS, max_size=3)),
    st.tuples(st.just("replace"), st.lists(SPECS, max_size=3)),
    st.tuples(st.just("ensure"), st.lists(SPECS, max_size=2)),
    st.tuples(st.just("disarm"), st.integers(1, 6)),
    st.tuples(st.just("clear")),
    st.tuples(st.just("reorder"), st.integers(0, 99)),
    st.tuples(st.just("record_failed"), APIS, st.none() | PLAYERS, st.none() | st.just("main")),
    st.tuples(st.just("later"), st.integers(0, 900)),
)


def shuffled(ids: list[str], seed: int) -> list[str]:
    return Random(seed).sample(ids, len(ids))


def do(written: Written, deed: tuple[Any, ...]) -> Any:
    """Do it; what came of it."""
    name, *given = deed
    faults = written.faults
    with suppress(NotArmed, Unprocessable):
        if name == "decide":
            api, player, domain = given
            return shown(written.decide(api, player=player, domain=domain))
        if name == "disarm":
            return faults.disarm(f"f{given[0]}")
        if name == "reorder":
            given = [{"ids": shuffled([fault.id for fault in faults.views()], given[0])}]
        if name == "record_failed":
            return faults.record_failed(*given, "bad-json")
        if name == "later":
            written.ms += given[0]
            return None
        return getattr(faults, name)(*given)
    return "refused"


@BOTH
@given(deeds=st.lists(DEEDS, max_size=20), more=st.lists(DEEDS, max_size=8))
@settings(max_examples=150)
def test_it_shows_and_decides_the_same(
    again: Again, deeds: list[tuple[Any, ...]], more: list[tuple[Any, ...]]
) -> None:
    written = Written()
    for deed in deeds:
        do(written, deed)
    twin = again(written)
    assert seen(twin) == seen(written)
    for deed in more:
        assert do(twin, deed) == do(written, deed)
        assert seen(twin) == seen(written)


@BOTH
@pytest.mark.parametrize("named", [False, True])
def test_luck_goes_on(again: Again, named: bool) -> None:
    written = Written()
    specs = [
        {"error": "network-unavailable", "probability": 0.5},
        {"delay_ms": {"min": 0, "max": 100}},
        {"delay_ms": {"median": 5, "sigma": 1, "max": 1000}},
    ]
    written.faults.arm(specs)
    written.faults.disarm("f1")
    written.faults.arm(specs[0] | ({"label": "coin"} if named else {}))
    for _ in range(7):
        written.decide()
    twin = again(written)
    story = [shown(written.decide()) for _ in range(40)]
    assert [shown(twin.decide()) for _ in range(40)] == story
    assert len({fault for fault, *_ in story}) > 1


def spec_of(family: str, name: str) -> dict[str, Any]:
    if family == "delay_ms":
        return {"delay_ms": 5}
    if family == "error":
        return {"error": "network-unavailable", "api": "login"}
    if family == "sequence":
        return {"sequence": ["network-unavailable", "ok", "drip"], "api": "login"}
    if family == "reply":
        return {"reply": {"errMsg": "login:fail odd", "n": [None, 1.5]}, "api": "login"}
    return {family: name}


@BOTH
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_decision_that_was_written_is_that_decision(again: Again, kind: Any, moment: str) -> None:
    spec = spec_of(kind.family, kind.name)
    waits = {"delay_ms": {"min": 1, "max": 9}} if kind.family != "delay_ms" else {}
    written = Written()
    written.faults.arm([{"delay_ms": 3}, spec | {"moment": moment, "label": "l"} | waits])
    for _ in range(3):  # as many as the sequence has items
        decision = written.decide()
        story = msgspec.json.decode(msgspec.json.encode(decision.story), type=WrittenDecision)
        twin = again(written)
        found = twin.faults.decided_before(story, decision.fault, decision.reason)
        assert shown(found) == shown(decision)
        twin.faults.clear()
        assert found.before.wanted_ms() == 0
        assert found.after.wanted_ms() == 0
        known = twin.faults.decided_before(story, decision.fault, decision.reason)
        assert shown(known) == shown(decision)


@BOTH
def test_a_loop_goes_on_where_it_was(again: Again) -> None:
    written = Written()
    written.faults.arm(
        {"sequence": ["ok", "ok", "network-unavailable"], "loop": True, "times": 4, "api": "login"}
    )
    for _ in range(5):
        decision = written.decide()
    twin = again(written)
    assert decision.story is not msgspec.UNSET
    found = twin.faults.decided_before(decision.story, decision.fault, decision.reason)
    assert shown(found) == shown(decision)
    story = [shown(written.decide()) for _ in range(9)]
    assert [shown(twin.decide()) for _ in range(9)] == story
    assert seen(twin) == seen(written)
    assert twin.faults.get("f1").remaining == 0


def test_every_kind_is_decided_above() -> None:
    families = {kind.family for kind in KINDS}
    assert (
        families
        == {"error", "wire", "client", "sequence", "reply", "delay_ms"}
        == {
            *NAMED,
            "error",
            "sequence",
            "reply",
            "delay_ms",
        }
    )


@BOTH
def test_of_those_that_were_taken_off_it_is_known_how_they_were(again: Again) -> None:
    written = Written()
    written.faults.arm([{"error": "network-unavailable", "times": 1}, {"delay_ms": 1}])
    written.decide()
    written.faults.disarm("f1")
    written.decide("checkSession")
    with pytest.raises(NotArmed) as caught:
        again(written).faults.get("f1")
    assert (caught.value.fault.hits, caught.value.fault.completed) == (1, True)


@BOTH
def test_of_very_many_that_were_taken_off_the_latest_are_known(again: Again) -> None:
    written = Written()
    for _ in range(3):
        written.faults.replace([{"delay_ms": 1}] * 60)
    assert len([each for each in seen(written, 200)["gone"].values() if each]) == MAX_TAKEN_OFF
    assert seen(again(written), 200) == seen(written, 200)


@BOTH
def test_a_scenario_that_is_armed_goes_on_and_another_replaces_it(again: Again) -> None:
    scenario = [
        {"error": "network-unavailable", "times": 2, "probability": 1.0},
        {"delay_ms": {"min": 1, "max": 2}, "api": ["login"], "ttl_s": 60},
        {"sequence": ["session-failure", "ok"], "api": "checkSession"},
    ]
    written = Written()
    written.faults.ensure(scenario)
    written.decide()
    twin = again(written)
    twin.faults.ensure(scenario)
    assert seen(twin) == seen(written)
    twin.faults.ensure(scenario[:1])
    assert [fault.id for fault in twin.faults.views()] == ["f4"]


def test_a_fault_that_there_cannot_be_any_more_is_left_out() -> None:
    written = Written()
    written.faults.arm([{"error": "network-unavailable"}, {"delay_ms": 1}])
    ((line,),) = written.deed.lines
    changed = line.replace(b'"network-unavailable"', b'"no-such-error"')
    assert changed != line
    assert [fault.id for fault in Written().restore([changed]).faults.views()] == ["f2"]
