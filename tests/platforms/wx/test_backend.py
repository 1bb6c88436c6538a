"""WeChat's server API: what is its own beside what every platform's rows prove."""

import pytest

from platforms.backend_bench import OPENID, PAIR, WX, Backend
from tt_emulator.platforms.signature import signature


@pytest.fixture
def backend() -> Backend:
    return Backend(WX)


def test_the_documented_vector_is_a_signature(backend: Backend) -> None:
    backend.world.players.put(OPENID, {"session_key": "o0q0otL8aEzpcZL/FT9WsQ=="})
    body = b'{"foo":"bar"}'
    signed = "654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b"

    right = backend.reply("setUserStorage", backend.signed(body, signature=signed), body)
    wrong = backend.reply("setUserStorage", backend.signed(body, signature="00"), body)

    assert (right.body["errcode"], right.reason) == (-1, "kv_list is missing")
    assert wrong.body == {"errcode": 87009, "errmsg": "invalid signature"}
    assert '{"foo":"bar"}' in wrong.reason


def test_a_code_is_good_once_and_for_five_minutes(backend: Backend) -> None:
    early, late = backend.code(), backend.code()
    backend.advance(300)
    assert backend.reply("code2Session", backend.session(js_code=early)).error is None
    assert backend.reply("code2Session", backend.session(js_code=early)).error == "code-used"

    backend.advance(1)
    assert backend.reply("code2Session", backend.session(js_code=late)).error == "invalid-code"


def test_the_key_of_a_code_is_that_of_the_login_that_gave_it_and_a_later_login_ends_it(
    backend: Backend,
) -> None:
    code = backend.code()
    backend.code()
    backend.key = backend.call("code2Session", backend.session(js_code=code))["session_key"]
    assert backend.send("setUserStorage", {"kv_list": [PAIR]}).error == "bad-signature"

    backend.key = backend.call("code2Session", backend.session())["session_key"]
    assert backend.send("setUserStorage", {"kv_list": [PAIR]}).error is None


def test_the_game_reads_what_its_backend_has_written(backend: Backend) -> None:
    backend.bench.save({"doomed": "2"})
    assert backend.send("setUserStorage", {"kv_list": [PAIR]}).body == {
        "errcode": 0,
        "errmsg": "ok",
    }
    assert backend.send("removeUserStorage", {"key": ["doomed"]}).error is None

    assert backend.bench.saved("score", "doomed") == {"score": "1"}


def test_a_ranking_key_may_have_any_value(backend: Backend) -> None:
    backend.world.set({"ranking_keys": {"score": "desc"}})

    assert backend.send("setUserStorage", {"kv_list": [PAIR]}).error is None


def test_counters_that_are_set_are_the_players_and_others_stay(backend: Backend) -> None:
    backend.world.players.put(OPENID, {"interactive": {"values": {"1": 3, "2": 4}}})

    reply = backend.send("setUserInteractiveData", {"kv_list": [{"key": "1", "value": 9}]})

    assert reply.body == {"errcode": 0, "errmsg": ""}
    stored = backend.world.store.get(OPENID)
    assert stored.profile["interactive"]["values"] == {"1": 9, "2": 4}


@pytest.mark.parametrize("value", ["1", 1.5, True, 2**31, None])
def test_a_counter_is_a_whole_number_of_32_bits(backend: Backend, value: object) -> None:
    reply = backend.send("setUserInteractiveData", {"kv_list": [{"key": "1", "value": value}]})

    assert reply.error == "system-busy"
    assert reply.reason == "the value of key '1' is no whole number"


@pytest.mark.parametrize(
    ("options", "named"),
    [({"grant_type": "client_credential"}, "grant_type"), ({"grant_type": ""}, "grant_type")],
)
def test_what_no_page_tells_the_failure_of_succeeds_and_is_said(
    backend: Backend, options: dict[str, str], named: str
) -> None:
    reply = backend.reply("code2Session", backend.session(**options))

    assert reply.error is None
    assert reply.reason.startswith(named)
    assert reply.reason.endswith("how the platform fails then is not known")


def test_any_token_will_do(backend: Backend) -> None:
    assert backend.send("setUserStorage", {"kv_list": [PAIR]}, access_token="x").reason == ""


def test_a_secret_that_is_not_the_settings_is_refused(backend: Backend) -> None:
    backend.world.set({"backend": {"appid": "app", "secret": "another"}})

    reply = backend.reply("code2Session", backend.session())

    assert (reply.error, reply.reason) == (
        "bad-appid",
        "secret is not the one of the setting backend",
    )


def test_the_empty_body_has_a_signature_too(backend: Backend) -> None:
    options = backend.signed(b"", signature=signature(backend.key, b""))

    assert backend.reply("setUserStorage", options).reason == "kv_list is missing"
