"""Tests that need days to pass: the world's clock is moved, nobody waits."""

import pytest

WEDNESDAY = "2026-01-28T12:00:00+08:00"
HOUR_S = 3600
RESULT = {"dataType": 0, "value": "7"}


@pytest.fixture
def standing(call):
    """On which of its boards the player stands now."""

    def look():
        options = {"relationType": "all", "dataType": 0, "pageNum": 1, "pageSize": 10}
        return {
            period
            for period in ("day", "week", "month", "all")
            if call("getImRankData", options | {"rankType": period}, X_Emulator_Domain="open").json[
                "data"
            ]["total_num"]
        }

    return look


@pytest.fixture
def written(call, control):
    """A result of a Wednesday, on which the clock stands at noon."""
    control("POST", "/v1/clock", {"set": WEDNESDAY, "freeze": True})
    assert call("setImRankData", RESULT).json == {"errMsg": "setImRankData:ok"}


@pytest.mark.parametrize(
    ("hours", "boards"),
    [
        (11.99, {"day", "week", "month", "all"}),
        (12, {"week", "month", "all"}),  # Thursday
        (84, {"week", "all"}),  # Sunday, the first of February
        (108, {"all"}),  # Monday
    ],
)
def test_boards_empty_as_their_time_ends_and_that_of_all_time_stays(
    control, standing, written, hours, boards
):
    assert standing() == {"day", "week", "month", "all"}
    control("POST", "/v1/clock", {"advance_s": hours * HOUR_S})

    assert standing() == boards


def test_a_board_has_again_who_writes_in_the_new_week(call, control, standing, written):
    control("POST", "/v1/clock", {"advance_s": 108 * HOUR_S})
    call("setImRankData", RESULT)

    assert standing() == {"day", "week", "month", "all"}


def test_going_back_in_time_brings_the_board_back(control, standing, written):
    control("POST", "/v1/clock", {"advance_s": 108 * HOUR_S})
    control("POST", "/v1/clock", {"set": WEDNESDAY})

    assert standing() == {"day", "week", "month", "all"}


def test_a_frozen_clock_stamps_every_write_with_one_moment(call, control, entry_point, written):
    call("setUserCloudStorage", {"KVDataList": [{"key": "a", "value": "1"}]})
    call("setUserCloudStorage", {"KVDataList": [{"key": "b", "value": "1"}]})
    world = control("GET", f"/v1/worlds/{entry_point.world}").json

    (player,) = world["players"]
    assert {pair["at"] for pair in player["KVDataList"]} == {"2026-01-28T04:00:00.000Z"}


@pytest.mark.parametrize(("kind", "field"), [("code", "code"), ("anonymous_code", "anonymousCode")])
def test_a_login_code_is_good_for_180_seconds_of_the_worlds_time(call, control, kind, field):
    control("POST", "/v1/clock", {"freeze": True})
    codes = [call("login", {}).json[field] for _ in range(2)]

    control("POST", "/v1/clock", {"advance_s": 180})
    assert control("POST", "/v1/codes", {kind: codes[0]}).status == 200
    control("POST", "/v1/clock", {"advance_s": 0.001})
    late = control("POST", "/v1/codes", {kind: codes[1]})
    assert (late.status, "180 seconds old" in late.json["detail"]) == (404, True)
