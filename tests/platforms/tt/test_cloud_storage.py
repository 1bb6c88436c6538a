import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import Bench

OK = {"errMsg": "setUserCloudStorage:ok"}
KEY_TOO_LONG = "setUserCloudStorage:fail key 长度大于 128 个字节"
PAIR_TOO_LONG = "setUserCloudStorage:fail key 和 value 的长度和大于 1024 个字节"
TOO_MANY = "setUserCloudStorage:fail 单用户存储 kv 超过 128 对"


def test_get_answers_in_key_list_order_and_leaves_absent_keys_out(bench):
    bench.save({"a": "1", "b": "2"})

    answer = bench.call("getUserCloudStorage", {"keyList": ["b", "absent", "a"]})

    pairs = [{"key": "b", "value": "2"}, {"key": "a", "value": "1"}]
    assert answer == {"errMsg": "getUserCloudStorage:ok", "KVDataList": pairs, "data": pairs}


def test_of_a_key_given_twice_the_last_value_counts(bench):
    pairs = [{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]

    assert bench.call("setUserCloudStorage", {"KVDataList": pairs}) == OK
    assert bench.saved("a") == {"a": "2"}


def test_an_empty_list_is_ok(bench):
    assert bench.call("setUserCloudStorage", {"KVDataList": []}) == OK
    assert bench.call("removeUserCloudStorage", {"keyList": []}) == {
        "errMsg": "removeUserCloudStorage:ok"
    }
    assert bench.saved() == {}


def test_remove_forgets_and_an_absent_key_is_no_error(bench):
    bench.save({"a": "1", "b": "2"})

    answer = bench.call("removeUserCloudStorage", {"keyList": ["a", "absent"]})

    assert answer == {"errMsg": "removeUserCloudStorage:ok"}
    assert bench.saved("a", "b") == {"b": "2"}


@pytest.mark.parametrize("key", ["k" * 128, "键" * 42 + "ab", "😀" * 32])
def test_a_key_of_128_utf8_bytes_is_taken(bench, key):
    assert bench.save({key: ""}) == OK


@pytest.mark.parametrize("key", ["k" * 129, "键" * 43, "😀" * 33, "k" * 10_000])
def test_a_longer_key_is_refused(bench, key):
    reply = bench.reply("setUserCloudStorage", {"KVDataList": [{"key": key, "value": ""}]})

    assert reply.body == {"errMsg": KEY_TOO_LONG, "errorCode": 108002, "errorType": "F"}
    assert f"is {len(key.encode())} bytes, the limit is 128" in reply.reason


@pytest.mark.parametrize(("key", "value"), [("k", "v" * 1023), ("键", "值" * 340 + "v")])
def test_key_and_value_of_1024_utf8_bytes_are_taken(bench, key, value):
    assert len((key + value).encode()) == 1024
    assert bench.save({key: value}) == OK


@pytest.mark.parametrize(("key", "value"), [("k", "v" * 1024), ("键", "值" * 341)])
def test_a_longer_pair_is_refused(bench, key, value):
    assert bench.save({key: value})["errMsg"] == PAIR_TOO_LONG


def test_128_pairs_fit_and_a_129th_does_not(bench):
    assert bench.save({f"k{n}": "" for n in range(128)}) == OK

    assert bench.save({"one more": ""})["errMsg"] == TOO_MANY
    assert bench.save({"k0": "again"}) == OK


def test_the_count_is_of_distinct_keys_after_the_merge(bench):
    bench.save({f"k{n}": "" for n in range(127)})
    twice = [{"key": "new", "value": "1"}, {"key": "new", "value": "2"}]

    assert bench.call("setUserCloudStorage", {"KVDataList": twice}) == OK


def test_one_bad_pair_and_nothing_is_stored(bench):
    answer = bench.save({"good": "1", "k" * 129: "2"})

    assert answer["errMsg"] == KEY_TOO_LONG
    assert bench.saved("good") == {}


@pytest.mark.parametrize("key", ["__proto__", "constructor", "../x", "CON", "a/b", " ", "键"])
def test_any_text_is_a_key(bench, key):
    assert bench.save({key: "1"}) == OK
    assert bench.saved(key) == {key: "1"}


def test_players_have_their_own_pairs(bench):
    bench.save({"a": "1"}, player="alice")
    bench.save({"a": "2"}, player="Alice")

    assert bench.saved("a", player="alice") == {"a": "1"}


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(pairs=st.dictionaries(texts, texts, max_size=20))
def test_what_is_set_is_what_is_read(pairs):
    bench = Bench()

    assert bench.save(pairs) == OK
    assert bench.saved(*pairs) == pairs
