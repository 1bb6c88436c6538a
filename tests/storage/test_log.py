import errno
import os
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.errors import StorageError
from emulator.storage.base import Change, Pair
from emulator.storage.log import Line, Log

SCORE = {"score": Pair("1", 1)}


def line(seq: int, openid: str = "alice") -> Line:
    return Line(seq, openid, SCORE)


def refuse(path: Path) -> None:
    pytest.fail(f"{path} was set aside")


def recovered(directory: Path, set_aside: Callable[[Path], None] = refuse) -> list[Line]:
    return Log(directory, sync=False).recover(set_aside)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path, sync=False)


@pytest.mark.parametrize("sync", [False, True])
def test_appended_lines_are_read_back(tmp_path: Path, sync: bool) -> None:
    lines = [
        line(1),
        Line(2, "bob", {}, ("score", "level"), {"nickname": "B", "group": None}),
        Line(3, "bob", forget=True),
        Line(4, forget=True),
    ]
    log = Log(tmp_path, sync=sync)
    for one in lines:
        log.append(one)
    log.rest()
    assert recovered(tmp_path) == lines


def test_a_line_of_the_log_can_be_read_by_a_person(tmp_path: Path, log: Log) -> None:
    log.append(Line(1, "alice", {"score": Pair("名前", 5)}))
    log.append(Line(2, "alice", forget=True))
    log.rest()
    assert (tmp_path / "log.jsonl").read_text(encoding="utf-8") == (
        '{"seq":1,"openid":"alice","put":{"score":{"value":"名前","at_ms":5}}}\n'
        '{"seq":2,"openid":"alice","forget":true}\n'
    )


def test_a_line_gives_its_change() -> None:
    change = Change(SCORE, ("level",), {"nickname": "A"})
    assert Line(1, "a", change.put, change.remove, change.profile).change() == change


def test_a_change_may_hold_any_mapping(tmp_path: Path, log: Log) -> None:
    log.append(Line(1, "alice", MappingProxyType(SCORE)))
    log.rest()
    assert recovered(tmp_path) == [line(1)]


def test_the_log_goes_on_after_a_rest(tmp_path: Path, log: Log) -> None:
    log.append(line(1))
    log.rest()
    log.rest()
    log.append(line(2))
    log.rest()
    assert recovered(tmp_path) == [line(1), line(2)]


