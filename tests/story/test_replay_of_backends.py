"""A story with calls of a game's own backend, whose secrets it does not tell, is played again."""

import json
from typing import Any

import pytest

from harness import Bench
from platforms.backend_bench import APP, BODIES, PAIR, TT, WX, Backend
from tt_emulator.platforms.platform import Platform
from tt_emulator.platforms.signature import signature
from tt_emulator.story import replay, told
from tt_emulator.story.comparing import Difference

each_platform = pytest.mark.parametrize("platform", [TT, WX], ids=["tt", "wx"])


def story(backend: Backend) -> bytes:
    return b"".join(told(backend.world, backend.bench.engine.worlds.seed))


@each_platform
def test_every_success_and_what_is_refused_for_a_secret_is_the_same_again(
    platform: Platform,
) -> None:
    backend = Backend(platform)
    for api in platform.catalog.backend:
        if api != "resetSessionKey":
            backend.refresh()
            options, body = backend.example(api)
            assert backend.reply(api, options, body).error is None
    save = next(name for name in BODIES if name in platform.catalog.backend)
    used = backend.session()
    backend.reply("code2Session", used)
    named = "code" if platform is TT else "js_code"
    outcomes = [
        backend.reply("code2Session", used).error,
        backend.reply("code2Session", backend.session(**{named: "unheard-of"})).error,
        backend.refresh(),
        backend.send(save, {"kv_list": [PAIR]}, signature="00").error,
        backend.send(save, {"kv_list": [PAIR]}, access_token="unheard-of").error,
        backend.send(save, {"kv_list": [{"key": "k" * 129, "value": ""}]}).error,
        backend.send(save, {"foo": "bar"}).error,
    ]
    assert outcomes[3] == "bad-signature"
    assert outcomes[5] == "key"

    outcome = replay(Bench(seed=9).engine, story(backend))

    assert outcome.differences == []


@each_platform
def test_no_secret_stands_in_the_story(platform: Platform) -> None:
    backend = Backend(platform)
    save = next(name for name in BODIES if name in platform.catalog.backend)
    backend.send(save, {"kv_list": [PAIR]})
    backend.world.set({"backend": APP})
    backend.send(save, {"kv_list": [PAIR]}, access_token="0801121-of-a-real-app")
    named = "code" if platform is TT else "js_code"
    backend.reply("code2Session", backend.session(**{named: "0c1d-of-a-real-player"}))
    backend.send(save, {"kv_list": [PAIR]}, signature=signature("a key", b"a body"))

    text = story(backend)
    deeds = text.partition(b'"deeds"')[2]

    assert b"s3cret" not in text
    assert b"-of-a-real-" not in text
    assert backend.key.encode() not in deeds
    assert signature(backend.key, json.dumps({"kv_list": [PAIR]}).encode()).encode() not in text
    assert b"token-" not in deeds
    assert deeds.count(b"[redacted]") >= 12


@each_platform
def test_a_story_without_the_secret_of_its_setting_is_the_same_again(platform: Platform) -> None:
    backend = Backend(platform)
    for secret in ("s3cret", "another"):
        backend.world.set({"backend": APP | {"secret": secret}})
        assert backend.reply("code2Session", backend.session(secret=secret)).error is None
        assert backend.reply("code2Session", backend.session(secret="no")).error is not None

    for calls in range(1, 9):
        assert of_last(backend, calls) == []
    assert b'"secret":"[redacted]"' in story(backend)
    assert b"another" not in story(backend)
    assert json.loads(b"".join(backend.world.document.export()))["settings"]["backend"] == {
        "appid": "app",
        "secret": "another",
    }


@each_platform
def test_a_story_that_begins_after_the_login_is_the_same_again(platform: Platform) -> None:
    backend = Backend(platform)
    save = next(name for name in BODIES if name in platform.catalog.backend)
    assert backend.send(save, {"kv_list": [PAIR]}).error is None

    text = b"".join(told(backend.world, 1, last=1))

    assert replay(Bench(seed=9).engine, text).differences == []


def test_a_key_that_was_reset_signs_in_the_story_as_well() -> None:
    backend = Backend(TT)
    backend.key = backend.call("resetSessionKey", backend.signed(b""))["session_key"]
    assert backend.send("set_user_storage", {"kv_list": [PAIR]}).error is None
    assert backend.reply("checkSessionKey", backend.signed(b"")).error is None

    assert replay(Bench(seed=9).engine, story(backend)).differences == []


