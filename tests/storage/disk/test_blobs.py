"""Snapshots and scenarios on disk: what a restart finds again, and what is damaged."""

import json
from pathlib import Path

from tt_emulator.faults import scenario
from tt_emulator.faults.scenario import Scenario
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage

SLOW = Scenario(name="慢网", faults=[{"delay_ms": 5}])


def test_a_saved_scenario_survives_a_restart_and_is_a_file_to_load(tmp_path: Path) -> None:
    storage = TinyDBStorage(tmp_path)
    for kind in ("scenarios", "snapshots"):
        getattr(storage.open_world("default"), kind).put("慢网", scenario.text(SLOW))
    storage.close()

    storage = TinyDBStorage(tmp_path)
    kept = storage.open_world("default").scenarios

    assert (kept.names(), kept.get("慢网")) == (["慢网"], scenario.text(SLOW))
    storage.close()
    (path,) = (tmp_path / "worlds" / "default" / "scenarios").iterdir()
    assert path.name.startswith("as-scenario~")
    assert scenario.load(path) == SLOW


def test_a_scenario_that_was_edited_is_set_aside_and_the_others_stay(tmp_path: Path) -> None:
    storage = TinyDBStorage(tmp_path)
    for name in ("a", "b"):
        storage.open_world("default").scenarios.put(name, scenario.text(SLOW))
    storage.close()
    path = tmp_path / "worlds" / "default" / "scenarios" / "as-a.json"
    path.write_bytes(path.read_bytes().replace(b"5", b"6"))

    storage = TinyDBStorage(tmp_path)

    assert storage.open_world("default").scenarios.names() == ["b"]
    (found,) = storage.set_aside()
    assert found.file == "worlds/default/scenarios/as-a.json"
    storage.close()
    aside = path.with_name("as-a.json.set-aside")
    assert json.loads(aside.read_bytes())["faults"] == [{"delay_ms": 6}]
    assert scenario.load(aside).faults == [{"delay_ms": 6}]


def test_the_file_of_one_kind_is_not_taken_for_the_other(tmp_path: Path) -> None:
    storage = TinyDBStorage(tmp_path)
    storage.open_world("default").scenarios.put("a", scenario.text(SLOW))
    storage.close()
    home = tmp_path / "worlds" / "default"
    (home / "snapshots").mkdir()
    (home / "scenarios" / "as-a.json").rename(home / "snapshots" / "at-a.json")

    storage = TinyDBStorage(tmp_path)

    store = storage.open_world("default")
    assert (store.snapshots.names(), store.scenarios.names()) == ([], [])
    assert [found.file for found in storage.set_aside()] == ["worlds/default/snapshots/at-a.json"]
    storage.close()
