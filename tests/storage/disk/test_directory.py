import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen
from threading import Thread

import pytest

from damage import opened, prepare, state
from required_programs import program
from tt_emulator.domain.record import Change
from tt_emulator.errors import StorageError
from tt_emulator.storage.disk.directory import LOCK_WAIT_S, DataDirectory
from tt_emulator.storage.disk.names import player_filename, world_directory

HOLD = """
import sys
from pathlib import Path
from tt_emulator.storage.disk.directory import DataDirectory
held = DataDirectory(Path(sys.argv[1]), sync=False)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def data_directory(data: Path) -> Iterator[DataDirectory]:
    claimed = DataDirectory(data, sync=False)
    yield claimed
    claimed.release()


def test_a_new_directory_is_made_with_its_parents(tmp_path: Path) -> None:
    root = tmp_path / "new" / "data"
    DataDirectory(root, sync=True).release()
    names = sorted(path.name for path in root.iterdir())
    assert names == [".gitignore", "lock", "tt-emulator.json", "worlds"]


def test_git_passes_over_a_directory_that_was_made_here(tmp_path: Path) -> None:
    subprocess.run([program("git"), "init", "--quiet"], cwd=tmp_path, check=True)
    prepare(tmp_path / "data")
    status = [program("git"), "status", "--porcelain", "--untracked-files=all"]
    told = subprocess.run(status, cwd=tmp_path, check=True, capture_output=True).stdout
    assert told == b""


def test_a_directory_that_was_there_is_left_to_git(tmp_path: Path) -> None:
    DataDirectory(tmp_path, sync=False).release()
    assert not (tmp_path / ".gitignore").exists()


def test_a_start_that_was_cut_short_before_the_manifest_goes_on(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").touch()
    DataDirectory(tmp_path, sync=False).release()
    assert (tmp_path / "tt-emulator.json").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_whatever_the_server_keeps_belongs_to_its_owner_alone(data: Path) -> None:
    before = os.umask(0)
    try:
        prepare(data)
        home, seeded = data / "worlds" / "default", data / "worlds" / world_directory("Seeded")
        player = home / "players" / player_filename("alice")
        for path in (home / "log.jsonl", seeded / "seed.jsonl", player):
            path.write_bytes(path.read_bytes().replace(b"score", b"scorf", 1))
        for path in (home / "snapshots").iterdir():
            path.write_bytes(path.read_bytes()[1:])
        with opened(data) as storage:
            state(storage)
            player.write_bytes(player.read_bytes() + b" ")
            storage.open_world("default").commit("alice", Change(profile={"nickname": "B"}))
            storage.flush()
            found = sorted([data, *data.rglob("*")])
            modes = {path: path.stat().st_mode & 0o777 for path in found}
    finally:
        os.umask(before)
    assert modes == {path: 0o700 if path.is_dir() else 0o600 for path in modes}
    kinds = {path.name.partition(".set-aside")[0] for path in found if ".set-aside" in path.name}
    assert {"log.jsonl", "seed.jsonl", player.name} < kinds


@pytest.mark.parametrize("below", ["", "data", "more/data"])
def test_a_path_at_or_below_a_file_is_refused(tmp_path: Path, below: str) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        DataDirectory(file / below, sync=False)
    assert caught.value.exit_code == 5
    assert "cannot be used" in caught.value.detail
    assert str(file) in caught.value.detail
    assert caught.value.hint
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_path_that_no_system_can_bear_is_refused(tmp_path: Path) -> None:
    for name in ("x" * 10_000, "nul\0byte"):
        with pytest.raises(StorageError, match="cannot be used"):
            DataDirectory(tmp_path / name, sync=False)


def test_a_directory_that_may_not_be_written_to_is_refused(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StorageError, match="Permission denied") as caught:
        DataDirectory(data, sync=False)
    assert "may write to" in caught.value.hint


def test_a_foreign_directory_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(StorageError, match="not a data directory"):
        DataDirectory(tmp_path, sync=False)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_refused_schema_leaves_the_directory_free(data: Path) -> None:
    DataDirectory(data, sync=False).release()
    manifest = data / "tt-emulator.json"
    good = manifest.read_text(encoding="utf-8")
    manifest.write_text('{"kind":"tt-emulator-data","schema":99}', encoding="utf-8")
    with pytest.raises(StorageError, match="schema 99"):
        DataDirectory(data, sync=False)
    manifest.write_text(good, encoding="utf-8")
    DataDirectory(data, sync=False).release()


def test_a_second_process_is_refused_until_the_first_is_killed(
    data: Path, start: Callable[..., Popen[str]]
) -> None:
    holder = start(HOLD, data)
    assert holder.stdout.readline() == "held\n"
    began_s = time.monotonic()
    with pytest.raises(StorageError) as caught:
        DataDirectory(data, sync=False)
    assert time.monotonic() - began_s >= LOCK_WAIT_S * 3 / 4
    assert caught.value.exit_code == 5
    assert "Another tt-emulator server uses the data directory" in caught.value.detail
    assert str(data) in caught.value.detail
    assert "Stop that server" in caught.value.hint
    holder.kill()
    holder.wait()
    DataDirectory(data, sync=False).release()


def test_a_second_server_waits_for_one_that_is_about_to_end(data: Path) -> None:
    first = DataDirectory(data, sync=False)
    ending = Thread(target=first.release)
    claimed = []
    second = Thread(target=lambda: claimed.append(DataDirectory(data, sync=False)))
    second.start()
    ending.start()
    second.join()
    ending.join()
    claimed[0].release()


def test_worlds_are_found_by_their_exact_names(data_directory: DataDirectory) -> None:
    names = ["default", "Default", "CON", "a.", "gw0", "名前"]
    for name in names:
        data_directory.make_world(name)
        data_directory.make_world(name)
    assert sorted(data_directory.worlds()) == sorted(names)


def test_a_copied_world_is_a_world(data_directory: DataDirectory) -> None:
    home = data_directory.make_world("default").path
    shutil.copytree(home, home.with_name("default.before"))
    assert list(data_directory.worlds()) == ["default", "default.before"]


def test_what_is_no_world_is_left_alone(data_directory: DataDirectory, data: Path) -> None:
    for name in ("Upper", "my notes", "cut~short"):
        (data / "worlds" / name).mkdir()
    (data / "worlds" / "readme").touch()
    assert list(data_directory.worlds()) == []
    assert len(list((data / "worlds").iterdir())) == 4


@pytest.mark.parametrize("text", ['{"wor', '{"world":"Default"}', '{"world":"other"}', ""])
def test_a_world_whose_name_is_damaged_is_reported(
    data_directory: DataDirectory, text: str
) -> None:
    home = data_directory.make_world("Default").path
    (home / "world.json").write_text(text, encoding="utf-8")
    assert list(data_directory.worlds()) == []
    (finding,) = data_directory.quarantine.quarantined.all()
    assert finding.file == f"worlds/{home.name}/world.json"
    assert "open it by its name" in finding.reason
    assert (home / "world.json.set-aside").read_text(encoding="utf-8") == text
    data_directory.make_world("Default")
    assert list(data_directory.worlds()) == ["Default"]


def test_a_world_whose_name_is_gone_is_reported_at_each_start(
    data_directory: DataDirectory,
) -> None:
    home = data_directory.make_world("Default").path
    (home / "world.json").unlink()
    for number in (1, 2):
        assert list(data_directory.worlds()) == []
        findings = data_directory.quarantine.quarantined.all()
        assert [finding.file for finding in findings] == [f"worlds/{home.name}"] * number


def test_a_world_keeps_the_platform_for_which_it_was_made(data_directory: DataDirectory) -> None:
    data_directory.make_world("east", "wx")
    data_directory.make_world("West", "wx")
    data_directory.make_world("north")

    platforms = {
        name: data_directory.make_world(name, "tt").platform for name in data_directory.worlds()
    }

    assert platforms == {"West": "wx", "east": "wx", "north": "tt"}


def test_a_copied_world_has_the_platform_as_well(data_directory: DataDirectory) -> None:
    home = data_directory.make_world("default", "wx").path
    shutil.copytree(home, home.with_name("default.before"))

    assert data_directory.make_world("default.before").platform == "wx"
    assert data_directory.quarantine.quarantined.all() == []


def test_a_dropped_world_is_gone_at_once_and_its_space_after_sweeping(
    data_directory: DataDirectory,
) -> None:
    one = data_directory.make_world("one")
    data_directory.make_world("two")
    data_directory.drop_world(one)
    assert list(data_directory.worlds()) == ["two"]
    data_directory.sweep()
    assert [path.name for path in one.path.parent.iterdir()] == ["two"]


def test_a_dropped_world_that_was_not_swept_is_swept_after_the_next_start(data: Path) -> None:
    first = DataDirectory(data, sync=True)
    first.drop_world(first.make_world("one"))
    first.release()
    second = DataDirectory(data, sync=True)
    assert list(second.worlds()) == []
    second.sweep()
    second.release()
    assert list((data / "worlds").iterdir()) == []
