import json


def test_a_player_is_told_who_they_are(bench):
    bench.world.players.put("alice", {"nickname": "爱丽丝"})

    answer = bench.call("getUserInfo", {"withCredentials": True}, player="alice")

    assert answer["errMsg"] == "getUserInfo:ok"
    info = answer["userInfo"]
    assert (info["nickName"], info["nickname"]) == ("爱丽丝", "爱丽丝")
    assert (info["openId"], info["openid"]) == ("alice", "alice")
    assert (info["gender"], info["city"], info["province"], info["country"]) == (0, "", "", "")
    assert json.loads(answer["rawData"]) == info
    assert answer["data"] == [info]


def test_an_open_data_domain_asks_for_the_player_by_a_word_and_for_others_by_openid(bench):
    for words in (["selfOpenId"], ["self"], [], "self", None):
        answer = bench.call("getUserInfo", {"openIdList": words}, player="alice", domain="open")
        assert [user["openid"] for user in answer["data"]] == ["alice"]

    answer = bench.call("getUserInfo", {"openIdList": ["bob", "selfOpenId"]}, player="alice")
    assert [user["openid"] for user in answer["data"]] == ["bob", "alice"]


def test_without_a_session_nobody_is_told(bench):
    bench.world.players.put("player-1", {"session": "expired"})

    assert bench.call("getUserInfo") == {"errMsg": "getUserInfo:fail"}
