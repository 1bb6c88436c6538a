import os
from pathlib import Path

import pytest

from tt_emulator.storage.disk import files
from tt_emulator.storage.disk.files import (
    quarantine_path,
    remove_file,
    replace_file,
    retry_on_windows,
    sync_directory,
)


@pytest.mark.parametrize("sync", [False, True])
def test_a_replaced_file_holds_the_new_data_and_leaves_nothing_else(
    tmp_path: Path, sync: bool
) -> None:
    path = tmp_path / "file"
    replace_file(path, b"old and longer", sync=sync)
    replace_file(path, b"new", sync=sync)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_replacement_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    replace_file(path, b"old")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_file_that_is_open_elsewhere_for_a_moment_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "WAITS_S", (0, 0, 0))
    outcomes = iter([PermissionError(), PermissionError(), None])
    done = []

    def act() -> None:
        if (error := next(outcomes)) is not None:
            raise error
        done.append(True)

    retry_on_windows(act)
    assert done == [True]


def test_a_lasting_refusal_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "WAITS_S", (0, 0))

    def act() -> None:
        raise PermissionError("for good")

    with pytest.raises(PermissionError, match="for good"):
        retry_on_windows(act)


def test_other_errors_are_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "WAITS_S", (0, 0))
    tries = []

    def act() -> None:
        tries.append(1)
        raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        retry_on_windows(act)
    assert tries == [1]


@pytest.mark.parametrize("sync", [False, True])
def test_removing_a_file_that_is_not_there_is_no_error(tmp_path: Path, sync: bool) -> None:
    (tmp_path / "file").touch()
    remove_file(tmp_path / "file", sync=sync)
    remove_file(tmp_path / "file", sync=sync)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot open a directory")
def test_a_directory_that_is_not_there_cannot_be_synced(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sync_directory(tmp_path / "absent")


def test_what_is_set_aside_never_takes_a_name_in_use(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    names = []
    for _ in range(3):
        kept = quarantine_path(path)
        kept.touch()
        names.append(kept.name)
    assert names == ["a.json.set-aside", "a.json.set-aside-2", "a.json.set-aside-3"]
