import pytest

from harness import as_json
from tt_emulator.domain.avatars import avatar_url
from tt_emulator.errors import Unprocessable
from tt_emulator.platforms.signature import next_key

NEW = {
    "openid": "alice",
    "nickname": "alice",
    "avatarUrl": avatar_url("alice"),
    "KVDataList": [],
    "friends": [],
    "group": None,
    "account": "in",
    "session": "valid",
    "session_key": next_key("alice", ""),
    "network": "online",
}


def test_a_player_of_whom_nothing_is_stored_is_a_new_one(bench):
    assert as_json(bench.world.players.get("alice")) == NEW
    assert bench.world.players.openids() == []


def test_a_patch_changes_what_it_names(bench):
    bench.save({"a": "1"}, player="alice")

    assert as_json(bench.world.players.put("alice", {"nickname": "小明"})) == NEW | {
        "nickname": "小明",
        "KVDataList": [{"key": "a", "value": "1"}],
    }


def test_kv_data_list_replaces(bench):
    bench.save({"a": "1", "b": "2"}, player="alice")

    bench.world.players.put("alice", {"KVDataList": [{"key": "b", "value": "3"}]})

    assert bench.saved("a", "b", player="alice") == {"b": "3"}


def test_a_set_session_and_network_are_natural_causes_until_changed(bench):
    bench.world.players.put("player-1", {"session": "expired"})
    assert bench.save({"a": "1"})["errorCode"] == 999998
    assert bench.call("checkSession") == {"errMsg": "checkSession:fail"}

    bench.world.players.put("player-1", {"session": "valid", "network": "offline"})
    assert bench.save({"a": "1"})["errorCode"] == 999985
    assert bench.call("getNetworkType")["networkType"] == "none"

    bench.world.players.put("player-1", {"network": "online"})
    assert bench.save({"a": "1"}) == {"errMsg": "setUserCloudStorage:ok"}
    assert bench.call("getNetworkType")["networkType"] == "wifi"


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"sesion": "valid"}, "/sesion"),
        ({"session": "broken"}, "/session"),
        ({"network": "2g"}, "/network"),
        ({"openid": "bob"}, "/openid"),
        ({"KVDataList": [{"key": "a", "value": 1}]}, "/KVDataList/0/value"),
        ({"KVDataList": [{"key": "k" * 129, "value": ""}]}, "/KVDataList"),
        ({"KVDataList": [{"key": f"k{n}", "value": ""} for n in range(129)]}, "/KVDataList"),
        ({"KVDataList": [{"key": "a", "value": "1", "at": 5}]}, "/KVDataList/0/at"),
        ({"KVDataList": [{"key": "a", "value": v} for v in "12"]}, "/KVDataList/1/key"),
        ({"friends": ["bob", "名" * 43]}, "/friends/1"),
        (None, ""),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(bench, patch, pointer):
    bench.save({"kept": "1"}, player="alice")

    with pytest.raises(Unprocessable) as caught:
        bench.world.players.put("alice", patch)

    assert caught.value.flaws[0].pointer == pointer
    assert bench.saved("kept", player="alice") == {"kept": "1"}


def test_a_forgotten_player_is_new_again(bench):
    bench.save({"a": "1"}, player="alice")

    bench.world.players.delete("alice")

    assert as_json(bench.world.players.get("alice")) == NEW
