from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import OPTIONS, Bench
from tt_emulator.domain.model import Call
from tt_emulator.platforms.tt.pages import load
from tt_emulator.world import panel

PAGE = OPTIONS["getImRankData"]
APIS = ["setImRankData", "setImRankDataInOpenContext", "getImRankData", "getImRankList"]
SETTERS = APIS[:2]
BEIJING = timezone(timedelta(hours=8))
SUNDAY = "2026-02-01T12:00:00+08:00"


def write(bench, player, value, **options):
    wanted = {"dataType": 0, "value": str(value)} | options
    answer = bench.call("setImRankData", wanted, player=player)
    assert answer == {"errMsg": "setImRankData:ok"}


def read(bench, player="looker", **options):
    return bench.call("getImRankData", PAGE | options, player=player)["data"]


def names(bench, player="looker", **options):
    return [item["openid"] for item in read(bench, player, **options)["items"]]


def test_a_result_is_ranked_and_answered_with_all_its_fields(bench):
    write(bench, "bob", 7, extra="x", priority=2)

    data = read(bench, "bob")

    item = {
        "data_type": 0,
        "value": "7",
        "priority": 2,
        "extra": "x",
        "openid": "bob",
        "sec_uid": data["self_user_info"]["sec_uid"],
        "user_img": bench.world.players.get("bob").avatarUrl,
        "nick_name": "bob",
        "utime": 1_700_000_000,
    }
    assert data["items"] == [item]
    assert data["self_item"] == {"item": item, "rank": 1, "private_setting": 0}
    assert data["self_user_info"].items() <= item.items()
    assert (data["page_num"], data["total_num"]) == (1, 1)


def test_numbers_rank_by_value_and_of_equal_ones_the_earlier_stands_before(bench):
    for player, value in (("zoe", 5), ("bob", 10), ("amy", 5), ("carol", 9)):
        write(bench, player, value)

    assert names(bench) == ["bob", "carol", "zoe", "amy"]


def test_titles_rank_by_priority(bench):
    for player, value, priority in (("zoe", "白银", 2), ("bob", "黄金", 3), ("amy", "白银", 2)):
        write(bench, player, value, dataType=1, priority=priority)
    write(bench, "dave", "", dataType=1)

    assert names(bench, dataType=1) == ["bob", "zoe", "amy", "dave"]
    assert names(bench, dataType=0) == []


def test_the_latest_result_of_a_player_counts(bench):
    write(bench, "bob", 10)
    write(bench, "amy", 7)
    write(bench, "bob", 5)

    assert [item["value"] for item in read(bench)["items"]] == ["7", "5"]


def test_both_domains_write_to_the_same_boards(bench):
    write(bench, "bob", 1)
    bench.call("setImRankDataInOpenContext", {"dataType": 0, "value": "2"}, player="amy")

    assert names(bench) == ["amy", "bob"]


def test_zones_do_not_see_each_other(bench):
    write(bench, "bob", 1)
    write(bench, "bob", 2, zoneId="test")
    write(bench, "amy", 3, zoneId="test")

    assert names(bench) == names(bench, zoneId="default") == ["bob"]
    assert names(bench, zoneId="test") == ["amy", "bob"]
    assert names(bench, zoneId="never") == []


@pytest.mark.parametrize("api", SETTERS)
def test_ten_zones_fit_beside_default_and_test(bench, api):
    def into(zone):
        return bench.call(api, {"dataType": 0, "value": "1", "zoneId": zone}, player=zone)

    for zone in ["default", "test", *(f"z{number}" for number in range(10))]:
        assert into(zone) == {"errMsg": f"{api}:ok"}

    assert into("one-more") == {"errMsg": f"{api}:fail zone num exceeds limit", "errNo": 21104}
    assert into("z3") == into("test") == {"errMsg": f"{api}:ok"}
    bench.world.players.delete("z3")
    assert into("one-more") == {"errMsg": f"{api}:ok"}


def test_pages_follow_each_other(bench):
    for number in range(7):
        write(bench, f"p{number}", 100 - number)

    pages = [names(bench, pageNum=page, pageSize=3) for page in (1, 2, 3, 4)]

    assert pages == [["p0", "p1", "p2"], ["p3", "p4", "p5"], ["p6"], []]
    data = read(bench, "p6", pageNum=2, pageSize=3)
    assert (data["page_num"], data["total_num"], data["self_item"]["rank"]) == (2, 7, 7)


def test_who_wrote_nothing_has_rank_zero(bench):
    write(bench, "bob", 1)

    data = read(bench, "amy")

    assert data["self_item"] == {"item": None, "rank": 0, "private_setting": 0}
    assert data["self_user_info"]["nick_name"] == "amy"


