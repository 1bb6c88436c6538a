"""A data directory that is removed, moved, replaced or taken over while 16 connections write to it:
no write is acknowledged that a start on the directory, put back, would lack.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL
from threading import Condition, Event, Thread
from typing import Any

import pytest

from entry_points import Answer
from killing import is_of_a_kill
from process import Emulator, emulator
from rawhttp import TIMEOUT_S, Wire, pair, request

SET, GET = "/tt/setUserCloudStorage", "/tt/getUserCloudStorage"
CONNECTIONS = 16
WORLDS = 4

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody touch open files")


class Writer(Thread):
    """One connection and one player, who saves greater and greater numbers.

    `sent` is the last number that was sent, `acknowledged` the last that was.
    """

    def __init__(self, port: int, number: int, changed: Condition) -> None:
        super().__init__()
        self.player, self.world = f"p{number}", f"w{number % WORLDS}"
        self.headers = (f"X-Emulator-Player: {self.player}", f"X-Emulator-World: {self.world}")
        self.answers = self.sent = self.acknowledged = 0
        self.refusal: Answer | None = None
        self.done = Event()
        self._changed = changed
        self._port = port

    def run(self) -> None:
        with Wire(self._port) as wire:
            while not self.done.is_set():
                self.save(wire)

    def save(self, wire: Wire) -> None:
        """One more number, unless the server is gone."""
        self.sent += 1
        try:
            wire.send(request("POST", SET, pair(str(self.sent)), *self.headers))
            answer = wire.answer()
        except (OSError, IndexError):
            self.done.set()
            return
        with self._changed:
            if answer.status == 200:
                self.acknowledged = self.sent
            else:
                self.refusal = answer
            self.answers += 1
            self._changed.notify_all()


class Writers:
    """All of them on one server."""

    def __init__(self, port: int) -> None:
        self._changed = Condition()
        self.all = [Writer(port, number, self._changed) for number in range(CONNECTIONS)]
        for one in self.all:
            one.start()
        self.hear_acknowledgements()

    def hear_acknowledgements(self) -> None:
        """Until each heard five more."""
        before = {one.player: one.acknowledged for one in self.all}
        self._wait(lambda one: one.acknowledged >= before[one.player] + 5)

    def hear_only_refusals(self, world: str | None = None) -> list[Answer]:
        """What each of them hears of what it sends from now on: no acknowledgement."""
        chosen = [one for one in self.all if world in (None, one.world)]
        with self._changed:
            under_way = {one.player: (one.sent, one.answers) for one in chosen}
        self._wait(lambda one: one not in chosen or one.answers >= under_way[one.player][1] + 4)
        assert all(one.acknowledged <= under_way[one.player][0] for one in chosen)
        return [one.refusal for one in chosen if one.refusal is not None]

    def stop(self) -> None:
        for one in self.all:
            one.done.set()
        for one in self.all:
            one.join()

    def _wait(self, holds: Callable[[Writer], bool]) -> None:
        """Until that holds for each."""
        with self._changed:
            assert self._changed.wait_for(lambda: all(map(holds, self.all)), TIMEOUT_S)


def server(data: Path, stderr: int = DEVNULL) -> AbstractContextManager[Emulator]:
    return emulator("--data", str(data), stderr=stderr)  # it logs each refusal


@contextmanager
def writing(data: Path, stderr: int = DEVNULL) -> Iterator[tuple[Emulator, Writers]]:
    with server(data, stderr) as running:
        writers = Writers(running.port)
        try:
            yield running, writers
        finally:
            writers.stop()


def found_again(data: Path, writers: Writers) -> None:
    """The next server must have each writer's last acknowledged number, or one that was sent."""
    with emulator("--data", str(data)) as running, Wire(running.port) as wire:
        for one in writers.all:
            assert one.acknowledged <= int(saved(wire, one)) <= one.sent, one.player
        findings = health(wire)["set_aside"]
        assert all(is_of_a_kill(finding["file"], finding["reason"]) for finding in findings)


def saved(wire: Wire, writer: Writer) -> str:
    wire.send(request("POST", GET, b'{"keyList":["score"]}', *writer.headers))
    value: str = wire.answer().json["data"][0]["value"]
    return value


def health(wire: Wire) -> Any:
    wire.send(request("GET", "/__emulator/health"))
    return wire.answer().json


def remove(data: Path) -> None:
    while data.exists():  # the server may be writing a file where one was removed
        shutil.rmtree(data, ignore_errors=True)


