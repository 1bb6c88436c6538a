import json

import pytest

from harness import OPTIONS

FRIEND = {"type": "friend", "keyList": ["score", "level"]}


def value(score):
    return json.dumps({"ttgame": {"score": score, "update_time": 1}})


def rows(bench, player="alice", **options):
    return bench.call("getCloudStorageByRelation", FRIEND | options, player=player)["data"]


def names(bench, player="alice", **options):
    return [row["openid"] for row in rows(bench, player, **options)]


def on_board(bench, group="g", player="alice", key="score"):
    extra = {"sortKey": key, "groupId": group}
    return names(bench, player, type="group", extra=extra)


@pytest.fixture
def ranked(bench):
    bench.world.set({"ranking_keys": {"score": "desc"}})
    return bench


def join_and_save(bench, player, score, group="g"):
    bench.call("setUserGroup", {"groupId": group}, player=player)
    bench.save({"score": value(score)}, player=player)


def test_a_player_sees_the_own_data_and_that_of_friends(bench):
    bench.world.players.put("alice", {"friends": ["bob", "carol"]})
    bench.world.players.put("bob", {"nickname": "鲍勃"})
    bench.save({"level": "3", "score": "7", "other": "x"}, player="bob")
    bench.save({"score": "1"}, player="stranger")

    answer = bench.call("getCloudStorageByRelation", FRIEND, player="alice")

    assert answer["errMsg"] == "getCloudStorageByRelation:ok"
    me, bob, carol = answer["data"]
    assert (me["openid"], me["isMe"], me["KVDataList"]) == ("alice", True, [])
    assert bob == {
        "openid": "bob",
        "nickname": "鲍勃",
        "avatarUrl": bench.world.players.get("bob").avatarUrl,
        "KVDataList": [{"key": "score", "value": "7"}, {"key": "level", "value": "3"}],
        "isMe": False,
    }
    assert (carol["nickname"], carol["KVDataList"]) == ("carol", [])


def test_what_was_just_written_is_seen(bench):
    bench.world.players.put("alice", {"friends": ["bob"]})
    bench.save({"score": "1"}, player="bob")
    bench.save({"score": "2"}, player="bob")

    assert rows(bench)[1]["KVDataList"] == [{"key": "score", "value": "2"}]


def test_pairs_come_in_the_order_of_the_key_list_each_once(bench):
    bench.save({"a": "1", "b": "2"}, player="alice")

    (me,) = rows(bench, keyList=["b", "absent", "a", "b"])

    assert [pair["key"] for pair in me["KVDataList"]] == ["b", "a"]


def test_at_most_a_hundred_come_the_player_among_them(bench):
    friends = [f"friend-{number}" for number in range(150)]
    bench.world.players.put("alice", {"friends": friends})

    assert names(bench) == ["alice", *friends[:99]]


def test_a_player_is_not_the_own_friend_and_friends_count_once(bench):
    bench.world.players.put("alice", {"friends": ["bob", "alice", "bob"]})

    assert names(bench) == ["alice", "bob"]


def test_friends_are_seen_from_the_side_that_has_them(bench):
    bench.world.players.put("alice", {"friends": ["bob"]})

    assert names(bench, "bob") == ["bob"]


def test_recommended_are_players_who_are_no_friends(bench):
    bench.world.players.put("alice", {"friends": ["bob"]})
    for player in ("alice", "bob", "carol", "dave"):
        bench.save({"score": "1"}, player=player)

    assert names(bench, type="recommend") == ["carol", "dave"]


def test_a_group_is_in_the_order_of_its_ranking_key(ranked):
    for player, score in (("bob", 5), ("carol", -3), ("dave", 9)):
        join_and_save(ranked, player, score)

    assert on_board(ranked) == ["dave", "bob", "carol"]
    ranked.world.set({"ranking_keys": {"score": "asc"}})
    assert on_board(ranked) == ["carol", "bob", "dave"]


def test_of_equal_scores_the_earlier_one_stands_before(ranked):
    ranked.world.move_clock({"freeze": True})
    for player in ("zoe", "bob", "amy"):
        join_and_save(ranked, player, 5)
    assert on_board(ranked) == ["zoe", "bob", "amy"]

    ranked.save({"score": value(5)}, player="zoe")
    assert on_board(ranked) == ["bob", "amy", "zoe"]


def test_a_score_from_before_the_group_is_not_on_its_board(ranked):
    ranked.save({"score": value(9)}, player="bob")
    ranked.call("setUserGroup", {"groupId": "g"}, player="bob")
    assert on_board(ranked) == []

    ranked.save({"score": value(1)}, player="bob")
    assert on_board(ranked) == ["bob"]


def test_a_score_stays_on_the_board_of_the_group_in_which_it_was_written(ranked):
    join_and_save(ranked, "bob", 9, "g")
    ranked.call("setUserGroup", {"groupId": "h"}, player="bob")
    assert (on_board(ranked, "g"), on_board(ranked, "h")) == (["bob"], [])

    ranked.save({"score": value(1)}, player="bob")
    assert (on_board(ranked, "g"), on_board(ranked, "h")) == ([], ["bob"])


