"""What is encrypted for the game's backend: it decrypts it as the platform's page says."""

import base64
import hashlib
import json

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES128
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7
from hypothesis import given
from hypothesis import strategies as st

from platforms.wx.wx_bench import player, prepared


def opened(bench, answer, openid="player-1") -> str:
    """The text, with the session key that a backend has."""
    key = base64.b64decode(bench.world.players.get(openid).session_key)
    decryptor = Cipher(AES128(key), CBC(base64.b64decode(answer["iv"]))).decryptor()
    padded = decryptor.update(base64.b64decode(answer["encryptedData"])) + decryptor.finalize()
    unpadder = PKCS7(128).unpadder()
    return (unpadder.update(padded) + unpadder.finalize()).decode()


def test_a_backend_reads_the_friends_who_play_and_when_for_which_game_that_was(bench):
    player(bench, friends=["bob", "idle", "卡罗尔"])
    for openid in ("bob", "卡罗尔", "stranger"):
        bench.save({"a": "1"}, player=openid)

    answer = bench.call("getRelationFriendList")

    assert json.loads(opened(bench, answer)) == {
        "list": [{"openid": "bob"}, {"openid": "卡罗尔"}],
        "watermark": {"timestamp": 1_700_000_000, "appid": "tt-emulator"},
    }


def test_the_game_itself_sees_no_openid(bench):
    bench.save({"a": "1"}, player="friend")

    answer = bench.call("getRelationFriendList")

    assert "friend" not in json.dumps(answer)
    assert b"friend" not in base64.b64decode(answer["encryptedData"])


def test_at_most_twenty_friends_are_told(bench):
    friends = [f"p{number:02}" for number in range(25)]
    player(bench, friends=friends)
    for openid in friends:
        bench.save({"a": "1"}, player=openid)

    listed = json.loads(opened(bench, bench.call("getRelationFriendList")))["list"]

    assert [row["openid"] for row in listed] == friends[:20]


def test_the_signature_is_the_platforms(bench):
    answer = bench.call("getRelationFriendList")

    text = opened(bench, answer) + bench.world.players.get("player-1").session_key
    assert answer["signature"] == hashlib.sha1(text.encode()).hexdigest()


def test_counters_are_told_as_pairs(bench):
    player(bench, interactive={"values": {"1": 7, "50": -1}})

    answer = bench.call("getUserInteractiveStorage", {"keyList": ["50", "2", "1", "50"]})

    assert json.loads(opened(bench, answer))["KVDataList"] == [
        {"key": "50", "value": "-1"},
        {"key": "1", "value": "7"},
    ]
    assert answer.keys() == {"errMsg", "encryptedData", "iv"}


def test_what_was_sealed_before_a_login_is_not_opened_with_the_key_after_it(bench):
    before = bench.call("getRelationFriendList")
    key = bench.world.players.get("player-1").session_key
    bench.call("login")

    after = bench.call("getRelationFriendList")

    assert "list" in json.loads(opened(bench, after))
    player(bench, session_key=key)
    assert "list" in json.loads(opened(bench, before))
    assert before["encryptedData"] != after["encryptedData"]


@given(st.binary(min_size=16, max_size=16), st.integers(-(2**31), 2**31 - 1))
def test_any_key_that_a_tester_sets_opens_it(key, value):
    bench = prepared()
    player(bench, session_key=base64.b64encode(key).decode())
    player(bench, interactive={"values": {"1": value}})

    answer = bench.call("getUserInteractiveStorage", {"keyList": ["1"]})

    (pair,) = json.loads(opened(bench, answer))["KVDataList"]
    assert pair == {"key": "1", "value": str(value)}


@pytest.mark.parametrize("api", ["getRelationFriendList", "getUserInteractiveStorage"])
def test_without_a_session_it_is_sealed_with_a_word(bench, api):
    player(bench, session="expired")

    reply = bench.reply(api, {"keyList": ["1"]})

    assert reply.body["errMsg"] == f"{api}:ok"
    assert reply.reason == "the player's session is expired: a backend may not have its key"


def test_the_same_story_is_sealed_alike():
    first, second = (prepared().call("getRelationFriendList") for _ in range(2))

    assert first == second
