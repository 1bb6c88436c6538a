import json
from datetime import datetime, timedelta
from functools import partial

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import Bench, as_json
from tt_emulator.domain.model import Call, Wait
from tt_emulator.errors import BadRequest, EmulatorError
from tt_emulator.wire.control.events import view

FIELDS = {
    "id",
    "call_id",
    "api",
    "player",
    "domain",
    "options",
    "fault",
    "reason",
    "reply",
    "received_at",
    "answered_at",
    "duration_ms",
}
OPTIONS = {"KVDataList": [{"key": "score", "value": "1"}]}


def views(bench):
    """The exchanges as a reader of the control API gets them."""
    return [as_json(found.view()) for found in bench.world.journal.find()]


def ids(bench, **filters):
    return [exchange.id for exchange in bench.world.journal.find(**filters)]


def published(bench):
    """What a listener hears who comes now, with its kind."""
    return [(event.kind, view(bench.world, event)) for event in bench.world.feed.after(0)]


def start(bench, call_id=None):
    """A call under way: its steps."""
    api = bench.catalog.apis["setUserCloudStorage"]
    return bench.engine.handle(
        Call(api, OPTIONS, call_id=call_id, sent=json.dumps(OPTIONS).encode())
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda faults: faults.arm({"error": "network-unavailable"}),
        lambda faults: faults.replace([]),
        lambda faults: faults.disarm("f1"),
        lambda faults: faults.clear(),
    ],
    ids=["arm", "replace", "disarm", "clear"],
)
def test_each_change_of_what_is_armed_is_published_once_and_after_it(bench, change):
    bench.world.faults.arm({"delay_ms": 1})
    seen_id = bench.world.feed.last_id

    change(bench.world.faults)

    (event,) = bench.world.feed.after(seen_id)
    assert event.kind == "faults"


def test_what_is_refused_to_be_armed_or_taken_off_is_not_published(bench):
    faults = bench.world.faults

    for refused in (partial(faults.arm, {"error": "typo"}), partial(faults.disarm, "f9")):
        with pytest.raises(EmulatorError):
            refused()

    assert bench.world.feed.last_id == 0


def test_an_exchange_shows_the_whole_call(bench):
    bench.call("setUserCloudStorage", OPTIONS, player="alice", domain="open", call_id="c-1")

    (view,) = views(bench)

    assert view.keys() == FIELDS
    assert (view["id"], view["call_id"]) == (1, "c-1")
    assert (view["api"], view["player"], view["domain"]) == ("setUserCloudStorage", "alice", "open")
    assert view["options"] == OPTIONS
    assert (view["fault"], view["reason"]) == (None, "no fault armed")
    assert view["reply"] == {"errMsg": "setUserCloudStorage:ok"}


def test_options_are_shown_as_they_were_sent(bench):
    sent = b'{"KVDataList": [], "big": 12345678901234567890123, "half": 1.10}'
    api = bench.catalog.apis["setUserCloudStorage"]
    list(bench.engine.handle(Call(api, json.loads(sent), sent=sent)))

    (found,) = bench.world.journal.find()

    assert sent in msgspec.json.encode(found.view())


def test_a_failure_is_shown_as_the_game_got_it(bench, arm):
    fault = arm(error="network-unavailable")

    answer = bench.save({"score": "1"})

    (view,) = views(bench)
    assert (view["fault"], view["reply"]) == (fault.id, answer)


def test_times_are_readable_and_the_duration_is_measured(bench, arm):
    arm(delay_ms=250)
    steps = start(bench)
    next(steps)
    bench.clock.ms += 250
    list(steps)

    (view,) = views(bench)

    assert view["duration_ms"] == 250
    received, answered = (
        datetime.fromisoformat(view[f"{name}_at"]) for name in ("received", "answered")
    )
    assert received.isoformat(timespec="milliseconds") == "2023-11-14T22:13:20.000+00:00"
    assert answered - received == timedelta(milliseconds=250)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_call_under_way_is_shown_without_a_reply(bench, arm, moment):
    arm(delay_ms=250, moment=moment)
    steps = start(bench)
    assert isinstance(next(steps), Wait)

    (under_way,) = views(bench)
    list(steps)
    (answered,) = views(bench)

    assert under_way.keys() == answered.keys() == FIELDS
    times = ("reply", "answered_at", "duration_ms")
    assert [under_way[name] for name in times] == [None, None, None]
    assert answered["reply"] == {"errMsg": "setUserCloudStorage:ok"}
    assert answered["answered_at"] is not None


def test_a_repeated_call_is_one_exchange_with_its_first_answer(bench):
    bench.call("setUserCloudStorage", OPTIONS, call_id="c-1")
    bench.clock.ms += 1000
    bench.call("setUserCloudStorage", OPTIONS, call_id="c-1")

    (view,) = views(bench)

    assert view["duration_ms"] == 0


def test_a_call_id_belongs_to_its_api_and_player(bench):
    bench.call("login", call_id="c-1")

    with pytest.raises(BadRequest, match="c-1"):
        bench.call("checkSession", call_id="c-1")
    with pytest.raises(BadRequest, match="c-1"):
        bench.call("login", call_id="c-1", player="bob")

    assert ids(bench) == [1]


def test_exchanges_stand_oldest_first_and_their_ids_count_up(bench):
    for _ in range(3):
        bench.call("login")

    assert ids(bench) == [1, 2, 3]