@given(cut=st.integers(1, 30))
def test_a_torn_last_line_is_cut_off(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    directory = tmp_path_factory.mktemp("log")
    log = Log(directory, sync=False)
    for seq in (1, 2):
        log.append(line(seq))
    log.rest()
    path = directory / "log.jsonl"
    os.truncate(path, log.size - cut)
    again = Log(directory, sync=False)
    assert again.recover(refuse) == [line(1)]
    again.append(line(3))
    again.rest()
    assert recovered(directory) == [line(1), line(3)]


@pytest.mark.parametrize(
    "damage", [b"{half", b"\x00" * 50, b"[]", b'{"seq":"2"}', b"\xff", b'{"put":{}}', b"[" * 99_999]
)
def test_a_damaged_line_sets_the_file_aside_and_the_others_count(
    tmp_path: Path, log: Log, damage: bytes
) -> None:
    path = tmp_path / "log.jsonl"
    log.append(line(1))
    log.rest()
    good = path.read_bytes()
    damaged = good + damage + b"\n" + good.replace(b'"seq":1', b'"seq":3')
    path.write_bytes(damaged)
    kept = []
    assert recovered(tmp_path, lambda it: kept.append(it.read_bytes())) == [line(1), line(3)]
    assert kept == [damaged]
    assert recovered(tmp_path) == [line(1), line(3)]


class FullDisk:
    """The `os` of a machine that can write `room` more bytes."""

    def __init__(self, room: int) -> None:
        self.room = room

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def write(self, descriptor: int, data: bytes) -> int:
        part = data[: self.room]
        self.room -= len(part)
        if not part:
            raise OSError(errno.ENOSPC, "No space left on device")
        return os.write(descriptor, part)


@given(room=st.integers(0, 60))
def test_a_full_disk_refuses_the_write_and_keeps_the_earlier_ones(
    tmp_path_factory: pytest.TempPathFactory, room: int
) -> None:
    directory = tmp_path_factory.mktemp("log")
    log = Log(directory, sync=False)
    log.append(line(1))
    with mock.patch("emulator.storage.log.os", FullDisk(room)):
        with pytest.raises(StorageError, match=r"nothing has changed.*log\.jsonl: No space left"):
            log.append(line(2))
        assert recovered(directory) == [line(1)]
    log.append(line(3))
    log.rest()
    assert recovered(directory) == [line(1), line(3)]


def test_what_a_failed_write_left_is_cut_off_later_if_it_cannot_be_at_once(
    tmp_path: Path, log: Log
) -> None:
    def refuse_to_truncate(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    log.append(line(1))
    disk = FullDisk(room=10)
    disk.ftruncate = refuse_to_truncate
    with mock.patch("emulator.storage.log.os", disk), pytest.raises(StorageError):
        log.append(line(2))
    log.append(line(3))
    log.rest()
    assert recovered(tmp_path) == [line(1), line(3)]


def test_a_write_that_cannot_be_synced_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(tmp_path, sync=True)
    log.append(line(1))

    def fail(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("emulator.storage.log._sync_data", fail)
    with pytest.raises(StorageError, match="Input/output error"):
        log.append(line(2))
    assert recovered(tmp_path) == [line(1)]


def test_an_interrupted_write_is_taken_back(tmp_path: Path, log: Log) -> None:
    def interrupt(descriptor: int, data: bytes) -> int:
        os.write(descriptor, data)
        raise KeyboardInterrupt

    log.append(line(1))
    disk = FullDisk(room=0)
    disk.write = interrupt
    with mock.patch("emulator.storage.log.os", disk), pytest.raises(KeyboardInterrupt):
        log.append(line(2))
    assert recovered(tmp_path) == [line(1)]


def test_text_that_is_no_utf8_is_refused(tmp_path: Path, log: Log) -> None:
    with pytest.raises(StorageError, match="surrogates not allowed"):
        log.append(line(1, "\ud800"))
    log.append(line(2))
    log.rest()
    assert recovered(tmp_path) == [line(2)]


def test_a_directory_that_was_removed_refuses_the_write(tmp_path: Path) -> None:
    log = Log(tmp_path / "absent", sync=False)
    with pytest.raises(StorageError, match="nothing has changed"):
        log.append(line(1))


def test_after_a_rotation_the_older_lines_still_come_first(tmp_path: Path, log: Log) -> None:
    log.append(line(1))
    log.rotate()
    assert (log.size, log.has_older) == (0, True)
    assert recovered(tmp_path) == [line(1)]
    log.append(line(2))
    log.rest()
    assert recovered(tmp_path) == [line(1), line(2)]


def test_the_older_file_can_be_dropped_also_after_a_restart(tmp_path: Path, log: Log) -> None:
    log.append(line(1))
    log.rotate()
    log.append(line(2))
    log.rest()
    again = Log(tmp_path, sync=False)
    again.recover(refuse)
    again.drop_older()
    again.drop_older()
    assert recovered(tmp_path) == [line(2)]


def test_a_cleared_log_is_empty_and_goes_on(tmp_path: Path, log: Log) -> None:
    log.append(line(1))
    log.rotate()
    log.append(line(2))
    log.clear()
    assert list(tmp_path.iterdir()) == []
    log.append(line(3))
    log.rest()
    assert recovered(tmp_path) == [line(3)]


def test_clearing_that_is_cut_short_never_leaves_the_older_lines_alone(
    tmp_path: Path, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed = []

    def remove_one(path: Path) -> None:
        if removed:
            raise PermissionError
        path.unlink()
        removed.append(path)

    log.append(line(1))
    log.rotate()
    log.append(Line(2, "alice", forget=True))
    monkeypatch.setattr("emulator.storage.log.remove_file", remove_one)
    with pytest.raises(PermissionError):
        log.clear()
    assert recovered(tmp_path) == [Line(2, "alice", forget=True)]
