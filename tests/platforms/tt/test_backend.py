"""Douyin's server API: tokens by the world's clock, codes, keys of sessions, the pairs."""

from typing import Any

import pytest

from platforms.backend_bench import OPENID, PAIR, TT, Backend
from tt_emulator.platforms.signature import signature

TOKEN, STABLE = "getAccessToken", "genStableAccessToken"


@pytest.fixture
def backend() -> Backend:
    return Backend(TT)


def set_with(backend: Backend, token: str) -> Any:
    return backend.send("set_user_storage", {"kv_list": [PAIR]}, access_token=token)


def stable(backend: Backend, **options: Any) -> dict[str, Any]:
    answer: dict[str, Any] = backend.call(STABLE, backend.app(**options))["data"]
    return answer


def test_a_token_is_good_for_five_minutes_after_its_successor_was_fetched(
    backend: Backend,
) -> None:
    first = backend.token
    second = backend.new_token()

    backend.advance(299)
    assert set_with(backend, first).error is None

    backend.advance(1)
    refused = set_with(backend, first)
    assert refused.error == "bad-token"
    assert "another was fetched after it" in refused.reason
    assert set_with(backend, second).error is None


def test_a_token_is_good_for_two_hours_and_its_successor_makes_that_no_longer(
    backend: Backend,
) -> None:
    backend.advance(7199)
    assert set_with(backend, backend.token).error is None
    second = backend.new_token()

    backend.advance(1)
    refused = set_with(backend, backend.token)
    assert refused.error == "bad-token"
    assert set_with(backend, second).error is None


def test_tokens_of_another_app_leave_a_token_as_it_is(backend: Backend) -> None:
    backend.new_token(appid="another")
    backend.advance(600)

    assert set_with(backend, backend.token).error is None


def test_a_stable_token_is_the_same_until_its_time_is_over(backend: Backend) -> None:
    first = stable(backend)
    backend.advance(7000)
    assert stable(backend) == {"access_token": first["access_token"], "expires_in": 200}

    backend.advance(200)
    assert stable(backend)["access_token"] != first["access_token"]


def test_a_stable_token_that_was_forced_ends_the_one_before_at_once(backend: Backend) -> None:
    first = stable(backend)["access_token"]
    second = stable(backend, force_refresh=True)["access_token"]

    assert set_with(backend, first).error == "bad-token"
    assert set_with(backend, second).error is None
    assert set_with(backend, backend.token).error is None


def test_twenty_stable_tokens_are_forced_on_a_day_in_china(backend: Backend) -> None:
    for _ in range(20):
        stable(backend, force_refresh=True)

    forced = backend.app(force_refresh=True)
    assert backend.reply(STABLE, forced).error == "too-often"
    assert backend.reply(STABLE, backend.app()).error is None
    backend.advance(86_400)
    assert backend.reply(STABLE, forced).error is None


def test_a_reset_gives_back_the_days_forced_tokens_and_leaves_those_that_are_good(
    backend: Backend,
) -> None:
    forced = [stable(backend, force_refresh=True)["access_token"] for _ in range(20)]
    assert backend.reply(STABLE, backend.app(force_refresh=True)).error == "too-often"

    backend.world.reset()

    assert stable(backend)["access_token"] == forced[-1]
    assert len({stable(backend, force_refresh=True)["access_token"] for _ in range(20)}) == 20
    assert backend.reply(STABLE, backend.app(force_refresh=True)).error == "too-often"


@pytest.mark.parametrize("api", ["code2Session", "code2SessionV1", "code2SessionV2"])
def test_a_code_is_good_once_and_for_three_minutes(backend: Backend, api: str) -> None:
    def exchange(code: str) -> Any:
        return backend.reply(api, backend.session(code=code))

    code = backend.code()
    assert exchange(code).error is None
    assert exchange(code).error == "bad-code"

    early, late = backend.code(), backend.code()
    backend.advance(180)
    assert exchange(early).error is None
    backend.advance(1)
    assert exchange(late).reason.endswith("each is good for 180.")


def test_an_anonymous_code_tells_the_device_and_nothing_else(backend: Backend) -> None:
    options = backend.session(anonymous_code=backend.code("anonymousCode"))
    del options["code"]

    answer = backend.call("code2Session", options)

    assert answer["anonymous_openid"].startswith("anonymous-")
    assert (answer["openid"], answer["session_key"], answer["unionid"]) == ("", "", "")


