"""Files of players in a data directory: after a crash, and after somebody has touched them."""

import errno
import os
from pathlib import Path

import pytest

from tt_emulator.domain.record import Change, Pair, Record
from tt_emulator.domain.user_files import Entry
from tt_emulator.errors import StorageError
from tt_emulator.storage.disk import directory_files
from tt_emulator.storage.disk import files as disk_files


def contents(root):
    return sorted(root.glob("worlds/w/files/*/*.content"))


def test_what_was_written_outlives_a_crash(open_storage, crash):
    files = open_storage().open_world("w").files
    files.make_folders("alice", ["cache"], 1)
    files.write("alice", "cache/a", b"\0\xff", 2)
    again = open_storage(crash()).open_world("w").files

    assert again.entries("alice") == {"cache": Entry(1), "cache/a": Entry(2, 2)}
    assert again.read("alice", "cache/a") == b"\0\xff"


def test_a_content_that_no_index_names_goes_at_the_next_start(open_storage, crash, data):
    open_storage().open_world("w").files.write("alice", "a", b"1", 1)
    root = crash()
    (content,) = contents(root)
    (content.parent / f"{'0' * 32}.content").write_bytes(b"half of a wri")
    again = open_storage(root).open_world("w").files

    assert again.read("alice", "a") == b"1"
    assert contents(root) == [content]


@pytest.mark.parametrize("data", [b"", b"2", b"11"], ids=["emptied", "other", "longer"])
def test_a_content_that_was_changed_outside_is_quarantined(open_storage, tmp_path, data):
    storage = open_storage(tmp_path / "d")
    files = storage.open_world("w").files
    files.write("alice", "a", b"1", 1)
    files.write("alice", "b", b"2", 1)
    damaged = next(path for path in contents(tmp_path / "d") if path.read_bytes() == b"1")
    damaged.write_bytes(data)

    assert files.read("alice", "a") is None
    assert files.entries("alice") == {"b": Entry(1, 1)}
    assert [found.file for found in storage.set_aside()]


def test_a_content_that_was_removed_outside_is_no_file_any_more(open_storage, tmp_path):
    storage = open_storage(tmp_path / "d")
    files = storage.open_world("w").files
    files.write("alice", "a", b"1", 1)
    contents(tmp_path / "d")[0].unlink()

    assert files.read("alice", "a") is None
    assert files.entries("alice") == {}
    assert len(storage.set_aside()) == 1


@pytest.mark.parametrize("text", [b"", b"{}", b'{"openid":"bob","crc32":1}', b"\xff"])
def test_a_damaged_index_is_quarantined_with_its_contents(open_storage, crash, text):
    open_storage().open_world("w").files.write("alice", "a", b"1", 1)
    root = crash()
    (index,) = root.glob("worlds/w/files/*/index.json")
    index.write_bytes(text)
    storage = open_storage(root)
    files = storage.open_world("w").files

    assert files.entries("alice") == {}
    assert len(storage.set_aside()) == 1
    assert list(root.glob("worlds/w/files/*.set-aside/*.content"))
    files.write("alice", "a", b"2", 1)
    assert files.read("alice", "a") == b"2"


@pytest.mark.parametrize("paths", [["a"], ["a", "b"]], ids=["one", "two"])
def test_contents_whose_index_is_gone_are_quarantined(open_storage, crash, paths):
    files = open_storage().open_world("w").files
    for path in paths:
        files.write("alice", path, path.encode(), 1)
    root = crash()
    (index,) = root.glob("worlds/w/files/*/index.json")
    index.unlink()
    storage = open_storage(root)
    files = storage.open_world("w").files
    files.make_folders("alice", ["c"], 1)

    assert files.entries("alice") == {"c": Entry(1)}
    assert len(storage.set_aside()) == 1
    kept = root.glob("worlds/w/files/*.set-aside/*.content")
    assert sorted(path.read_text() for path in kept) == paths


