import json
from pathlib import Path

import pytest

from emulator.errors import StorageError
from emulator.storage import manifest
from emulator.storage.manifest import MANIFEST, refuse_foreign, settle


def never(path: Path) -> None:
    pytest.fail(f"{path} was set aside")


def written(root: Path) -> object:
    return json.loads((root / MANIFEST).read_text(encoding="utf-8"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    refuse_foreign(tmp_path, set())
    settle(tmp_path, never)
    return tmp_path


def test_an_empty_directory_becomes_ours(root: Path) -> None:
    assert written(root) == {"kind": "tt-emulator-data", "schema": 1}
    (root / "worlds").mkdir()
    refuse_foreign(root, set())
    settle(root, never)


def test_a_directory_with_other_things_is_foreign(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(StorageError, match=r"not a data directory.*holds thesis\.txt"):
        refuse_foreign(tmp_path, set())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_what_a_start_cut_short_leaves_is_not_foreign(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    (tmp_path / f"{MANIFEST}.tmp").touch()
    refuse_foreign(tmp_path, {"lock"})


@pytest.mark.parametrize("text", ['{"kind":"other","schema":1}', '{"name":"x"}', "[]"])
def test_a_manifest_of_something_else_is_foreign(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(StorageError, match="not a data directory"):
        refuse_foreign(tmp_path, set())
    assert (tmp_path / MANIFEST).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("text", ["", '{"kind":"tt-emu'])
def test_a_damaged_manifest_is_kept_aside_and_written_anew(root: Path, text: str) -> None:
    (root / "worlds").mkdir()
    (root / MANIFEST).write_text(text, encoding="utf-8")
    kept = []
    refuse_foreign(root, set())
    settle(root, lambda path: kept.append(path.read_text(encoding="utf-8")))
    assert kept == [text]
    assert written(root) == {"kind": "tt-emulator-data", "schema": 1}


def test_a_newer_schema_is_refused_and_left_alone(root: Path) -> None:
    newer = '{"kind":"tt-emulator-data","schema":2,"more":true}'
    (root / MANIFEST).write_text(newer, encoding="utf-8")
    with pytest.raises(StorageError, match="has schema 2; this version knows 1"):
        settle(root, never)
    assert (root / MANIFEST).read_text(encoding="utf-8") == newer


def test_an_older_schema_nobody_can_read_is_refused(root: Path) -> None:
    (root / MANIFEST).write_text('{"kind":"tt-emulator-data","schema":0}', encoding="utf-8")
    with pytest.raises(StorageError, match="has schema 0, which this version cannot read"):
        settle(root, never)


class TestMigration:
    @pytest.fixture
    def old(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        (root / "worlds").mkdir()
        (root / "worlds" / "data").write_text("old", encoding="utf-8")
        monkeypatch.setattr(manifest, "SCHEMA", 3)
        return root

    @staticmethod
    def add(text: str, fail: bool = False) -> manifest.Callable[[Path], None]:
        def step(root: Path) -> None:
            path = root / "worlds" / "data"
            path.write_text(path.read_text(encoding="utf-8") + text)
            if fail:
                raise OSError("cut short")

        return step

    def test_every_step_is_taken_and_a_backup_stays(
        self, old: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(manifest, "MIGRATIONS", {1: self.add("+1"), 2: self.add("+2")})
        settle(old, never)
        assert (old / "worlds" / "data").read_text(encoding="utf-8") == "old+1+2"
        assert (old / "backup-schema-1" / "data").read_text(encoding="utf-8") == "old"
        assert written(old) == {"kind": "tt-emulator-data", "schema": 3}

    def test_one_that_was_cut_short_begins_again_with_the_old_data(
        self, old: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        steps = {1: self.add("+1"), 2: self.add("+half", fail=True)}
        monkeypatch.setattr(manifest, "MIGRATIONS", steps)
        with pytest.raises(OSError, match="cut short"):
            settle(old, never)
        assert written(old) == {"kind": "tt-emulator-data", "schema": 1}
        steps[2] = self.add("+2")
        settle(old, never)
        assert (old / "worlds" / "data").read_text(encoding="utf-8") == "old+1+2"
        assert (old / "backup-schema-1" / "data").read_text(encoding="utf-8") == "old"
