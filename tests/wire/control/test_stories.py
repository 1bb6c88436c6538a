"""A world's story over HTTP, and one that is played again."""

import pytest


@pytest.fixture
def story(call, control):
    """Of four calls, one of which a fault struck, between what a tester did."""
    control("PUT", "/v1/players/alice", {"nickname": "A"})
    pairs = {"KVDataList": [{"key": "score", "value": "1"}]}
    call("setUserCloudStorage", pairs, player="alice")
    control("POST", "/v1/faults", {"error": "network-unavailable", "skip": 1, "times": 1})
    for _ in range(3):
        call("getUserCloudStorage", {"keyList": ["score"]}, player="alice")
    return control("GET", "/v1/bundle").json


def test_the_story_has_the_world_before_it_and_what_happened_in_order(story):
    deeds = [deed.get("api") or deed["did"]["kind"] for deed in story["deeds"]]
    assert deeds == ["setUserCloudStorage", "faults", *["getUserCloudStorage"] * 3]
    (player,) = story["world"]["players"]
    assert (player["nickname"], player.get("KVDataList", [])) == ("A", [])
    assert story["faults"] == []
    struck = [deed["fault"] for deed in story["deeds"] if deed["kind"] == "call"]
    assert [fault is not None for fault in struck] == [False, False, True, False]


def test_it_is_played_again_in_a_world_that_can_be_looked_at(story, control):
    played = control("POST", "/v1/replay", story).json

    assert (played["same"], played["differences"]) == (True, [])
    there = control("GET", f"/v1/requests?world={played['world']}", world=played["world"]).json
    assert [each["reply"] for each in there["requests"]] == [
        deed["reply"] for deed in story["deeds"] if deed["kind"] == "call"
    ]
    control("DELETE", f"/v1/worlds/{played['world']}")


def test_the_last_calls_have_the_state_before_them(story, control):
    last = control("GET", "/v1/bundle?last=2").json

    assert [deed["api"] for deed in last["deeds"]] == ["getUserCloudStorage"] * 2
    (fault,) = last["faults"]
    assert fault["tally"] == {"matched": 1, "skipped": 1}
    assert last["counts"]["made"] == int(fault["id"].removeprefix("f"))
    assert control("POST", "/v1/replay", last).json["same"]


def test_a_reply_that_differs_is_named_with_its_place(story, control):
    story["deeds"][-1]["reply"]["KVDataList"][0]["value"] = "2"
    played = control("POST", "/v1/replay", story).json

    (difference,) = played["differences"]
    assert not played["same"]
    assert (difference["deed"], difference["api"]) == (4, "getUserCloudStorage")
    assert difference["parts"] == [{"pointer": "/reply/KVDataList/0/value", "was": "2", "now": "1"}]
    control("DELETE", f"/v1/worlds/{played['world']}")


@pytest.mark.parametrize("query", ["last=some", "first=3"])
def test_a_query_that_is_not_understood_is_refused(control, query):
    assert control("GET", f"/v1/bundle?{query}").status == 422


def test_a_newer_story_is_refused_in_the_language_of_who_asks(story, control):
    refused = control("POST", "/v1/replay", story | {"bundle": 2, "version": "9.0"})

    assert refused.status == 422
    assert "form 2, written by tt-emulator 9.0" in refused.json["detail"]


def test_the_state_before_a_call_can_be_imported_where_it_then_ends_in_the_same_way(call, control):
    control("PUT", "/v1/players/alice", {"KVDataList": [{"key": "score", "value": "1"}]})
    first = call("getUserCloudStorage", {"keyList": ["score"]}, player="alice")
    control("PUT", "/v1/players/alice", {"session": "expired", "KVDataList": []})

    answer = control("GET", "/v1/requests/1/state")

    assert (answer.status, answer.json["exact"]) == (200, True)
    assert answer.json["before"] == answer.json["after"]
    assert control("PUT", "/v1/worlds/default", answer.json["before"]).status == 200
    again = call("getUserCloudStorage", {"keyList": ["score"]}, player="alice")
    assert again.json == first.json


def test_a_call_whose_past_is_gone_is_told_from_one_that_nobody_knows(call, control):
    call("login", {})
    control("POST", "/v1/reset", {"scope": ["data"]})

    gone = control("GET", "/v1/requests/1/state")
    assert (gone.status, gone.json["code"]) == (410, "past-forgotten")
    assert control("GET", "/v1/requests/2/state").status == 404
