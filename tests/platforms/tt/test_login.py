import pytest

from tt_emulator.domain.record import Change
from tt_emulator.errors import Unprocessable


def expire(bench, session="expired"):
    bench.world.store.commit("player-1", Change(profile={"session": session}))


def go_offline(bench):
    bench.world.store.commit("player-1", Change(profile={"network": "offline"}))


def test_a_new_player_has_a_valid_session(bench):
    assert bench.call("checkSession") == {"errMsg": "checkSession:ok"}


def test_login_hands_out_fresh_codes(bench):
    first, second = bench.call("login"), bench.call("login")

    assert first["errMsg"] == "login:ok"
    assert first["isLogin"] is True
    codes = {answer[field] for answer in (first, second) for field in ("code", "anonymousCode")}
    assert len(codes) == 4


def test_without_a_session_storage_fails_until_login(bench):
    expire(bench)

    assert bench.save({"a": "1"}) == {
        "errMsg": "setUserCloudStorage:fail get session id failed.",
        "errorCode": 999998,
        "errorType": "D",
    }
    assert bench.call("checkSession") == {"errMsg": "checkSession:fail"}
    bench.call("login")
    assert bench.save({"a": "1"}) == {"errMsg": "setUserCloudStorage:ok"}


def test_offline_storage_and_login_fail_with_their_own_rows(bench):
    go_offline(bench)

    assert bench.save({"a": "1"})["errorCode"] == 999985
    assert bench.call("login") == {"errMsg": "login:fail network unavailable"}


def test_the_session_is_looked_at_before_the_network(bench):
    expire(bench, "none")
    go_offline(bench)

    assert bench.save({"a": "1"})["errorCode"] == 999998


def test_an_armed_fault_decides_before_the_players_state(bench, arm):
    expire(bench)
    arm(error="internal-error")

    assert bench.save({"a": "1"})["errorCode"] == 999993


def test_who_is_logged_out_of_the_host_has_no_session_until_the_dialog(bench):
    bench.world.players.put("player-1", {"account": "out"})
    assert bench.save({"a": "1"})["errorCode"] == 999998
    assert bench.call("checkSession") == {"errMsg": "checkSession:fail"}

    answer = bench.call("login")

    assert (answer["errMsg"], answer["isLogin"]) == ("login:ok", True)
    assert bench.world.players.get("player-1").account == "in"
    assert bench.save({"a": "1"}) == {"errMsg": "setUserCloudStorage:ok"}


def test_a_dismissed_dialog_fails_and_changes_nothing(bench):
    bench.world.players.put("player-1", {"account": "declines"})

    for options in ({}, {"force": True}):
        assert bench.call("login", options) == {
            "errMsg": "login:fail host login fail",
            "errorCode": 113001,
            "errorType": "U",
        }
    assert bench.world.players.get("player-1").account == "declines"
    assert bench.call("checkSession") == {"errMsg": "checkSession:fail"}


@pytest.mark.parametrize("account", ["out", "declines"])
def test_without_force_who_is_logged_out_gets_a_code_for_the_device_alone(bench, account):
    bench.world.players.put("player-1", {"account": account})

    answer = bench.call("login", {"force": False})

    assert answer.keys() == {"errMsg", "anonymousCode", "isLogin"}
    assert answer["isLogin"] is False
    assert bench.world.players.get("player-1").account == account
    assert bench.call("checkSession") == {"errMsg": "checkSession:fail"}


def test_without_force_who_is_logged_in_is_logged_in(bench):
    expire(bench)

    assert bench.call("login", {"force": False})["isLogin"] is True
    assert bench.call("checkSession") == {"errMsg": "checkSession:ok"}


def test_logging_out_of_the_host_ends_the_session_for_good(bench):
    bench.world.players.put("player-1", {"account": "out"})
    bench.world.players.put("player-1", {"account": "in"})

    assert bench.world.players.get("player-1").session == "none"
    bench.call("login")
    assert bench.world.players.get("player-1").session == "valid"


@pytest.mark.parametrize("patch", [{"account": "out", "session": "valid"}, {"session": "expired"}])
def test_who_is_logged_out_can_have_no_session(bench, patch):
    bench.world.players.put("player-1", {"account": "declines"})

    with pytest.raises(Unprocessable) as caught:
        bench.world.players.put("player-1", patch)
    assert caught.value.flaws[0].pointer == "/session"


@pytest.mark.parametrize(
    ("state", "advice"),
    [
        ({}, "tt.login makes a valid one (the account at the host app is in)"),
        ({"account": "out"}, "tt.login makes a valid one (the account at the host app is out)"),
        (
            {"account": "declines"},
            "tt.login makes none, as the player's account declines to log in",
        ),
        ({"network": "offline"}, "tt.login makes a valid one once the player is online"),
    ],
)
def test_the_reason_of_a_missing_session_promises_of_login_what_it_does(bench, state, advice):
    bench.world.players.put("player-1", {"session": "none"} | state)

    reason = bench.reply("checkSession").reason

    assert reason == f"the player's session is none: {advice}"
    bench.call("login")
    assert (bench.world.players.get("player-1").session == "valid") == (advice.endswith(")"))
