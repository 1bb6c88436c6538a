import pytest

STORAGE = ["setStorage", "getStorage", "removeStorage", "clearStorage", "getStorageInfo"]


@pytest.mark.parametrize("api", STORAGE)
@pytest.mark.parametrize("domain", ["main", "open"])
def test_the_call_is_noted_and_the_data_stay_in_the_page(bench, api, domain):
    assert bench.call(api, {"key": "level"}, domain=domain) == {"errMsg": f"{api}:ok"}

    (noted,) = bench.world.journal.find(api)
    assert noted.call.options == {"key": "level"}


@pytest.mark.parametrize("api", STORAGE)
def test_the_device_needs_neither_network_nor_session(bench, api):
    bench.world.players.put("player-1", {"network": "offline", "session": "none"})

    assert bench.call(api, {"key": "level"})["errMsg"] == f"{api}:ok"


@pytest.mark.parametrize("options", [{}, {"key": 7}, {"key": ""}, {"data": 1}])
def test_a_key_is_a_text_that_is_not_empty(bench, options):
    assert bench.call("setStorage", options) == {
        "errMsg": "setStorage:fail invalid param",
        "errNo": 20001,
    }


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("item-too-large", 21101, "exceed storage item max length"),
        ("storage-full", 21102, "exceed storage max size %sMb"),
        ("internal-error", 21103, "set storage fail"),
        ("bad-parameter", 20001, "invalid param"),
    ],
)
def test_the_four_documented_rows_can_be_armed(bench, arm, name, code, message):
    arm(error=name, api="setStorage")

    expected = {"errMsg": f"setStorage:fail {message}", "errNo": code}
    assert bench.call("setStorage", {"key": "level"}) == expected


def test_a_fault_may_name_the_key(bench, arm):
    arm(error="storage-full", key="save*")

    assert bench.call("setStorage", {"key": "level"})["errMsg"] == "setStorage:ok"
    assert bench.call("setStorage", {"key": "save-1"})["errNo"] == 21102
