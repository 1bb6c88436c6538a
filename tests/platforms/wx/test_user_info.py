"""getUserInfo of the open domain: the player by a name of their own, and friends."""

import pytest

from platforms.wx.wx_bench import player


def test_the_player_is_called_selfopenid_so_only_the_picture_joins_them_with_their_row(bench):
    player(bench, nickname="小明")
    bench.save({"a": "1"})

    (me,) = bench.call("getUserInfo", {"openIdList": ["selfOpenId"]})["data"]
    (row,) = bench.call("getFriendCloudStorage", {"keyList": ["a"]})["data"]

    assert me == {
        "avatarUrl": row["avatarUrl"],
        "city": "",
        "country": "",
        "gender": 0,
        "language": "en",
        "nickName": "小明",
        "openId": "selfOpenId",
        "province": "",
    }
    assert row["openid"] != me["openId"]


def test_friends_are_told_under_their_openids_in_the_order_asked_for(bench):
    player(bench, friends=["bob", "carol"])

    data = bench.call("getUserInfo", {"openIdList": ["carol", "selfOpenId", "bob"]})["data"]

    assert [user["openId"] for user in data] == ["carol", "selfOpenId", "bob"]


@pytest.mark.parametrize("options", [{}, {"openIdList": []}])
def test_nobody_is_asked_for_by_default(bench, options):
    assert bench.call("getUserInfo", options) == {"errMsg": "getUserInfo:ok", "data": []}


def test_a_stranger_is_no_row_and_the_developer_hears_of_it(bench):
    reply = bench.reply("getUserInfo", {"openIdList": ["stranger", "friend"]})

    assert [user["openId"] for user in reply.body["data"]] == ["friend"]
    assert reply.reason == "'stranger' is neither the player nor a friend: no row comes"


def test_what_is_no_openid_is_nobody(bench):
    reply = bench.reply("getUserInfo", {"openIdList": [["friend"], 7, None, "friend"]})

    assert [user["openId"] for user in reply.body["data"]] == ["friend"]
    assert reply.reason == "['friend'] is neither the player nor a friend: no row comes"


def test_the_language_is_the_one_that_was_asked_for(bench):
    answer = bench.call("getUserInfo", {"openIdList": ["friend"], "lang": "zh_CN"})

    assert answer["data"][0]["language"] == "zh_CN"