def contents(root: Path) -> dict[str, bytes]:
    files = [path for path in root.rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def copy(data: Path, other: Path) -> None:
    """Copy a directory in use: a file may go while it is copied."""
    with suppress(shutil.Error):
        shutil.copytree(data, other)


def test_a_directory_that_was_removed_takes_no_write(data: Path) -> None:
    with writing(data) as (running, writers):
        remove(data)
        for refusal in writers.hear_only_refusals():
            assert refusal.status == 507
            assert "removed or moved away" in refusal.json["detail"]
        assert not data.exists()
        with Wire(running.port) as wire:
            answer = health(wire)
            assert (answer["status"], "removed or moved away" in answer["trouble"]) == (
                "storage-lost",
                True,
            )


@pytest.mark.parametrize("part", ["worlds", "worlds/w1", "worlds/w1/log.jsonl"])
def test_a_part_of_it_that_was_removed_takes_no_write(data: Path, part: str) -> None:
    with writing(data) as (_, writers):
        while (data / part).exists():
            if part.endswith(".jsonl"):
                (data / part).unlink()
            else:
                shutil.rmtree(data / part, ignore_errors=True)
        refusals = writers.hear_only_refusals(None if part == "worlds" else "w1")
        assert {refusal.status for refusal in refusals} == {507}


def test_a_directory_that_was_moved_takes_no_write_until_it_is_back(data: Path) -> None:
    away = data.with_name("away")
    with writing(data) as (running, writers):
        for _ in range(3):
            data.rename(away)
            for refusal in writers.hear_only_refusals():
                assert "removed or moved away" in refusal.json["detail"]
            away.rename(data)
            writers.hear_acknowledgements()
        running.kill()
    found_again(data, writers)


def test_a_directory_in_whose_place_another_lies_takes_no_write_and_leaves_that_alone(
    data: Path,
) -> None:
    away, other = data.with_name("away"), data.with_name("other")
    with writing(data) as (running, writers):
        copy(data, other)
        before = contents(other)
        data.rename(away)
        other.rename(data)
        writers.hear_only_refusals()
        assert running.stop() == 0
        assert contents(data) == before
    data.rename(other)
    away.rename(data)
    found_again(data, writers)


@pytest.mark.parametrize("part", ["", "worlds/w1", "worlds/w1/log.jsonl", "lock"])
def test_of_what_is_gone_the_log_says_that_writes_are_refused_and_never_that_it_has_them(
    data: Path, part: str
) -> None:
    log = data.with_name("log.txt")
    with log.open("wb") as file, writing(data, file.fileno()) as (running, writers):
        (data / part).rename(data.with_name("away"))  # while players' files are behind
        writers.hear_only_refusals("w1")
        assert running.stop() == 0
    logged = log.read_text(encoding="utf-8")
    assert (
        "WARNING World 'w1' is not on the disk any more, writes are refused until it is" in logged
    )
    assert "World 'w1' is behind on disk, its log has each write" not in logged


@pytest.mark.parametrize("replaced", [False, True])
def test_a_lock_that_is_gone_takes_no_write(data: Path, replaced: bool) -> None:
    lock, kept = data / "lock", data.with_name("kept")
    with writing(data) as (running, writers):
        lock.rename(kept)
        if replaced:
            lock.touch()
        for refusal in writers.hear_only_refusals():
            assert f"{lock}: the file was removed or replaced" in refusal.json["detail"]
        kept.replace(lock)
        writers.hear_acknowledgements()
        running.kill()
    found_again(data, writers)


def test_a_second_server_that_got_the_lock_has_all_and_loses_nothing_to_the_first(
    data: Path,
) -> None:
    with writing(data) as (first, writers):
        (data / "lock").unlink()
        with server(data) as second:
            writers.hear_only_refusals()
            writers.stop()
            with Wire(second.port) as wire:
                for one in writers.all:
                    assert int(saved(wire, one)) >= one.acknowledged
            after = Writers(second.port)
            assert first.stop() == 0
            after.hear_acknowledgements()
            second.kill()
            after.stop()
    found_again(data, after)


def test_a_player_who_is_read_while_the_directory_is_away_is_no_new_one(data: Path) -> None:
    away = data.with_name("away")
    with writing(data) as (running, writers):
        writers.stop()
        running.stop()
    one = writers.all[0]
    with server(data) as running, Wire(running.port) as wire:
        data.rename(away)
        wire.send(request("POST", GET, b'{"keyList":["score"]}', *one.headers))
        assert wire.answer().status == 507
        away.rename(data)
        assert int(saved(wire, one)) >= one.acknowledged
