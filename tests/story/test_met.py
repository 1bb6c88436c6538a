"""What a call met and left, also where others came between."""

import json
from typing import Any

import pytest

from story.teller import Teller
from tt_emulator.errors import NotFound, PastForgotten
from tt_emulator.story import state_of
from tt_emulator.story.met import CallState

SCORE = '{"ttgame":{"score":%d,"update_time":1790000000}}'
RELATION = {"type": "group", "keyList": ["score"], "extra": {"groupId": "g", "sortKey": "score"}}


@pytest.fixture
def teller() -> Teller:
    return Teller()


def save(teller: Teller, key: str, value: str, player: str = "ann") -> None:
    teller.call(player, "setUserCloudStorage", {"KVDataList": [{"key": key, "value": value}]})


def met(teller: Teller, number: int) -> CallState:
    return state_of(teller.world, number)


def pairs(document: dict[str, Any] | None, player: str = "ann") -> dict[str, str]:
    """By key; of a player who is not in the document, nothing."""
    assert document is not None
    found = [each for each in document["players"] if each["openid"] == player]
    return {pair["key"]: pair["value"] for each in found for pair in each["KVDataList"]}


def round_of(teller: Teller, number: int) -> tuple[dict[str, str], dict[str, str]]:
    found = met(teller, number)
    return pairs(found.before), pairs(found.after)


def test_each_save_has_what_was_there_and_what_it_left(teller: Teller) -> None:
    save(teller, "score", "1")
    save(teller, "score", "2")
    save(teller, "level", "9")
    teller.call("ann", "removeUserCloudStorage", {"keyList": ["score"]})

    assert round_of(teller, 1) == ({}, {"score": "1"})
    assert round_of(teller, 2) == ({"score": "1"}, {"score": "2"})
    assert round_of(teller, 3) == ({"score": "2"}, {"score": "2", "level": "9"})
    assert round_of(teller, 4) == ({"score": "2", "level": "9"}, {"level": "9"})
    assert met(teller, 2).exact


def test_what_the_tester_does_after_a_call_is_none_of_its_doing(teller: Teller) -> None:
    save(teller, "score", "1")
    teller.player("ann", {"KVDataList": [{"key": "score", "value": "5"}], "network": "offline"})
    teller.call("ann", "getUserCloudStorage", {"keyList": ["score"]})
    teller.forget("ann")

    assert round_of(teller, 1) == ({}, {"score": "1"})
    found = met(teller, 2)
    assert found.before == found.after
    (ann,) = found.before["players"]
    assert (ann["network"], pairs(found.before)) == ("offline", {"score": "5"})


def test_a_login_changes_the_session(teller: Teller) -> None:
    teller.player("ann", {"session": "expired"})
    teller.call("ann", "login", {})

    found = met(teller, 1)
    assert found.after is not None
    sides = [found.before, found.after]
    assert [side["players"][0]["session"] for side in sides] == ["expired", "valid"]


def test_settings_and_clock_are_those_of_then_and_only_what_a_new_world_has_not(
    teller: Teller,
) -> None:
    teller.call("ann", "checkSession", {})
    teller.settings({"ranking_keys": {"score": "asc"}, "host": {"appName": "xigua"}})
    teller.move_clock({"advance_s": 60})
    teller.call("ann", "checkSession", {})
    teller.settings({"ranking_keys": {}})
    teller.move_clock({"advance_s": 60})

    assert met(teller, 1).before == {"schema": 1, "players": []}
    then = met(teller, 2).before
    assert then["settings"] == {"ranking_keys": {"score": "asc"}, "host": {"appName": "xigua"}}
    assert then["clock"] == {"offset_ms": 60_000}


def test_a_call_that_waits_has_what_it_met_when_it_acted(teller: Teller) -> None:
    teller.arm({"delay_ms": 50, "times": 1})
    save(teller, "score", "1")
    save(teller, "level", "7", player="bob")
    teller.player("ann", {"KVDataList": [{"key": "old", "value": "x"}]})
    assert met(teller, 1).after is None
    teller.pass_time(100)

    assert round_of(teller, 1) == ({"old": "x"}, {"old": "x", "score": "1"})
    assert met(teller, 1).exact
    assert round_of(teller, 2) == ({}, {})
    assert pairs(met(teller, 2).after, "bob") == {"level": "7"}


