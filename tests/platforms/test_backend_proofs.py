"""Every API that a game's own backend calls, of every platform: its success, its error rows when
armed, and those that have a natural cause by it.

What is held here comes from the catalogs, so a new file in one is picked up by itself.
"""

from collections.abc import Callable
from typing import Any

import pytest

from platforms.backend_bench import BODIES, TT, WX, Backend
from tt_emulator.catalog import Api, ErrorRow
from tt_emulator.platforms.platform import Platform

APIS = [(platform, api) for platform in (TT, WX) for api in platform.catalog.backend.values()]
ROWS = [(platform, api, row) for platform, api in APIS for row in api.errors]
Body = dict[str, Any]

SUCCESSES: dict[str, set[str]] = {
    "getAccessToken": {"err_no", "err_tips", "data"},
    "getAccessTokenV1": {"access_token", "expires_in"},
    "genStableAccessToken": {"err_no", "err_msg", "log_id", "data"},
    "code2SessionV1": {"session_key", "openid", "anonymous_openid"},
    "code2SessionV2": {"err_no", "err_tips", "log_id", "data"},
    "set_user_storage": {"error"},
    "remove_user_storage": {"error"},
    "checkSessionKey": {"err_no", "err_msg", "log_id"},
    "resetSessionKey": {"err_no", "err_msg", "log_id", "openid", "session_key"},
    "setUserStorage": {"errcode", "errmsg"},
    "removeUserStorage": {"errcode", "errmsg"},
    "setUserInteractiveData": {"errcode", "errmsg"},
}
SUCCESSES_OF_CODE = {
    "tt": {"error", "session_key", "openid", "anonymous_openid", "unionid"},
    "wx": {"session_key", "openid"},
}
VOCABULARY: dict[str, tuple[str, ...]] = {
    "getAccessToken": ("err_no", "err_tips"),
    "code2SessionV2": ("err_no", "err_tips", "log_id"),
    "genStableAccessToken": ("err_no", "err_msg", "log_id"),
    "checkSessionKey": ("err_no", "err_msg", "log_id"),
    "resetSessionKey": ("err_no", "err_msg", "log_id"),
    "set_user_storage": ("error", "errcode", "errmsg", "message"),
    "remove_user_storage": ("error", "errcode", "errmsg", "message"),
    "code2Session": ("error", "errcode", "errmsg", "message"),
}
"""The fields of a failure, of the others errcode and errmsg."""


def by_name(value: Any) -> str | None:
    return value.identity.name if isinstance(value, Platform) else getattr(value, "name", None)


each_api = pytest.mark.parametrize(("platform", "api"), APIS, ids=by_name)
each_row = pytest.mark.parametrize(("platform", "api", "row"), ROWS, ids=by_name)


@pytest.fixture
def backend(platform: Platform) -> Backend:
    return Backend(platform)


def fields_of_failure(platform: Platform, api: Api) -> tuple[str, ...]:
    own = VOCABULARY.get(api.name) if platform is TT else None
    return own or ("errcode", "errmsg")


def require(body: Body, platform: Platform, api: Api, row: ErrorRow) -> None:
    """The row, in the words of its endpoint, and nothing else."""
    fields = fields_of_failure(platform, api)
    assert tuple(sorted(body)) == tuple(sorted(fields))
    assert body["err_no" if "err_no" in fields else "errcode"] == row.code
    for name in {"errmsg", "message", "err_msg", "err_tips"} & {*fields}:
        assert body[name] == (row.message or "")
    assert body.get("error", 1) == 1


@each_api
def test_a_success_has_the_fields_of_its_page(
    backend: Backend, platform: Platform, api: Api
) -> None:
    options, body = backend.example(api.name)

    reply = backend.reply(api.name, options, body)

    of_code = api.name == "code2Session"
    assert reply.body.keys() == (
        SUCCESSES_OF_CODE[platform.identity.name] if of_code else SUCCESSES[api.name]
    )
    assert (reply.error, reply.reason) == (None, "")
    assert reply.body.get("err_no", reply.body.get("errcode", 0)) == 0


