"""Lines that are written together, in room that the file has already."""

import errno
import tempfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.disk.logs import ALICE, FullDisk, Logs, Make, lines, write
from tt_emulator.errors import StorageError
from tt_emulator.storage.disk.log import ROOM_BYTES
from tt_emulator.storage.disk.log_file import END_MARK, ROOM
from tt_emulator.storage.effects import Forgotten


@pytest.fixture
def logs(make: Make) -> Logs:
    return make(sync=True)


def hold(logs: Logs, times: int) -> None:
    for _ in range(times):
        logs.log.hold((ALICE,))


def a_disk_that_fails(name: str) -> FullDisk:
    disk = FullDisk(room=0)
    setattr(disk, name, mock.Mock(side_effect=OSError(errno.EIO, "Input/output error")))
    return disk


def test_lines_that_are_held_are_written_with_the_flush(logs: Logs) -> None:
    end = logs.log.end
    hold(logs, 3)
    assert not logs.path.exists()
    logs.log.flush(end)
    logs.append(4)
    assert logs.recovered() == lines(1, 2, 3, 4)


def test_who_reads_the_log_has_them_written_before(logs: Logs) -> None:
    end = logs.log.end
    hold(logs, 2)
    assert logs.log.lines() == lines(1, 2)
    hold(logs, 1)
    logs.log.flush(end)
    assert logs.recovered() == lines(1, 2, 3)


@pytest.mark.parametrize("fails", ["pwrite", "fdatasync"])
def test_all_since_the_end_are_refused_together(
    logs: Logs, fails: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.append(1)
    end = logs.log.end
    hold(logs, 2)
    disk = a_disk_that_fails(fails)
    with monkeypatch.context() as patched:
        patched.setattr("tt_emulator.storage.disk.log.os", disk)
        patched.setattr("tt_emulator.storage.disk.log._sync_data", disk.fdatasync)
        with pytest.raises(StorageError, match="Input/output error"):
            logs.log.flush(end)
    logs.append(4)
    assert [(line.seq, line.follows) for line in logs.recovered()] == [(1, 0), (4, 1)]


def test_a_reader_who_cannot_have_them_written_leaves_them_to_the_flush(logs: Logs) -> None:
    logs.append(1)
    end = logs.log.end
    hold(logs, 2)
    with (
        mock.patch("tt_emulator.storage.disk.log.os", a_disk_that_fails("pwrite")),
        pytest.raises(StorageError, match="Input/output error"),
    ):
        logs.log.lines()
    logs.log.flush(end)
    assert logs.recovered() == lines(1, 2, 3)


def test_a_line_that_fits_is_written_to_a_disk_that_has_no_room_for_more(logs: Logs) -> None:
    logs.append(1)
    logs.log.rest()
    with mock.patch("tt_emulator.storage.disk.log.os", FullDisk(room=1_000)):
        logs.append(2, 3)
        with pytest.raises(StorageError, match="No space left"):
            logs.append(*range(4, 20))
    assert [line.seq for line in logs.recovered()][:3] == [1, 2, 3]


def test_the_file_has_room_while_it_is_written_and_none_at_rest(logs: Logs) -> None:
    logs.append(1)
    assert logs.path.read_bytes().endswith(END_MARK + ROOM * ROOM_BYTES)
    logs.append(2)
    assert logs.path.stat().st_size < 2 * ROOM_BYTES
    logs.log.rest()
    assert logs.path.read_bytes().endswith(b"\n" + END_MARK)
    assert logs.recovered() == lines(1, 2)


def test_lines_that_are_held_while_the_file_is_changed_begin_the_next_one(logs: Logs) -> None:
    logs.append(1)
    logs.log.rest()
    with logs.path.open("ab") as file:
        file.write(b"\n")
    end = logs.log.end
    hold(logs, 2)
    logs.log.flush(end)
    logs.log.rest()
    found = logs.start().older.files[-1].read_bytes()
    assert b'"schema":3,"seq":1,' in found
    assert found.index(b'"seq":2') < found.index(b'"seq":3')


@given(lengths=st.lists(st.integers(1, 40), max_size=30))
def test_whatever_lines_take_of_the_room_none_of_it_is_left_at_rest(lengths: list[int]) -> None:
    with (
        mock.patch("tt_emulator.storage.disk.log.ROOM_BYTES", 300),
        tempfile.TemporaryDirectory() as folder,
    ):
        logs = Logs(Path(folder) / "data", sync=True)
        for seq, length in enumerate(lengths, 1):
            write(logs.log, seq, Forgotten("a" * length))
            assert logs.path.stat().st_size == logs.log.size + 1 + logs.log._room
        found = [line.seq for line in logs.recovered()]
        logs.data_directory.release()
    assert found == list(range(1, len(lengths) + 1))
