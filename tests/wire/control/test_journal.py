from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from time import monotonic

import pytest

from listener import Listener
from process import emulator
from tt_emulator.client import Client


def test_count_wait_and_verify_agree(call, control):
    call("login", {})
    call("login", {})

    match = {"match": {"api": "login"}}
    assert control("POST", "/v1/requests/count", match).json == {"count": 2}
    assert control("POST", "/v1/requests/wait", match | {"count": 1}).json["ok"] is True
    verdict = control("POST", "/v1/requests/verify", match | {"count": 2}).json
    (gap_ms,) = verdict.pop("gaps_ms")
    assert gap_ms >= 0
    assert verdict == {"ok": True, "count": 2, "differences": []}


def test_verify_tells_what_differed(call, control):
    call("login", {}, X_Emulator_Player="bob")

    question = {"match": {"api": "login", "player": "alice"}, "count": 2}
    answer = control("POST", "/v1/requests/verify", question).json

    assert answer == {
        "ok": False,
        "count": 0,
        "differences": ["wanted exactly 2, found 0", "#1 login: player is bob, not alice"],
        "gaps_ms": [],
    }


@pytest.mark.parametrize("verb", ["wait", "verify"])
def test_tries_without_a_pause_are_told(verb, call, control):
    call("login", {})
    call("login", {})

    question = {"count": 2, "min_gap_ms": 80_000_000}
    answer = control("POST", f"/v1/requests/{verb}", question).json

    assert (answer["ok"], answer["count"], len(answer["gaps_ms"])) == (False, 2, 1)
    assert answer["differences"][0].startswith("gap 1, from #1 to #2: ")


def test_a_bound_that_no_gap_could_have_is_refused(control):
    answer = control("POST", "/v1/requests/verify", {"min_gap_ms": [1, -1]})

    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"] == "/min_gap_ms/1"


@pytest.mark.parametrize("verb", ["count", "wait", "verify"])
def test_a_question_about_what_there_is_not_is_refused_with_the_nearest_names(verb, call, control):
    call("login", {})

    question = {"match": {"api": "logn", "error": "server-eror"}, "count": 0}
    answer = control("POST", f"/v1/requests/{verb}", question)

    assert answer.status == 422
    pointers, details = zip(*map(dict.values, answer.json["errors"]), strict=True)
    assert pointers == ("/match/api", "/match/error")
    assert details[0] == "unknown API 'logn'; did you mean login?"
    assert details[1].startswith("unknown error 'server-eror'; did you mean server-error")


def test_the_journal_of_an_unknown_api_is_refused_and_not_empty(call, control):
    call("login", {})

    assert control("GET", "/v1/requests?api=logn").status == 422
    assert control("GET", "/v1/requests?api=checkSession").json["requests"] == []


def test_calls_that_are_too_many_are_told(call, control):
    for api in ("login", "checkSession", "login"):
        call(api, {})

    question = {"match": {"api": "login"}, "count": 1}
    assert control("POST", "/v1/requests/verify", question).json["differences"] == [
        "wanted exactly 1, found 2",
        "#3 login: it matches",
        "#1 login: it matches",
    ]


def test_wait_is_over_when_its_time_is(control, call):
    call("login", {})

    answer = control("POST", "/v1/requests/wait", {"count": 2, "timeout_ms": 10})

    assert (answer.status, answer.json["ok"]) == (200, False)


@pytest.mark.parametrize("question", ["count", "wait", "verify"])
def test_a_question_without_a_body_asks_for_any_call(control, call, question):
    call("login", {})

    assert control("POST", f"/v1/requests/{question}").json["count"] == 1


def test_a_question_that_is_misspelt_is_422(control, call):
    call("login", {})

    assert control("POST", "/v1/requests/verify", {"math": {}}).status == 422


def test_har_is_offered_as_a_file(control, call):
    call("login", {})

    answer = control("GET", "/v1/requests.har")

    assert "attachment" in answer.headers["content-disposition"]
    assert answer.json["log"]["entries"][0]["request"]["url"].endswith("/tt/login")


def test_coverage_counts_what_was_delivered(control, call):
    control("PUT", "/v1/faults", [{"error": "internal-error", "times": 2}])
    for _ in range(3):
        call("setUserCloudStorage", {"KVDataList": []})

    coverage = control("GET", "/v1/coverage").json

    assert coverage["covered"] == 1
    delivered = {(row["api"], row["name"]): row["delivered"] for row in coverage["coverage"]}
    assert delivered["setUserCloudStorage", "internal-error"] == 2
    assert delivered["setUserCloudStorage", "bad-parameter"] == 0
    assert coverage["calls"] == {"setUserCloudStorage": 3}


