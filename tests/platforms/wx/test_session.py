"""login and checkSession: a code for a backend, and a session whose key is that of the last one."""

import pytest

from platforms.wx.wx_bench import player
from tt_emulator.errors import NotFound

EXPIRED = {"errMsg": "checkSession:fail 系统错误，错误码：-13001,session time out…d relogin"}


def key(bench, openid="player-1"):
    return bench.world.players.get(openid).session_key


def test_a_new_player_has_a_valid_session(bench):
    assert bench.call("checkSession") == {"errMsg": "checkSession:ok"}


@pytest.mark.parametrize("session", ["expired", "none"])
def test_without_a_session_the_check_fails_until_login(bench, session):
    player(bench, session=session)

    reply = bench.reply("checkSession")
    assert reply.body == EXPIRED
    assert reply.reason == f"the player's session is {session}: wx.login makes a valid one"

    assert bench.call("login").keys() == {"code", "errMsg"}
    assert bench.call("checkSession") == {"errMsg": "checkSession:ok"}


def test_a_code_is_worth_its_player_once(bench):
    code = bench.call("login", player="alice")["code"]

    assert bench.world.exchange_code({"code": code}) == {
        "openid": "alice",
        "session_key": key(bench, "alice"),
    }
    with pytest.raises(NotFound, match="was used before"):
        bench.world.exchange_code({"code": code})


def test_a_code_lives_five_minutes_of_the_worlds_time(bench):
    first, second = (bench.call("login")["code"] for _ in range(2))

    bench.clock.ms += 300_000
    bench.world.exchange_code({"code": first})
    bench.clock.ms += 1
    with pytest.raises(NotFound, match="The code is 300 seconds old: each is good for 300"):
        bench.world.exchange_code({"code": second})


def test_a_code_of_nobody_is_told_by_the_name_of_the_function(bench):
    with pytest.raises(NotFound, match=r"No wx\.login of this world gave the code 'none'\."):
        bench.world.exchange_code({"code": "none"})


def test_each_login_makes_another_key_and_players_have_different_ones(bench):
    keys = [key(bench), key(bench, "friend")]
    for _ in range(3):
        bench.call("login")
        keys.append(key(bench))

    assert len({*keys}) == 5
    assert key(bench) == keys[-1]


def test_offline_a_login_succeeds_with_a_word_as_no_text_of_its_failure_is_known(bench):
    player(bench, network="offline")

    reply = bench.reply("login")

    assert reply.body["errMsg"] == "login:ok"
    assert reply.reason == "the player is offline: how wx.login fails then is not known"
