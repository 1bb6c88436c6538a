import json
from typing import Any

import pytest

from process import Emulator
from tt_emulator.client import Client, Unmet
from tt_emulator.errors import Refused, SettingsError

FAULT = {"id": "f1", "error": "network-unavailable"}

VERBS = [
    (lambda c: c.health(), "GET", "/health", None),
    (lambda c: c.errors(), "GET", "/v1/errors", None),
    (lambda c: c.errors("login"), "GET", "/v1/errors?api=login", None),
    (lambda c: c.faults(), "GET", "/v1/faults", None),
    (lambda c: c.arm(FAULT), "POST", "/v1/faults", FAULT),
    (lambda c: c.arm([FAULT]), "POST", "/v1/faults", [FAULT]),
    (lambda c: c.fault(**FAULT), "POST", "/v1/faults", FAULT),
    (lambda c: c.replace([FAULT]), "PUT", "/v1/faults", [FAULT]),
    (lambda c: c.reorder(["f2", "f1"]), "PUT", "/v1/faults/order", {"ids": ["f2", "f1"]}),
    (lambda c: c.disarm("f/1"), "DELETE", "/v1/faults/f%2F1", None),
    (lambda c: c.disarm_all(), "DELETE", "/v1/faults", None),
    (lambda c: c.requests(), "GET", "/v1/requests", None),
    (
        lambda c: c.requests(api="login", player="爱丽丝", after=0, limit=2),
        "GET",
        "/v1/requests?api=login&player=%E7%88%B1%E4%B8%BD%E4%B8%9D&after=0&limit=2",
        None,
    ),
    (lambda c: c.clear_requests(), "DELETE", "/v1/requests", None),
    (lambda c: c.count(), "POST", "/v1/requests/count", {"match": {}}),
    (
        lambda c: c.count(api="login", ok=False),
        "POST",
        "/v1/requests/count",
        {"match": {"api": "login", "ok": False}},
    ),
    (lambda c: c.har(), "GET", "/v1/requests.har", None),
    (lambda c: c.coverage(), "GET", "/v1/coverage", None),
    (lambda c: c.players(), "GET", "/v1/players", None),
    (lambda c: c.player("a/爱"), "GET", "/v1/players/a%2F%E7%88%B1", None),
    (
        lambda c: c.put_player("alice", session="expired"),
        "PUT",
        "/v1/players/alice",
        {"session": "expired"},
    ),
    (lambda c: c.delete_player("alice"), "DELETE", "/v1/players/alice", None),
    (lambda c: c.settings(), "GET", "/v1/settings", None),
    (
        lambda c: c.put_settings(host={"appName": "x"}, self=1),
        "PUT",
        "/v1/settings",
        {"host": {"appName": "x"}, "self": 1},
    ),
    (lambda c: c.exchange_code(code="x"), "POST", "/v1/codes", {"code": "x"}),
    (lambda c: c.clock(), "GET", "/v1/clock", None),
    (lambda c: c.move_clock(advance_s=1), "POST", "/v1/clock", {"advance_s": 1}),
    (lambda c: c.worlds(), "GET", "/v1/worlds", None),
    (lambda c: c.export_text(), "GET", "/v1/worlds/default", None),
    (lambda c: c.import_text(b'{"schema":1}'), "PUT", "/v1/worlds/default", {"schema": 1}),
    (lambda c: c.bundle(), "GET", "/v1/bundle", None),
    (lambda c: c.bundle(last=2, player="a&b"), "GET", "/v1/bundle?last=2&player=a%26b", None),
    (lambda c: c.replay(b'{"bundle":1}'), "POST", "/v1/replay", {"bundle": 1}),
    (lambda c: c.replay({"bundle": 1}), "POST", "/v1/replay", {"bundle": 1}),
    (lambda c: c.drop_world(), "DELETE", "/v1/worlds/default", None),
    (lambda c: c.scenario("a"), "GET", "/v1/scenarios/a", None),
    (lambda c: c.save_scenario("慢"), "PUT", "/v1/scenarios/%E6%85%A2", None),
    (lambda c: c.delete_scenario("a"), "DELETE", "/v1/scenarios/a", None),
    (lambda c: c.snapshots(), "GET", "/v1/snapshots", None),
    (lambda c: c.snapshot("a"), "PUT", "/v1/snapshots/a", None),
    (lambda c: c.restore("a/b"), "POST", "/v1/snapshots/a%2Fb/restore", None),
    (lambda c: c.delete_snapshot("a"), "DELETE", "/v1/snapshots/a", None),
    (lambda c: c.reset(), "POST", "/v1/reset", None),
    (lambda c: c.reset(["data"]), "POST", "/v1/reset", {"scope": ["data"]}),
]


