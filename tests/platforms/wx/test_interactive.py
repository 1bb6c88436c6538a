"""Interactive storage: counters that friends raise, and who may stop them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.wx.wx_bench import player, prepared

API = "modifyFriendInteractiveStorage"
GIFT = {"key": "1", "opNum": 1, "operation": "add", "toUser": "friend"}
REFUSED = {
    "errMsg": f"{API}:fail 系统错误,错误码:-17011,check set interactive data fail",
    "errCode": -17011,
}
DAY_MS = 86_400_000


def give(bench, **options):
    return bench.call(API, {**GIFT, **options})


def values(bench, openid="friend"):
    return bench.world.players.get(openid).interactive.values


def bare(code):
    return {"errMsg": f"{API}:fail", "errCode": code}


def test_each_call_adds_one_to_the_friends_counter(bench):
    assert give(bench) == {"errMsg": f"{API}:ok"}
    give(bench)
    give(bench, key="50")

    assert values(bench) == {"1": 2, "50": 1}
    assert values(bench, "player-1") == {}


def test_it_is_a_store_apart_from_the_pairs(bench):
    give(bench)

    assert bench.world.players.get("friend").KVDataList == []
    assert bench.saved("1", player="friend", domain="open") == {}


@pytest.mark.parametrize(
    ("options", "body", "reason"),
    [
        (
            {"key": 1},
            {"errMsg": f"{API}:fail:system apperror", "err_code": "-1"},
            "key is no text",
        ),
        ({"key": "0"}, bare(-17008), "the key is '0', not one of '1' to '50'"),
        ({"key": "51"}, bare(-17008), "the key is '51', not one of '1' to '50'"),
        ({"key": "01"}, bare(-17008), "the key is '01', not one of '1' to '50'"),
        ({"operation": "sub"}, bare(-17009), 'operation must be "add"'),
        ({"operation": None}, bare(-17009), 'operation must be "add"'),
        ({"opNum": 2}, bare(-17010), "opNum must be 1"),
        ({"opNum": True}, bare(-17010), "opNum must be 1"),
        (
            {"toUser": None},
            bare(-17007),
            "toUser names nobody; with quiet it may be left out where the player's shared_by says"
            " who shared the card",
        ),
        ({"toUser": "stranger"}, bare(-17006), "'stranger' is no friend of the player"),
        ({"toUser": "player-1"}, bare(-17006), "'player-1' is no friend of the player"),
    ],
)
def test_wrong_options_fail_with_their_own_number_and_store_nothing(bench, options, body, reason):
    reply = bench.reply(API, {**GIFT, **options})

    assert (reply.body, reply.reason) == (body, reason)
    assert values(bench) == {}


@pytest.mark.parametrize("missing", GIFT)
def test_each_option_is_missed(bench, missing):
    options = {name: value for name, value in GIFT.items() if name != missing}

    assert bench.call(API, options)["errMsg"].startswith(f"{API}:fail")
    assert values(bench) == {}


def test_the_player_may_cancel_the_window(bench):
    player(bench, interactive={"window": "cancels"})

    assert give(bench) == {"errMsg": f"{API}:fail cancel"}
    assert values(bench) == {}


def test_the_games_own_function_may_refuse(bench):
    player(bench, interactive={"check": "refuses"})

    assert give(bench) == REFUSED
    assert values(bench) == {}


def test_a_daily_limit_holds_until_midnight_in_china(bench):
    bench.clock.ms = 1_700_000_000_000 // DAY_MS * DAY_MS + 15 * 3_600_000  # 23:00 in Beijing
    player(bench, interactive={"daily_limit": 2})

    assert [give(bench)["errMsg"] for _ in range(2)] == [f"{API}:ok"] * 2
    assert give(bench) == REFUSED
    bench.clock.ms += 3_599_999
    assert give(bench) == REFUSED
    bench.clock.ms += 1
    assert give(bench) == {"errMsg": f"{API}:ok"}

    assert values(bench) == {"1": 3}
    today = bench.world.players.get("player-1").interactive.today
    assert (today.date, today.times) == ("2023-11-15", 1)


def test_only_what_succeeded_counts_for_the_day(bench):
    player(bench, interactive={"daily_limit": 1})
    give(bench, toUser="stranger")

    assert give(bench) == {"errMsg": f"{API}:ok"}


def test_a_card_that_a_friend_sent_needs_neither_a_window_nor_a_name(bench):
    player(bench, shared_by="friend", interactive={"window": "cancels"})

    assert give(bench, toUser=None, quiet=True) == {"errMsg": f"{API}:ok"}
    assert values(bench) == {"1": 1}


def test_quiet_has_no_effect_on_another_launch(bench):
    player(bench, interactive={"window": "cancels"})

    assert give(bench, quiet=True) == {"errMsg": f"{API}:fail cancel"}


def test_a_counter_stays_at_its_greatest_value(bench):
    player(bench, "friend", interactive={"values": {"1": 2**31 - 1}})

    assert give(bench) == {"errMsg": f"{API}:ok"}
    assert values(bench) == {"1": 2**31 - 1}


@pytest.mark.parametrize("key_list", ["1", None, 1])
def test_a_list_of_keys_that_is_none_is_a_system_error(bench, key_list):
    assert bench.call("getUserInteractiveStorage", {"keyList": key_list}) == {
        "errMsg": "getUserInteractiveStorage:fail 系统错误,错误码:-1,system apperror",
        "errCode": -1,
    }


@pytest.mark.parametrize("key", ["0", "51", "", "a", 1, None, ["1"]])
def test_a_key_that_is_none_is_refused(bench, key):
    assert bench.call("getUserInteractiveStorage", {"keyList": ["1", key]}) == {
        "errMsg": "getUserInteractiveStorage:fail",
        "errCode": -17008,
    }


def test_a_message_to_a_stranger_succeeds_with_a_word(bench):
    assert bench.reply("shareMessageToFriend", {"openId": "friend"}).reason == ""

    reply = bench.reply("shareMessageToFriend", {"openId": "stranger"})

    assert reply.body == {"errMsg": "shareMessageToFriend:ok"}
    assert reply.reason == ("'stranger' is no friend of the player: how it fails then is not known")


@given(st.lists(st.tuples(st.integers(-1, 52), st.sampled_from(["friend", "stranger"]))))
def test_counters_hold_as_many_as_succeeded(gifts):
    bench = prepared()
    succeeded: dict[str, int] = {}
    for key, to in gifts:
        if give(bench, key=str(key), toUser=to) == {"errMsg": f"{API}:ok"}:
            succeeded[str(key)] = succeeded.get(str(key), 0) + 1

    assert values(bench) == succeeded
    assert sum(succeeded.values()) == sum(1 <= key <= 50 and to == "friend" for key, to in gifts)