def test_a_malformed_score_is_on_no_board_but_in_the_friends_list(ranked):
    pairs = [{"key": "score", "value": "17"}]
    ranked.world.players.put("bob", {"group": "g", "KVDataList": pairs})
    ranked.world.players.put("alice", {"friends": ["bob"]})

    assert on_board(ranked) == []
    assert rows(ranked)[1]["KVDataList"] == pairs


def test_a_board_shows_all_asked_keys_and_who_looks(ranked):
    join_and_save(ranked, "alice", 1)
    ranked.save({"level": "3"}, player="alice")

    extra = {"sortKey": "score", "groupId": "g"}
    (row,) = rows(ranked, type="group", keyList=["level"], extra=extra)

    assert (row["isMe"], row["KVDataList"]) == (True, [{"key": "level", "value": "3"}])


def test_a_board_shows_its_first_hundred(ranked):
    for number in range(120):
        join_and_save(ranked, f"p{number:03}", number)

    assert on_board(ranked) == [f"p{number:03}" for number in range(119, 19, -1)]


@pytest.mark.parametrize("domain", ["main", "open"])
def test_a_group_is_set_from_either_domain(ranked, domain):
    answer = ranked.call("setUserGroup", {"groupId": "g"}, player="bob", domain=domain)

    assert answer == {"errMsg": "setUserGroup:ok"}
    assert ranked.world.players.get("bob").group == "g"


@pytest.mark.parametrize(
    ("options", "named", "reason"),
    [
        ({"keyList": ["a"]}, "type", "type is missing"),
        ({"type": "friends", "keyList": ["a"]}, "type", "one of 'friend', 'recommend', 'group'"),
        ({"type": ["friend"], "keyList": ["a"]}, "type", "must be a string"),
        ({"type": "friend"}, "keyList", "keyList is missing"),
        ({"type": "friend", "keyList": "a"}, "keyList", "must be a list"),
        ({"type": "friend", "keyList": ["a", ""]}, "keyList", "keyList[1] is empty"),
        ({"type": "friend", "keyList": ["a"], "extra": 1}, "extra", "must be an object"),
        ({"type": "group", "keyList": ["a"]}, "extra", "extra is missing"),
        ({"type": "group", "keyList": ["a"], "extra": {}}, "extra", "needs sortKey"),
        (
            {"type": "group", "keyList": ["a"], "extra": {"sortKey": "score"}},
            "extra",
            "needs groupId",
        ),
        (
            {"type": "group", "keyList": ["a"], "extra": {"sortKey": "score", "groupId": ""}},
            "extra",
            "is empty",
        ),
        (
            {"type": "group", "keyList": ["a"], "extra": {"sortKey": "level", "groupId": "g"}},
            "extra",
            "'level' is no ranking key of this world",
        ),
    ],
)
def test_a_bad_option_is_told_by_its_name(ranked, options, named, reason):
    reply = ranked.reply("getCloudStorageByRelation", options)

    assert reply.body == {
        "errMsg": f"getCloudStorageByRelation:fail {named}",
        "errorCode": 999999,
        "errorType": "D",
    }
    assert reason in reply.reason


def test_extra_is_looked_into_for_a_group_alone(bench):
    assert names(bench, extra={"sortKey": 1}) == ["alice"]


@pytest.mark.parametrize("group", [None, 1, ""])
def test_a_group_id_is_a_text(bench, group):
    answer = bench.call("setUserGroup", {"groupId": group})

    assert answer == {"errMsg": "setUserGroup:fail groupId", "errorCode": 999999, "errorType": "D"}


@pytest.mark.parametrize("api", ["getCloudStorageByRelation", "setUserGroup"])
@pytest.mark.parametrize(
    ("state", "code"), [({"session": "none"}, 999998), ({"network": "offline"}, 999985)]
)
def test_without_a_session_or_a_network_there_are_no_relations(bench, api, state, code):
    bench.world.players.put("player-1", state)

    assert bench.call(api, OPTIONS[api])["errorCode"] == code


@pytest.mark.parametrize("kind", ["friend", "recommend", "group"])
def test_apps_without_relations_give_the_own_data_alone(ranked, kind):
    ranked.world.players.put("alice", {"friends": ["bob"], "group": "g"})
    join_and_save(ranked, "bob", 9)
    ranked.world.set({"host": {"appName": "Toutiao"}})

    extra = {"sortKey": "score", "groupId": "g"}
    assert names(ranked, type=kind, extra=extra) == ["alice"]


@pytest.mark.parametrize("app", ["Douyin", "douyin_lite"])
def test_douyin_and_its_lite_edition_have_relations(bench, app):
    bench.world.set({"host": {"appName": app}})
    bench.world.players.put("alice", {"friends": ["bob"]})

    assert names(bench) == ["alice", "bob"]


@pytest.mark.parametrize("app", ["XiGua", "Huoshan"])
def test_two_apps_lack_the_api(bench, app):
    bench.world.set({"host": {"appName": app}})

    reply = bench.reply("getCloudStorageByRelation", {"type": 5})

    assert reply.body["errorCode"] == 999987
    assert reply.reason == f"the app {app} does not have getCloudStorageByRelation"
    assert bench.save({"a": "1"}) == {"errMsg": "setUserCloudStorage:ok"}