def test_friends_have_a_board_of_their_own_with_the_player(bench):
    bench.world.players.put("amy", {"friends": ["bob", "never-played"]})
    for player, value in (("amy", 1), ("bob", 5), ("stranger", 9)):
        write(bench, player, value)

    data = read(bench, "amy", relationType="friend")

    assert [item["openid"] for item in data["items"]] == ["bob", "amy"]
    assert (data["total_num"], data["self_item"]["rank"]) == (2, 2)
    assert read(bench, "amy")["self_item"]["rank"] == 3


PERIODS = ["day", "week", "month", "all"]


def on(bench):
    """On which periods' boards the one result stands."""
    return [period for period in PERIODS if names(bench, rankType=period)]


@pytest.mark.parametrize(
    ("moment", "boards"),
    [
        (SUNDAY, PERIODS),
        ("2026-02-01T00:00:00+08:00", PERIODS),
        ("2026-02-01T23:59:59.999+08:00", PERIODS),
        ("2026-02-02T00:00:00+08:00", ["month", "all"]),
        ("2026-01-31T23:59:59.999+08:00", ["week", "all"]),
        ("2026-01-26T00:00:00+08:00", ["week", "all"]),
        ("2026-01-25T23:59:59.999+08:00", ["all"]),
        ("2026-02-28T23:59:59.999+08:00", ["month", "all"]),
        ("2026-03-01T00:00:00+08:00", ["all"]),
        ("2027-02-01T12:00:00+08:00", ["all"]),
    ],
)
def test_periods_are_those_of_beijing_with_weeks_from_monday(bench, moment, boards):
    bench.world.move_clock({"set": SUNDAY, "freeze": True})
    write(bench, "bob", 1)

    bench.world.move_clock({"set": moment})

    assert on(bench) == boards


def test_past_the_weeks_end_its_board_is_empty_and_that_of_all_time_is_not(bench):
    bench.world.move_clock({"set": SUNDAY})
    for player in ("bob", "amy"):
        write(bench, player, 1)

    bench.world.move_clock({"advance_s": 86_400})

    assert names(bench, rankType="week") == []
    assert read(bench, "bob", rankType="week")["self_item"]["rank"] == 0
    assert names(bench, rankType="all") == ["bob", "amy"]
    write(bench, "amy", 1)
    assert names(bench, rankType="week") == ["amy"]


def test_results_outlive_the_way_out_and_in(bench):
    bench.world.move_clock({"freeze": True})
    for player in ("zoe", "amy"):
        write(bench, player, 5)

    bench.world.document.replace(b"".join(bench.world.document.export()))

    assert names(bench) == ["zoe", "amy"]


@pytest.mark.parametrize("api", SETTERS)
@pytest.mark.parametrize("value", ["0", "103", "007", "2147483646"])
def test_digits_below_the_largest_int32_are_a_number(bench, api, value):
    answer = bench.call(api, {"dataType": 0, "value": value})

    assert answer == {"errMsg": f"{api}:ok"}


@pytest.mark.parametrize("api", SETTERS)
@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"value": "1"}, "dataType is missing"),
        ({"dataType": "0", "value": "1"}, "must be a number"),
        ({"dataType": 2, "value": "1"}, "one of 0, 1"),
        ({"dataType": True, "value": "1"}, "must be a number"),
        ({"dataType": 0}, "value is missing"),
        ({"dataType": 0, "value": 1}, "must be a string"),
        ({"dataType": 0, "value": "2147483647"}, "below 2147483647"),
        ({"dataType": 0, "value": "9" * 30}, "below 2147483647"),
        ({"dataType": 0, "value": "-1"}, "digits"),
        ({"dataType": 0, "value": "1.5"}, "digits"),
        ({"dataType": 0, "value": "１"}, "digits"),
        ({"dataType": 0, "value": ""}, "digits"),
        ({"dataType": 1, "value": "金", "priority": "3"}, "must be a number"),
        ({"dataType": 1, "value": "金", "priority": 1.5}, "whole number"),
        ({"dataType": 1, "value": "金", "priority": float("inf")}, "whole number"),
        ({"dataType": 1, "value": "金", "priority": -1}, "whole number"),
        ({"dataType": 0, "value": "1", "zoneId": 1}, "must be a string"),
        ({"dataType": 0, "value": "1", "zoneId": ""}, "is empty"),
        ({"dataType": 0, "value": "1", "extra": {}}, "must be a string"),
        ({"dataType": 0, "value": "1", "extra": "值" * 43}, "129 bytes, the limit is 128"),
    ],
)
def test_a_result_that_cannot_be_is_an_invalid_param(bench, api, options, reason):
    reply = bench.reply(api, options)

    assert reply.body == {"errMsg": f"{api}:fail invalid param", "errNo": 20001}
    assert reason in reply.reason
    assert names(bench) == []


