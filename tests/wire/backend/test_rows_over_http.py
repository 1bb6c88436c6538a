"""Each error row of each endpoint as a backend receives it over HTTP: by arming it, and by its
cause. Rows and causes are those of `platforms/test_backend_proofs.py`, from the catalogs.
"""

import json
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlencode

import pytest

from platforms.backend_bench import OPENID, PAIR, TT, Backend
from platforms.test_backend_proofs import CAUSES, ROWS, by_name, is_caused, require
from tt_emulator.catalog import Api, ErrorRow
from tt_emulator.config import Settings
from tt_emulator.domain.model import Reply
from tt_emulator.platforms.platform import Platform
from tt_emulator.wire.app import create_app
from tt_emulator.wire.guard import Guard

CONTROL = "/__emulator/v1"


class OverHttp(Backend):
    """The same backend, all of whose calls are requests, each option in its place."""

    def reply(self, api: str, options: Any, body: bytes = b"", **more: Any) -> Reply:
        known = self.platform.catalog.apis[api]
        assert known.endpoint is not None
        place = {param.name: param.where for param in known.params}
        sent = {name: each for name, each in options.items() if place.get(name) == "body"}
        query = {name: each for name, each in options.items() if name not in sent}
        answer = self.http.open(
            f"{known.endpoint.paths[0]}?{urlencode(query)}",
            method=known.endpoint.method,
            data=body or (json.dumps(sent).encode() if sent else None),
        )
        assert answer.status_code == 200
        (last,) = self.world.journal.find()[-1:]
        reason = unquote(answer.headers.get("X-Emulator-Reason", ""))
        return Reply(answer.json, None if last.outcome == "ok" else last.outcome, reason)

    @cached_property
    def http(self) -> Any:
        guard = Guard(Settings(), None)
        return create_app(self.bench.engine, guard, dict, lambda s: None).test_client()


@pytest.fixture
def backend(platform: Platform) -> Backend:
    return OverHttp(platform)


each_row = pytest.mark.parametrize(("platform", "api", "row"), ROWS, ids=by_name)


@each_row
def test_an_armed_row_is_received(
    backend: Backend, platform: Platform, api: Api, row: ErrorRow
) -> None:
    options, body = backend.example(api.name)
    backend.world.faults.arm({"error": row.name, "api": api.name, "times": 1})

    struck = backend.reply(api.name, options, body)

    require(struck.body, platform, api, row)
    assert backend.reply(api.name, options, body).error is None


@pytest.mark.parametrize(
    ("platform", "api", "row"), [each for each in ROWS if is_caused(*each)], ids=by_name
)
def test_a_caused_row_is_received_with_its_reason(
    backend: Backend, platform: Platform, api: Api, row: ErrorRow
) -> None:
    cause = CAUSES[platform.identity.name][row.name]
    options, body = cause(backend, api, *backend.example(api.name))

    reply = backend.reply(api.name, options, body)

    require(reply.body, platform, api, row)
    assert (reply.error, reply.reason == "") == (row.name, False)


def test_a_token_is_good_for_five_minutes_after_the_next_by_the_clock_that_testers_move() -> None:
    backend = OverHttp(TT)
    first, second = backend.token, backend.new_token()

    def save(token: str) -> str | None:
        return backend.send("set_user_storage", {"kv_list": [PAIR]}, access_token=token).error

    def advance(seconds: int) -> None:
        moved = backend.http.post(f"{CONTROL}/clock", json={"advance_s": seconds})
        assert moved.status_code == 200

    advance(299)
    assert save(first) is None
    advance(2)
    assert (save(first), save(second)) == ("bad-token", None)


def test_the_documented_signature_is_right_over_http_and_that_of_another_body_is_wrong() -> None:
    backend = OverHttp(TT)
    key = {"session_key": "724edcafc423d167724edcbe"}
    assert backend.http.put(f"{CONTROL}/players/{OPENID}", json=key).status_code == 200
    signed = "44b5092fa1c9adba03803239934d4958b8a1840adf0cee8d5e95c1cf5d495e0e"

    def send(body: bytes) -> Reply:
        options = backend.signed(body, signature=signed)
        return backend.reply("set_user_storage", options, body)

    assert send(b'{"foo":"bar"}').reason == "kv_list is missing"
    wrong = send(b'{"foo": "bar"}')
    assert wrong.error == "bad-signature"
    assert "the signature of these 14 bytes" in wrong.reason
    assert repr('{"foo": "bar"}') in wrong.reason