def test_both_codes_are_spent_or_none(backend: Backend) -> None:
    code = backend.code()

    assert (
        backend.reply("code2Session", backend.session(code=code, anonymous_code="no")).error
        == "bad-anonymous-code"
    )

    both = backend.session(code=code, anonymous_code=backend.code("anonymousCode"))
    answer = backend.call("code2Session", both)
    assert answer["openid"] == OPENID
    assert answer["anonymous_openid"]


def test_the_documented_vector_is_a_signature(backend: Backend) -> None:
    backend.world.players.put(OPENID, {"session_key": "724edcafc423d167724edcbe"})
    body = b'{"foo":"bar"}'
    signed = "44b5092fa1c9adba03803239934d4958b8a1840adf0cee8d5e95c1cf5d495e0e"

    right = backend.reply("set_user_storage", backend.signed(body, signature=signed), body)
    wrong = backend.reply("set_user_storage", backend.signed(body, signature=signed[:-1]), body)

    assert (right.error, right.reason) == ("wrong-parameter", "kv_list is missing")
    assert wrong.error == "bad-signature"
    assert '{"foo":"bar"}' in wrong.reason


def test_the_bytes_of_the_body_are_signed_and_not_what_they_say(backend: Backend) -> None:
    body, other = b'{"kv_list": []}', b'{"kv_list":[]}'

    def send(signed: bytes) -> Any:
        options = backend.signed(body, signature=signature(backend.key, signed)) | {"kv_list": []}
        return backend.reply("set_user_storage", options, body)

    assert send(body).error is None
    assert send(other).error == "bad-signature"


def test_the_game_reads_what_its_backend_has_written_and_the_other_way_round(
    backend: Backend,
) -> None:
    backend.bench.save({"own": "1", "doomed": "2"})
    assert backend.send("set_user_storage", {"kv_list": [PAIR]}).body == {"error": 0}
    assert backend.send("remove_user_storage", {"key": ["doomed", "lacking"]}).body == {"error": 0}

    assert backend.bench.saved("own", "score", "doomed") == {"own": "1", "score": "1"}


def test_the_whole_circle_ends_on_a_friends_board(backend: Backend) -> None:
    backend.world.players.put("friend", {"friends": [OPENID]})
    found = backend.call("code2Session", backend.session(code=backend.code()))
    backend.key = found["session_key"]

    assert backend.send("set_user_storage", {"kv_list": [PAIR]}).error is None

    asked = {"type": "friend", "keyList": ["score"]}
    rows = backend.bench.call("getCloudStorageByRelation", asked, player="friend")["data"]
    assert {row["openid"]: row["KVDataList"] for row in rows}[OPENID] == [PAIR]


@pytest.mark.parametrize("score", ['{"ttgame":{"score":1}}', '{"ttgame":{"score":1},"x":2}'])
def test_a_ranking_value_may_lack_its_time_as_the_page_shows_it(
    backend: Backend, score: str
) -> None:
    backend.world.set({"ranking_keys": {"score": "desc"}})
    pair = {"key": "score", "value": score}

    assert backend.send("set_user_storage", {"kv_list": [pair]}).error is None


def test_nothing_is_stored_if_one_pair_is_refused(backend: Backend) -> None:
    pairs = [PAIR, {"key": "k" * 129, "value": ""}]

    assert backend.send("set_user_storage", {"kv_list": pairs}).error == "key"
    assert backend.bench.saved("score") == {}


def test_limits_are_met_and_not_gone_beyond(backend: Backend) -> None:
    pairs = [
        {"key": "k" * 128, "value": "v" * 896},
        *({"key": f"{number}", "value": ""} for number in range(127)),
    ]

    assert backend.send("set_user_storage", {"kv_list": pairs}).error is None
    assert backend.send("set_user_storage", {"kv_list": [PAIR]}).error == "pairs_per_player"
    assert backend.send("set_user_storage", {"kv_list": pairs[:1]}).error is None


def test_a_reset_key_takes_the_place_of_the_one_before(backend: Backend) -> None:
    answer = backend.call("resetSessionKey", backend.signed(b""))
    before, backend.key = backend.key, answer["session_key"]

    assert answer["openid"] == OPENID
    assert backend.key != before
    assert backend.reply("checkSessionKey", backend.signed(b"")).error is None
    old = backend.signed(b"", signature=signature(before, b""))
    assert backend.reply("checkSessionKey", old).error == "bad-signature"


