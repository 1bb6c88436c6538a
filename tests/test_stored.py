"""What comes back from a disk is judged by the rules of the wire: no stricter, no laxer."""

from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import Bench
from tt_emulator.domain.record import Pair, Record
from tt_emulator.domain.world_clock import LATEST_MS
from tt_emulator.errors import EmulatorError
from tt_emulator.platforms import load
from tt_emulator.world import stored

RULES = stored.rules(load())
NOW_MS = 1_700_000_000_000

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
NAME = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
CALLS = st.one_of(
    st.tuples(
        st.just("setUserCloudStorage"),
        st.builds(lambda key, value: {"KVDataList": [{"key": key, "value": value}]}, TEXT, TEXT),
    ),
    st.tuples(st.just("setUserGroup"), st.builds(lambda group: {"groupId": group}, TEXT)),
    st.tuples(
        st.just("setImRankData"),
        st.fixed_dictionaries(
            {"dataType": st.sampled_from([0, 1]), "value": st.sampled_from(["7", "gold", ""])},
            optional={"zoneId": TEXT, "priority": st.integers(0, 2**31 - 1), "extra": TEXT},
        ),
    ),
    st.tuples(st.just("login"), st.just({})),
)
PLAYERS = st.fixed_dictionaries(
    {},
    optional={
        "nickname": TEXT,
        "avatarUrl": TEXT,
        "friends": st.lists(NAME, max_size=2),
        "group": st.none() | TEXT,
        "account": st.sampled_from(["in", "out", "declines"]),
        "session": st.sampled_from(["valid", "expired", "none"]),
        "network": st.sampled_from(["online", "offline"]),
    },
)
SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "host": st.fixed_dictionaries({}, optional={"unsupported": st.just(["setUserGroup"])}),
        "ranking_keys": st.dictionaries(TEXT, st.sampled_from(["desc", "asc"]), max_size=2),
        "fail_object": st.sampled_from(["full", "errMsg"]),
    },
)
CLOCKS = st.fixed_dictionaries(
    {"set": st.integers(0, LATEST_MS) | st.just("2030-01-01T00:00:00Z")},
    optional={"freeze": st.booleans()},
)


@given(
    st.lists(st.tuples(NAME, CALLS), max_size=6),
    st.lists(st.tuples(NAME, PLAYERS), max_size=3),
    SETTINGS,
    CLOCKS,
)
def test_whatever_games_and_testers_store_may_be_stored(
    calls: list[Any], players: list[Any], settings: Any, clock: Any
) -> None:
    bench = Bench()
    for set_up, raw in ((bench.world.set, settings), (bench.world.move_clock, clock)):
        refused(set_up, raw)
    for openid, raw in players:
        refused(bench.world.players.put, openid, raw)
    for openid, (api, options) in calls:
        bench.call(api, options, player=openid)
    fields = deepcopy(dict(bench.world.store.meta()))
    assert RULES.meta(fields) == []
    assert fields == bench.world.store.meta()
    for openid, record in bench.world.store.items():
        before = deepcopy(record)
        assert RULES.player(openid, record) == []
        assert record == before


def refused(act: Any, *arguments: Any) -> None:
    """Do it, or be refused: then nothing has changed."""
    with suppress(EmulatorError):
        act(*arguments)


def record(**profile: Any) -> Record:
    return Record({"score": Pair("1", NOW_MS)}, profile)


@pytest.mark.parametrize(
    ("profile", "left", "flaw"),
    [
        ({"newer": 1, "nickname": "A"}, {"nickname": "A"}, "/newer: unknown field 'newer'"),
        ({"nickname": 5, "group": "g"}, {"group": "g"}, "/nickname: Expected str, got int"),
        ({"session": "none", "network": "slow"}, {"session": "none"}, "/network: "),
        ({"friends": ["a", "", "b"]}, {"friends": ["a", "b"]}, "/friends/1: "),
        ({"account": "out", "session": "valid"}, {"account": "out", "session": "none"}, "/session"),
        ({"a/b": 1, "nickname": "A"}, {"nickname": "A"}, "/a~1b: unknown field"),
        ({"~1": 1, "nickname": "A"}, {"nickname": "A"}, "/~01: unknown field"),
        (
            {"im_rank": [{"data_type": 0, "value": "x", "at_ms": 1}]},
            {"im_rank": []},
            "/im_rank/0: value is 'x'",
        ),
        ({"im_rank": [{"data_type": 7, "value": "1", "at_ms": 1}]}, {"im_rank": []}, "/im_rank/0"),
        ({"im_rank": "no list"}, {}, "/im_rank: "),
    ],
)
def test_of_a_player_only_what_breaks_a_rule_is_left_out(
    profile: dict[str, Any], left: dict[str, Any], flaw: str
) -> None:
    judged = record(**profile)
    detail, *_ = RULES.player("alice", judged)
    assert detail.startswith(flaw)
    assert judged == record(**left)


def test_of_two_results_of_one_kind_the_later_stays() -> None:
    results = [{"data_type": 1, "value": value, "at_ms": 1} for value in ("old", "new")]
    judged = record(im_rank=results)
    assert len(RULES.player("alice", judged)) == 1
    assert [result["value"] for result in judged.profile["im_rank"]] == ["new"]


@pytest.mark.parametrize(
    ("openid", "pairs", "flaw"),
    [
        ("", {}, "openid: "),
        ("x" * 129, {}, "openid: "),
        ("名" * 43, {}, "longer than 128 bytes"),
        ("a\nb", {}, "openid: "),
        ("alice", {"": Pair("1", 1)}, "a key is empty"),
        ("alice", {"k" * 129: Pair("1", 1)}, "129 bytes, the limit is 128"),
        ("alice", {"k": Pair("v" * 1024, 1)}, "the limit is 1024"),
        ("alice", {str(number): Pair("1", 1) for number in range(129)}, "129 pairs"),
        ("alice", {"k": Pair("1", -1)}, "at_ms or order cannot be"),
        ("alice", {"k": Pair("1", LATEST_MS + 1)}, "at_ms or order cannot be"),
        ("alice", {"k": Pair("1", 1, None, -1)}, "at_ms or order cannot be"),
    ],
)
def test_of_a_player_with_pairs_or_a_name_that_cannot_be_nothing_stays(
    openid: str, pairs: dict[str, Pair], flaw: str
) -> None:
    with pytest.raises(ValueError, match=flaw):
        RULES.player(openid, Record(pairs))


@pytest.mark.parametrize(
    ("own", "left", "flaw"),
    [
        ({"newer_setting": 1, "strict_canvas": True}, {"strict_canvas": True}, "/newer_setting: "),
        ({"host": {"newer": 1, "appName": "X"}}, {"host": {"appName": "X"}}, "/host/newer: "),
        ({"host": {"unsupported": ["nope"]}}, {"host": {"unsupported": []}}, "/host/unsupported/0"),
        ({"clock": {"frozen_at": -1}}, {"clock": {}}, "/clock/frozen_at: "),
        ({"clock": {"frozen_at": "0001-01-01T00:00:00Z"}}, {}, "/clock: "),
        (
            {"fail_object": "short", "ranking_keys": {"k": "desc"}},
            {"ranking_keys": {"k": "desc"}},
            "/f",
        ),
    ],
)
def test_of_what_is_stored_of_a_world_itself_only_what_is_not_known_is_left_out(
    own: dict[str, Any], left: dict[str, Any], flaw: str
) -> None:
    judged = dict(own)
    (detail,) = RULES.meta(judged)
    assert detail.startswith(flaw)
    assert judged == left
