"""A story with calls of a game's own backend, whose secrets it does not tell, is played again."""

import pytest

from harness import Bench
from platforms.backend_bench import BODIES, PAIR, TT, WX, Backend
from tt_emulator.platforms.platform import Platform
from tt_emulator.story import replay, told

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

    deeds = story(backend).partition(b'"deeds"')[2]

    assert b"s3cret" not in deeds
    assert backend.key.encode() not in deeds
    assert b"token-" not in deeds
    assert deeds.count(b"[redacted]") >= 6


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
