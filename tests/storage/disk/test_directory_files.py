"""Files of players in a data directory: after a crash, and after somebody has touched them."""

import pytest

from tt_emulator.domain.user_files import Entry


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


def test_one_content_is_kept_of_a_file_that_is_written_again_and_again(open_storage, data):
    files = open_storage().open_world("w").files
    for number in range(5):
        files.write("alice", "a", b"%d" % number, number)

    assert [path.read_bytes() for path in contents(data)] == [b"4"]