@pytest.mark.parametrize(("verb", "method", "path", "body"), VERBS)
def test_a_verb_is_one_request(stub: Any, verb: Any, method: str, path: str, body: Any) -> None:
    stub.answer = (
        200,
        {},
        b'{"errors":[],"faults":[],"requests":[],"players":[],"worlds":[],"snapshots":[],"name":"a","count":0,'
        b'"same":true,"differences":[],"world":"replay-1"}',
    )
    with Client(stub.url) as client:
        verb(client)

    assert (stub.last.method, stub.last.target) == (method, f"/__emulator{path}")
    assert (json.loads(stub.last.body) if stub.last.body else None) == body
    assert len(stub.seen) == 1


QUESTIONS = [
    ("wait_for", {"api": "login"}, "wait", {"match": {"api": "login"}, "timeout_ms": 10_000}),
    ("wait_for", {"count": 2, "timeout_ms": 500}, "wait", {"count": 2, "timeout_ms": 500}),
    ("verify", {"player": "bob"}, "verify", {"match": {"player": "bob"}, "timeout_ms": 0}),
    ("verify", {"count": 0, "error": 999985}, "verify", {"match": {"error": 999985}, "count": 0}),
    ("verify", {"count": {"min": 1, "max": 3}}, "verify", {"count": {"min": 1, "max": 3}}),
]
NOT_ENOUGH = {"ok": False, "count": 3, "differences": ["wanted at least 4, found 3", "#1 login"]}


@pytest.mark.parametrize(("name", "given", "verb", "question"), QUESTIONS)
@pytest.mark.parametrize("ok", [True, False])
def test_a_verdict_is_as_true_as_the_server_says(
    stub: Any, name: str, given: Any, verb: str, question: Any, ok: bool
) -> None:
    verdict = {"ok": ok, "count": 3, "differences": ["wanted at least 4, found 3"]}
    stub.answer = (200, {}, json.dumps(verdict).encode())
    with Client(stub.url) as client:
        verdict = getattr(client, name)(**given, check=False)

    assert bool(verdict) is ok
    assert (verdict.count, verdict.differences) == (3, ["wanted at least 4, found 3"])
    assert (stub.last.method, stub.last.target) == ("POST", f"/__emulator/v1/requests/{verb}")
    assert json.loads(stub.last.body).items() >= question.items()


@pytest.mark.parametrize("name", ["wait_for", "verify"])
def test_what_did_not_come_is_an_error_with_what_differed(stub: Any, name: str) -> None:
    stub.answer = (200, {}, json.dumps(NOT_ENOUGH).encode())
    with Client(stub.url) as client, pytest.raises(AssertionError) as caught:
        getattr(client, name)(4)

    assert isinstance(caught.value, Unmet)
    assert str(caught.value) == "wanted at least 4, found 3\n#1 login"
    assert caught.value.verdict.count == 3


def test_what_a_server_says_steers_no_terminal_by_way_of_a_traceback(stub: Any) -> None:
    verdict = {"ok": False, "count": 0, "differences": ["#1 login: player is \x1b[31m\u202e"]}
    stub.answer = (200, {}, json.dumps(verdict).encode())
    with Client(stub.url) as client:
        with pytest.raises(Unmet) as unmet:
            client.verify()
        stub.answer = (422, {}, json.dumps({"detail": "No \x1b[31m\n."}).encode())
        with pytest.raises(Refused) as refused:
            client.health()

    assert str(unmet.value) == r"#1 login: player is \x1b[31m\u202e"
    assert (str(refused.value), refused.value.detail) == (r"No \x1b[31m\n.", "No \x1b[31m\n.")


