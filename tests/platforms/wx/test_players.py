"""A player as testers see and change one, and as documents and disks hold one."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import Bench, ScriptedClock, as_json
from platforms.wx.wx_bench import FRIENDS, INTERACTED, WX, player
from tt_emulator.domain.avatars import avatar_url
from tt_emulator.domain.record import Pair, Record
from tt_emulator.errors import Unprocessable
from tt_emulator.platforms.wx import stored
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage
from tt_emulator.world import Worlds
from tt_emulator.world.stored import rules

NEW = {
    "openid": "alice",
    "nickname": "alice",
    "avatarUrl": avatar_url("alice"),
    "KVDataList": [],
    "friends": [],
    "groups": [],
    "launched_from": None,
    "shared_by": None,
    "session": "valid",
    "network": "online",
    "scopes": {FRIENDS: "undetermined", INTERACTED: "undetermined"},
    "privacy": "agreed",
    "privacy_asks_again_at": None,
    "interactive": {
        "values": {},
        "window": "confirms",
        "check": "passes",
        "daily_limit": None,
        "today": None,
    },
}


def alice(bench):
    return as_json(bench.world.players.get("alice"))


def put(bench, **fields):
    return as_json(bench.world.players.put("alice", fields))


def test_a_player_of_whom_nothing_is_stored_is_a_new_one(bench):
    seen = alice(bench)

    assert len(seen.pop("session_key")) == 24
    assert seen == NEW


def test_a_patch_changes_what_it_names_scope_by_scope_and_counter_field_by_field(bench):
    put(bench, scopes={FRIENDS: "denied"}, interactive={"values": {"1": 2}, "check": "refuses"})

    seen = put(
        bench, nickname="小明", scopes={INTERACTED: "granted"}, interactive={"daily_limit": 3}
    )

    assert seen["nickname"] == "小明"
    assert seen["scopes"] == {FRIENDS: "denied", INTERACTED: "granted"}
    assert seen["interactive"] == NEW["interactive"] | {
        "values": {"1": 2},
        "check": "refuses",
        "daily_limit": 3,
    }


def test_a_refusal_is_dated_by_the_worlds_clock_and_what_follows_takes_the_date_away(bench):
    assert put(bench, privacy="refused")["privacy_asks_again_at"] == "2023-11-14T22:13:30.000Z"
    moment = "2030-01-01T00:00:00.000Z"
    assert put(bench, privacy_asks_again_at=moment)["privacy_asks_again_at"] == moment
    assert put(bench, privacy="agreed")["privacy_asks_again_at"] is None


FULL = {
    "nickname": "小明",
    "avatarUrl": "https://example.com/a.png",
    "KVDataList": [{"key": "a", "value": "1"}],
    "friends": ["bob"],
    "groups": ["g", "h"],
    "launched_from": "g",
    "shared_by": "bob",
    "session": "expired",
    "session_key": "AAAAAAAAAAAAAAAAAAAAAA==",
    "network": "offline",
    "scopes": {FRIENDS: "denied", INTERACTED: "granted"},
    "privacy": "refused",
    "privacy_asks_again_at": "2023-11-14T22:13:30.000Z",
    "interactive": {
        "values": {"1": 2, "50": -7},
        "window": "cancels",
        "check": "refuses",
        "daily_limit": 3,
        "today": {"date": "2023-11-15", "times": 2},
    },
}


def test_all_that_is_seen_can_be_set(bench):
    seen = put(bench, **FULL)

    assert seen == {"openid": "alice"} | FULL
    assert put(bench, **seen) == seen


def test_a_world_is_exported_and_imported_with_all_of_its_players(bench):
    put(bench, **FULL)
    text = b"".join(bench.world.document.export())

    again = Bench(platform=WX)
    again.clock.ms += 5_000_000
    again.world.document.replace(text)

    assert alice(again) == {"openid": "alice"} | FULL
    assert b"".join(again.world.document.export()) == text


def test_a_player_is_there_again_after_a_start(tmp_path: Path) -> None:
    def started():
        storage = TinyDBStorage(tmp_path, rules=lambda _: rules(WX))
        return storage, Worlds(storage, WX, ScriptedClock()).open("default")

    storage, world = started()
    world.players.put("alice", FULL)
    storage.close()

    storage, world = started()
    assert as_json(world.players.get("alice")) == {"openid": "alice"} | FULL
    storage.close()


def test_a_document_by_hand_may_leave_all_out(bench):
    empty = json.loads(b"".join(Bench(platform=WX).world.document.export()))
    text = json.dumps({**empty, "players": [{"openid": "alice"}]})
    bench.world.document.replace(text.encode())

    assert alice(bench) | {"session_key": ""} == NEW | {"session_key": ""}


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"account": "in"}, "/account"),
        ({"group": "g"}, "/group"),
        ({"privacy": "maybe"}, "/privacy"),
        ({"scopes": {"scope.userInfo": "granted"}}, "/scopes/scope.userInfo"),
        ({"scopes": {FRIENDS: "perhaps"}}, "/scopes"),
        ({"interactive": {"values": {"51": 1}}}, "/interactive/values/51"),
        ({"interactive": {"values": {"1": 2**31}}}, "/interactive/values"),
        ({"interactive": {"today": {"date": "today", "times": 1}}}, "/interactive/today/date"),
        ({"session_key": "c2hvcnQ="}, "/session_key"),
        ({"groups": [""]}, "/groups/0"),
        ({"friends": ["bob", "名" * 43]}, "/friends/1"),
        ({"shared_by": "名" * 43}, "/shared_by"),
        ({"KVDataList": [{"key": "k" * 129, "value": ""}]}, "/KVDataList"),
        ({"KVDataList": [{"key": "a", "value": v} for v in "12"]}, "/KVDataList/1/key"),
        ({"openid": "bob"}, "/openid"),
        (None, ""),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(bench, patch, pointer):
    put(bench, **FULL)

    with pytest.raises(Unprocessable) as caught:
        bench.world.players.put("alice", patch)

    assert caught.value.flaws[0].pointer == pointer
    assert alice(bench) == {"openid": "alice"} | FULL


@pytest.mark.parametrize(
    ("fields", "left", "told"),
    [
        ({"privacy": "agreed"}, {"privacy": "agreed"}, []),
        ({"account": "in", "privacy": "agreed"}, {"privacy": "agreed"}, ["/account"]),
        (
            {"scopes": {"scope.new": "granted", FRIENDS: "denied"}},
            {"scopes": {FRIENDS: "denied"}},
            ["/scopes/scope.new"],
        ),
        ({"friends": ["名" * 43, "bob"]}, {"friends": ["bob"]}, ["/friends/0"]),
        (
            {"interactive": {"values": {"0": 1, "1": 1}}},
            {"interactive": {"values": {"1": 1}}},
            ["/interactive/values/0"],
        ),
    ],
)
def test_what_a_stored_player_may_not_hold_is_taken_out_and_told(fields, left, told):
    record = Record({}, fields)

    reasons = stored.judge("alice", record)

    assert record.profile == left
    assert [reason.partition(":")[0] for reason in reasons] == told


@pytest.mark.parametrize(
    ("openid", "pairs", "why"),
    [
        ("", {}, "openid"),
        ("名" * 43, {}, "the openid is longer than 128 bytes"),
        ("alice", {"k" * 129: Pair("", 0)}, "is 129 bytes, the limit is 128"),
        ("alice", {"": Pair("", 0)}, "a key is empty"),
        ("alice", {"a": Pair("", -1)}, "at_ms or order cannot be"),
    ],
)
def test_a_player_who_cannot_be_is_refused_whole(openid, pairs, why):
    with pytest.raises(ValueError, match=why):
        stored.judge(openid, Record(pairs, {}))


SCOPES = st.dictionaries(
    st.sampled_from([FRIENDS, INTERACTED]), st.sampled_from(["undetermined", "granted", "denied"])
)
PATCHES = st.fixed_dictionaries(
    {},
    optional={
        "groups": st.lists(st.sampled_from(["g", "h"])),
        "launched_from": st.none() | st.just("g"),
        "scopes": SCOPES,
        "privacy": st.sampled_from(["agreed", "undecided", "refused", "undeclared"]),
        "interactive": st.fixed_dictionaries(
            {},
            optional={
                "values": st.dictionaries(st.integers(1, 50).map(str), st.integers(-5, 5)),
                "daily_limit": st.none() | st.integers(0, 3),
                "window": st.sampled_from(["confirms", "cancels"]),
            },
        ),
    },
)


@given(st.lists(PATCHES, max_size=4))
def test_whatever_was_set_comes_back_from_a_document_and_from_a_disk(patches):
    bench = Bench(platform=WX)
    for patch in patches:
        player(bench, "alice", **patch)
    seen, record = alice(bench), bench.world.store.get("alice")

    assert record is None or stored.judge("alice", record) == []
    again = Bench(platform=WX)
    again.world.document.replace(b"".join(bench.world.document.export()))

    assert alice(again) == seen