@each_api
def test_a_success_reads_as_one_in_a_list_of_calls(
    backend: Backend, platform: Platform, api: Api
) -> None:
    body = backend.call(api.name, *backend.example(api.name))

    assert platform.identity.outcome(body) in ("ok", "ok (0)", "success (0)")


@each_row
def test_a_failure_reads_as_its_text_and_its_number_in_a_list_of_calls(
    backend: Backend, platform: Platform, api: Api, row: ErrorRow
) -> None:
    backend.world.faults.arm({"error": row.name, "api": api.name})

    body = backend.call(api.name, *backend.example(api.name))

    assert platform.identity.outcome(body) == f"{row.message or ''} ({row.code})".strip()


@each_row
def test_an_armed_row_is_delivered_once_in_the_words_of_its_endpoint(
    backend: Backend, platform: Platform, api: Api, row: ErrorRow
) -> None:
    backend.world.faults.arm({"error": row.name, "api": api.name, "times": 1})
    options, body = backend.example(api.name)

    struck = backend.reply(api.name, options, body)
    after = backend.reply(api.name, options, body)

    require(struck.body, platform, api, row)
    assert struck.error == row.name
    assert after.error is None


@each_row
def test_a_row_is_armed_by_its_number_as_well_and_nothing_is_stored(
    backend: Backend, platform: Platform, api: Api, row: ErrorRow
) -> None:
    options, body = backend.example(api.name)
    before = b"".join(backend.world.document.export())

    backend.world.faults.arm({"error": row.code, "api": api.name})

    assert backend.reply(api.name, options, body).error == row.name
    assert b"".join(backend.world.document.export()) == before


@each_row
def test_a_world_whose_failures_carry_the_text_alone_keeps_those_of_backends_whole(
    backend: Backend, platform: Platform, api: Api, row: ErrorRow
) -> None:
    backend.world.set({"fail_object": "errMsg"})
    backend.world.faults.arm({"error": row.name, "api": api.name})
    options, body = backend.example(api.name)

    require(backend.call(api.name, options, body), platform, api, row)


# What causes a row: it brings the world there, and gives options and body.
Cause = Callable[[Backend, Api, Body, bytes], tuple[Body, bytes]]


def with_options(**given: Any) -> Cause:
    return lambda backend, api, options, body: (options | given, body)


def without(*names: str) -> Cause:
    def cause(backend: Backend, api: Api, options: Body, body: bytes) -> tuple[Body, bytes]:
        name = next(name for name in names if name in options)
        return {each: value for each, value in options.items() if each != name}, body

    return cause


def of_another_app(name: str) -> Cause:
    def cause(backend: Backend, api: Api, options: Body, body: bytes) -> tuple[Body, bytes]:
        given = {"appid": options["appid"], "secret": options["secret"]}
        backend.world.set({"backend": given | {name: "another"}})
        return options, body

    return cause


def with_pairs(*pairs: tuple[Any, Any]) -> Cause:
    def cause(backend: Backend, api: Api, options: Body, body: bytes) -> tuple[Body, bytes]:
        import json

        value = {"kv_list": [{"key": key, "value": text} for key, text in pairs]}
        sent = json.dumps(value).encode()
        return backend.signed(sent) | value, sent

    return cause


def with_a_ranking_key(
    backend: Backend, api: Api, options: Body, body: bytes
) -> tuple[Body, bytes]:
    backend.world.set({"ranking_keys": {"score": "desc"}})
    return options, body


def with_an_expired_token(
    backend: Backend, api: Api, options: Body, body: bytes
) -> tuple[Body, bytes]:
    backend.advance(7200)
    return options, body


def used(backend: Backend, api: Api, options: Body, body: bytes) -> tuple[Body, bytes]:
    backend.call(api.name, options, body)
    return options, body


