"""What players see of each other: who is a row, in which order, and with which pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.wx.wx_bench import FRIENDS, player, prepared

NO_ANSWER = {"errMsg": "getGroupCloudStorage:fail data no response", "err_code": "0"}


def rows(bench, api="getFriendCloudStorage", **options):
    return bench.call(api, {"keyList": ["score"]} | options)["data"]


def names(found):
    return [row["openid"] for row in found]


def test_rows_are_of_the_player_and_friends_with_hosted_data_and_of_nobody_else(bench):
    player(bench, friends=["bob", "carol", "dave"])
    player(bench, "carol", nickname="卡罗尔")
    for openid in ("stranger", "carol", "dave", "player-1"):
        bench.save({"score": openid}, player=openid)

    found = rows(bench)

    assert names(found) == ["player-1", "carol", "dave"]
    assert found[1] == {
        "openid": "carol",
        "nickname": "卡罗尔",
        "avatarUrl": bench.world.players.get("carol").avatarUrl,
        "KVDataList": [{"key": "score", "value": "carol"}],
    }


def test_without_hosted_data_of_their_own_players_are_not_in_their_list(bench):
    bench.save({"score": "1"}, player="friend")

    assert names(rows(bench)) == ["friend"]


def test_a_row_whose_keys_are_missing_comes_with_an_empty_list(bench):
    bench.save({"level": "1"}, player="friend")

    assert rows(bench) == [
        {
            "openid": "friend",
            "nickname": "friend",
            "avatarUrl": bench.world.players.get("friend").avatarUrl,
            "KVDataList": [],
        }
    ]


@pytest.mark.parametrize("options", [{}, {"keyList": "score"}])
def test_without_a_list_of_keys_the_rows_are_empty_and_the_developer_hears_why(bench, options):
    bench.save({"score": "1"}, player="friend")

    reply = bench.reply("getFriendCloudStorage", options)

    assert reply.body["errMsg"] == "getFriendCloudStorage:ok"
    assert [row["KVDataList"] for row in reply.body["data"]] == [[]]
    assert reply.reason.startswith("keyList is ")
    assert reply.reason.endswith(": each row comes with an empty KVDataList")


@given(st.permutations([f"p{number}" for number in range(12)]), st.integers(0, 12))
def test_rows_are_never_sorted_nor_cut(friends, playing):
    bench = prepared()
    player(bench, friends=friends)
    for number, openid in enumerate(sorted(friends)[:playing]):
        bench.save({"score": str(number)}, player=openid)

    assert names(rows(bench)) == [
        openid for openid in friends if openid in sorted(friends)[:playing]
    ]


def test_more_than_a_hundred_friends_are_as_many_rows(bench):
    friends = [f"p{number}" for number in range(150)]
    player(bench, friends=friends)
    for openid in friends:
        bench.save({"score": "1"}, player=openid)

    assert names(rows(bench)) == friends


def test_what_was_just_written_is_seen_by_friends(bench):
    bench.save({"score": "1"}, player="friend")
    bench.save({"score": "2"}, player="friend")

    assert rows(bench)[0]["KVDataList"] == [{"key": "score", "value": "2"}]


def test_a_group_shows_its_players_by_groupid_and_by_share_ticket(bench):
    player(bench, "bob", groups=["g", "other"])
    player(bench, "carol", groups=["other"])
    player(bench, "dave", groups=["g"])
    for openid in ("bob", "carol", "player-1"):
        bench.save({"score": openid}, player=openid)
    ticket = bench.world.platform.phone.state(
        bench.world.settings, bench.world.players.get("player-1")
    ).share_ticket

    by_id = rows(bench, "getGroupCloudStorage", groupid="g")

    assert names(by_id) == ["bob", "player-1"]
    assert rows(bench, "getGroupCloudStorage", shareTicket=ticket) == by_id


def test_a_group_follows_who_joins_leaves_plays_and_stops(bench):
    def seen():
        return names(rows(bench, "getGroupCloudStorage", groupid="g"))

    player(bench, "bob", groups=["g"])
    assert seen() == []
    bench.save({"score": "1"}, player="bob")
    assert seen() == ["bob"]
    bench.call("removeUserCloudStorage", {"keyList": ["score"]}, player="bob")
    assert seen() == []
    bench.save({"score": "1"}, player="bob")
    player(bench, "bob", groups=[])
    assert seen() == []


def test_who_was_launched_from_a_group_is_one_of_it(bench):
    player(bench, groups=[], launched_from="new")
    bench.save({"score": "1"})

    assert names(rows(bench, "getGroupCloudStorage", groupid="new")) == ["player-1"]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({}, "neither groupid nor shareTicket names a group"),
        ({"groupid": "elsewhere"}, "the player is in no group 'elsewhere'"),
        (
            {"shareTicket": "g"},
            "the game was launched with the shareTicket 'ticket-g', not 'g'",
        ),
    ],
)
def test_a_group_that_is_not_the_players_does_not_answer(bench, options, reason):
    reply = bench.reply("getGroupCloudStorage", {"keyList": ["score"]} | options)

    assert (reply.body, reply.reason) == (NO_ANSWER, reason)


def test_without_a_launch_from_a_group_no_group_answers(bench):
    player(bench, launched_from=None)

    reply = bench.reply("getGroupCloudStorage", {"keyList": ["score"], "groupid": "g"})

    assert reply.body == NO_ANSWER
    assert reply.reason == (
        "the game was not launched from a group's card: the player's launched_from says of which"
        " group"
    )


def test_a_group_is_called_by_its_id_and_one_of_others_with_a_word(bench):
    assert bench.reply("getGroupInfo", {"openGId": "g"}).reason == ""
    reply = bench.reply("getGroupInfo", {"openGId": "other"})

    assert reply.body == {"errMsg": "getGroupInfo:ok", "name": "other"}
    assert reply.reason == (
        "the player is in no group 'other': how the call fails then is not known"
    )


def test_potential_friends_are_at_most_five_friends_who_do_not_play(bench):
    player(bench, friends=["plays", *"abcdefg"])
    bench.save({"score": "1"}, player="plays")

    answer = bench.call("getPotentialFriendList")

    assert answer["errMsg"] == "getPotentialFriendList:ok"
    assert names(answer["list"]) == [*"abcde"]
    assert answer["list"][0].keys() == {"openid", "nickname", "avatarUrl"}


@pytest.mark.parametrize(
    "api",
    ["getFriendCloudStorage", "getGroupCloudStorage", "getPotentialFriendList", "getGroupInfo"],
)
def test_each_of_them_is_denied_with_the_scope_and_fails_offline(bench, api):
    player(bench, network="offline")
    options = {"keyList": ["a"], "groupid": "g", "openGId": "g"}
    offline = {"errMsg": f"{api}:fail connect fail", "err_code": "0", "errno": 0}
    assert bench.call(api, options) == offline

    player(bench, scopes={FRIENDS: "denied"})
    assert bench.call(api, options) == {
        "errMsg": f"{api}:fail auth deny",
        "err_code": "-12006",
        "errno": 0,
    }
