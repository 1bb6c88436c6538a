import pytest

from tt_emulator.domain.options import check
from tt_emulator.errors import ApiError
from tt_emulator.platforms.tt.pages import load

APIS = load().apis

BAD_PAIRS = [
    ({}, "KVDataList is missing"),
    ({"KVDataList": None}, "KVDataList is null, it must be a list"),
    ({"KVDataList": "score"}, "KVDataList is a string, it must be a list"),
    ({"KVDataList": {}}, "KVDataList is an object, it must be a list"),
    ({"KVDataList": [None]}, "KVDataList[0] is null, it must be an object with key and value"),
    ({"KVDataList": [{"value": "1"}]}, "KVDataList[0].key is missing, it must be a string"),
    ({"KVDataList": [{"key": "a"}]}, "KVDataList[0].value is missing, it must be a string"),
    (
        {"KVDataList": [{"key": "a", "value": 1}]},
        "KVDataList[0].value is a number, it must be a string",
    ),
    ({"KVDataList": [{"key": "", "value": ""}]}, "KVDataList[0].key is empty"),
    (
        {"KVDataList": [{"key": "a", "value": ""}, {"key": True, "value": ""}]},
        "KVDataList[1].key is a boolean, it must be a string",
    ),
]
BAD_KEYS = [
    ({}, "keyList is missing"),
    ({"keyList": "a"}, "keyList is a string, it must be a list"),
    ({"keyList": [1]}, "keyList[0] is a number, it must be a string"),
    ({"keyList": [""]}, "keyList[0] is empty"),
]


@pytest.mark.parametrize(("options", "reason"), BAD_PAIRS)
def test_a_bad_kv_data_list_is_told_with_its_place(options, reason):
    with pytest.raises(ApiError, match="KVDataList") as caught:
        check(APIS["setUserCloudStorage"], options)

    assert (caught.value.name, caught.value.text) == ("bad-parameter", "KVDataList")
    assert caught.value.reason == reason


@pytest.mark.parametrize("api", ["getUserCloudStorage", "removeUserCloudStorage"])
@pytest.mark.parametrize(("options", "reason"), BAD_KEYS)
def test_a_bad_key_list_is_told_with_its_place(api, options, reason):
    with pytest.raises(ApiError, match="keyList") as caught:
        check(APIS[api], options)

    assert (caught.value.text, caught.value.reason) == ("keyList", reason)


def test_unknown_options_and_extra_fields_are_ignored():
    pair = {"key": "a", "value": "", "extra": 1}

    check(APIS["setUserCloudStorage"], {"KVDataList": [pair], "surprise": {}})


def test_an_api_without_the_row_takes_anything():
    check(APIS["login"], {"force": "yes"})


@pytest.mark.parametrize(("options", "reason"), BAD_PAIRS)
def test_the_game_gets_the_documented_row_and_nothing_is_stored(bench, options, reason):
    bench.save({"kept": "1"})

    reply = bench.reply("setUserCloudStorage", options)

    assert reply.body == {
        "errMsg": "setUserCloudStorage:fail KVDataList",
        "errorCode": 999999,
        "errorType": "D",
    }
    assert reply.reason == reason
    assert bench.world.store.get("player-1").pairs.keys() == {"kept"}
