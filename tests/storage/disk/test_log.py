import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import RLock, Thread
from types import MappingProxyType
from unittest import mock

import pytest

from storage.disk.logs import ALICE, SCORE, FullDisk, Logs, Make, lines, write
from tt_emulator.errors import StorageError
from tt_emulator.storage.disk.log import Log
from tt_emulator.storage.disk.log_line import Line
from tt_emulator.storage.effects import Changed, EverybodyForgotten, Forgotten


@pytest.fixture
def logs(make: Make) -> Logs:
    return make()


@pytest.mark.parametrize("sync", [False, True])
def test_appended_lines_are_read_back(make: Make, sync: bool) -> None:
    logs = make(sync=sync)
    effects = [
        ALICE,
        Changed("bob", {}, ("score", "level"), {"nickname": "B", "group": None}),
        Forgotten("bob"),
        EverybodyForgotten(),
    ]
    for seq, effect in enumerate(effects, 1):
        write(logs.log, seq, effect)
    assert logs.recovered() == [Line(seq, (effect,)) for seq, effect in enumerate(effects, 1)]


def test_numbers_that_were_left_out_are_no_damage(logs: Logs) -> None:
    logs.append(1, 5, 6)
    logs.log.rotate()
    logs.append(9)
    assert [line.seq for line in logs.recovered()] == [1, 5, 6, 9]


def test_a_change_may_hold_any_mapping(logs: Logs) -> None:
    write(logs.log, 1, Changed("alice", MappingProxyType(SCORE)))
    assert logs.recovered() == lines(1)


def test_the_log_goes_on_after_a_rest(logs: Logs) -> None:
    logs.append(1)
    logs.log.rest()
    logs.log.rest()
    logs.append(2)
    assert logs.recovered() == lines(1, 2)


def test_a_start_takes_the_log_away_from_the_path(logs: Logs) -> None:
    logs.append(1)
    logs.log.rest()
    second = logs.start()
    assert logs.names() == ["log.1.jsonl"]
    second.begin_at(1)
    write(second, 2)
    second.rest()
    assert logs.names() == ["log.1.jsonl", "log.jsonl"]
    third = logs.start()
    assert [path.name for path in third.older.files] == ["log.1.jsonl", "log.2.jsonl"]
    assert logs.recovered() == lines(1, 2)


def test_files_are_read_in_the_order_of_their_numbers(logs: Logs) -> None:
    for seq in range(1, 13):
        logs.append(seq)
        logs.log.rotate()
    assert logs.names()[1] == "log.10.jsonl"
    assert logs.recovered() == lines(*range(1, 13))


@pytest.mark.parametrize("room", range(0, 100, 9))
def test_a_full_disk_refuses_the_write_and_keeps_the_earlier_ones(logs: Logs, room: int) -> None:
    logs.append(1)
    with mock.patch("tt_emulator.storage.disk.log.os", FullDisk(room)):
        with pytest.raises(StorageError, match=r"nothing has changed.*log\.jsonl: No space left"):
            logs.append(2)
        assert logs.path.read_bytes().endswith(b"\n ")
    logs.append(2)
    assert logs.recovered() == lines(1, 2)


