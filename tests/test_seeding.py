"""`--seed-world`: the world that a server is seeded with."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO, NamedTuple

import pytest

from harness import Bench, ScriptedClock
from process import START_S, emulator, spawn, wait_ready
from tt_emulator import seeding
from tt_emulator.cli import main
from tt_emulator.client import Client
from tt_emulator.config import Settings
from tt_emulator.domain import document
from tt_emulator.domain.record import Record
from tt_emulator.domain.world_clock import ClockView
from tt_emulator.errors import Refused, SeedError
from tt_emulator.platforms import load
from tt_emulator.server import serving
from tt_emulator.storage.memory import MemoryStorage
from tt_emulator.world import World, Worlds

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such pipes and signals")

SMALL = Path(__file__).parents[1] / "fixtures" / "worlds" / "small.json"
RESULT = {"dataType": 0, "value": "7"}
EVERYBODY = ["alice", "bob", "player-1"]


def openids(url: str) -> list[str]:
    return [player["openid"] for player in Client(url).players()]


def file_with(folder: Path, **document: Any) -> Path:
    file = folder / "seed.json"
    file.write_text(json.dumps({"schema": 1} | document), encoding="utf-8")
    return file


def initialized(
    settings: Settings, storage: MemoryStorage | None = None, *, ends: bool = False
) -> tuple[Worlds, int | None]:
    ready = settings.seed_world is None
    worlds = Worlds(storage or MemoryStorage(), load(), ScriptedClock(), ready=ready)
    return worlds, seeding.initialize(settings, worlds, lambda: ends)


def test_the_default_world_begins_with_the_file_and_no_other() -> None:
    with emulator("--ephemeral", "--seed-world", str(SMALL)) as running:
        assert openids(running.url) == EVERYBODY
        assert (
            Client(running.url, "other").call("getUserCloudStorage", {"keyList": ["score"]})[
                "KVDataList"
            ]
            == []
        )
        assert running.stop() in (0, 1)
        assert f"  seed world: {SMALL} (players: 3)\n" in running.child.communicate()[1]


def test_a_command_under_exec_finds_the_world_in_place() -> None:
    asking = (
        "import json, os, urllib.request;"
        "url = os.environ['TT_EMULATOR_URL'] + '/__emulator/v1/players';"
        "found = json.load(urllib.request.urlopen(url));"
        "print(json.dumps([player['openid'] for player in found['players']]))"
    )
    child = spawn("exec", "--seed-world", str(SMALL), "--", sys.executable, "-c", asking)
    out, err = child.communicate(timeout=60)

    assert (json.loads(out), err) == (EVERYBODY, "")


def test_a_server_in_this_process_has_it_when_the_block_begins() -> None:
    with serving(Settings(port=0, data=None, seed_world=SMALL)) as facts:
        assert openids(facts["url"]) == EVERYBODY


def test_a_data_directory_that_has_the_world_keeps_it_and_a_reset_goes_to_the_seed(
    tmp_path: Path,
) -> None:
    flags = ("--data", str(tmp_path / "data"), "--seed-world", str(SMALL))
    with emulator(*flags) as running:
        Client(running.url).put_player("carol", nickname="Carol")
        Client(running.url).delete_player("bob")
        running.kill()

    with emulator(*flags) as running:
        assert openids(running.url) == ["alice", "carol", "player-1"]
        Client(running.url).reset(["data"])
        assert openids(running.url) == EVERYBODY
        running.stop()
        output = running.child.communicate()[1]
        assert f"{SMALL} (not read in: the data holds a world already)\n" in output


def test_a_data_directory_that_was_only_looked_at_has_no_world_yet(tmp_path: Path) -> None:
    with emulator("--data", str(tmp_path)) as running:
        assert openids(running.url) == []
        running.stop()

    with emulator("--data", str(tmp_path), "--seed-world", str(SMALL)) as running:
        assert openids(running.url) == EVERYBODY


def test_the_players_lie_in_one_file_until_they_change(tmp_path: Path) -> None:
    with emulator("--data", str(tmp_path), "--seed-world", str(SMALL)) as running:
        Client(running.url).put_player("bob", session="valid")
        running.stop()
    home = tmp_path / "worlds" / "default"

    assert len((home / "seed.jsonl").read_bytes().splitlines()) == 1 + 1 + len(EVERYBODY) + 1
    assert [file.name[:3] for file in (home / "players").iterdir()] == ["bob"]


BAD = [
    (None, "No such file or directory."),
    ("{", "The world is no JSON: Input data was truncated."),
    ('{"schema": 1,\n "players": [{}, ]}', "(line 2, column 18)."),
    ('{"schema": 2}', "/schema: Invalid enum value 2."),
    (
        '{"schema": 1, "players": [{"openid": "a"}, {"openid": "b", "friends": [1]}]}',
        "/players/1/friends/0: Expected str, got int.",
    ),
    (
        '{"schema": 1, "players": [{"openid": "a"}, {"openid": "a"}]}',
        "/players/1/openid: stands twice.",
    ),
]


@pytest.mark.parametrize(("content", "flaw"), BAD)
def test_a_bad_file_is_told_with_the_place_of_its_flaw(
    tmp_path: Path, content: str | None, flaw: str
) -> None:
    file = tmp_path / "w.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(SeedError) as caught:
        initialized(Settings(data=None, seed_world=file))

    assert caught.value.detail.startswith(f"The seed world {file} cannot be used: ")
    assert flaw in caught.value.detail


@pytest.mark.parametrize("verb", ["start", "exec"])
def test_it_is_a_start_error_that_names_the_flag(tmp_path: Path, verb: str) -> None:
    file = file_with(tmp_path, players=[{"openid": ""}])
    data = ["--data", str(tmp_path / "data"), "--port", "0"]
    child = spawn(verb, *data, "--seed-world", str(file), *(["true"] if verb == "exec" else []))
    _, err = child.communicate(timeout=START_S)

    assert child.returncode == 2
    named = f"Invalid value for '--seed-world': The seed world {file} cannot be used: "
    assert err.startswith(f"error: {named}/players/0/openid: ")
    assert err.endswith("\nhint: docs/worlds.md tells what a world holds.\n")
    assert "Traceback" not in err
    assert not (tmp_path / "data" / "ready.json").exists()


def test_the_variable_is_named_if_it_was_the_origin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TT_EMULATOR_SEED_WORLD", str(tmp_path / "none.json"))

    assert main(["start", "--ephemeral", "--port", "0"]) == 2
    output = capsys.readouterr().err
    assert output.startswith("error: Invalid value for 'TT_EMULATOR_SEED_WORLD': ")


def test_a_bad_file_is_told_also_where_the_world_is_there_already(tmp_path: Path) -> None:
    storage = MemoryStorage()
    initialized(Settings(data=None, seed_world=SMALL), storage)
    bad = file_with(tmp_path, players=[{"openid": ""}])

    with pytest.raises(SeedError, match="/players/0/openid"):
        initialized(Settings(data=None, seed_world=bad), storage)
    assert initialized(Settings(data=None, seed_world=SMALL), storage)[1] is None


class Slow(NamedTuple):
    child: "subprocess.Popen[str]"
    client: Client
    ready: Path
    writer: BinaryIO

    def go_on(self) -> None:
        """Let it have its seed."""
        self.writer.write(SMALL.read_bytes())
        self.writer.close()


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Slow]:
    """A server whose seed does not come before the test says so: the file is a pipe."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    ready = tmp_path / "ready.json"
    flags = ("--ready-file", str(ready), "--port", str(port), "--data", str(tmp_path / "data"))
    child = spawn("start", *flags, "--seed-world", str(pipe))
    with pipe.open("wb") as writer:  # waits until the server reads
        yield Slow(child, Client(f"http://127.0.0.1:{port}"), ready, writer)
    child.kill()
    child.communicate()


