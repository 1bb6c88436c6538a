import json

import msgspec

from tt_emulator.journal.har import har


def test_an_exchange_is_an_entry_with_what_was_sent_and_heard(bench, arm):
    bench.save({"name": "小明"})
    log = har(bench.world.journal.find(), "http://127.0.0.1:8717/tt/")["log"]

    (entry,) = json.loads(msgspec.json.encode(log))["entries"]

    assert log["version"] == "1.2"
    assert entry["request"]["url"] == "http://127.0.0.1:8717/tt/setUserCloudStorage"
    assert json.loads(entry["request"]["postData"]["text"]) == {
        "KVDataList": [{"key": "name", "value": "小明"}]
    }
    assert entry["response"]["status"] == 200
    assert json.loads(entry["response"]["content"]["text"]) == {"errMsg": "setUserCloudStorage:ok"}


def test_a_lost_answer_has_status_0(bench, arm):
    fault = arm(wire="reset")
    bench.steps("login")

    (entry,) = har(bench.world.journal.find(), "")["log"]["entries"]

    assert entry["response"]["status"] == 0
    assert entry["_emulator"]["fault"] == fault.id


def test_secrets_are_not_in_it(bench):
    token = bench.call("login")["code"]

    assert token not in json.dumps(har(bench.world.journal.find(), ""))


def test_that_older_calls_are_missing_stands_in_its_comment(bench):
    bench.save({"name": "1"})
    held = bench.world.journal.find()

    assert har(held, "", 40)["log"]["comment"] == "the last 1 of 40 calls"
    assert "comment" not in har(held, "", 1)["log"]


def test_a_call_of_a_backend_has_the_address_of_its_endpoint(bench):
    bench.call("checkSessionKey", {"signature": "44b5"})

    (entry,) = har(bench.world.journal.find(), "http://elsewhere/tt/")["log"]["entries"]

    assert entry["request"]["method"] == "GET"
    assert entry["request"]["url"] == (
        "http://127.0.0.1:8717/mgplatform/api/apps/check_session_key"
    )
    assert "44b5" not in json.dumps(entry)
