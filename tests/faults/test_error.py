import pytest

from harness import Bench
from tt_emulator.errors import Unprocessable
from tt_emulator.platforms import PLATFORMS, load


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


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_code_of_several_rows_of_an_api_arms_nothing_and_tells_their_names(platform):
    bench = Bench(platform=load(PLATFORMS[platform]))
    api, code, names = shared_code(bench.catalog)

    for spec in ({"error": code}, {"error": code, "api": api}):
        with pytest.raises(Unprocessable) as refused:
            bench.world.faults.arm(spec)
        assert f"{code!r} is the code of {names} of {api}; " in refused.value.detail
    assert bench.world.faults.views() == []


def shared_code(catalog):
    """An API with a code that several of its rows share, none with a text that differs."""
    for api in catalog.struck.values():
        for row in api.errors:
            rows = [each for each in api.errors if each.code == row.code and not each.detail]
            if row.code is not None and len(rows) > 1:
                return api.name, row.code, " and ".join(each.name for each in rows)
    raise LookupError


def test_of_rows_that_share_a_code_it_means_the_one_whose_text_is_always_the_same(bench, arm):
    arm(error=20000, api="access")

    assert bench.call("access", {"path": "x"})["errMsg"] == "access:fail internal error"