@posix
def test_until_the_world_is_filled_nobody_is_served_but_who_asks_for_it(slow: Slow) -> None:
    client = slow.client

    assert not client.ready()
    assert client.health()["status"] == "ok"
    assert client.errors("login")
    for ask in (
        lambda: client.call("getUserCloudStorage", {"keyList": []}),
        lambda: Client(client.url, "other").call("login"),
        client.players,
        client.worlds,
        client.drop_world,
        lambda: client.import_text(b"{}"),
        client.reset,
    ):
        with pytest.raises(Refused, match="still filling") as refused:
            ask()
        assert refused.value.status == 503
        assert refused.value.problem["code"] == "not-ready"
    assert not slow.ready.exists()

    slow.go_on()
    wait_ready(slow.child, slow.ready)

    assert client.ready()
    assert openids(client.url) == EVERYBODY


@posix
def test_a_signal_while_it_is_filled_ends_it_cleanly_and_the_next_start_fills_it(
    slow: Slow, tmp_path: Path
) -> None:
    slow.child.send_signal(signal.SIGTERM)
    slow.go_on()

    assert slow.child.wait(START_S) == 0
    assert not slow.ready.exists()
    with emulator("--data", str(tmp_path / "data"), "--seed-world", str(SMALL)) as running:
        assert openids(running.url) == EVERYBODY


def test_it_tells_with_how_many_players_the_world_began() -> None:
    assert initialized(Settings(data=None, seed_world=SMALL))[1] == 3
    assert initialized(Settings(data=None))[1] is None


def test_who_is_to_end_does_not_fill_the_world_first() -> None:
    with pytest.raises(seeding.Interrupted):
        initialized(Settings(data=None, seed_world=SMALL), ends=True)


