import pytest

OFFLINE = {"error": "network-unavailable"}
PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}
OK = {"errMsg": "setUserCloudStorage:ok"}


@pytest.fixture
def used(call, control):
    """A world with a pair, an exchange and a fault that has not struck; gives the fault."""
    assert call("setUserCloudStorage", PAIR).json == OK
    return control("POST", "/v1/faults", {**OFFLINE, "api": "login", "times": 3}).json


@pytest.fixture
def world_state(call, control):
    """Everything that a refused request must leave as it is; reading it leaves no trace."""

    def look():
        saved = call("getUserCloudStorage", {"keyList": ["score"]}, X_Emulator_Call="look").json
        faults = control("GET", "/v1/faults").json["faults"]
        requests = control("GET", "/v1/requests").json["requests"]
        return saved["data"], faults, requests

    return look
