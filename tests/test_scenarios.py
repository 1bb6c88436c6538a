"""Each shipped scenario, armed through the control API, does to calls what its description says."""

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from harness import Bench
from process import Emulator
from tt_emulator.client import Client
from tt_emulator.config import Settings
from tt_emulator.errors import NotReached
from tt_emulator.faults import scenario
from tt_emulator.faults.scenario import Words
from tt_emulator.platforms.tt.pages import load
from tt_emulator.wire.app import create_app
from tt_emulator.wire.guard import Guard

FOLDER = Path(__file__).parent.parent / "fixtures" / "scenarios"
ALL = sorted(FOLDER.glob("*.json"))
OF_WECHAT = [file for file in ALL if file.stem.startswith("wechat-")]
FILES = [file for file in ALL if file not in OF_WECHAT]
NO_NETWORK = "fail network unavailable"


def faults_of(name: str) -> list[dict[str, Any]]:
    return scenario.load(FOLDER / f"{name}.json").faults


def save(client: Client, value: str = "1") -> str:
    options = {"KVDataList": [{"key": "score", "value": value}]}
    return outcome(client.call("setUserCloudStorage", options))


def saved(client: Client) -> str:
    pairs = client.call("getUserCloudStorage", {"keyList": ["score"]})["data"]
    return str(pairs[0]["value"]) if pairs else ""


def outcome(reply: dict[str, Any]) -> str:
    return str(reply["errMsg"]).partition(":")[2]


@pytest.fixture
def client(server: Emulator, new_world: str) -> Iterator[Client]:
    with Client(server.url, new_world) as client:
        yield client


class Patient:
    """The same app without a socket: it notes how long each call waited, and does not wait."""

    def __init__(self) -> None:
        self.waits_s: list[float] = []
        app = create_app(Bench().engine, Guard(Settings(), None), dict, self.waits_s.append)
        self._http = app.test_client()

    def load(self, name: str) -> None:
        assert self._http.put("/__emulator/v1/faults", json=faults_of(name)).status_code == 200

    def call(self) -> tuple[str, float]:
        """The outcome of one call, and how many seconds it took."""
        self.waits_s.clear()
        reply = self._http.post("/tt/getUserCloudStorage", data='{"keyList": []}')
        return outcome(json.loads(reply.data)), sum(self.waits_s)


@pytest.mark.parametrize("file", ALL, ids=lambda file: file.stem)
def test_a_scenario_says_in_both_languages_what_it_does(file: Path) -> None:
    loaded = scenario.load(file)

    assert isinstance(loaded.name, Words)
    assert isinstance(loaded.description, Words)
    assert all((loaded.name.en, loaded.name.zh, loaded.description.en, loaded.description.zh))
    assert all(ord(letter) < 128 for letter in loaded.name.en + loaded.description.en)


def test_each_scenario_has_its_test_here() -> None:
    tests = [name for name in globals() if name.startswith("test_scenario_")]

    assert sorted(name.removeprefix("test_scenario_").replace("_", "-") for name in tests) == [
        file.stem for file in FILES
    ]


def test_scenario_flaky_network() -> None:
    game = Patient()
    game.load("flaky-network")
    calls = [game.call() for _ in range(400)]

    failed = [outcome for outcome, _ in calls if outcome == NO_NETWORK]
    assert len(failed) + sum(outcome == "ok" for outcome, _ in calls) == 400
    assert 80 <= len(failed) <= 120
    assert 0.25 < median(took_s for _, took_s in calls) < 0.35
    assert min(took_s for _, took_s in calls) > 0
    assert max(took_s for _, took_s in calls) <= 3


def test_scenario_slow_evening() -> None:
    game = Patient()
    game.load("slow-evening")
    calls = [game.call() for _ in range(400)]

    assert {outcome for outcome, _ in calls} == {"ok"}
    assert 0.8 < median(took_s for _, took_s in calls) < 1.05
    assert 25 <= sum(took_s > 4 for _, took_s in calls) <= 55
    assert max(took_s for _, took_s in calls) <= 12


def test_scenario_expired_session(client: Client) -> None:
    client.replace(faults_of("expired-session"))

    assert save(client) == "fail get session id failed."
    assert outcome(client.call("checkSession")) == "fail"
    assert outcome(client.call("login")) == "ok"
    assert outcome(client.call("checkSession")) == "ok"
    assert save(client) == "ok"


def test_scenario_storage_full(client: Client) -> None:
    save(client, "before")
    client.replace(faults_of("storage-full"))

    assert {save(client, "after") for _ in range(3)} == {"fail 单用户存储 kv 超过 128 对"}
    assert saved(client) == "before"
    assert outcome(client.call("removeUserCloudStorage", {"keyList": ["score"]})) == "ok"


def test_scenario_saved_but_unheard(client: Client) -> None:
    client.replace(faults_of("saved-but-unheard"))

    for value in ("1", "2", "3"):
        with pytest.raises(NotReached):
            save(client, value)
        assert saved(client) == value
    assert save(client, "4") == "ok"


def test_scenario_everything_down(client: Client) -> None:
    client.replace(faults_of("everything-down"))

    for api, options in (
        ("login", {}),
        ("checkSession", {}),
        ("getUserCloudStorage", {"keyList": []}),
    ):
        with pytest.raises(NotReached):
            client.call(api, options)
    client.disarm_all()
    assert outcome(client.call("login")) == "ok"


def test_scenario_whole_table(client: Client) -> None:
    client.replace(faults_of("whole-table"))
    rows = load().apis["setUserCloudStorage"].errors

    assert [save(client) for _ in rows] == [f"fail {row.message}" for row in rows]
    assert save(client) == "ok"
    covered = {row["name"] for row in client.coverage()["coverage"] if row["delivered"]}
    assert covered == {row.name for row in rows}