def test_an_extra_of_128_bytes_fits(bench):
    write(bench, "bob", 1, extra="x" * 128)

    assert read(bench)["items"][0]["extra"] == "x" * 128


@pytest.mark.parametrize(
    "patch",
    [
        {"relationType": "default"},
        {"relationType": None},
        {"dataType": 3},
        {"rankType": "year"},
        {"pageNum": 0},
        {"pageNum": "1"},
        {"pageSize": 0},
        {"pageSize": 40},
        {"pageSize": 1.5},
        {"zoneId": 7},
    ],
)
def test_a_page_that_cannot_be_is_an_invalid_param(bench, patch):
    answer = bench.call("getImRankData", PAGE | patch)

    assert answer == {"errMsg": "getImRankData:fail invalid param", "errNo": 20001}


@pytest.mark.parametrize("missing", ["relationType", "dataType", "rankType", "pageNum", "pageSize"])
def test_a_page_needs_all_its_options(bench, missing):
    options = {name: value for name, value in PAGE.items() if name != missing}

    assert bench.call("getImRankData", options)["errNo"] == 20001


@pytest.mark.parametrize("size", [1, 39])
def test_a_page_has_up_to_39_rows(bench, size):
    assert read(bench, pageSize=size)["items"] == []


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(
    ("state", "name"),
    [
        ({"session": "none"}, "session-failure"),
        ({"session": "expired"}, "session-failure"),
        ({"account": "out"}, "host-logged-out"),
        ({"network": "offline"}, "internal-error"),
    ],
)
def test_a_players_state_fails_by_a_documented_row(bench, api, state, name):
    bench.world.players.put("player-1", state)
    row = load().apis[api].row(name)

    answer = bench.call(api, OPTIONS[api])

    message = f" {row.message}" if row.message else ""
    assert answer == {"errMsg": f"{api}:fail{message}", "errNo": row.code}


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(("app", "there"), [("Toutiao", False), ("douyin_lite", True)])
def test_only_douyin_and_its_lite_edition_have_leaderboards(bench, api, app, there):
    bench.world.set({"host": {"appName": app}})

    answer = bench.call(api, OPTIONS[api])

    assert answer.get("errNo") == (None if there else 10301)
    assert (answer["errMsg"] == f"{api}:ok") is there


def test_the_list_is_for_the_panel_alone(bench):
    write(bench, "bob", 1)

    assert bench.call("getImRankList", OPTIONS["getImRankList"]) == {"errMsg": "getImRankList:ok"}


@pytest.mark.parametrize(
    ("relation", "shown"),
    [("default", ["friend", "all"]), ("friend", ["friend"]), ("all", ["all"])],
)
def test_the_panel_shows_friends_or_all_or_both(bench, relation, shown):
    bench.world.players.put("amy", {"friends": ["bob"]})
    for player, value in (("amy", 1), ("bob", 5), ("stranger", 9)):
        write(bench, player, value)

    options = OPTIONS["getImRankList"] | {"relationType": relation}
    api = bench.catalog.apis["getImRankList"]
    boards = panel.shown(bench.world, Call(api, options, player="amy"))["boards"]

    rows = {board["relationType"]: [item["openid"] for item in board["items"]] for board in boards}
    expected = {"friend": ["bob", "amy"], "all": ["stranger", "bob", "amy"]}
    assert rows == {kind: expected[kind] for kind in shown}
    assert [board["self_item"]["rank"] for board in boards] == [len(rows[kind]) for kind in shown]


players = st.sampled_from([f"p{number}" for number in range(5)])
steps = st.lists(st.tuples(players, st.integers(0, 3), st.integers(-86_400, 86_400)), max_size=25)


@given(steps=steps, period=st.sampled_from(PERIODS))
def test_any_board_is_what_a_naive_sort_gives(steps, period):
    bench = Bench()
    bench.world.move_clock({"set": SUNDAY, "freeze": True})
    names(bench)
    latest = {}
    for at, (player, value, step_s) in enumerate(steps):
        bench.world.move_clock({"advance_s": step_s})
        write(bench, player, value)
        latest[player] = (-value, bench.world.clock.now_ms(), at, player)

    def period_of(at_ms):
        day = datetime.fromtimestamp(at_ms / 1000, BEIJING)
        return {
            "day": day.date(),
            "week": day.isocalendar()[:2],
            "month": (day.year, day.month),
            "all": None,
        }[period]

    now = period_of(bench.world.clock.now_ms())
    there = [place for place in latest.values() if period_of(place[1]) == now]
    assert names(bench, rankType=period) == [who for *_, who in sorted(there)]
