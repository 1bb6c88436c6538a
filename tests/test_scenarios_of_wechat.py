"""Each shipped scenario of WeChat does to calls what its description says."""

from pathlib import Path
from typing import Any

import pytest

from harness import Bench
from platforms.wx.wx_bench import player, prepared
from test_scenarios import OF_WECHAT, faults_of
from tt_emulator.domain.model import Send
from tt_emulator.faults import scenario

FRIENDS = "getFriendCloudStorage"
GROUP = "getGroupCloudStorage"
INTERACTIVE = "modifyFriendInteractiveStorage"
NUDGE = {"key": "1", "opNum": 1, "operation": "add", "toUser": "friend", "quiet": True}


@pytest.fixture
def bench() -> Bench:
    return prepared()


def load(bench: Bench, name: str) -> None:
    bench.world.faults.replace(faults_of(f"wechat-{name}"))


def is_answered(bench: Bench, api: str, **options: Any) -> bool:
    """Whether the game hears anything of the call."""
    last = bench.steps(api, {"keyList": ["score"], "groupid": "g"} | options)[-1]
    assert isinstance(last, Send)
    return last.client != "never"


def names(count: int) -> list[str]:
    return [f"k{number}" for number in range(count)]


@pytest.mark.parametrize("file", OF_WECHAT, ids=lambda file: file.stem)
def test_it_says_that_it_is_wechats(file: Path) -> None:
    assert scenario.load(file).platform == "wx"


def test_each_scenario_has_its_test_here() -> None:
    tests = [name for name in globals() if name.startswith("test_scenario_")]

    assert sorted(name.removeprefix("test_scenario_").replace("_", "-") for name in tests) == [
        file.stem.removeprefix("wechat-") for file in OF_WECHAT
    ]


def test_scenario_many_keys(bench: Bench) -> None:
    load(bench, "many-keys")

    assert is_answered(bench, FRIENDS, keyList=names(60))
    assert not is_answered(bench, FRIENDS, keyList=names(61))
    assert not is_answered(bench, FRIENDS, keyList=names(84))
    assert is_answered(bench, "getUserCloudStorage", keyList=names(84))


def test_scenario_no_callback(bench: Bench) -> None:
    load(bench, "no-callback")

    assert [is_answered(bench, api) for api in (FRIENDS, GROUP, FRIENDS, GROUP)] == [
        *[False] * 3,
        True,
    ]


def test_scenario_stale_read(bench: Bench) -> None:
    bench.save({"score": "old"})
    load(bench, "stale-read")

    def seen_by_friends() -> str:
        (row, *_) = bench.call(FRIENDS, {"keyList": ["score"]})["data"]
        return str(row["KVDataList"][0]["value"])

    assert bench.save({"score": "new"}) == {"errMsg": "setUserCloudStorage:ok"}
    assert seen_by_friends() == "old"
    assert bench.save({"score": "newer"}) == {"errMsg": "setUserCloudStorage:ok"}
    assert seen_by_friends() == "newer"


def test_scenario_group_as_object(bench: Bench) -> None:
    load(bench, "group-as-object")

    answer = bench.call(GROUP, {"keyList": ["score"], "groupid": "g"})
    assert answer == {"errMsg": f"{GROUP}:ok", "data": {}}
    assert isinstance(bench.call(FRIENDS, {"keyList": ["score"]})["data"], list)


def test_scenario_first_quiet_call(bench: Bench) -> None:
    load(bench, "first-quiet-call")

    def stored() -> dict[str, int]:
        values: dict[str, int] = bench.world.players.get("friend").interactive.values
        return values

    first = bench.call(INTERACTIVE, NUDGE)
    assert first["errMsg"] == (
        f"{INTERACTIVE}:fail 系统错误,错误码:-17011,check set interactive data fail"
    )
    assert stored() == {}
    assert bench.call(INTERACTIVE, NUDGE) == {"errMsg": f"{INTERACTIVE}:ok"}
    assert stored() == {"1": 1}


def test_scenario_remove_and_set(bench: Bench) -> None:
    load(bench, "remove-and-set")

    for value in ("1", "2"):
        bench.call("removeUserCloudStorage", {"keyList": ["score"]})
        assert bench.save({"score": value}) == {"errMsg": "setUserCloudStorage:ok"}
        bench.call("removeUserCloudStorage", {"keyList": ["score"]})
        failed = {"errMsg": "setUserCloudStorage:fail", "err_code": "1"}
        assert bench.save({"score": value}) == failed
        assert bench.saved("score") == {}


def test_scenario_system_error(bench: Bench) -> None:
    load(bench, "system-error")

    failed = bench.call(FRIENDS, {"keyList": ["score"]})
    assert failed == {"errMsg": "getFriendUserGameData:fail 系统错误,错误码:-2"}


def test_scenario_too_often(bench: Bench) -> None:
    load(bench, "too-often")
    player(bench, scopes={"scope.WxFriendInteraction": "granted"})

    outcomes = [bench.call(FRIENDS, {"keyList": ["score"]})["errMsg"] for _ in range(6)]
    assert outcomes == [f"{FRIENDS}:ok"] * 4 + [f"{FRIENDS}:fail data no response"] * 2
    settings = [bench.call("getSetting", {}) for _ in range(5)]
    assert settings[3]["errMsg"] == "getSetting:ok"
    failed = {"errno": 0, "errMsg": "getSetting:fail connect fail", "err_code": "0"}
    assert settings[4] == failed
