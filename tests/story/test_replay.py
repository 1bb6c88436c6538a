"""A story that one server tells is the same on another."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from story.teller import Teller
from tt_emulator.errors import BadRequest, Unprocessable
from tt_emulator.story import replay, told
from tt_emulator.story.replay import Outcome
from world.script import CALLS, FAULTS

SECONDS = 1000.0
PLAYERS = ["ann", "bob", "名前"]


def bundle(teller: Teller, **chosen: Any) -> bytes:
    return b"".join(told(teller.world, teller.engine.worlds.seed, **chosen))


def elsewhere() -> Teller:
    """Another server, with data, luck and faults of its own."""
    other = Teller(seed=77)
    other.player("ann", {"KVDataList": [{"key": "score", "value": "9"}], "session": "expired"})
    other.arm({"error": "internal-error"})
    other.call("ann", "login", {})
    return other


def played_again(text: bytes) -> Outcome:
    return replay(elsewhere().engine, text)


def a_long_story() -> Teller:
    """Forty calls of two players, eight faults of different kinds, luck, a moved clock, an edited
    player.
    """
    teller = Teller()
    teller.player("bob", {"KVDataList": [{"key": "level", "value": "1"}]})
    for fault in FAULTS[:8]:
        teller.arm(fault)
    for number in range(40):
        teller.pass_time(number * 7.3)
        teller.call(PLAYERS[number % 2], *CALLS[number * 3 % len(CALLS)])
        if number == 11:
            teller.player("bob", {"network": "offline"})
        if number == 17:
            teller.move_clock({"advance_s": 3600})
            teller.player("bob", {"network": "online", "session": "expired"})
        if number == 23:
            teller.disarm(3)
            teller.reorder(2)
            teller.arm({"error": 999998, "probability": 0.3, "label": "luck"})
            teller.settings({"fail_object": "errMsg"})
    teller.pass_time(200 * SECONDS)
    return teller


def test_a_long_story_is_the_same_on_another_server() -> None:
    teller = a_long_story()
    text = bundle(teller)
    assert sum(deed["kind"] == "call" for deed in json.loads(text)["deeds"]) == 40
    assert len({exchange.fault for exchange in teller.world.journal.find()}) > 4
    assert played_again(text) == Outcome(True, [], "replay-1")


@pytest.mark.parametrize("last", [0, 1, 2, 7, 25, 39, 40, 1000])
def test_its_last_calls_are_the_same_from_the_state_before_them(last: int) -> None:
    teller = a_long_story()
    text = bundle(teller, last=last)
    ids = [deed["id"] for deed in json.loads(text)["deeds"] if deed["kind"] == "call"]
    first = teller.world.journal.find()[-min(last, 40)]
    early = (
        [teller.world.journal.find()[each - 1] for each in ids if each < first.id] if last else []
    )
    assert len(ids) == min(last, 40) + len(early)
    assert all(each.answered_ns > first.received_ns for each in early[:1])  # it was under way
    assert played_again(text).differences == []


def test_the_story_of_a_player_begins_with_their_call_and_has_all_since() -> None:
    text = bundle(a_long_story(), player="bob", last=3)
    calls = [deed for deed in json.loads(text)["deeds"] if deed["kind"] == "call"]
    assert sum(call["player"] == "bob" for call in calls) >= 3
    assert played_again(text).same


def test_a_reply_that_was_changed_by_hand_is_named_with_its_difference() -> None:
    story = json.loads(bundle(a_long_story()))
    number, deed = next(
        (number, deed)
        for number, deed in enumerate(story["deeds"])
        if deed["kind"] == "call" and deed["reply"] and deed["api"] == "checkSession"
    )
    was = deed["reply"]["errMsg"]
    deed["reply"]["errMsg"] = "checkSession:ok, by hand"
    outcome = played_again(json.dumps(story).encode())
    (found,) = outcome.differences
    assert (found.deed, found.id, found.api) == (number, deed["id"], "checkSession")
    assert msgspec.to_builtins(found.parts) == [
        {"pointer": "/reply/errMsg", "was": "checkSession:ok, by hand", "now": was}
    ]
    assert not outcome.same


def test_the_world_in_which_it_was_played_stays_and_the_others_are_as_they_were() -> None:
    other = elsewhere()
    before = b"".join(other.world.document.export())
    outcome = replay(other.engine, bundle(a_long_story()))
    assert b"".join(other.world.document.export()) == before
    there = other.engine.worlds.find(outcome.world)
    assert len(there.journal.find()) == 40
    assert replay(other.engine, bundle(a_long_story())).world == "replay-2"


def test_a_story_that_was_played_again_can_be_told_again() -> None:
    other = elsewhere()
    text = bundle(a_long_story())
    there = other.engine.worlds.find(replay(other.engine, text).world)
    again = b"".join(told(there, other.engine.worlds.seed))
    assert json.loads(again)["faults"] == json.loads(text)["faults"]
    assert played_again(again).differences == []


def test_a_story_begins_anew_where_the_world_became_another() -> None:
    teller = a_long_story()
    teller.world.document.replace(b'{"schema":1,"players":[{"openid":"ann"}]}')
    teller.call("ann", "login", {})
    story = json.loads(bundle(teller))
    assert [deed["api"] for deed in story["deeds"]] == ["login"]
    assert [player["openid"] for player in story["world"]["players"]] == ["ann"]
    assert played_again(json.dumps(story).encode()).same


SAVE = ("setUserCloudStorage", {"KVDataList": [{"key": "score", "value": "1"}]})
READ = ("getUserCloudStorage", {"keyList": ["score"]})


def test_a_call_that_was_held_acts_between_the_calls_between_which_it_did() -> None:
    teller = Teller()
    teller.arm({"delay_ms": 50, "api": "setUserCloudStorage"})
    teller.call("ann", *SAVE)
    for _ in range(4):
        teller.pass_time(20)
        teller.call("ann", *READ)
    found = [len(each.answer().body["data"]) for each in teller.world.journal.find()[1:]]
    assert found == [0, 0, 1, 1]
    assert played_again(bundle(teller)).differences == []


def test_a_call_that_was_released_early_goes_on_when_it_did() -> None:
    teller = Teller()
    teller.arm({"delay_ms": 90_000, "api": "setUserCloudStorage"})
    teller.call("ann", *SAVE)
    teller.pass_time(2_000)
    teller.disarm(1)
    teller.let_go()
    teller.pass_time(10)
    teller.call("ann", *READ)
    assert teller.world.journal.find()[-1].answer().body["data"]
    assert played_again(bundle(teller)).differences == []


def test_a_wait_that_lasted_a_little_longer_than_meant_ends_when_it_did() -> None:
    teller = Teller()
    teller.arm({"delay_ms": 50, "api": "setUserCloudStorage"})
    teller.late_ms = 4
    teller.call("ann", *SAVE)
    teller.pass_time(52)
    teller.call("ann", *READ)
    teller.pass_time(10)
    assert not teller.world.journal.find()[-1].answer().body["data"]
    assert played_again(bundle(teller)).differences == []


def test_a_call_that_waits_twice_acts_after_its_first_wait_and_is_over_after_its_second() -> None:
    teller = Teller()
    teller.arm({"delay_ms": 40, "api": "setUserCloudStorage"})
    teller.arm({"delay_ms": 300, "api": "setUserCloudStorage", "moment": "after"})
    teller.call("ann", *SAVE)
    for _ in range(4):
        teller.pass_time(30)
        teller.call("ann", *READ)
    teller.pass_time(300)
    found = [len(each.answer().body["data"]) for each in teller.world.journal.find()[1:5]]
    assert found == [0, 1, 1, 1]
    story = bundle(teller)
    assert played_again(story).differences == []
    again = elsewhere()
    there = again.engine.worlds.find(replay(again.engine, story).world)
    took = [round(each.duration_ms()) for each in there.journal.find()]
    assert took == [round(each.duration_ms()) for each in teller.world.journal.find()]


def test_time_passes_as_it_did() -> None:
    teller = Teller()
    teller.arm({"error": "network-unavailable", "ttl_s": 20})
    for _ in range(4):
        teller.call("ann", *READ)
        teller.pass_time(7_000)
    faults = [each.fault for each in teller.world.journal.find()]
    assert faults == ["f1", "f1", "f1", None]
    assert played_again(bundle(teller)).differences == []


def test_a_call_that_is_not_over_is_told_and_not_compared() -> None:
    teller = Teller()
    teller.arm({"wire": "hang"})
    teller.call("ann", *READ)
    story = bundle(teller)
    assert json.loads(story)["deeds"][-1]["duration_ms"] is None
    assert played_again(story).same


moments = st.tuples(st.just("pass_time"), st.sampled_from([0.4, 3.7, 59.9, 1_000.0, 31_000.0]))
players = st.sampled_from(PLAYERS)
faults = st.sampled_from(FAULTS)
steps = st.one_of(
    *[
        st.builds(
            lambda player, call, call_id: ("call", player, *call, call_id),
            players,
            st.sampled_from(CALLS),
            st.sampled_from([None, None, "c-1", "c-2"]),
        )
    ]
    * 4,
    moments,
    moments,
    st.tuples(st.just("arm"), faults),
    st.tuples(st.just("arm"), faults),
    st.tuples(st.just("replace"), st.lists(faults, max_size=3)),
    st.tuples(st.just("disarm"), st.integers(1, 6)),
    st.tuples(st.just("reorder"), st.integers(0, 6)),
    st.tuples(st.just("forget"), players),
    st.tuples(
        st.just("player"),
        players,
        st.sampled_from(
            [
                {"nickname": "A"},
                {"network": "offline"},
                {"session": "expired"},
                {"KVDataList": [{"key": "score", "value": "5"}, {"key": "x", "value": "y"}]},
            ]
        ),
    ),
    st.tuples(
        st.just("settings"),
        st.sampled_from([{"fail_object": "errMsg"}, {"new_player_session": "none"}]),
    ),
    st.tuples(
        st.just("move_clock"),
        st.sampled_from([{"advance_s": 60}, {"freeze": True}, {"freeze": False}]),
    ),
)


@given(story=st.lists(steps, max_size=30), last=st.none() | st.integers(0, 12))
@settings(max_examples=150)
def test_any_story_is_the_same_on_another_server(
    story: list[tuple[Any, ...]], last: int | None
) -> None:
    teller = Teller()
    for name, *arguments in story:
        getattr(teller, name)(*arguments)
        teller.pass_time(0.3)
    assert played_again(bundle(teller, last=last)).differences == []


def armed(spec: dict[str, Any], time_ms: int = 0) -> dict[str, Any]:
    at = {"id": "f1", "seed": 1, "ordinal": 1, "time_ms": time_ms}
    return at | {"spec": spec, "calls_before": {}, "tally": {}}


def by_tester(player: str | None = None, **did: Any) -> dict[str, Any]:
    kind = {"kind": "world"} if player is None else {"kind": "player", "openid": player}
    at = {"kind": "tester", "offset_ms": 0, "at": "2026-01-31T08:15:00Z"}
    return at | {"did": kind | did}


class TestABundleThatIsRefused:
    """By its place, and there is no world of it."""

    @staticmethod
    def refused(change: dict[str, Any]) -> Unprocessable:
        other = elsewhere()
        story = json.loads(bundle(a_long_story(), last=3)) | change
        with pytest.raises(Unprocessable) as refusal:
            replay(other.engine, json.dumps(story).encode())
        assert other.engine.worlds.names() == ["default"]
        return refusal.value

    def test_a_newer_one_by_the_version_that_wrote_it(self) -> None:
        refusal = self.refused({"bundle": 2, "version": "9.1.0", "what": "else"})
        assert "form 2, written by tt-emulator 9.1.0" in refusal.detail

    def test_one_of_another_platform(self) -> None:
        assert "'wx'" in self.refused({"platform": "wx"}).detail

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"mood": "bad"}, "/mood"),
            ({"deeds": [{"kind": "call", "offset_ms": 0}]}, "/deeds/0"),
            ({"deeds": [{"kind": "dance"}]}, "/deeds/0/kind"),
            ({"deeds": ["call"]}, "/deeds/0"),
            ({"faults": [{"id": "f1"}]}, "/faults/0"),
            ({"world": {"schema": 1, "players": [{"openid": ""}]}}, "/world/players/0/openid"),
            ({"counts": {"made": -1}}, "/counts/made"),
            ({"faults": [armed({"error": "no such"})]}, "/faults/0/spec/error"),
            ({"faults": [armed({"error": 999985}, time_ms=10**18)]}, "/faults/0/time_ms"),
            ({"deeds": [by_tester(player="", profile={})]}, "/deeds/0/did/openid"),
            ({"deeds": [{}] * 2001}, "/deeds"),
            ({"deeds": [by_tester(player="ann", profile={"session": 5})]}, "/deeds/0/did"),
            ({"deeds": [by_tester(player="ann", profile={"mood": "bad"})]}, "/deeds/0/did"),
            ({"deeds": [by_tester(fields={"fail_object": "none"})]}, "/deeds/0/did"),
        ],
    )
    def test_a_flaw_at_its_place(self, change: dict[str, Any], pointer: str) -> None:
        assert self.refused(change).flaws[0].pointer == pointer

    def test_an_unknown_field_of_a_deed_at_its_place(self) -> None:
        deeds = json.loads(bundle(a_long_story(), last=1))["deeds"]
        deeds[0]["mood"] = "bad"
        assert self.refused({"deeds": deeds}).flaws[0].pointer == "/deeds/0/mood"

    def test_what_is_no_json(self) -> None:
        with pytest.raises(BadRequest, match="not JSON"):
            replay(elsewhere().engine, b"{half")
