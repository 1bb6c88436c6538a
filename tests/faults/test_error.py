import pytest

from bench import OPTIONS
from emulator.catalog import load

APIS = [api for api in load().apis.values() if api.kind == "async"]
ROWS = [(api, row) for api in APIS for row in api.errors]


def expected(api, row):
    body = {"errMsg": f"{api.name}:fail {row.message}" if row.message else f"{api.name}:fail"}
    if row.code is not None:
        body[api.failure] = row.code
    if row.type is not None:
        body["errorType"] = row.type
    return body


@pytest.mark.parametrize(("api", "row"), ROWS, ids=lambda value: value.name)
def test_every_documented_row_is_delivered_by_its_name(bench, arm, api, row):
    arm(error=row.name, api=api.name)

    assert bench.call(api.name, OPTIONS.get(api.name)) == expected(api, row)


@pytest.mark.parametrize("as_type", [int, str])
@pytest.mark.parametrize(
    ("api", "row"), [pair for pair in ROWS if pair[1].code], ids=lambda value: value.name
)
def test_every_documented_row_is_delivered_by_its_code(bench, arm, api, row, as_type):
    arm(error=as_type(row.code), api=api.name)

    assert bench.call(api.name, OPTIONS.get(api.name)) == expected(api, row)


@pytest.mark.parametrize("name", sorted({row.name for _, row in ROWS}))
def test_without_an_api_only_those_that_document_the_row_fail(bench, arm, name):
    arm(error=name)

    for api in APIS:
        row = api.row(name)
        body = bench.call(api.name, OPTIONS.get(api.name))
        assert body["errMsg"] == (expected(api, row)["errMsg"] if row else f"{api.name}:ok")


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