def test_coverage_counts_documented_errors_alone(control, call):
    control("PUT", "/v1/faults", [{"error": "session-failure", "api": "getUserCloudStorage"}])
    call("getUserCloudStorage", {"keyList": []})

    coverage = control("GET", "/v1/coverage").json

    rows = control("GET", "/v1/errors").json["errors"]
    documented = {(row["api"], row["name"]) for row in rows if row["evidence"] == "documented"}
    assert {(row["api"], row["name"]) for row in coverage["coverage"]} == documented
    assert (coverage["covered"], coverage["documented"]) == (0, len(documented))
    assert ("getUserCloudStorage", "session-failure") not in documented


@pytest.fixture
def client(server, new_world):
    opened = Client(server.url, new_world)
    opened.call("login", {})
    return opened


def test_a_listener_hears_the_history_and_then_what_happens(server, client, new_world):
    with Listener(server, new_world) as listener:
        history = [listener.event(), listener.event()]
        client.arm({"error": "internal-error"})
        armed = listener.event()
        client.call("login", {}, player="bob")
        called = listener.event()

    assert [event["event"] for event in history] == ["exchange", "exchange"]
    assert armed["event"] == "faults"
    assert armed["data"][0]["error"] == "internal-error"
    assert called["data"]["player"] == "bob"


@pytest.mark.parametrize(
    ("request_parts", "held"),
    [
        (("DELETE", "/v1/requests"), 0),
        (("DELETE", "/v1/requests?player=bob"), 1),
        (("POST", "/v1/reset", {"scope": ["journal"]}), 0),
    ],
)
def test_who_listens_hears_that_calls_were_cleared(server, client, new_world, request_parts, held):
    client.call("login", {}, player="bob")
    with Listener(server, new_world) as listener:
        for _ in range(4):
            listener.event()
        client.control(*request_parts)
        event = listener.event()

    assert (event["event"], event["data"]) == ("journal", {"held": held})


def test_a_reset_that_leaves_the_journal_tells_nothing_of_it(server, client, new_world):
    with Listener(server, new_world) as listener:
        for _ in range(2):
            listener.event()
        client.control("POST", "/v1/reset", {"scope": ["faults"]})
        assert listener.event()["event"] == "faults"
        client.call("checkSession", {})
        assert listener.event()["event"] == "exchange"


def test_who_comes_back_hears_only_what_was_missed(server, client, new_world):
    with Listener(server, new_world) as listener:
        seen = [listener.event() for _ in range(2)][-1]
    client.call("checkSession", {})

    with Listener(server, new_world, int(seen["id"])) as listener:
        assert listener.event()["data"]["api"] == "checkSession"


def test_a_newcomers_history_is_not_told_to_the_others(server, client, new_world):
    with Listener(server, new_world) as first:
        for _ in range(2):
            first.event()
        with Listener(server, new_world) as second:
            second.event()
        client.call("checkSession", {})
        assert first.event()["data"]["api"] == "checkSession"


def test_64_listeners_and_64_who_wait_hold_up_nobody(server, client, new_world):
    question = {"match": {"api": "checkSession"}, "count": 1, "timeout_ms": 60_000}
    with ExitStack() as listening, ThreadPoolExecutor(64) as waiting:
        for _ in range(64):
            listening.enter_context(Listener(server, new_world))
        answers = [
            waiting.submit(
                Client(server.url, new_world, timeout_s=60).control,
                "POST",
                "/v1/requests/wait",
                question,
            )
            for _ in range(64)
        ]
        assert client.call("login", {})["errMsg"] == "login:ok"
        assert client.faults() == []
        client.call("checkSession", {})

        assert [answer.result()["ok"] for answer in answers] == [True] * 64


def test_the_server_ends_although_somebody_listens_and_somebody_waits():
    with emulator("--ephemeral") as running, ThreadPoolExecutor(1) as waiting:
        with Listener(running, "default"), Listener(running, "default", path="/tt/events"):
            Client(running.url).call("login", {})
            question = {"match": {"api": "checkSession"}, "timeout_ms": 60_000}
            waiter = Client(running.url, timeout_s=60)
            answer = waiting.submit(waiter.control, "POST", "/v1/requests/wait", question)
            begun = monotonic()

            assert running.stop() == 0

        assert monotonic() - begun < 30
        answer.exception()
