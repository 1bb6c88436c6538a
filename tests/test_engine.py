import pytest

from tt_emulator.domain.model import Call, Close, Send, Wait
from tt_emulator.domain.outgoing import Answer, Outgoing
from tt_emulator.errors import BadRequest, StorageError
from tt_emulator.storage.memory import MemoryWorld

NETWORK = {
    "errMsg": "setUserCloudStorage:fail network unavailable",
    "errorCode": 999985,
    "errorType": "U",
}


def test_a_call_without_faults_is_one_step(bench):
    steps = bench.steps("setUserCloudStorage", {"KVDataList": [{"key": "a", "value": "1"}]})

    assert [type(step) for step in steps] == [Send]


def test_a_write_is_read_at_once(bench):
    assert bench.save({"score": "1"}) == {"errMsg": "setUserCloudStorage:ok"}

    assert bench.saved("score") == {"score": "1"}


def test_a_fault_before_the_service_keeps_it_from_acting(bench, arm):
    arm(error="network-unavailable")

    assert bench.save({"score": "1"}) == NETWORK
    bench.world.faults.clear()
    assert bench.saved("score") == {}


def test_a_fault_after_the_service_leaves_the_write_stored(bench, arm):
    arm(error="network-unavailable", moment="after", api="setUserCloudStorage")

    assert bench.save({"score": "1"}) == NETWORK
    assert bench.saved("score") == {"score": "1"}


def test_a_delay_before_lets_the_service_act_only_when_time_has_passed(bench, arm):
    arm(delay_ms=500, api="setUserCloudStorage")
    options = {"KVDataList": [{"key": "score", "value": "1"}]}
    api = bench.catalog.apis["setUserCloudStorage"]
    steps = bench.engine.handle(Call(api, options))

    assert next(steps) == Wait(500)
    assert bench.saved("score") == {}
    assert isinstance(next(steps), Send)
    assert bench.saved("score") == {"score": "1"}


def test_a_delay_after_comes_when_the_service_has_acted(bench, arm):
    arm(delay_ms=500, moment="after", api="setUserCloudStorage")
    options = {"KVDataList": [{"key": "score", "value": "1"}]}
    api = bench.catalog.apis["setUserCloudStorage"]
    steps = bench.engine.handle(Call(api, options))

    assert next(steps) == Wait(500)
    assert bench.saved("score") == {"score": "1"}


def test_a_bad_parameter_is_told_before_a_fault_is_asked(bench, arm):
    fault = arm(error="network-unavailable", times=1)

    answer = bench.call("setUserCloudStorage", {"KVDataList": None})

    assert answer["errorCode"] == 999999
    assert bench.world.faults.get(fault.id).hits == 0


def test_a_call_that_comes_again_meets_its_first_decision_and_is_counted_once(bench, arm):
    fault = arm(error="network-unavailable", times=1, moment="after")
    options = {"KVDataList": [{"key": "n", "value": "1"}]}

    first = bench.call("setUserCloudStorage", options, call_id="c1")
    again = bench.call("setUserCloudStorage", options, call_id="c1")

    assert first == again == NETWORK
    assert bench.world.faults.get(fault.id).hits == 1
    assert len(bench.world.journal.find()) == 1


def test_a_call_that_comes_again_does_not_wait_again(bench, arm):
    arm(wire="hang", duration_ms=300, delay_ms=50)

    first = bench.steps("login", call_id="c1")
    again = bench.steps("login", call_id="c1")

    assert first == [Wait(50), Wait(300), Close()]
    assert again == [Close()]


def test_a_call_that_comes_again_does_not_write_again(bench):
    bench.save({"n": "1"}, call_id="c1")
    bench.save({"n": "2"}, call_id="c2")

    bench.save({"n": "1"}, call_id="c1")

    assert bench.saved("n") == {"n": "2"}


def test_a_call_id_cannot_be_taken_over_by_another_call(bench):
    bench.save({"n": "1"}, call_id="c1")

    with pytest.raises(BadRequest, match="belongs to another call"):
        bench.call("removeUserCloudStorage", {"keyList": ["n"]}, call_id="c1")
    assert bench.saved("n") == {"n": "1"}


def test_worlds_never_see_each_other(bench, arm):
    arm(error="network-unavailable")

    assert bench.save({"n": "1"}, world="other") == {"errMsg": "setUserCloudStorage:ok"}
    assert bench.saved("n", world="third") == {}


