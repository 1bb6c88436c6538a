"""What Prometheus is told, read by Prometheus' own parser."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from harness import Bench
from tt_emulator.journal.match import Bounds, Match
from tt_emulator.wire import exposition

SAVED = ("tt_emulator_calls_total", "setUserCloudStorage", "ok", "tt")


def figures(bench: Bench) -> dict[tuple[str | None, ...], float]:
    """Each sample, by its name and the values of its labels."""
    text = exposition.text(bench.engine.worlds).decode()
    return {
        (sample.name, *map(sample.labels.get, sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_calls_are_told_by_platform_api_and_outcome(bench: Bench) -> None:
    bench.world.faults.arm([{"error": "network-unavailable", "times": 1}])
    for value in "12":
        bench.save({"a": value})
    bench.save({"a": "1"}, world="other")

    told = figures(bench)

    assert told[SAVED] == 2
    assert told[*SAVED[:2], "network-unavailable", "tt"] == 1


def test_calls_are_never_told_to_be_fewer(bench: Bench) -> None:
    """Neither a cleared journal nor a world that was dropped takes calls away."""
    bench.save({"a": "1"})
    bench.save({"a": "1"}, world="other", player="bob")
    bench.save({"a": "1"}, world="other")
    other = bench.engine.worlds.open("other").journal
    other.clear(player="bob")
    assert figures(bench)[SAVED] == 3

    other.clear(api="setUserCloudStorage", after=0, limit=1)
    bench.world.journal.clear()
    bench.engine.worlds.drop("other")
    assert figures(bench)[SAVED] == 3

    bench.save({"a": "1"}, world="other")
    assert figures(bench)[SAVED] == 4


def test_worlds_and_what_is_armed_are_told_by_platform(bench: Bench) -> None:
    bench.engine.worlds.open("third", "wx").faults.arm([{"error": "system-error"}] * 2)
    bench.world.faults.arm([{"delay_ms": 1}])

    told = figures(bench)

    assert (told["tt_emulator_worlds", "tt"], told["tt_emulator_worlds", "wx"]) == (1, 1)
    assert told["tt_emulator_faults_armed", "tt"] == 1
    assert told["tt_emulator_faults_armed", "wx"] == 2


def test_who_listens_is_told_as_long_as_they_do(bench: Bench) -> None:
    reached = bench.world.journal.wait(Match(), Bounds(min=1))
    with bench.world.feed.streamed(), bench.world.feed.streamed():
        told = figures(bench)
        listeners = {kind: told["tt_emulator_listeners", kind] for kind in ("events", "state")}
        assert listeners == {"events": 2, "state": 0}
        assert told["tt_emulator_listeners", "wait"] == 1

    bench.world.journal.leave(Match(), reached)
    assert figures(bench)["tt_emulator_listeners", "events"] == 0
    assert figures(bench)["tt_emulator_listeners", "wait"] == 0


def test_what_the_journals_hold_is_told(bench: Bench) -> None:
    bench.save({"a": "1" * 500})
    before = figures(bench)["tt_emulator_journal_bytes",]
    bench.world.journal.clear()

    assert before > 500
    assert figures(bench)["tt_emulator_journal_bytes",] == 0


@pytest.mark.skipif("sys.platform != 'linux'", reason="it is read from /proc")
def test_the_process_is_told_of(bench: Bench) -> None:
    assert figures(bench)["process_resident_memory_bytes",] > 1e6
