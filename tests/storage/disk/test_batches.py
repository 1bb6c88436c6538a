"""Calls whose answers leave together are written together, before any of them leaves."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from harness import ScriptedClock
from storage.disk.logs import FullDisk
from storage.disk.trouble import SYNC, Failing, fails
from tt_emulator.domain.model import Call, Send, Settle
from tt_emulator.engine import Engine
from tt_emulator.errors import StorageError
from tt_emulator.journal.match import Bounds, Match
from tt_emulator.platforms import load
from tt_emulator.storage.disk.deeds import MAX_BATCHED_BYTES, MAX_WAITING_BYTES
from tt_emulator.storage.disk.log import Log
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage
from tt_emulator.world import World, Worlds

Open = Callable[..., TinyDBStorage]
Crash = Callable[[], Path]
READ = ("getUserCloudStorage", {"keyList": ["score"]})
SAVE = ("setUserCloudStorage", {"KVDataList": [{"key": "score", "value": "1"}]})
LOGIN = ("login", {})
NONE, ONE, TWO = [], [1], [1, 2]


class Leaving:
    """A batch; its answers leave when a test says so."""

    def __init__(self) -> None:
        self.writes: list[Callable[[], None]] = []

    def write_first(self, write: Callable[[], None]) -> None:
        self.writes.append(write)

    def leave(self) -> None:
        writes, self.writes = self.writes, []
        for write in writes:
            write()


class Server:
    """An engine on a data directory."""

    def __init__(self, storage: TinyDBStorage) -> None:
        self.storage = storage
        self.platform = load()
        worlds = Worlds(storage, self.platform, ScriptedClock(), on_socket=True)
        self.engine = Engine(worlds)
        self.batch = Leaving()

    @property
    def world(self) -> World:
        return self.engine.worlds.open("default")

    def made(self, api: str, options: dict[str, Any]) -> Call:
        return Call(self.platform.catalog.apis[api], options, sent=json.dumps(options).encode())

    def call(self, api: str, options: dict[str, Any], *, alone: bool = False) -> dict[str, Any]:
        made = self.made(api, options)
        *before, last = self.engine.handle(made, None if alone else self.batch)
        assert before == []
        assert isinstance(last, Send)
        return last.reply.body

    def begin(self, api: str, options: dict[str, Any]) -> Settle:
        """A call that is to be flushed before it is answered."""
        step = next(self.engine.handle(self.made(api, options), self.batch))
        assert isinstance(step, Settle)
        return step

    def journal(self) -> list[int]:
        return [exchange.id for exchange in self.world.journal.find()]

    def lines(self) -> list[Any]:
        [path] = self.world.store._store._home.path.glob("log.jsonl")  # type: ignore[attr-defined]
        return [json.loads(line) for line in path.read_bytes().splitlines()[1:-1]]


@pytest.fixture
def server(open_storage: Open) -> Server:
    return Server(open_storage())


@pytest.fixture
def after_a_crash(open_storage: Open, crash: Crash) -> Callable[[], list[int]]:
    """The calls that a server knows which starts on what a crash would leave now."""
    return lambda: Server(open_storage(crash())).journal()


def test_calls_of_a_batch_are_one_line_before_their_answers_leave(server, after_a_crash):
    server.call(*READ)
    server.call(*READ)
    assert after_a_crash() == NONE

    server.batch.leave()

    assert after_a_crash() == TWO
    assert [len(line["effects"]) for line in server.lines()] == [2]


def test_a_call_that_is_answered_alone_is_written_at_once(server, after_a_crash):
    server.call(*READ, alone=True)

    assert server.batch.writes == []
    assert after_a_crash() == ONE


def test_a_save_has_a_line_at_once_which_says_what_was_before_it(server, after_a_crash):
    server.call(*READ)
    server.call(*SAVE)

    assert after_a_crash() == TWO
    kinds = [[effect["kind"] for effect in line["effects"]] for line in server.lines()]
    assert kinds == [["exchange", "change", "exchange"]]
    server.batch.leave()
    assert len(server.lines()) == 1


def test_nobody_hears_of_a_call_before_it_is_written(server):
    heard = server.world.feed.last_id

    server.call(*READ)
    assert server.world.feed.last_id == heard

    server.batch.leave()
    assert server.world.feed.last_id > heard


def look(server: Server) -> None:
    with server.world.store.deed:
        pass


@pytest.mark.parametrize(
    "look",
    [
        look,
        lambda server: server.call(*READ, alone=True),
        lambda server: server.world.faults.clear(),
        lambda server: server.world.journal.wait(Match(), Bounds(min=1)),
    ],
)
def test_who_looks_before_has_it_written(server, after_a_crash, look):
    server.call(*READ)

    look(server)

    assert after_a_crash()[:1] == ONE


def test_a_world_that_ends_has_all_of_it(server, open_storage):
    server.call(*READ)
    server.engine.worlds.close()
    server.storage.close()
    server.batch.leave()

    assert Server(open_storage()).journal() == ONE


def test_a_world_that_is_dropped_meanwhile_stays_away(server, after_a_crash):
    server.call(*READ)
    server.engine.worlds.drop("default")

    server.batch.leave()

    assert after_a_crash() == NONE


def test_what_the_disk_refuses_waits_for_the_next_line(server, after_a_crash):
    server.call(*SAVE)
    with mock.patch("tt_emulator.storage.disk.log.os", FullDisk(room=0)):
        for _ in range(2):
            server.call(*READ)
            server.batch.leave()
    assert after_a_crash() == ONE

    server.call(*READ)
    server.batch.leave()
    server.call(*READ)
    server.batch.leave()

    assert after_a_crash() == [1, 2, 3, 4, 5]


def test_a_save_that_is_refused_takes_no_other_call_along(server, after_a_crash):
    server.call(*SAVE)
    server.call(*READ)
    full = mock.patch("tt_emulator.storage.disk.log.os", FullDisk(room=0))
    with full, pytest.raises(StorageError, match="No space left on device"):
        server.call(*SAVE)

    server.batch.leave()

    assert server.journal() == after_a_crash() == TWO


def test_a_step_that_acts_once_it_is_written_waits_for_no_other(server, after_a_crash):
    world, acted_on = server.world, []
    world.store.begin()
    world.journal.close(world.journal.open(server.made(*READ)))
    world.store.deed.then(lambda: acted_on.extend(after_a_crash()))

    world.store.end(server.batch)

    assert acted_on == ONE


@pytest.fixture
def synced(open_storage: Open) -> Server:
    return Server(open_storage(sync=True))


def test_what_waits_for_no_flush_is_one_line_where_others_do(synced, after_a_crash):
    synced.call(*READ)
    synced.call(*READ)
    assert after_a_crash() == NONE

    synced.batch.leave()

    assert after_a_crash() == TWO


def test_what_follows_a_save_waits_for_its_flush(synced, after_a_crash):
    synced.call(*READ)
    settles = synced.begin(*SAVE), synced.begin(*READ)
    assert settles[0] is settles[1]

    synced.batch.leave()
    assert after_a_crash() == ONE

    settles[0].settle()
    assert after_a_crash() == [1, 2, 3]
    assert [len(line["effects"]) for line in synced.lines()] == [1, 2, 1]


def test_a_flush_that_fails_leaves_calls_before_the_save_as_they_were(synced, after_a_crash):
    synced.call(*READ)
    settle = synced.begin(*SAVE)
    with mock.patch(SYNC, fails(5)):
        settle.settle()

    synced.batch.leave()
    synced.call(*READ)
    synced.batch.leave()

    assert isinstance(settle.refused, StorageError)
    assert synced.journal() == after_a_crash() == TWO


@pytest.mark.parametrize("later", [SAVE, LOGIN])
def test_a_flush_that_fails_takes_no_call_back_that_was_answered_before(
    synced, after_a_crash, later
):
    synced.call(*READ)
    settle = synced.begin(*later)
    synced.batch.leave()

    with mock.patch(SYNC, fails(5)):
        settle.settle()

    assert isinstance(settle.refused, StorageError)
    assert synced.journal() == after_a_crash() == ONE


@pytest.mark.parametrize("later", [SAVE, LOGIN])
def test_what_waited_for_space_goes_on_to_wait_if_the_next_flush_fails(
    synced, after_a_crash, later
):
    synced.begin(*SAVE).settle()
    with mock.patch("tt_emulator.storage.disk.log.os", Failing(os, pwrite=fails(28))):
        synced.call(*READ)
        synced.batch.leave()
    assert after_a_crash() == ONE
    settle = synced.begin(*later)
    with mock.patch(SYNC, fails(5)):
        settle.settle()
    assert synced.journal() == TWO

    synced.begin(*SAVE).settle()

    assert after_a_crash() == [1, 2, 3]


def test_a_turn_leaves_no_more_waiting_than_there_may_be(server, after_a_crash):
    large = "getUserCloudStorage", {"keyList": ["a" * (MAX_WAITING_BYTES // 4)]}
    server.call(*READ)
    server.batch.leave()
    with mock.patch("tt_emulator.storage.disk.log.os", FullDisk(room=0)):
        for _ in range(3):
            server.call(*large)
        with pytest.raises(StorageError, match="No space left on device"):
            server.call(*large)
        server.batch.leave()

    server.call(*READ)

    assert server.journal() == after_a_crash() == [1, 2, 3, 4, 5]


def test_a_long_line_waits_for_no_more_calls(server, after_a_crash):
    server.call("getUserCloudStorage", {"keyList": ["a" * MAX_BATCHED_BYTES]})
    assert after_a_crash() == NONE

    server.call(*READ)

    assert after_a_crash() == TWO


def test_a_write_that_fails_as_nobody_foresaw_keeps_no_answer_back(server, after_a_crash, caplog):
    server.call(*READ)
    with mock.patch.object(Log, "append", side_effect=RuntimeError("a bug")):
        server.batch.leave()

    server.call(*READ)

    assert after_a_crash() == TWO
    assert "a bug" in caplog.text


def test_what_cannot_be_written_with_others_is_written_alone(server, after_a_crash):
    with mock.patch("tt_emulator.storage.disk.deeds.encode", side_effect=OverflowError):
        server.call(*READ)
    assert server.batch.writes == []

    server.call(*READ)
    server.batch.leave()

    assert after_a_crash() == TWO