def test_they_are_found_by_api_and_player(bench):
    bench.call("login", player="alice")
    bench.call("login", player="bob")
    bench.call("checkSession", player="alice")

    assert ids(bench, api="login") == [1, 2]
    assert ids(bench, player="alice") == [1, 3]
    assert ids(bench, api="login", player="alice") == [1]
    assert ids(bench, api="canIUse") == []


def test_they_are_read_in_pages(bench):
    for _ in range(5):
        bench.call("login")

    assert ids(bench, limit=2) == [1, 2]
    assert ids(bench, after=2, limit=2) == [3, 4]
    assert ids(bench, after=4, limit=2) == [5]
    assert ids(bench, after=5) == []
    assert ids(bench, limit=0) == []


@given(players=st.lists(st.sampled_from(["a", "b"]), max_size=12), limit=st.integers(1, 5))
def test_pages_leave_nothing_out_and_show_nothing_twice(players, limit):
    bench = Bench()
    for player in players:
        bench.call("login", player=player)

    seen, after = [], 0
    while page := ids(bench, player="a", after=after, limit=limit):
        seen += page
        after = page[-1]

    assert seen == [number for number, player in enumerate(players, 1) if player == "a"]


def test_a_thousand_are_kept_and_the_oldest_go_first(bench):
    for _ in range(1003):
        bench.call("checkSession")

    assert ids(bench) == list(range(4, 1004))


def test_a_forgotten_call_id_is_a_new_call(bench):
    bench.save({"a": "1"}, call_id="c-1")
    for _ in range(1000):
        bench.call("checkSession")
    bench.save({"a": "2"}, call_id="c-1")

    assert bench.saved("a") == {"a": "2"}
    assert ids(bench)[-2:] == [1002, 1003]


def test_ids_go_on_when_the_journal_was_cleared(bench):
    bench.call("login", call_id="c-1")
    bench.world.journal.clear()
    assert ids(bench) == []

    bench.call("login", call_id="c-1")

    assert ids(bench) == [2]


def test_a_call_finds_its_exchange_where_others_were_cleared(bench, arm):
    fault = arm(delay_ms=1, api="getUserCloudStorage")
    bench.call("login")
    for _ in range(3):
        bench.call("checkSession")
    api = bench.catalog.apis["getUserCloudStorage"]
    steps = bench.engine.handle(Call(api, {"keyList": ["score"]}))
    next(steps)
    bench.world.journal.clear(api="checkSession")
    list(steps)

    views = [view for kind, view in published(bench) if kind == "exchange"]

    assert ids(bench) == [1, 5]
    assert [view and view.id for view in views] == [1, 1, *[None] * 6, 5, 5]
    assert views[-1].fault == fault.id


def test_what_is_cleared_of_one_api_makes_room_for_new_calls(bench):
    for _ in range(15):
        bench.call("setUserCloudStorage", OPTIONS | {"pad": "x" * MIB})
    bench.world.journal.clear(api="setUserCloudStorage", limit=10)
    for _ in range(10):
        bench.call("setUserCloudStorage", OPTIONS | {"pad": "x" * MIB})

    assert ids(bench) == list(range(11, 26))


def test_the_counts_of_what_is_not_held_any_more_go_with_an_api(bench):
    bench.call("login")
    for _ in range(1100):
        bench.call("checkSession")
    bench.call("login")

    bench.world.journal.clear(api="checkSession")

    assert bench.world.journal.calls() == {"login": 2}
    assert ids(bench) == [1102]


def test_a_call_that_was_under_way_while_the_journal_was_cleared_is_answered(bench, arm):
    arm(delay_ms=1)
    steps = start(bench)
    next(steps)
    bench.world.journal.clear()

    (last,) = list(steps)

    assert last.reply.body == {"errMsg": "setUserCloudStorage:ok"}
    assert ids(bench) == []


KEYS = [f"k{number}" for number in range(100)]
MIB = 1024 * 1024


def test_large_calls_are_kept_up_to_a_bound_and_the_feed_does_not_keep_the_others(bench):
    for _ in range(20):
        bench.call("setUserCloudStorage", OPTIONS | {"pad": "x" * MIB})

    kept = ids(bench)
    shown = [view for _, view in published(bench)]

    assert kept == list(range(6, 21))
    assert {view.id for view in shown if view is not None} == set(kept)
    assert shown.count(None) == 10  # both strokes of the five that went


def test_large_replies_count_too(bench):
    bench.save({key: "v" * 900 for key in KEYS})
    for _ in range(300):
        bench.saved(*KEYS)

    kept = bench.world.journal.find()
    assert 16 * MIB > sum(len(json.dumps(found.view().reply)) for found in kept) > 15 * MIB
    assert kept[-1].id == 301


def test_what_is_kept_of_a_large_call_is_all_that_it_was(bench):
    bench.save({key: "v" for key in KEYS})
    options = {"keyList": [*KEYS, "x" * 5_000]}

    replies = [bench.call("getUserCloudStorage", options, call_id="c-1") for _ in range(2)]

    assert replies[0] == replies[1]
    assert len(replies[0]["KVDataList"]) == 100
    view = views(bench)[-1]
    assert (view["options"], view["reply"]) == (options, replies[0])


def test_a_long_reply_to_a_call_under_way_when_the_journal_was_cleared_is_not_kept(bench, arm):
    bench.save({"score": "1"})
    arm(delay_ms=1)
    api = bench.catalog.apis["getUserCloudStorage"]
    steps = bench.engine.handle(Call(api, {"keyList": ["score"]}))
    next(steps)
    bench.world.journal.clear()
    bench.call("login")

    (last,) = list(steps)

    assert last.reply.body["KVDataList"] == [{"key": "score", "value": "1"}]
    assert ids(bench) == [3]