def test_a_scenario_is_armed_in_the_seeded_world(tmp_path: Path) -> None:
    scenario = tmp_path / "s.json"
    scenario.write_text('[{"error": "app-in-background"}]', encoding="utf-8")
    worlds, _ = initialized(Settings(data=None, seed_world=SMALL, scenario=scenario))

    assert [fault.error for fault in worlds.open("default").faults.views()] == ["app-in-background"]


class Seeded:
    """A world of a seed, which is not dated, on a scripted clock."""

    def __init__(self, folder: Path, **document: Any) -> None:
        pairs = [{"key": "score", "value": "1"}]
        players = [{"openid": "player-1", "KVDataList": pairs, "imRankData": [RESULT]}]
        file = file_with(folder, players=players, **document)
        self.bench = Bench()
        self.bench.engine.worlds = worlds = Worlds(
            self.bench.storage, load(), self.bench.clock, ready=False
        )
        seeding.initialize(Settings(data=None, seed_world=file), worlds, lambda: False)
        file.unlink()

    @property
    def world(self) -> World:
        return self.bench.world

    def written_ms(self) -> int:
        record = self.world.store.get("player-1")
        assert record is not None
        return record.pairs["score"].at_ms


def test_a_reset_needs_the_file_no_more(tmp_path: Path) -> None:
    seeded = Seeded(tmp_path, settings={"own_data_in_main": False})
    seeded.world.set({"own_data_in_main": True})
    seeded.world.players.put("player-1", {"KVDataList": [], "nickname": "x"})
    seeded.world.players.put("bob", {})
    seeded.world.reset()

    assert seeded.world.players.openids() == ["player-1"]
    assert seeded.world.players.get("player-1").nickname == "player-1"
    assert seeded.bench.saved("score", domain="open") == {"score": "1"}
    assert seeded.world.settings.own_data_in_main is False


@pytest.mark.parametrize("scope", ["faults", "journal", "clock"])
def test_a_reset_of_something_else_leaves_the_data(tmp_path: Path, scope: str) -> None:
    seeded = Seeded(tmp_path)
    seeded.bench.save({"score": "2"})
    seeded.world.reset((scope,))

    assert seeded.bench.saved("score") == {"score": "2"}


def test_a_reset_of_the_clock_goes_back_to_that_of_the_seed(tmp_path: Path) -> None:
    seeded = Seeded(tmp_path, clock={"frozen_at": 5_000})
    seeded.world.move_clock({"set": 9_000, "freeze": False})
    seeded.world.reset(("data",))
    assert seeded.world.clock.now_ms() == 9_000
    seeded.world.reset(("clock",))

    assert seeded.world.clock.view() == ClockView("1970-01-01T00:00:05.000Z", frozen=True)


def test_what_the_seed_does_not_date_is_of_the_moment_of_the_reset(tmp_path: Path) -> None:
    seeded = Seeded(tmp_path)
    began_ms = seeded.written_ms()
    seeded.world.move_clock({"advance_s": 3600})

    seeded.world.reset(("data",))
    assert seeded.written_ms() == began_ms + 3_600_000
    seeded.world.reset(("data", "clock"))
    assert seeded.written_ms() == began_ms


def test_calls_and_testers_go_on_while_a_reset_reads_the_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded = Seeded(tmp_path)
    read = document.records
    replies: list[object] = []

    def slowly(*of_a_document: Any) -> Iterator[tuple[str, Record]]:
        yield from read(*of_a_document)
        for act in (
            lambda: replies.append(seeded.bench.save({"score": "2"})),
            lambda: seeded.world.move_clock({"set": 7_000, "freeze": True}),
        ):
            thread = Thread(target=act, daemon=True)
            thread.start()
            thread.join(30)
            assert not thread.is_alive()

    monkeypatch.setattr(document, "records", slowly)
    seeded.world.reset(("data",))

    assert replies == [{"errMsg": "setUserCloudStorage:ok"}]
    assert seeded.bench.saved("score") == {"score": "1"}
    assert seeded.world.clock.now_ms() == 7_000


def test_a_default_world_that_was_dropped_begins_with_the_seed_again(tmp_path: Path) -> None:
    seeded = Seeded(tmp_path)
    seeded.bench.save({"score": "2"})
    seeded.bench.engine.worlds.drop("default")

    assert seeded.bench.saved("score") == {"score": "1"}
    seeded.bench.engine.worlds.drop("other")
    assert seeded.bench.saved("score", world="other") == {}


def test_an_import_over_the_seed_is_undone_by_a_reset(tmp_path: Path) -> None:
    seeded = Seeded(tmp_path)
    seeded.world.document.replace(b'{"schema": 1}')
    assert seeded.world.players.openids() == []
    seeded.world.reset()

    assert seeded.world.players.openids() == ["player-1"]
