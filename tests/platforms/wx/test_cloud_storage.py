"""A player's own pairs: stored whole or not at all, and refused in the words that were seen."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.wx.wx_bench import player, prepared

TOO_LONG = {"errMsg": "setUserCloudStorage:fail some key-value in list meet length exceed"}
BAD_ITEM = {"errMsg": "setUserCloudStorage:fail invalid KVData item"}
BAD_LIST = {"errMsg": "setUserCloudStorage:fail KVDataList must be an Array"}


def kept(bench, openid="player-1"):
    return {pair.key: pair.value for pair in bench.world.players.get(openid).KVDataList}


def test_saved_pairs_are_read_in_the_order_asked_for_and_stay_beside_new_ones(bench):
    assert bench.save({"a": "1", "b": "2"}) == {"errMsg": "setUserCloudStorage:ok"}
    bench.save({"b": "3"})

    answer = bench.call("getUserCloudStorage", {"keyList": ["b", "none", "a", "b"]})

    assert answer == {
        "errMsg": "getUserCloudStorage:ok",
        "KVDataList": [{"key": "b", "value": "3"}, {"key": "a", "value": "1"}],
    }


def test_on_the_first_visit_the_list_is_empty(bench):
    assert bench.call("getUserCloudStorage", {"keyList": ["a"]})["KVDataList"] == []


def test_all_keys_are_told_without_any_option(bench):
    bench.save({"b": "1"})
    bench.save({"a": "1"})

    assert bench.call("getUserCloudStorageKeys") == {
        "errMsg": "getUserCloudStorageKeys:ok",
        "keys": ["b", "a"],
    }


def test_a_removed_pair_is_gone_and_one_that_is_not_there_is_no_error(bench):
    bench.save({"a": "1", "b": "2"})

    assert bench.call("removeUserCloudStorage", {"keyList": ["a", "none"]}) == {
        "errMsg": "removeUserCloudStorage:ok"
    }
    assert kept(bench) == {"b": "2"}


@pytest.mark.parametrize("domain", ["main", "open"])
def test_a_save_is_made_in_both_domains(bench, domain):
    assert bench.save({"a": domain}, domain=domain)["errMsg"] == "setUserCloudStorage:ok"
    assert kept(bench) == {"a": domain}


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"kay": "a", "value": "1"}, "KVDataList[1].key is missing, it must be a string"),
        ({"key": "a", "value": 1}, "KVDataList[1].value is a number, it must be a string"),
        ({"key": "a"}, "KVDataList[1].value is missing, it must be a string"),
        ({"key": "", "value": "1"}, "KVDataList[1].key is empty"),
        ("a", "KVDataList[1] is a string, it must be an object with key and value"),
        (None, "KVDataList[1] is null, it must be an object with key and value"),
    ],
)
def test_an_item_that_is_no_pair_of_texts_refuses_the_whole_list(bench, item, reason):
    reply = bench.reply("setUserCloudStorage", {"KVDataList": [{"key": "x", "value": "1"}, item]})

    assert (reply.body, reply.reason) == (BAD_ITEM, reason)
    assert kept(bench) == {}


@pytest.mark.parametrize(
    "options", [{}, {"KVDataList": {"key": "a", "value": "1"}}, {"KVDataList": "a"}]
)
def test_what_is_no_list_is_refused_as_such(bench, options):
    assert bench.call("setUserCloudStorage", options) == BAD_LIST


@pytest.mark.parametrize(
    ("key", "value", "fits"),
    [
        ("k" * 128, "", True),
        ("k" * 129, "", False),
        ("名" * 42 + "kk", "", True),
        ("名" * 43, "", False),
        ("k", "v" * 1023, True),
        ("k", "v" * 1024, False),
        ("k", "值" * 341, True),
        ("k", "值" * 341 + "v", False),
    ],
)
def test_lengths_are_counted_in_bytes_up_to_the_last_one_that_is_allowed(bench, key, value, fits):
    bench.save({"kept": "1"})

    answer = bench.save({"first": "1", key: value})

    assert answer == ({"errMsg": "setUserCloudStorage:ok"} if fits else TOO_LONG)
    assert kept(bench) == {"kept": "1"} | ({"first": "1", key: value} if fits else {})


def test_the_129th_pair_is_refused_bare_as_no_text_of_it_is_known(bench):
    bench.save({f"k{number}": "" for number in range(128)})

    assert bench.save({"k0": "again"}) == {"errMsg": "setUserCloudStorage:ok"}
    reply = bench.reply("setUserCloudStorage", {"KVDataList": [{"key": "more", "value": ""}]})

    assert reply.body == {"errMsg": "setUserCloudStorage:fail", "err_code": "1"}
    assert reply.reason == "the player would have 129 pairs, the limit is 128"
    assert len(kept(bench)) == 128


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("17", "no board of the platform shows it: wxgame: Expected object, got int"),
        ("seventeen", "no board of the platform shows a value that is no JSON object"),
        (
            '{"wxgame": {"update_time": 1}}',
            "no board of the platform shows it: wxgame: Object missing required field score",
        ),
        (
            '{"wxgame": {"score": "1", "update_time": 1}}',
            "no board of the platform shows it: wxgame.score: Expected int, got str",
        ),
        (
            '{"wxgame": {"score": 1, "update_time": 1, "more": 1}}',
            "no board of the platform shows it: wxgame.more: unknown field 'more'",
        ),
    ],
)
def test_a_malformed_ranking_value_is_saved_with_a_warning(bench, value, why):
    bench.world.set({"ranking_keys": {"score": "desc"}})

    reply = bench.reply("setUserCloudStorage", {"KVDataList": [{"key": "score", "value": value}]})

    assert reply.body == {"errMsg": "setUserCloudStorage:ok"}
    assert reply.error is None
    assert reply.reason == f"'score' is a ranking key of this world; the save succeeds, but {why}"
    assert kept(bench) == {"score": value}


def test_a_well_formed_ranking_value_is_saved_without_a_word(bench):
    bench.world.set({"ranking_keys": {"score": "desc"}})
    value = json.dumps({"wxgame": {"score": 1, "update_time": 2}, "beside": True})

    reply = bench.reply("setUserCloudStorage", {"KVDataList": [{"key": "score", "value": value}]})

    assert (reply.body["errMsg"], reply.reason) == ("setUserCloudStorage:ok", "")


@pytest.mark.parametrize("api", ["getUserCloudStorage", "removeUserCloudStorage"])
@pytest.mark.parametrize("options", [{}, {"keyList": "a"}, {"keyList": [1]}])
def test_a_wrong_list_of_keys_asks_for_nothing_and_the_developer_hears_of_it(bench, api, options):
    bench.save({"a": "1"})

    reply = bench.reply(api, options)

    assert reply.body["errMsg"] == f"{api}:ok"
    assert reply.reason.startswith("keyList")
    assert kept(bench) == {"a": "1"}


def test_offline_a_save_fails_and_stores_nothing(bench):
    player(bench, network="offline")

    reply = bench.reply("setUserCloudStorage", {"KVDataList": [{"key": "a", "value": "1"}]})

    assert reply.body == {
        "errMsg": "setUserCloudStorage:fail connect fail",
        "err_code": "0",
        "errno": 0,
    }
    assert reply.reason == "the player is offline"
    assert kept(bench) == {}


def test_own_data_need_neither_a_session_nor_a_scope(bench):
    player(bench, session="none", scopes={"scope.WxFriendInteraction": "denied"})

    assert bench.save({"a": "1"})["errMsg"] == "setUserCloudStorage:ok"
    assert bench.saved("a", domain="open") == {"a": "1"}


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


@given(st.dictionaries(TEXT, TEXT, max_size=3), st.dictionaries(TEXT, TEXT, max_size=3))
def test_any_save_is_whole_or_nothing(before, more):
    bench = prepared()
    bench.save(before)
    there = kept(bench)

    answer = bench.save(more)

    saved = answer == {"errMsg": "setUserCloudStorage:ok"}
    fits = all(
        0 < len(key.encode()) <= 128 and len((key + value).encode()) <= 1024
        for key, value in more.items()
    )
    assert saved == fits
    assert kept(bench) == (there | more if saved else there)