def test_a_first_write_that_crashes_leaves_nothing_to_set_aside(
    open_storage, crash, monkeypatch, data
):
    files = open_storage().open_world("w").files
    crashed: list[Path] = []
    replace = directory_files.replace_file

    def crash_first(path, text, *, sync):
        crashed.append(crash())
        replace(path, text, sync=sync)

    monkeypatch.setattr(directory_files, "replace_file", crash_first)
    files.write("alice", "a", b"1", 1)
    monkeypatch.undo()

    assert any(contents(root) for root in crashed)
    for root in crashed:
        storage = open_storage(root)
        assert storage.open_world("w").files.entries("alice") == {}
        assert storage.set_aside() == []
        assert contents(root) == []


def full(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_write_for_which_there_is_no_space_leaves_no_content(open_storage, data, monkeypatch):
    files = open_storage().open_world("w").files
    files.write("alice", "a", b"1", 1)
    before = contents(data)
    monkeypatch.setattr(directory_files, "replace_file", full)
    with pytest.raises(StorageError):
        files.write("alice", "a", b"2", 2)

    assert contents(data) == before
    assert files.read("alice", "a") == b"1"


def test_a_content_that_the_index_names_stays_where_the_write_then_fails(
    open_storage, crash, monkeypatch
):
    files = open_storage(sync=True).open_world("w").files
    files.write("alice", "a", b"1", 1)
    monkeypatch.setattr(disk_files, "sync_directory", full)
    with pytest.raises(StorageError):
        files.write("alice", "a", b"2", 2)
    monkeypatch.undo()

    assert files.read("alice", "a") == b"1"
    assert open_storage(crash()).open_world("w").files.read("alice", "a") == b"2"


@pytest.mark.parametrize("sync", [False, True])
def test_with_sync_a_content_is_on_the_disk_before_the_index_names_it(
    open_storage, monkeypatch, data, sync
):
    files = open_storage(sync=sync).open_world("w").files
    files.write("alice", "a", b"1", 1)
    synced: list[int] = []
    before_index: list[set[int]] = []
    fsync, replace = os.fsync, directory_files.replace_file

    def note(descriptor):
        synced.append(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def note_before(path, text, *, sync):
        before_index.append(set(synced))
        replace(path, text, sync=sync)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(directory_files, "replace_file", note_before)
    files.write("alice", "a", b"2", 2)

    (content,) = contents(data)
    assert [content.stat().st_ino in inodes for inodes in before_index] == [sync]


@pytest.mark.parametrize(
    "forget", [lambda files: files.forget("alice"), lambda files: files.clear()]
)
def test_what_is_written_while_files_are_forgotten_stays(open_storage, crash, forget):
    files = open_storage().open_world("w").files
    files.write("alice", "a", b"1", 1)
    files._writing = Interrupted(files._writing, lambda: files.write("alice", "b", b"2", 2))
    forget(files)

    assert files.entries("alice") == {"b": Entry(2, 1)}
    assert files.read("alice", "b") == b"2"
    assert open_storage(crash()).open_world("w").files.entries("alice") == {"b": Entry(2, 1)}


class Interrupted:
    """A lock that lets another do something the first time that it is released."""

    def __init__(self, lock, then):
        self._lock = lock
        self._then = then

    def __enter__(self):
        self._lock.acquire()

    def __exit__(self, *_):
        self._lock.release()
        then, self._then = self._then, lambda: None
        then()


@pytest.mark.parametrize(
    "broken", ["data_files.DataFiles.replace", "directory.retry_on_windows"], ids=["seed", "files"]
)
def test_a_world_that_cannot_be_replaced_keeps_players_and_files(
    open_storage, crash, monkeypatch, broken
):
    world = open_storage().open_world("w")
    world.commit("alice", Change({"k": Pair("v", 1)}))
    world.files.write("alice", "a", b"1", 1)
    monkeypatch.setattr(f"tt_emulator.storage.disk.{broken}", full)
    with pytest.raises(StorageError):
        world.replace([("bob", Record({"k": Pair("v", 1)}))])
    monkeypatch.undo()

    for same in (world, open_storage(crash()).open_world("w")):
        assert same.openids() == ["alice"]
        assert same.files.read("alice", "a") == b"1"
        assert same.files.forgotten == 0


def test_one_content_is_kept_of_a_file_that_is_written_again_and_again(open_storage, data):
    files = open_storage().open_world("w").files
    for number in range(5):
        files.write("alice", "a", b"%d" % number, number)

    assert [path.read_bytes() for path in contents(data)] == [b"4"]
