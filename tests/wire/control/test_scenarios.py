"""Scenarios that testers save in their world: as they were armed, told, forgotten."""

from urllib.parse import quote

import pytest

from entry_points import ON_SOCKET
from tt_emulator.faults import scenario

SLOW = {"delay_ms": {"max": 3000.0, "median": 300.0, "sigma": 0.8}, "label": "慢"}
LOST = {
    "error": 999985,
    "api": ["getUserCloudStorage", "setUserCloudStorage"],
    "probability": 0.2,
    "ttl_s": 600,
}
NAMED = f"/v1/scenarios/{quote('慢网')}"


@pytest.fixture
def saved(control):
    """The scenarios that were saved in the world, as they are listed."""

    def saved_now(**headers):
        listed = control("GET", "/v1/scenarios", **headers).json["scenarios"]
        return [one for one in listed if one["saved"]]

    return saved_now


def test_what_is_armed_is_saved_as_it_was_written_and_armed_again(control, call, saved):
    control("PUT", "/v1/faults", [SLOW | {"delay_ms": 1}, LOST])
    call("login", {})

    stored = control("PUT", NAMED)

    expected = {"name": "慢网", "faults": [SLOW | {"delay_ms": 1}, LOST]}
    assert (stored.status, stored.json) == (200, expected)
    assert control("GET", NAMED).body == stored.body
    (listed,) = saved()
    assert listed == {
        "file": "慢网",
        "platform": "tt",
        "name": {"en": "慢网", "zh": "慢网"},
        "description": {"en": "", "zh": ""},
        "faults": expected["faults"],
        "saved": True,
    }
    control("DELETE", "/v1/faults")
    again = control("PUT", "/v1/faults", listed["faults"]).json["faults"]
    assert [fault["hits"] for fault in again] == [0, 0]
    assert control("PUT", NAMED).json == expected


def test_a_file_is_what_fault_load_and_scenario_take(control, tmp_path):
    control("PUT", "/v1/faults", [SLOW, LOST])
    control("PUT", NAMED)
    path = tmp_path / "slow.json"
    path.write_bytes(control("GET", NAMED).body)

    loaded = scenario.load(path)

    assert (loaded.name, loaded.faults) == ("慢网", [SLOW, LOST])


def test_a_scenario_that_is_sent_is_saved_and_not_armed(control):
    words = {"en": "Slow net", "zh": "慢网"}
    sent = {"name": words, "description": "x", "faults": [SLOW]}

    assert control("PUT", NAMED, sent).json == sent

    assert control("GET", NAMED).json == sent
    assert control("GET", "/v1/faults").json == {"faults": []}


def test_a_list_of_faults_and_armed_ones_as_they_are_shown_will_do(control, saved):
    shown = control("PUT", "/v1/faults", [LOST]).json

    control("PUT", "/v1/scenarios/shown", shown)
    control("PUT", "/v1/scenarios/list", [LOST])

    assert [one["name"]["en"] for one in saved()] == ["list", "shown"]
    named, of_list = (one["faults"][0] for one in reversed(saved()))
    assert of_list == LOST
    assert control("PUT", "/v1/faults", [named]).status == 200


def test_nothing_armed_is_nothing_to_save(control, saved):
    for body in (None, [], {"faults": []}):
        refused = control("PUT", NAMED, body)
        assert (refused.status, refused.json["detail"]) == (422, "There is no fault to save.")
    assert saved() == []


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({"faults": [LOST, {"error": "nope"}]}, "/faults/1/error"),
        ({"faults": [LOST | {"api": "nope"}]}, "/faults/0/api"),
        ({"faults": [LOST], "size": 1}, "/size"),
        ({"name": "x"}, ""),
        ({"faults": 5}, "/faults"),
        (5, ""),
        ("x", ""),
    ],
)
def test_what_could_not_be_armed_is_not_saved(control, saved, sent, pointer):
    refused = control("PUT", NAMED, sent)

    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, pointer)
    assert refused.json["hint"].startswith("Nothing was saved")
    assert saved() == []


def test_more_than_a_world_holds_is_not_saved(control):
    refused = control("PUT", NAMED, [LOST] * 1001)

    assert (refused.status, "at most 1000" in refused.json["detail"]) == (422, True)


def test_those_that_come_with_the_emulator_are_read_and_never_changed(control):
    control("PUT", "/v1/faults", [LOST])
    before = control("GET", "/v1/scenarios/slow-evening")

    assert before.json["name"]["zh"]
    for method in ("PUT", "DELETE"):
        refused = control(method, "/v1/scenarios/slow-evening")
        assert (refused.status, "comes with the emulator" in refused.json["detail"]) == (422, True)
    assert control("GET", "/v1/scenarios/slow-evening").body == before.body


def test_a_saved_one_is_replaced_and_forgotten(control, saved):
    control("PUT", NAMED, [SLOW])
    control("PUT", NAMED, [LOST])
    assert [one["faults"] for one in saved()] == [[LOST]]

    assert [control("DELETE", NAMED).status for _ in range(2)] == [204, 204]

    assert saved() == []
    refused = control("GET", NAMED)
    assert (refused.status, refused.json["code"]) == (404, "not-found")
    assert "has no scenario '慢网'" in refused.json["detail"]


def test_a_reset_leaves_the_saved_ones_and_another_world_has_none(control, saved):
    control("PUT", NAMED, [SLOW])

    control("POST", "/v1/reset")

    assert [one["file"] for one in saved()] == ["慢网"]
    control("POST", "/v1/reset", X_Emulator_World="another")
    assert saved(X_Emulator_World="another") == []


def test_a_world_that_is_not_there_lists_those_that_come_with_the_emulator(control, saved):
    assert saved(X_Emulator_World="never-made") == []
    assert (
        len(control("GET", "/v1/scenarios", X_Emulator_World="never-made").json["scenarios"]) == 7
    )


@ON_SOCKET
def test_a_wire_fault_is_saved_where_it_can_be_armed(control):
    assert control("PUT", NAMED, [{"wire": "hang", "duration_ms": 5}]).status == 200