def test_a_newer_server_may_tell_more_of_a_verdict(stub: Any) -> None:
    stub.answer = (200, {}, json.dumps({**NOT_ENOUGH, "ok": True, "gaps_ms": [1]}).encode())
    with Client(stub.url) as client:
        assert client.verify().ok


def test_the_world_and_the_token_go_with_each_request(stub: Any) -> None:
    with Client(stub.url + "/", world="w 1", token="secret") as client:
        client.health()

    assert stub.last.target == "/__emulator/health"
    assert stub.last.headers["X-Emulator-World"] == "w%201"
    assert stub.last.headers["Authorization"] == "Bearer secret"


def test_a_client_asks_in_its_language_if_it_has_one(stub: Any) -> None:
    for language in ("zh", None):
        with Client(stub.url, language=language) as client:
            client.health()
        assert stub.last.headers.get("Accept-Language") == language


def test_a_call_says_who_calls_from_where_and_gives_the_callbacks_object(stub: Any) -> None:
    stub.answer = (200, {}, b'{"errMsg": "login:ok"}')
    with Client(stub.url) as client:
        reply = client.call("login", {"force": True}, player="爱丽丝", domain="open", call_id="c 1")

    assert reply == {"errMsg": "login:ok"}
    assert (reply.request_id, reply.fault, reply.reason) == (None, None, None)
    assert (stub.last.method, stub.last.target) == ("POST", "/tt/login")
    assert json.loads(stub.last.body) == {"force": True}
    assert stub.last.headers["X-Emulator-Player"] == "%E7%88%B1%E4%B8%BD%E4%B8%9D"
    assert stub.last.headers["X-Emulator-Domain"] == "open"
    assert stub.last.headers["X-Emulator-Call"] == "c%201"


def test_what_the_emulator_says_about_a_reply_is_decoded(stub: Any) -> None:
    headers = {
        "X-Emulator-Request-Id": "7",
        "X-Emulator-Fault": "f1",
        "X-Emulator-Reason": "%E9%94%AE is 129 bytes",
    }
    stub.answer = (200, headers, b"{}")
    with Client(stub.url) as client:
        reply = client.call("login")

    assert (reply.request_id, reply.fault, reply.reason) == ("7", "f1", "键 is 129 bytes")


def test_options_travel_as_they_are_even_if_no_game_could_mean_them(stub: Any) -> None:
    with Client(stub.url) as client:
        client.call("login", [])  # type: ignore[arg-type]  # what a test of bad input sends

    assert stub.last.body == b"[]"


@pytest.mark.parametrize(
    ("status", "body", "ready"),
    [
        (200, b'{"ready": true}', True),
        (503, b'{"ready": false}', False),
        (503, b'{"detail": "The emulator is still starting."}', False),
    ],
)
def test_ready_is_a_question(stub: Any, status: int, body: bytes, ready: bool) -> None:
    stub.answer = (status, {}, body)
    with Client(stub.url) as client:
        assert client.ready() is ready


def test_a_player_name_that_is_no_text_is_left_for_the_server_to_refuse(stub: Any) -> None:
    stub.answer = (400, {}, b'{"detail": "X-Emulator-Player is no UTF-8."}')
    with Client(stub.url) as client, pytest.raises(Refused, match="no UTF-8"):
        client.call("login", player="\ud800")


@pytest.mark.parametrize("arguments", [{"url": "127.0.0.1:8717"}, {"token": "two words"}])
def test_an_address_or_token_that_cannot_be_one_is_refused_at_once(arguments: Any) -> None:
    with pytest.raises(SettingsError, match="is not"):
        Client(**arguments)


def test_a_wait_may_take_longer_than_any_other_request(server: Emulator, new_world: str) -> None:
    with Client(server.url, new_world) as client:
        client.errors()  # the first request of a server is slow
    with Client(server.url, new_world, timeout_s=1) as client:
        verdict = client.wait_for(timeout_ms=1500, api="login", check=False)

    assert not verdict
    assert verdict.differences == ["wanted at least 1, found 0"]