def test_what_a_failed_write_left_is_reported_and_cut_off_as_soon_as_it_can_be(logs: Logs) -> None:
    def refuse_to_truncate(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    logs.append(1)
    disk = FullDisk(room=10)
    disk.ftruncate = refuse_to_truncate
    with (
        mock.patch("tt_emulator.storage.disk.log.os", disk),
        pytest.raises(StorageError, match="may have it at the next start"),
    ):
        logs.append(2)
    logs.append(2)
    assert logs.recovered() == lines(1, 2)


def test_a_ragged_end_is_mended_before_the_file_is_set_apart(logs: Logs) -> None:
    logs.append(1)
    disk = FullDisk(room=10)
    disk.ftruncate = mock.Mock(side_effect=OSError(errno.EIO, "Input/output error"))
    with mock.patch("tt_emulator.storage.disk.log.os", disk), suppress(StorageError):
        logs.append(2)
    logs.log.rotate()
    assert logs.recovered() == lines(1)


def test_a_write_that_cannot_be_synced_is_refused(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs = make(sync=True)
    logs.append(1)

    def fail(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("tt_emulator.storage.disk.log._sync_data", fail)
    end = logs.log.end
    logs.append(2)
    with pytest.raises(StorageError, match="Input/output error"):
        logs.log.flush(end)
    assert logs.recovered() == lines(1)


def test_an_interrupted_write_is_taken_back(logs: Logs) -> None:
    def interrupt(descriptor: int, data: bytes, place: int) -> int:
        os.pwrite(descriptor, data, place)
        raise KeyboardInterrupt

    logs.append(1)
    disk = FullDisk(room=0)
    disk.pwrite = interrupt
    with mock.patch("tt_emulator.storage.disk.log.os", disk), pytest.raises(KeyboardInterrupt):
        logs.append(2)
    assert [line.seq for line in logs.log.recover()] == [1]


def test_text_that_is_no_utf8_is_refused(logs: Logs) -> None:
    with pytest.raises(StorageError, match="surrogates not allowed"):
        write(logs.log, 1, Changed("\ud800"))
    logs.append(1)
    assert logs.recovered() == lines(1)


def test_a_log_that_is_set_apart_stays_until_it_is_dropped(logs: Logs) -> None:
    logs.append(1)
    logs.log.rotate()
    assert (logs.log.size, logs.names()) == (0, ["log.1.jsonl"])
    older = list(logs.log.older.files)
    logs.append(2)
    logs.log.rotate()
    logs.log.older.drop(older)
    assert logs.names() == ["log.2.jsonl"]
    logs.log.older.drop(list(logs.log.older.files))
    logs.log.older.drop(list(logs.log.older.files))
    assert logs.recovered() == []


def test_a_cleared_log_is_empty_and_goes_on(logs: Logs) -> None:
    logs.append(1)
    logs.log.rotate()
    logs.append(2)
    logs.log.begin_anew(())
    assert logs.names() == []
    logs.append(3)
    assert logs.recovered() == lines(3)


def test_clearing_that_is_cut_short_never_leaves_the_older_lines_alone(
    logs: Logs, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed = []

    def remove_one(path: Path) -> None:
        if removed:
            raise PermissionError
        path.unlink()
        removed.append(path)

    logs.append(1)
    logs.log.rotate()
    write(logs.log, 2, Forgotten("alice"))
    with monkeypatch.context() as patched:
        patched.setattr("tt_emulator.storage.disk.older_logs.remove_file", remove_one)
        with pytest.raises(PermissionError):
            logs.log.begin_anew(())
    assert logs.recovered() == [Line(2, (Forgotten("alice"),))]


def test_a_log_that_was_cut_while_it_was_at_rest_is_kept_and_reported(logs: Logs) -> None:
    logs.append(1, 2)
    logs.log.rest()
    cut = logs.path.read_bytes()[:-100]
    logs.path.write_bytes(cut)
    logs.append(3)
    (finding,) = logs.data_directory.quarantine.quarantined.all()
    assert "while the server ran" in finding.reason
    assert logs.path.with_name("log.jsonl.set-aside").read_bytes() == cut
    assert b'"seq":3' in logs.path.read_bytes()


class TestALogThatIsNotThereAnyMore:
    """Each way to lose it, while it is open and while it is at rest."""

    @staticmethod
    def remove(logs: Logs) -> None:
        logs.path.unlink()

    @staticmethod
    def replace(logs: Logs) -> None:
        other = logs.path.with_name("other")
        other.write_bytes(logs.path.read_bytes())
        other.replace(logs.path)

    @staticmethod
    def move(logs: Logs) -> None:
        logs.path.rename(logs.path.with_name("moved"))

    @staticmethod
    def move_the_world(logs: Logs) -> None:
        logs.home.path.rename(logs.home.path.with_name("moved"))

    @staticmethod
    def replace_the_world(logs: Logs) -> None:
        home = logs.home.path
        home.rename(home.with_name("moved"))
        home.mkdir()
        (home / "log.jsonl").write_bytes((home.with_name("moved") / "log.jsonl").read_bytes())

    @staticmethod
    def move_the_worlds(logs: Logs) -> None:
        logs.home.path.parent.rename(logs.data_directory.root / "moved")

    @staticmethod
    def move_the_directory(logs: Logs) -> None:
        logs.data_directory.root.rename(logs.data_directory.root.with_name("moved"))

    @staticmethod
    def take_the_lock(logs: Logs) -> None:
        (logs.data_directory.root / "lock").unlink()

    @staticmethod
    def replace_the_lock(logs: Logs) -> None:
        lock = logs.data_directory.root / "lock"
        lock.rename(lock.with_name("moved"))
        lock.touch()

    WAYS = (
        remove,
        replace,
        move,
        move_the_world,
        replace_the_world,
        move_the_worlds,
        move_the_directory,
        take_the_lock,
        replace_the_lock,
    )

    @pytest.mark.parametrize("rests", [False, True], ids=["open", "at rest"])
    @pytest.mark.parametrize("lose", WAYS, ids=lambda way: way.__name__)
    def test_takes_no_write(self, logs: Logs, lose: Callable[[Logs], None], rests: bool) -> None:
        logs.append(1)
        if rests:
            logs.log.rest()
        lose(logs)
        for _ in range(2):
            with pytest.raises(StorageError, match="nothing has changed") as caught:
                logs.append(2)
            assert "start it again" in caught.value.hint
        assert not logs.log.is_whole()

    def test_takes_writes_again_when_it_is_back(self, logs: Logs) -> None:
        logs.append(1)
        moved = logs.data_directory.root.with_name("moved")
        logs.data_directory.root.rename(moved)
        with pytest.raises(StorageError, match="removed or moved away"):
            logs.append(2)
        moved.rename(logs.data_directory.root)
        logs.append(2)
        assert logs.recovered() == lines(1, 2)

    def test_never_writes_into_another_that_lies_there(self, logs: Logs) -> None:
        logs.append(1)
        logs.log.rest()
        other = logs.path.with_name("other")
        other.write_bytes(logs.path.read_bytes())
        other.replace(logs.path)
        before = logs.path.read_bytes()
        with pytest.raises(StorageError):
            logs.append(2)
        assert logs.path.read_bytes() == before

    def test_is_not_made_in_another_directory(self, logs: Logs) -> None:
        home = logs.home.path
        home.rename(home.with_name("moved"))
        home.mkdir()
        with pytest.raises(StorageError):
            logs.append(1)
        assert list(home.iterdir()) == []

    def test_is_not_made_over_another_servers(self, logs: Logs) -> None:
        logs.path.write_text("another's", encoding="utf-8")
        with pytest.raises(StorageError, match="another server's"):
            logs.append(1)
        assert logs.path.read_text(encoding="utf-8") == "another's"

    def test_loses_what_it_refused_also_where_it_lies_now(self, logs: Logs) -> None:
        logs.append(1)
        before = logs.path.read_bytes()
        logs.path.rename(logs.path.with_name("moved"))
        with pytest.raises(StorageError):
            logs.append(2)
        assert logs.path.with_name("moved").read_bytes() == before


def test_a_log_gives_its_descriptor_back_when_there_are_too_many(logs: Logs) -> None:
    logs.data_directory.open_logs._most = lambda: 2
    others = []
    for name in ("a", "b", "c"):
        log = Log(name, logs.data_directory.make_world(name), logs.data_directory, RLock())
        log.recover()
        write(log, 1)
        others.append(log)
    held = [log._descriptor is not None for log in others]
    assert held.count(True) == 2
    for log in others:
        write(log, 2)
        log.rest()


def test_a_log_whose_lock_somebody_holds_keeps_its_descriptor(logs: Logs) -> None:
    logs.data_directory.open_logs._most = lambda: 1
    logs.append(1)
    logs.log.used = False
    descriptor = logs.log._descriptor
    other = Log("other", logs.data_directory.make_world("other"), logs.data_directory, RLock())
    other.recover()
    with logs.log.lock:
        thread = Thread(target=write, args=(other, 1))
        thread.start()
        thread.join()
    assert logs.log._descriptor == descriptor
    other.rest()