def test_where_two_calls_of_a_player_overlap_it_says_that_they_cannot_be_told_apart(
    teller: Teller,
) -> None:
    teller.arm({"delay_ms": 50, "times": 1})
    save(teller, "score", "1")
    save(teller, "score", "2")
    teller.pass_time(100)
    save(teller, "score", "3")

    assert [met(teller, number).exact for number in (1, 2, 3)] == [False, False, True]
    assert round_of(teller, 3) == ({"score": "1"}, {"score": "3"})


def test_a_call_that_waited_and_wrote_nothing_is_exact_only_if_nothing_moved(
    teller: Teller,
) -> None:
    teller.arm({"delay_ms": 50, "times": 2})
    teller.call("ann", "getUserCloudStorage", {"keyList": []})
    teller.pass_time(100)
    teller.call("ann", "getUserCloudStorage", {"keyList": []})
    save(teller, "score", "1")
    teller.pass_time(100)

    assert [met(teller, number).exact for number in (1, 2)] == [True, False]


@pytest.mark.parametrize(("moment", "left"), [("before", {}), ("after", {"score": "1"})])
def test_a_fault_after_the_service_leaves_what_the_service_did(
    teller: Teller, moment: str, left: dict[str, str]
) -> None:
    teller.arm({"error": "internal-error", "moment": moment})
    save(teller, "score", "1")

    assert round_of(teller, 1) == ({}, left)


def test_a_board_comes_with_the_players_that_stood_on_it_then(teller: Teller) -> None:
    teller.settings({"ranking_keys": {"score": "desc"}})
    for player in ("ann", "bob"):
        teller.call(player, "setUserGroup", {"groupId": "g"})
        save(teller, "score", SCORE % 1, player)
    save(teller, "score", SCORE % 1, "cid")
    teller.call("ann", "getCloudStorageByRelation", RELATION)
    teller.forget("bob")
    teller.call("cid", "setUserGroup", {"groupId": "g"})
    save(teller, "score", SCORE % 8, "cid")

    found = met(teller, 6).before
    assert [each["openid"] for each in found["players"]] == ["ann", "bob"]
    assert pairs(found, "bob") == {"score": SCORE % 1}
    teller.call("ann", "getUserCloudStorage", {"keyList": ["score"]})
    last = met(teller, teller.world.journal.last_id).before
    assert [each["openid"] for each in last["players"]] == ["ann"]


@pytest.mark.parametrize("anew", ["reset", "import"])
def test_where_the_world_became_another_one_its_past_is_not_known(
    teller: Teller, anew: str
) -> None:
    save(teller, "score", "1")
    if anew == "reset":
        teller.world.reset(("data",))
    else:
        teller.world.document.replace(json.dumps({"schema": 1}).encode())

    with pytest.raises(PastForgotten, match="call 1 is not known any more"):
        met(teller, 1)
    save(teller, "score", "2")
    assert round_of(teller, 2) == ({}, {"score": "2"})


@pytest.mark.parametrize("number", [0, 1, 9])
def test_a_call_that_is_not_held_has_no_state(teller: Teller, number: int) -> None:
    save(teller, "score", "1")
    teller.world.journal.clear()

    with pytest.raises(NotFound, match=f"holds no call {number}"):
        met(teller, number)


def test_of_very_many_others_some_are_left_out_and_that_is_told(
    teller: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ann", "bob", "cid", "dan", "eve"):
        save(teller, "score", "1", name)
    everybody = {"type": "recommend", "keyList": ["score"]}
    teller.call("ann", "getCloudStorageByRelation", everybody)
    whole = met(teller, 6)
    monkeypatch.setattr("tt_emulator.story.met.MOST_OTHERS", 2)
    some = met(teller, 6)

    assert (whole.whole, len(whole.before["players"])) == (True, 5)
    assert not some.whole
    assert [each["openid"] for each in some.before["players"]] == ["ann", "bob"]
    assert met(teller, 1).whole
