from emulator.storage.base import Change


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