def test_a_bad_world_name_is_refused(bench):
    with pytest.raises(BadRequest, match="no world name"):
        bench.save({"n": "1"}, world="../up")


def test_a_write_that_cannot_be_made_durable_is_an_error_and_is_journaled(bench, monkeypatch):
    def refuse(store, openid, change):
        raise StorageError("The disk is full.")

    monkeypatch.setattr(MemoryWorld, "commit", refuse)

    with pytest.raises(StorageError, match="disk is full"):
        bench.save({"n": "1"})
    (exchange,) = bench.world.journal.find()
    assert exchange.reply is None
    assert "disk is full" in exchange.reason
    assert exchange.answered_ns is not None


def test_a_failure_of_the_emulator_stays_told_when_the_call_comes_again(bench, monkeypatch):
    def refuse(store, openid, change):
        raise StorageError("The disk is full.")

    with monkeypatch.context() as full:
        full.setattr(MemoryWorld, "commit", refuse)
        with pytest.raises(StorageError):
            bench.save({"n": "1"}, call_id="c1")
    bench.world.players.put("player-1", {"network": "offline"})

    assert bench.save({"n": "1"}, call_id="c1")["errorCode"] == 999985
    (exchange,) = bench.world.journal.find()
    assert exchange.outcome == "emulator-failure"
    assert exchange.reason.startswith("the emulator failed: StorageError")


def test_the_journal_tells_why(bench, arm):
    fault = arm(error="network-unavailable", times=1)
    bench.save({"n": "1"})
    bench.save({"n": "1"})
    bench.save({"k" * 129: ""})

    struck, passed, refused = bench.world.journal.find()

    assert (struck.fault, struck.reason) == (fault.id, f"{fault.id} struck, hit 1")
    assert (passed.fault, passed.reason) == (None, "no fault matched")
    assert refused.reason.endswith("is 129 bytes, the limit is 128")


REQUEST = {"url": "http://localhost:9000/"}


def request_call(bench, **fields) -> Call:
    return Call(bench.catalog.apis["request"], REQUEST, **fields)


def test_a_call_that_asks_outside_is_answered_with_the_outcome(bench):
    steps = bench.engine.handle(request_call(bench))

    asked = next(steps)
    assert isinstance(asked, Outgoing)
    assert (asked.api, asked.request.url) == ("request", REQUEST["url"])
    last = steps.send(Answer(404, {}, b"none"))
    assert isinstance(last, Send)
    assert (last.reply.body["statusCode"], last.reply.body["data"]) == (404, "none")


def test_nobody_is_asked_under_a_lock(bench):
    steps = bench.engine.handle(request_call(bench))

    next(steps)

    assert bench.save({"score": "1"}) == {"errMsg": "setUserCloudStorage:ok"}


def test_a_fault_before_the_service_asks_nobody(bench, arm):
    arm(error="timed-out", api="request")

    assert bench.call("request", REQUEST) == {"errMsg": "request:fail timeout"}
    assert not bench.asked


def test_a_fault_after_the_service_comes_when_it_was_asked(bench, arm):
    arm(error="timed-out", api="request", moment="after")

    assert bench.call("request", REQUEST) == {"errMsg": "request:fail timeout"}
    assert len(bench.asked) == 1


def test_a_delay_lets_time_pass_before_anybody_is_asked(bench, arm):
    arm(delay_ms=500, api="request")

    steps = bench.engine.handle(request_call(bench))

    assert next(steps) == Wait(500)
    assert isinstance(next(steps), Outgoing)


def test_a_call_that_comes_again_asks_nobody_again(bench):
    first = bench.engine.handle(request_call(bench, call_id="c1"))
    again = bench.engine.handle(request_call(bench, call_id="c1"))
    asked = next(first)

    assert next(again) is asked
    answers = [steps.send(Answer(200, {}, b"1")).reply.body for steps in (first, again)]
    assert answers[0] == answers[1]
    assert bench.reply("request", REQUEST, call_id="c1").body == answers[0]
    assert not bench.asked


def test_a_call_whose_client_goes_is_closed_as_lost(bench):
    steps = bench.engine.handle(request_call(bench))
    next(steps)

    steps.close()

    (exchange,) = bench.world.journal.find()
    assert exchange.outcome == "lost"
    assert exchange.answered_ns is not None