def test_a_session_that_is_over_signs_nothing_and_the_next_one_has_another_key(
    backend: Backend,
) -> None:
    backend.world.players.put(OPENID, {"session": "expired"})
    refused = backend.send("set_user_storage", {"kv_list": [PAIR]})
    assert refused.error == "bad-signature"
    assert "session is expired" in refused.reason

    before = backend.key
    backend.key = backend.call("code2Session", backend.session())["session_key"]
    assert backend.key != before
    assert backend.send("set_user_storage", {"kv_list": [PAIR]}).error is None


def test_a_login_in_a_valid_session_keeps_its_key(backend: Backend) -> None:
    assert backend.call("code2Session", backend.session())["session_key"] == backend.key


def test_any_app_will_do_until_the_setting_is_made_and_after_it_is_taken_back(
    backend: Backend,
) -> None:
    backend.world.set({"backend": {"appid": "mine", "secret": "hush"}})
    assert backend.reply(TOKEN, backend.app()).error == "bad-appid"
    assert backend.reply(TOKEN, backend.app(appid="mine")).error == "bad-secret"
    assert backend.reply(TOKEN, backend.app(appid="mine", secret="hush")).error is None

    backend.world.set({"backend": None})
    assert backend.reply(TOKEN, backend.app()).error is None


def test_a_call_is_in_the_journal_without_secrets_and_counts_as_covered(backend: Backend) -> None:
    backend.send("set_user_storage", {"kv_list": [PAIR]}, signature="00")
    backend.call("code2Session", backend.session(secret=""))

    first, second = (
        backend.world.journal.find(api=name)[-1] for name in ("set_user_storage", "code2Session")
    )
    text = first.view().options, second.view().options
    assert (first.view().domain, first.view().player) == ("server", OPENID)
    assert backend.token.encode() not in bytes(text[0])
    assert b'"code": "[redacted]"' in bytes(text[1]) or b'"code":"[redacted]"' in bytes(text[1])
    delivered = {(row.api, row.name): row.delivered for row in backend.world.coverage()}
    assert delivered["code2Session", "missing-parameter"] == 1


def test_a_fault_finds_calls_of_backends_by_domain_and_by_key(backend: Backend) -> None:
    backend.world.faults.arm(
        {"domain": "server", "key": "sco*", "error": "key", "api": ["set_user_storage"]}
    )
    backend.world.faults.arm({"key": "gone", "wire": "close", "domain": "server"})

    assert backend.send("set_user_storage", {"kv_list": [{"key": "a", "value": ""}]}).error is None
    assert backend.send("set_user_storage", {"kv_list": [PAIR]}).error == "key"
    body = b'{"key":["gone"]}'
    steps = backend.bench.steps(
        "remove_user_storage", backend.signed(body) | {"key": ["gone"]}, body=body, player=OPENID
    )
    assert type(steps[-1]).__name__ == "Close"


def test_a_fault_of_a_game_without_a_domain_leaves_rows_of_backends_alone(
    backend: Backend,
) -> None:
    backend.world.faults.arm({"error": "network-unavailable"})
    backend.world.faults.arm({"error": "internal-error"})

    assert backend.send("set_user_storage", {"kv_list": [PAIR]}).error is None


def test_a_reply_of_ones_own_has_any_shape(backend: Backend) -> None:
    backend.world.faults.arm(
        {"api": "set_user_storage", "reply": {"error": 2, "errmsg": "busy"}, "times": 1}
    )

    reply = backend.send("set_user_storage", {"kv_list": [PAIR]})

    assert (reply.body, reply.error) == ({"error": 2, "errmsg": "busy"}, "undocumented")


def test_after_means_that_the_service_has_acted(backend: Backend) -> None:
    backend.world.faults.arm(
        {"api": "set_user_storage", "error": "system-error", "moment": "after"}
    )

    assert backend.send("set_user_storage", {"kv_list": [PAIR]}).error == "system-error"
    assert backend.bench.saved("score") == {"score": "1"}


def test_tokens_outlast_a_reset_of_the_data_as_they_are_the_apps(backend: Backend) -> None:
    backend.world.reset(("data",))

    assert backend.world.tokens.flaw(backend.token, backend.bench.clock.ms) == ""
