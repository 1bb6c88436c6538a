import pytest


def test_each_api_fails_with_its_own_text(bench, arm):
    arm(error="bad-parameter", api=["setUserCloudStorage", "getUserCloudStorage"])

    assert bench.save({"a": "1"})["errMsg"] == "setUserCloudStorage:fail KVDataList"
    assert bench.call("getUserCloudStorage", {"keyList": ["a"]})["errMsg"] == (
        "getUserCloudStorage:fail keyList"
    )


def test_the_wildcard_is_replayed_as_printed_unless_a_text_is_given(bench, arm):
    arm(error="server-error", times=1)
    arm(error="server-error", detail="频率超限", times=1)
    arm(error="server-error", detail="")

    texts = [bench.save({"a": "1"})["errMsg"] for _ in range(3)]

    assert texts == [
        "setUserCloudStorage:fail *",
        "setUserCloudStorage:fail 频率超限",
        "setUserCloudStorage:fail",
    ]


def test_detail_names_the_option_of_a_bad_parameter(bench, arm):
    arm(error="bad-parameter", api="removeUserCloudStorage", detail="keyList")

    answer = bench.call("removeUserCloudStorage", {"keyList": ["a"]})

    assert answer["errMsg"] == "removeUserCloudStorage:fail keyList"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_the_service_acts_only_if_the_fault_comes_after_it(bench, arm, moment):
    arm(error="internal-error", api="setUserCloudStorage", moment=moment)

    assert bench.save({"a": "1"})["errorCode"] == 999993
    assert bench.saved("a") == ({"a": "1"} if moment == "after" else {})


def test_after_a_service_that_refused_the_fault_still_replaces_the_reply(bench, arm):
    arm(error="network-unavailable", moment="after")

    assert bench.save({"k" * 129: "1"})["errorCode"] == 999985