def forced_too_often(backend: Backend, api: Api, options: Body, body: bytes) -> tuple[Body, bytes]:
    options = options | {"force_refresh": True}
    for _ in range(20):
        assert backend.reply(api.name, options).error is None
    return options, body


OF_TT: dict[str, Cause] = {
    "bad-appid": of_another_app("appid"),
    "bad-secret": of_another_app("secret"),
    "bad-grant-type": with_options(grant_type="authorization_code"),
    "missing-parameter": without("grant_type", "code"),
    "bad-code": used,
    "bad-anonymous-code": with_options(anonymous_code="unheard-of"),
    "no-token": without("access_token"),
    "bad-token": with_an_expired_token,
    "bad-openid": with_options(openid="unheard-of"),
    "wrong-parameter": with_options(sig_method="sha1", grant_type="none"),
    "bad-signature": with_options(signature="00"),
    "too-often": forced_too_often,
    "key": with_pairs(("k" * 129, "")),
    "key-and-value": with_pairs(("k", "名" * 341 + "x")),
    "ranking-value": with_a_ranking_key,
    "pairs_per_player": with_pairs(*((f"k{number}", "") for number in range(129))),
}
OF_WX: dict[str, Cause] = {
    "invalid-code": with_options(js_code="unheard-of"),
    "code-used": used,
    "bad-appid": of_another_app("appid"),
    "no-appid": without("appid"),
    "no-secret": without("secret"),
    "no-code": without("js_code"),
    "bad-signature": with_options(signature="00"),
    "key": OF_TT["key"],
    "key-and-value": with_pairs(("k", "名" * 341 + "xx")),
    "pairs_per_player": OF_TT["pairs_per_player"],
    "bad-openid": with_options(openid="unheard-of"),
    "bad-key": with_pairs(("51", 1)),
}
CAUSES = {"tt": OF_TT, "wx": OF_WX}
ONLY_ARMED = {
    ("tt", "system-error"): "the platform's own failure",
    ("tt", "system-failure"): "the platform's own failure",
    ("wx", "system-error"): "the platform's own failure",
    ("wx", "system-busy"): "of a body that lacks what it must have alone, which is our conclusion",
    ("wx", "too-often"): "nobody calls so often in a test",
    ("wx", "user-blocked"): "no page tells who is",
    ("wx", "total"): "no page gives its number",
}


def is_caused(platform: Platform, api: Api, row: ErrorRow) -> bool:
    """Nobody calls resetSessionKey 60,000 times a minute."""
    return row.name in CAUSES[platform.identity.name] and (api.name, row.name) != (
        "resetSessionKey",
        "too-often",
    )


def test_of_each_name_it_is_known_whether_the_emulator_can_cause_it() -> None:
    known = {(platform, name) for platform in CAUSES for name in CAUSES[platform]}
    named = {(platform.identity.name, row.name) for platform, _, row in ROWS}

    assert known | ONLY_ARMED.keys() == named
    assert not known & ONLY_ARMED.keys()


@pytest.mark.parametrize(
    ("platform", "api", "row"), [each for each in ROWS if is_caused(*each)], ids=by_name
)
def test_a_row_that_has_a_cause_comes_of_it(
    backend: Backend, platform: Platform, api: Api, row: ErrorRow
) -> None:
    options, body = CAUSES[platform.identity.name][row.name](
        backend, api, *backend.example(api.name)
    )
    before = b"".join(backend.world.document.export())

    reply = backend.reply(api.name, options, body)

    require(reply.body, platform, api, row)
    assert reply.error == row.name
    assert reply.reason
    assert b"".join(backend.world.document.export()) == before


@pytest.mark.parametrize("api", BODIES)
def test_what_a_body_must_have_is_asked_for_after_the_signature(api: str) -> None:
    platform = TT if api in TT.catalog.backend else WX
    backend = Backend(platform)

    reply = backend.send(api, {"foo": "bar"})

    assert reply.error == ("wrong-parameter" if platform is TT else "system-busy")
    assert "is missing" in reply.reason
