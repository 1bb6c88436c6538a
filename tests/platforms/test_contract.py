"""What holds on every platform, in memory and on disk: one body."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from disk_bench import DiskBench
from harness import Bench, as_json
from tt_emulator.domain.model import Close, Reset, Send, Wait
from tt_emulator.platforms import PLATFORMS, load
from tt_emulator.platforms.platform import Platform
from tt_emulator.story import replay, told

SAVE, READ, REMOVE = "setUserCloudStorage", "getUserCloudStorage", "removeUserCloudStorage"
PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}


@pytest.fixture(params=PLATFORMS.values(), ids=PLATFORMS)
def platform(request: pytest.FixtureRequest) -> Platform:
    return load(request.param)


@pytest.fixture(params=["memory", "disk"])
def bench(request: pytest.FixtureRequest, platform: Platform, tmp_path: Path) -> Iterator[Bench]:
    if request.param == "memory":
        yield Bench(platform=platform)
        return
    on_disk = DiskBench(tmp_path / "data", platform=platform)
    yield on_disk
    on_disk.close()


def of_page(platform: Platform) -> list[str]:
    """The names of the rows of a save that stand on a page, or were seen."""
    return [row.name for row in platform.catalog.apis[SAVE].errors]


def arm(bench: Bench, *faults: dict[str, Any]) -> None:
    bench.world.faults.replace(list(faults))


def exchanges(bench: Bench) -> list[dict[str, Any]]:
    return [as_json(each.view()) for each in bench.world.journal.find()]


def document(bench: Bench, world: str = "default") -> Any:
    return json.loads(b"".join(bench.engine.worlds.open(world).document.export()))


def test_what_is_stored_is_read_in_the_order_asked_for_and_can_be_removed(bench: Bench) -> None:
    assert bench.save({"a": "1", "b": "名"}) == {"errMsg": f"{SAVE}:ok"}
    assert bench.save({"a": "2"}) == {"errMsg": f"{SAVE}:ok"}

    assert list(bench.saved("b", "lacking", "a").items()) == [("b", "名"), ("a", "2")]

    assert bench.call(REMOVE, {"keyList": ["a", "lacking"]}) == {"errMsg": f"{REMOVE}:ok"}
    assert bench.saved("a", "b") == {"b": "名"}


def test_players_and_worlds_keep_apart(bench: Bench) -> None:
    bench.save({"a": "1"}, player="alice")
    bench.save({"a": "2"}, player="bob")
    bench.save({"a": "3"}, player="alice", world="elsewhere")

    assert bench.saved("a", player="alice") == {"a": "1"}
    assert bench.saved("a", player="bob") == {"a": "2"}
    assert bench.saved("a", player="alice", world="elsewhere") == {"a": "3"}


def test_a_pair_may_be_of_1024_bytes_and_of_none_more_and_nothing_of_that_call_is_stored(
    bench: Bench,
) -> None:
    assert bench.save({"k": "名" * 341})["errMsg"] == f"{SAVE}:ok"

    refused = bench.reply(SAVE, {"KVDataList": [*PAIR["KVDataList"], pair("k", "x" * 1024)]})

    assert refused.body["errMsg"].startswith(f"{SAVE}:fail")
    assert "1025 bytes" in refused.reason
    assert bench.saved("score") == {}


def pair(key: str, value: str) -> dict[str, str]:
    return {"key": key, "value": value}


def test_a_player_has_128_pairs_and_none_more(bench: Bench) -> None:
    bench.save({f"k{number}": "" for number in range(128)})

    assert bench.save({"one": ""})["errMsg"].startswith(f"{SAVE}:fail")
    assert bench.save({"k0": "again"})["errMsg"] == f"{SAVE}:ok"


def test_each_row_of_a_save_is_delivered_as_the_platform_says_it_and_nothing_is_stored(
    bench: Bench, platform: Platform
) -> None:
    api = platform.catalog.apis[SAVE]
    for row in api.errors:
        arm(bench, {"error": row.name, "api": SAVE, "times": 1})

        reply = bench.reply(SAVE, PAIR)

        assert reply.error == row.name
        assert (
            reply.body["errMsg"]
            == platform.replies.failure(api, row, reply_text(row)).body["errMsg"]
        )
    assert bench.saved("score") == {}
    assert [each["fault"] is not None for each in exchanges(bench)][:-1] == [True] * len(api.errors)


def reply_text(row: Any) -> str | None:
    """What an armed row has where its text is free."""
    return {"option": "KVDataList", "text": "*", None: None}[row.detail]


def test_a_fault_skips_strikes_and_is_spent(bench: Bench, platform: Platform) -> None:
    name = of_page(platform)[0]
    arm(bench, {"error": name, "api": SAVE, "skip": 1, "times": 2})

    replies = [bench.reply(SAVE, PAIR) for _ in range(5)]

    assert [reply.error for reply in replies] == [None, name, name, None, None]
    (fault,) = as_json(bench.world.faults.views())
    assert (fault["hits"], fault["remaining"], fault["completed"]) == (2, 0, True)


def test_after_means_that_the_service_has_acted(bench: Bench, platform: Platform) -> None:
    arm(bench, {"error": of_page(platform)[0], "api": SAVE, "moment": "after", "times": 1})

    assert bench.reply(SAVE, PAIR).error is not None

    assert bench.saved("score") == {"score": "1"}


KINDS: dict[str, tuple[dict[str, Any], type]] = {
    "reset": ({"wire": "reset"}, Reset),
    "close": ({"wire": "close"}, Close),
    "hang": ({"wire": "hang", "duration_ms": 10}, Close),
    "http_status": ({"wire": "http_status", "status": 502}, Send),
    "twice": ({"client": "twice"}, Send),
    "reply": ({"reply": {"errMsg": f"{SAVE}:fail no such luck"}}, Send),
    "sequence": ({"sequence": ["reset", "ok"]}, Reset),
    "delay": ({"delay_ms": 20}, Send),
}


@pytest.mark.parametrize("fields", KINDS.values(), ids=list(KINDS))
def test_each_kind_of_fault_strikes(bench: Bench, fields: tuple[dict[str, Any], type]) -> None:
    fault, last = fields
    times = {} if "sequence" in fault else {"times": 1}
    arm(bench, {"api": SAVE, **fault, **times})

    steps = bench.steps(SAVE, PAIR)

    assert isinstance(steps[-1], last)
    assert isinstance(steps[0], Wait) == (fault.keys() & {"delay_ms", "duration_ms"} != set())
    assert isinstance(bench.steps(SAVE, PAIR)[-1], Send)
    assert [each["fault"] for each in exchanges(bench)] == ["f1", None]


def test_a_repeated_call_is_one_exchange_and_one_strike(bench: Bench, platform: Platform) -> None:
    arm(bench, {"error": of_page(platform)[0], "api": SAVE, "times": 1})

    first, second = (bench.call(SAVE, PAIR, call_id="c-1") for _ in range(2))

    assert first == second
    assert len(exchanges(bench)) == 1


def test_coverage_counts_what_was_delivered(bench: Bench, platform: Platform) -> None:
    row = next(
        row
        for row in platform.catalog.counted("documented")
        if not any(param.required for param in platform.catalog.apis[row.api].params)
    )
    arm(bench, {"error": row.name, "api": row.api, "times": 1})

    assert bench.reply(row.api).error == row.name

    counted = {(each.api, each.name): each.delivered for each in bench.world.coverage("documented")}
    assert {met for met, delivered in counted.items() if delivered} == {(row.api, row.name)}


def test_an_export_is_an_import_elsewhere(bench: Bench) -> None:
    bench.save({"a": "1"}, player="alice")
    bench.world.players.put("bob", {"friends": ["alice"], "nickname": "Bob", "network": "offline"})
    text = b"".join(bench.world.document.export())

    bench.engine.worlds.put("copy", text)

    assert document(bench, "copy") == document(bench)
    assert document(bench)["platform"] == bench.platform.identity.name


def test_a_player_without_a_network_is_refused_in_words(bench: Bench) -> None:
    bench.world.players.put("player-1", {"network": "offline"})

    reply = bench.reply(SAVE, PAIR)

    assert reply.error is not None
    assert reply.reason == "the player is offline"


def test_a_story_is_played_again_elsewhere_with_the_same_replies(
    bench: Bench, platform: Platform
) -> None:
    arm(
        bench, {"error": of_page(platform)[0], "api": SAVE, "skip": 1, "times": 2, "probability": 1}
    )
    for number in range(6):
        bench.save({"score": str(number)}, player=("alice", "bob")[number % 2])
        bench.saved("score", player="alice")
        bench.call("login", {}, player="bob")
    story = b"".join(told(bench.world, bench.engine.worlds.seed))

    outcome = replay(Bench(seed=9).engine, story)

    assert outcome.differences == []
    assert outcome.same


def test_a_reset_brings_back_the_beginning(bench: Bench, platform: Platform) -> None:
    before = document(bench)
    bench.save({"a": "1"})
    arm(bench, {"error": of_page(platform)[0], "api": SAVE})

    bench.world.reset()

    assert document(bench) == before
    assert as_json(bench.world.faults.views()) == []
    assert exchanges(bench) == []


def test_a_world_on_disk_is_of_its_platform_after_a_start(
    platform: Platform, tmp_path: Path
) -> None:
    before = DiskBench(tmp_path / "data", platform=platform)
    before.save({"a": "1"})
    arm(before, {"error": of_page(platform)[0], "api": SAVE, "times": 5})
    before.save({"a": "2"})
    was = document(before), exchanges(before), as_json(before.world.faults.views())
    before.close()

    again = DiskBench(tmp_path / "data", platform=load())  # whatever the server is for

    assert again.world.platform is platform
    assert (document(again), exchanges(again), as_json(again.world.faults.views())) == was
    assert again.disk.set_aside() == []
    again.close()
