"""The scenario and the seed world of a server, when their files change while it runs."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from harness import ScriptedClock
from process import emulator
from tt_emulator.client import Client
from tt_emulator.config import Settings
from tt_emulator.platforms import load
from tt_emulator.server.rereading import Rereading, settle, sources
from tt_emulator.storage.memory import MemoryStorage
from tt_emulator.world import World, Worlds

FAULT = {"error": "network-unavailable", "label": "first"}
Line = tuple[str, str]


def world_of(*openids: str) -> str:
    return json.dumps({"schema": 1, "players": [{"openid": each} for each in openids]})


class House:
    """A server's worlds, and the files that it was started with."""

    def __init__(self, folder: Path) -> None:
        self.scenario = folder / "场景.json"
        self.scenario.write_text(json.dumps([FAULT]), encoding="utf-8")
        self.seed = folder / "w.json"
        self.seed.write_text(world_of("ann"), encoding="utf-8")
        settings = Settings(data=None, scenario=self.scenario, seed_world=self.seed)
        self.worlds = Worlds(MemoryStorage(), load(), ScriptedClock())
        self.world.faults.arm([FAULT])
        self.worlds.reseed(self.seed.read_bytes())
        self.rereading = Rereading(sources(settings, self.worlds), "en")

    @property
    def world(self) -> World:
        return self.worlds.open("default")

    def labels(self) -> list[Any]:
        return [fault.label for fault in self.world.faults.views()]

    def openids(self) -> list[str]:
        return sorted(openid for openid, _ in self.world.store.items())


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_a_scenario_that_was_changed_replaces_what_is_armed(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    house.world.faults.arm({"wire": "bad_json", "label": "by hand"})
    faults = [FAULT | {"label": "second"}, FAULT | {"label": "third"}]
    house.scenario.write_text(json.dumps(faults), encoding="utf-8")
    house.rereading.look()

    assert house.labels() == ["second", "third"]
    said = f"scenario: {house.scenario} was read again (faults: 2)\n"
    assert capsys.readouterr().err == said
    assert house.openids() == ["ann"]


def test_a_world_that_was_changed_is_the_default_one_and_what_a_reset_goes_back_to(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    house.seed.write_text(world_of("bob", "eve"), encoding="utf-8")
    house.rereading.look()
    assert (house.openids(), house.labels()) == (["bob", "eve"], ["first"])
    said = f"seed world: {house.seed} was read again (players: 2)\n"
    assert capsys.readouterr().err == said

    house.world.players.put("mallory", {})
    house.world.reset(("data",))
    assert house.openids() == ["bob", "eve"]

    house.worlds.drop("default")
    assert house.openids() == ["bob", "eve"]


def test_a_file_that_is_written_as_it_was_changes_nothing(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    house.world.faults.clear()
    house.world.players.put("mallory", {})
    for file in (house.scenario, house.seed):
        file.write_bytes(file.read_bytes())
        os.utime(file, (0, 0))
    house.rereading.look()

    assert (house.labels(), house.openids()) == ([], ["ann", "mallory"])
    assert capsys.readouterr().err == ""


BROKEN = [
    ('[\n{"error": ', "it is not JSON in UTF-8: Expecting value: line 2 column 11 (char 12)."),
    ('[{"error": "x"}]', "/0/error: unknown error 'x'; known: "),
    (None, "No such file or directory."),
]


@pytest.mark.parametrize(("content", "why"), BROKEN)
def test_a_scenario_that_cannot_be_used_is_one_line_and_what_was_armed_stays(
    house: House, caplog: pytest.LogCaptureFixture, content: str | None, why: str
) -> None:
    if content is None:
        house.scenario.unlink()
    else:
        house.scenario.write_text(content, encoding="utf-8")
    house.rereading.look()
    house.rereading.look()

    assert house.labels() == ["first"]
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.startswith(f"The scenario file {house.scenario} cannot be used: {why}")
    assert line.endswith(" All stays as it was.")


def test_a_world_that_cannot_be_used_is_one_line_and_the_one_that_was_there_stays(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.seed.write_text('{"schema": 1, "players": [{}]}', encoding="utf-8")
    house.rereading.look()

    assert house.openids() == ["ann"]
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.startswith(f"The seed world {house.seed} cannot be used: ")


@pytest.mark.parametrize("between", ["[", None])
def test_a_file_that_was_broken_for_a_moment_and_is_as_it_was_changes_nothing(
    house: House, between: str | None
) -> None:
    as_it_was = house.scenario.read_bytes()
    house.world.faults.arm({"wire": "bad_json", "label": "by hand"})
    if between is None:
        house.scenario.unlink()
    else:
        house.scenario.write_text(between, encoding="utf-8")
    house.rereading.look()
    house.scenario.write_bytes(as_it_was)
    house.rereading.look()

    assert house.labels() == ["first", "by hand"]


def test_a_line_that_nobody_reads_stops_no_reading(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("tt_emulator.announcement.print_line", broken)
    for label in ("second", "third"):
        house.scenario.write_text(json.dumps([FAULT | {"label": label}]), encoding="utf-8")
        house.rereading.look()
        assert house.labels() == [label]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such pipes")
def test_a_pipe_is_left_to_who_reads_it_first(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    settings = Settings(data=None, seed_world=tmp_path / "pipe", scenario=tmp_path / "none")

    assert sources(settings, Worlds(MemoryStorage(), load(), ScriptedClock())) == []


def test_nothing_is_taken_once_the_server_ends(house: House) -> None:
    house.scenario.write_text("[]", encoding="utf-8")
    house.rereading.stop()
    house.rereading.look()

    assert house.labels() == ["first"]


class Steps(Event):
    """An editor's save in so many steps, each while somebody waits for quiet."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left = left
        self.waited: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout)
        if self.left:
            self.left -= 1
            self.set()
        return self.is_set()


def test_the_steps_of_a_save_are_one_change() -> None:
    steps = Steps(3)
    settle(steps, 0.5)

    assert steps.waited == [None, 0.5, 0.5, 0.5]
    assert not steps.is_set()


def in_place(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def by_rename(file: Path, text: str) -> None:
    beside = file.with_suffix(".tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def lines(stream: Any) -> Iterator[str]:
    return iter(stream.readline, "")


@pytest.mark.parametrize("save", [in_place, by_rename])
def test_a_running_server_takes_what_an_editor_saves(
    tmp_path: Path, save: Callable[[Path, str], None]
) -> None:
    house = House(tmp_path)
    flags = ("--scenario", str(house.scenario), "--seed-world", str(house.seed))
    with emulator("--ephemeral", *flags) as running:
        client = Client(running.url)
        log = lines(running.child.stderr)
        save(house.scenario, json.dumps([FAULT | {"label": "second"}]))
        assert any("was read again (faults: 1)" in line for line in log)
        assert [fault["label"] for fault in client.faults()] == ["second"]

        save(house.scenario, "[")
        assert any(line.startswith("WARNING The scenario file ") for line in log)
        assert [fault["label"] for fault in client.faults()] == ["second"]

        save(house.seed, world_of("bob"))
        assert any("was read again (players: 1)" in line for line in log)
        assert [player["openid"] for player in client.players()] == ["bob"]


def test_with_no_watch_no_file_is_watched(tmp_path: Path) -> None:
    from tt_emulator.server.assembly import assembled

    house = House(tmp_path)
    for watch, releases in ((True, 4), (False, 3)):
        settings = Settings(data=None, scenario=house.scenario, watch=watch)
        server = assembled(settings, MemoryStorage(), 0)
        assert len(server._releases) == releases