def test_a_secret_that_the_setting_wants_is_that_of_the_story() -> None:
    backend = Backend(TT)
    backend.world.set({"backend": {"appid": "app", "secret": "s3cret"}})
    assert backend.reply("getAccessToken", backend.app()).error is None
    assert backend.reply("getAccessToken", backend.app(secret="no")).error == "bad-secret"

    assert replay(Bench(seed=9).engine, story(backend)).differences == []


def test_a_fault_strikes_a_backend_again() -> None:
    backend = Backend(TT)
    backend.world.faults.arm({"error": "system-error", "domain": "server", "times": 2, "skip": 1})
    errors = [backend.send("set_user_storage", {"kv_list": [PAIR]}).error for _ in range(4)]
    assert errors == [None, "system-error", "system-error", None]

    assert replay(Bench(seed=9).engine, story(backend)).differences == []


def stable(backend: Backend, **options: Any) -> Any:
    return backend.reply("genStableAccessToken", backend.app(**options))


def of_last(backend: Backend, calls: int) -> list[Difference]:
    text = b"".join(told(backend.world, backend.bench.engine.worlds.seed, last=calls))
    return replay(Bench(seed=9).engine, text).differences


def test_a_story_that_begins_after_the_first_stable_token_has_it_all_the_same() -> None:
    backend = Backend(TT)
    stable(backend)
    backend.advance(3000.7)
    assert stable(backend).body["data"]["expires_in"] == 4199
    backend.advance(0.8)
    assert stable(backend).body["data"]["expires_in"] == 4198

    assert of_last(backend, 2) == []
    assert of_last(backend, 1) == []


def test_tokens_that_were_forced_before_the_story_count_in_it() -> None:
    backend = Backend(TT)
    for _ in range(20):
        assert stable(backend, force_refresh=True).error is None
    assert stable(backend, force_refresh=True).error == "too-often"

    assert of_last(backend, 1) == []
    assert of_last(backend, 21) == []


def test_what_was_handed_out_in_the_story_was_not_before_it() -> None:
    backend = Backend(TT)
    first = stable(backend).body["data"]["access_token"]
    backend.advance(100)
    assert stable(backend, force_refresh=True).body["data"]["access_token"] != first
    backend.advance(7150)
    assert stable(backend).body["data"]["expires_in"] == 50

    for calls in (1, 2, 3, 4):
        assert of_last(backend, calls) == []


def test_a_wrong_secret_is_wrong_again_whatever_the_row_that_says_so() -> None:
    backend = Backend(TT)
    backend.world.set({"backend": {"appid": "app", "secret": "s3cret"}})
    for api in ("getAccessToken", "genStableAccessToken"):
        assert backend.reply(api, backend.app()).error is None
        assert backend.reply(api, backend.app(secret="no")).error is not None
        assert backend.reply(api, backend.app(appid="no", secret="no")).error is not None
    assert backend.reply("code2Session", backend.session(secret="no")).error == "bad-secret"

    assert replay(Bench(seed=9).engine, story(backend)).differences == []


@each_platform
def test_what_a_backend_wrote_is_written_again_though_a_fault_said_it_was_refused(
    platform: Platform,
) -> None:
    backend = Backend(platform)
    save = next(name for name in BODIES if name in platform.catalog.backend)
    backend.world.faults.arm({"error": "bad-signature", "api": save, "moment": "after", "times": 1})
    assert backend.send(save, {"kv_list": [PAIR]}).error == "bad-signature"
    assert backend.bench.saved("score") == {"score": "1"}

    assert replay(Bench(seed=9).engine, story(backend)).differences == []


def test_a_refusal_that_a_fault_delayed_is_a_refusal_again() -> None:
    backend = Backend(TT)
    backend.world.faults.arm({"delay_ms": 100, "moment": "after", "domain": "server"})
    assert backend.send("set_user_storage", {"kv_list": [PAIR]}, signature="00").error

    assert replay(Bench(seed=9).engine, story(backend)).differences == []


@pytest.mark.parametrize(("told_s", "same"), [(4198, True), (4200, True), (4197, False)])
def test_of_the_seconds_that_a_token_has_left_one_is_as_good_as_the_next(
    told_s: int, same: bool
) -> None:
    backend = Backend(TT)
    stable(backend)
    backend.advance(3001)
    stable(backend)

    text = story(backend).replace(b'"expires_in":4199', b'"expires_in":%d' % told_s)

    assert replay(Bench(seed=9).engine, text).same is same
